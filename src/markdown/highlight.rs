//! Colours for code: the kinds of words in it, as classes.
//!
//! Grammars come from `syntaxmate` (`TextMate` grammars, read in safe Rust within bounds). It names what it finds by dozens of scopes; here
//! they become few classes, one span for neighbours of the same kind, everything escaped. This is the dearest step of a page, so what was
//! coloured is kept, and the same code in the same language is never read twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use syntaxmate::{Catalog, PreparedLanguage, Tokenizer, TokenizerOptions};
use xxhash_rust::xxh3::Xxh3;

use super::escape::push_escaped;

/// Longer code is printed without colours.
const MAX_BYTES: usize = 64 * 1024;
/// A longer line is printed without colours.
const MAX_LINE_BYTES: usize = 4 * 1024;
/// Where more is open at the end of a line (brackets, strings, blocks), the rest is printed without colours: each line costs as much as is
/// open at its beginning, and time must not grow with the square of the length.
const MAX_DEPTH: usize = 200;
/// So many pieces of code are kept before all are forgotten: in a long session of writing, each key press in a block makes another.
const MAX_KEPT: usize = 65_536;

/// So many tokenizers of a language are kept for the next code.
const MAX_IDLE: usize = 8;

/// Names people write that the grammars do not know, and what is meant.
const ALIASES: [(&str, &str); 16] = [
    ("cfg", "ini"),
    ("conf", "ini"),
    ("containerfile", "docker"),
    ("golang", "go"),
    ("ksh", "shellscript"),
    ("mariadb", "sql"),
    ("mysql", "sql"),
    ("nomad", "hcl"),
    ("patch", "diff"),
    ("pgsql", "sql"),
    ("plpgsql", "sql"),
    ("psql", "sql"),
    ("shell-session", "shellsession"),
    ("sqlite", "sql"),
    ("sqlite3", "sql"),
    ("terminal", "shellsession"),
];

/// Scopes by the beginning of their names, and the class of what they hold; none for what is plain even inside of something that has a
/// class. The longest that fits counts; a scope that is not here says nothing. In order.
const CLASSES: [(&str, &str); 50] = [
    ("comment", "comment"),
    ("constant", "constant"),
    ("constant.character.escape", "string"),
    ("constant.numeric", "number"),
    ("constant.other.date", "number"),
    ("constant.other.time", "number"),
    ("entity.name.class", "type"),
    ("entity.name.function", "function"),
    ("entity.name.section", "property"),
    ("entity.name.tag", "property"),
    ("entity.name.type", "type"),
    ("entity.other.attribute-name", "property"),
    ("entity.other.inherited-class", "type"),
    ("keyword", "keyword"),
    ("keyword.operator", "operator"),
    ("keyword.operator.assignment", "operator"),
    ("keyword.operator.new", "keyword"),
    ("markup.changed", "inserted"),
    ("markup.deleted", "deleted"),
    ("markup.inserted", "inserted"),
    ("meta.diff.header", "keyword"),
    ("meta.diff.range", "comment"),
    ("meta.embedded", ""),
    ("meta.interpolation", ""),
    ("meta.object-literal.key", "property"),
    ("meta.template.expression", ""),
    ("punctuation", "punctuation"),
    ("punctuation.definition.comment", "comment"),
    ("punctuation.definition.deleted", "deleted"),
    ("punctuation.definition.from-file", "keyword"),
    ("punctuation.definition.inserted", "inserted"),
    ("punctuation.definition.range", "comment"),
    ("punctuation.definition.string", "string"),
    ("punctuation.definition.to-file", "keyword"),
    ("punctuation.definition.variable", ""),
    ("punctuation.support.type.property-name", "property"),
    ("punctuation.whitespace", ""),
    ("storage", "keyword"),
    ("storage.type.numeric", "number"),
    ("string", "string"),
    ("string.unquoted.argument", ""),
    ("support.class", "type"),
    ("support.constant", "constant"),
    ("support.function", "function"),
    ("support.type", "type"),
    ("support.type.property-name", "property"),
    ("variable", ""),
    ("variable.language", "constant"),
    ("variable.object.property", "property"),
    ("variable.other.property", "property"),
];

/// Colours code, and remembers what it coloured. One serves all threads.
pub struct Highlighter {
    catalog: Catalog,
    /// Made ready at the first use of each; nothing where one cannot be.
    languages: RwLock<HashMap<Box<str>, Option<Arc<Language>>>>,
    /// By hash of language and code.
    kept: RwLock<HashMap<u128, Arc<str>>>,
}

/// A language that is ready.
struct Language {
    grammar: PreparedLanguage,
    /// Tokenizers not at work. They remember patterns they met, which makes the next code many times cheaper, but nothing of the code.
    idle: Mutex<Vec<Tokenizer>>,
}

impl Default for Highlighter {
    fn default() -> Self {
        Self { catalog: Catalog::bundled(), languages: RwLock::default(), kept: RwLock::default() }
    }
}

impl Highlighter {
    /// A highlighter that has read nothing yet. Cheap: grammars are made ready when first asked for.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The code as HTML for the inside of `<code>`: escaped, and in `<span class="…">` with one of `keyword`, `string`, `comment`, `number`,
    /// `function`, `type`, `constant`, `operator`, `punctuation`, `property`, `inserted`, `deleted`. Code in no language, in one that is not
    /// known or of more than 64 KiB is only escaped. Linear in the length of the code.
    #[must_use]
    pub fn highlight(&self, language: Option<&str>, code: &str) -> Arc<str> {
        let language = language.and_then(|name| self.canonical_name(name)).filter(|_| code.len() <= MAX_BYTES);
        let Some(language) = language else {
            return super::escape(code).into();
        };
        let key = key(language, code);
        let known = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let html: Arc<str> = match self.language(language) {
                Some(language) => language.print(code).into(),
                None => super::escape(code).into(),
            };
            let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= MAX_KEPT {
                kept.clear();
            }
            kept.insert(key, Arc::clone(&html));
            html
        })
    }

    /// The name under which a language is known here, whatever the author called it; nothing for others. A name of letters, digits and
    /// hyphens.
    #[must_use]
    pub fn canonical_name(&self, language: &str) -> Option<&str> {
        let meant = ALIASES.iter().find(|(alias, _)| language.eq_ignore_ascii_case(alias)).map_or(language, |(_, meant)| meant);
        self.catalog.canonical_language(meant)
    }

    fn language(&self, name: &str) -> Option<Arc<Language>> {
        let known = self.languages.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        known.unwrap_or_else(|| {
            let grammar = PreparedLanguage::from_catalog(&self.catalog, name).ok();
            let language = grammar.map(|grammar| Arc::new(Language { grammar, idle: Mutex::default() }));
            let mut languages = self.languages.write().unwrap_or_else(PoisonError::into_inner);
            languages.entry(name.into()).or_insert(language).clone()
        })
    }
}

impl Language {
    fn print(&self, code: &str) -> String {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let options = TokenizerOptions { max_line_bytes: MAX_LINE_BYTES, line_cache_entries: 0 };
        let mut tokenizer = idle.unwrap_or_else(|| self.grammar.tokenizer(options));
        let html = print(&mut tokenizer, code);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(tokenizer);
        }
        html
    }
}

fn key(language: &str, code: &str) -> u128 {
    let mut hasher = Xxh3::new();
    hasher.update(language.as_bytes());
    hasher.update(&[0]);
    hasher.update(code.as_bytes());
    hasher.digest128()
}

/// The code with its words marked, line by line.
fn print(tokenizer: &mut Tokenizer, code: &str) -> String {
    let mut state = tokenizer.initial_state();
    let mut printer = Printer { out: String::with_capacity(code.len() * 3), class: None };
    let mut rest = code;
    while let Some(line) = rest.split_inclusive('\n').next().filter(|_| state.depth() <= MAX_DEPTH) {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let mut done = 0;
        let told = tokenizer.tokenize_line_with(content, &mut state, |token| {
            if let Some(word) = content.get(token.range()).filter(|_| token.range().start == done) {
                done = token.range().end;
                printer.push(word, class(token.scopes()));
            }
        });
        printer.push(content.get(done..).unwrap_or_default(), None);
        printer.push(line.get(content.len()..).unwrap_or_default(), None);
        rest = rest.get(line.len()..).unwrap_or_default();
        if told.is_err() {
            break;
        }
    }
    printer.push(rest, None);
    printer.switch(None);
    printer.out
}

/// The class of a word by its scopes, of which the innermost is the last.
fn class<'a>(scopes: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    scopes.filter_map(scope_class).last().filter(|class| !class.is_empty())
}

/// The class of the longest beginning of the scope's name that has one.
fn scope_class(scope: &str) -> Option<&'static str> {
    let mut name = scope;
    loop {
        if let Some((_, class)) = CLASSES.binary_search_by_key(&name, |(known, _)| known).ok().and_then(|found| CLASSES.get(found)) {
            return Some(class);
        }
        name = name.rsplit_once('.')?.0;
    }
}

struct Printer {
    out: String,
    /// The span that is open.
    class: Option<&'static str>,
}

impl Printer {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if !text.is_empty() {
            self.switch(class);
            push_escaped(text, &mut self.out);
        }
    }

    fn switch(&mut self, class: Option<&'static str>) {
        if self.class == class {
            return;
        }
        if self.class.is_some() {
            self.out.push_str("</span>");
        }
        if let Some(class) = class {
            self.out.push_str("<span class=\"");
            self.out.push_str(class);
            self.out.push_str("\">");
        }
        self.class = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The coloured code in short: `<class:word>`.
    #[track_caller]
    fn check(language: &str, code: &str, expected: &str) {
        let html = Highlighter::new().highlight(Some(language), code);
        let short = html.replace("<span class=\"", "<").replace("\">", ":").replace("</span>", ">");
        assert_eq!(short, expected, "{language}");
    }

    #[test]
    fn words_of_code_have_their_classes() {
        check(
            "sh",
            "echo \"$A\" | grep -v 'b' # c\n",
            "<function:echo> <string:&quot;>$A<string:&quot;> <operator:|> <function:grep> <constant:-v> <string:'b'> <comment:# c>\n",
        );
        check(
            "yml",
            "a: [1, \"x\"] # c\n",
            "<property:a><punctuation::> <punctuation:[><number:1><punctuation:,> <string:&quot;x&quot;><punctuation:]> <comment:# c>\n",
        );
        check("json", "{\"a\": null}", "<punctuation:{><property:&quot;a&quot;><punctuation::> <constant:null><punctuation:}>");
        check("psql", "SELECT count(*) FROM t -- d\n", "<keyword:SELECT> <function:count>(<operator:*>) <keyword:FROM> t <comment:-- d>\n");
        check("patch", "@@ -1 +1 @@\n-a\n+b\n c\n", "<comment:@@ -1 +1 @@>\n<deleted:-a>\n<inserted:+b>\n c\n");
        check(
            "py",
            "def f(x):\n    return 1 # <y>\n",
            "<keyword:def> <function:f><punctuation:(>x<punctuation:):>\n    <keyword:return> <number:1> <comment:# &lt;y&gt;>\n",
        );
        check(
            "rs",
            "fn f() -> u8 { 1 }",
            "<keyword:fn> <function:f><punctuation:()> <operator:-&gt;> <type:u8> <punctuation:{> <number:1> <punctuation:}>",
        );
        check("js", "f(`a${x}b`)", "<function:f>(<string:`a><punctuation:${>x<punctuation:}><string:b`>)");
        check("Dockerfile", "FROM alpine\n", "<keyword:FROM> alpine\n");
        check("toml", "[a]\nb = 1\n", "<punctuation:[><property:a><punctuation:]>\nb <punctuation:=> <number:1>\n");
    }

    #[test]
    fn what_is_not_known_is_only_escaped() {
        let highlighter = Highlighter::new();
        assert_eq!(&*highlighter.highlight(None, "<a> & b"), "&lt;a&gt; &amp; b");
        assert_eq!(&*highlighter.highlight(Some("\"><script>"), "'<'"), "'&lt;'");
        assert_eq!(&*highlighter.highlight(Some("text"), "if"), "if");
        let long = "# ".repeat(MAX_BYTES);
        assert_eq!(&*highlighter.highlight(Some("sh"), &long), long);
        let wide = format!("[{}]\n1\n", "1,".repeat(MAX_LINE_BYTES));
        assert_eq!(highlighter.highlight(Some("json"), &wide).matches("<span").count(), 1, "a line too long is passed over");
        let deep = "[\n".repeat(10_000);
        assert!(highlighter.highlight(Some("json"), &deep).matches("<span").count() <= MAX_DEPTH + 2, "what is too deep is passed over");
    }

    #[test]
    fn nothing_of_the_code_is_lost() {
        let highlighter = Highlighter::new();
        for language in ["sh", "yaml", "json", "sql", "diff", "python", "go", "rust", "ts", "solidity", "hcl", "docker", "ini", "log"] {
            for code in ["", "\n", "a", "é\n\n<b>\u{0}\t'\"`${[({", "\\\n\u{2028}x\n", &"[".repeat(5_000), "<<E\nx\n"] {
                let html = highlighter.highlight(Some(language), code);
                let mut text = String::new();
                for part in html.split('<') {
                    text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
                }
                assert_eq!(text, crate::markdown::escape(code), "{language} {code:?}");
                assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
            }
        }
    }

    #[test]
    fn names_of_languages_are_understood() {
        let highlighter = Highlighter::new();
        for (name, canonical) in [
            ("Bash", "shellscript"),
            ("console", "shellsession"),
            ("PSQL", "sql"),
            ("sol", "solidity"),
            ("tf", "terraform"),
            ("golang", "go"),
        ] {
            assert_eq!(highlighter.canonical_name(name), Some(canonical));
        }
        assert_eq!([highlighter.canonical_name("text"), highlighter.canonical_name("x\" y")], [None, None]);
        for (alias, meant) in ALIASES {
            assert_eq!(highlighter.catalog.canonical_language(alias), None, "{alias} needs no alias");
            assert_eq!(highlighter.catalog.canonical_language(meant), Some(meant));
        }
    }

    #[test]
    fn classes_can_be_searched() {
        assert!(CLASSES.is_sorted_by_key(|(name, _)| name));
        assert_eq!(class(["source.x", "string.quoted.x", "meta.unknown.x"].into_iter()), Some("string"));
        assert_eq!(class(["source.x", "string.quoted.x", "variable.other.x"].into_iter()), None);
        assert_eq!(class(["keywordish.x"].into_iter()), None);
    }

    #[test]
    fn the_same_code_is_read_once_and_by_any_thread() {
        let highlighter = Highlighter::new();
        let [one, two] = std::thread::scope(|scope| {
            let highlight = || highlighter.highlight(Some("rust"), "fn f() {}");
            [scope.spawn(highlight), scope.spawn(highlight)].map(|thread| thread.join().unwrap())
        });
        assert_eq!(one, two);
        assert_eq!(highlighter.kept.read().unwrap().len(), 1);
    }
}
