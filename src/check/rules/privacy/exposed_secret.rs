//! `exposed-secret`

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{is_below, masked};
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};

declare_rule! {
    /// A password, a token or a private key is written into a document.
    ///
    /// ## Why
    ///
    /// Postmortems are full of pasted commands, logs and settings, and they are read by many for years. A secret that was committed once stays
    /// in the history of the repository, and whoever has a copy has the secret.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// The job was started by hand with `DB_PASSWORD=Tr0ub4dor-and-3 ./migrate`.
    /// ```
    ///
    /// ## Instead
    ///
    /// Revoke the secret first: it has to be taken for known. Then take it out, and out of the history where that is possible.
    ///
    /// ```markdown
    /// The job was started by hand with `DB_PASSWORD=<redacted> ./migrate`.
    /// ```
    ///
    /// The whole file is looked at: metadata, code, comments and links. Found are keys and tokens that their makers have given a form of their
    /// own (AWS, GitHub, GitLab, Slack, Stripe, npm, Google and others), private keys, JSON web tokens, passwords in
    /// addresses, and what is set as a password, key, secret or token and looks like one. Examples of manuals and placeholders are left alone.
    static EXPOSED_SECRET = { name: "exposed-secret", group: Privacy, level: Error, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let path = &subject.head().path;
    let text = context.text(path);
    let tell = |secret: Secret| {
        let shown = masked(text.get(secret.range.clone()).unwrap_or_default());
        let span = Span::new(secret.range.start, secret.range.end);
        let finding = EXPOSED_SECRET.finding(path, span, format!("this looks like {}: `{shown}`", secret.what));
        finding.help("revoke it, since it has to be taken for known; then take it out, of the history as well").unquoted()
    };
    secrets(text).into_iter().map(tell).collect()
}

/// A stretch of a text that looks like a secret.
pub(in crate::check) struct Secret {
    /// What it looks like: "a password".
    pub(in crate::check) what: &'static str,
    /// Where it is.
    pub(in crate::check) range: Range<usize>,
}

/// The secrets of a text, in order, none within another.
pub(in crate::check) fn secrets(text: &str) -> Vec<Secret> {
    let mut found = of_known_form(text);
    found.extend(in_addresses(text));
    found.extend(assigned(text));
    found.sort_by_key(|secret| (secret.range.start, std::cmp::Reverse(secret.range.end)));
    found.dedup_by(|next, kept| next.range.start < kept.range.end);
    found
}

/// What has a form of its own, as its maker documents it.
const FORMS: [(&str, &str); 18] = [
    ("an AWS access key", r"(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    ("a GitHub token", r"(?:gh[opsru]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})"),
    ("a GitLab token", r"gl(?:cbt|dt|ft|imt|oas|pat|ptt|rt|soat)-[A-Za-z0-9_.-]{20,}"),
    ("a Slack token", r"(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{12,}"),
    ("a Slack webhook", r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{20,}"),
    ("a Stripe key", r"(?:sk|rk)_live_[A-Za-z0-9]{16,}"),
    ("an npm token", r"npm_[A-Za-z0-9]{36}\b"),
    ("a PyPI token", r"pypi-AgE[A-Za-z0-9_-]{50,}"),
    ("a Google API key", r"AIza[A-Za-z0-9_-]{35}"),
    ("a Google client secret", r"GOCSPX-[A-Za-z0-9_-]{28}"),
    ("a SendGrid key", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    ("a Twilio key", r"SK[0-9a-f]{32}\b"),
    ("an OpenAI or Anthropic key", r"sk-(?:ant|proj)-[A-Za-z0-9_-]{20,}"),
    ("a DigitalOcean token", r"dop_v1_[0-9a-f]{64}\b"),
    ("a Vault token", r"hvs\.[A-Za-z0-9_-]{24,}"),
    ("an Azure storage key", r"AccountKey=[A-Za-z0-9+/]{80,}"),
    ("a JSON web token", r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    (
        "a private key",
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[\s>]{1,9}(?:[A-Za-z-]{1,20}: [ -~]{0,80}\s{1,9}){0,4}[A-Za-z0-9+/]{32}",
    ),
];

/// One expression for each, since each begins with letters that few texts have: together they would be ten times as slow.
static PATTERNS: LazyLock<Vec<(&str, Regex)>> =
    LazyLock::new(|| FORMS.iter().map(|(what, form)| (*what, pattern(&format!("(?-u){form}")))).collect());

/// What every one of the forms has. Nearly no text has any of it, and to look for all at once is to look once.
static TRACE: LazyLock<Regex> = LazyLock::new(|| {
    let parts = r"AKIA|ASIA|gh[opsru]_|github_pat_|gl[a-z]{2,4}-|xox[abeoprs]-|xapp-|hooks\.slack|[sr]k_live_|npm_|pypi-AgE|AIza|GOCSPX-|SG\.
                 |SK[0-9a-f]{8}|sk-(?:ant|proj)-|dop_v1_|hvs\.|AccountKey=|eyJ|-----BEGIN";
    pattern(&format!("(?x-u){parts}"))
});

fn of_known_form(text: &str) -> Vec<Secret> {
    if !TRACE.is_match(text) {
        return Vec::new();
    }
    let is_meant = |range: &Range<usize>| {
        let begins_a_word = !text.get(..range.start).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        begins_a_word && !is_example(text.get(range.clone()).unwrap_or_default())
    };
    let found = PATTERNS.iter().flat_map(|(what, form)| form.find_iter(text).map(|found| Secret { what, range: found.range() }));
    found.filter(|secret| is_meant(&secret.range)).collect()
}

/// Whether it is one of those that manuals print: `AKIAIOSFODNN7EXAMPLE`, the token of jwt.io, `ghp_xxxx…`.
fn is_example(token: &str) -> bool {
    const JWT_IO: &str = ".eyJzdWIiOiIxMjM0NTY3ODkwI";
    let folded = token.to_ascii_lowercase();
    ["example", "xxxx", "0000000", "1234567"].iter().any(|mark| folded.contains(mark)) || token.contains(JWT_IO)
}

/// The password of an address: `scheme://user:password@host`.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"://([^\x00-\x20/:@<>"'`]{0,100}):([^\x00-\x20/@<>"'`]{1,200})@([A-Za-z0-9.-]{1,200})"#));

fn in_addresses(text: &str) -> Vec<Secret> {
    let secret = |found: Captures<'_>| {
        let (user, password, host) = (found.get(1)?, found.get(2)?, found.get(3)?);
        let is_meant = !is_placeholder(password.as_str()) && password.as_str() != user.as_str();
        let is_real = is_meant && !password.as_str().bytes().all(|byte| byte.is_ascii_digit()) && !is_nowhere(host.as_str());
        is_real.then(|| Secret { what: "a password in an address", range: password.range() })
    };
    ADDRESS.captures_iter(text).filter_map(secret).collect()
}

/// Whether a host is one of those kept for examples (RFC 2606), or the machine itself.
fn is_nowhere(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let names = ["example", "example.com", "example.net", "example.org", "invalid", "localhost", "test"];
    names.iter().any(|name| is_below(&host, name))
}

/// What is set as a password, secret, token or key.
static ASSIGNMENT: LazyLock<Regex> = LazyLock::new(|| {
    // In the usual cases only: with every mixture of letters it would be four times as slow.
    let expression = r#"(?x)
        (?: (?<password> [Pp]ass (?: w (?: or )? d | phrase ) | PASSW (?: OR )? D | PASSPHRASE | [Pp]wd | PWD )
          | (?: [Ss]ecret | SECRET | [Tt]oken | TOKEN | [Aa]pi [_\ -]? [Kk]ey | API [_\ -]? (?: [Kk]ey | KEY ) | [Aa]ccess [_-]? [Kk]ey | ACCESS_KEY
              | [Pp]rivate [_\ -]? [Kk]ey | PRIVATE_KEY ) (?: [_-]?[Kk]ey | _KEY )? )
        (?: ["'`\])]{0,2} (?<set> [\ \t]* (?: => | := | = | : ) [\ \t]* ) | ["'`]? [\ \t]+ (?: (?: is | was ) [\ \t]+ )? )
        (?<quote> ["'`] )? (?<value> [!\#-&*+./0-9:=?@A-Z^_a-z~-]{6,200} )"#;
    pattern(expression)
});

fn assigned(text: &str) -> Vec<Secret> {
    let secret = |found: Captures<'_>| {
        let value = found.name("value").filter(|value| !is_placeholder(value.as_str()))?;
        let is_hash = found.get(0).is_some_and(|found| is_called_a_hash(text, found.start()));
        let is_password = found.name("password").is_some() && found.name("set").is_some();
        let is_secret = if is_password { is_like_a_password(value.as_str()) } else { is_random(value.as_str()) };
        let what = if is_password { "a password" } else { "a secret" };
        (is_secret && !is_hash).then(|| Secret { what, range: value.range() })
    };
    ASSIGNMENT.captures_iter(text).filter_map(secret).collect()
}

/// Whether the words before speak of a hash, which gives nothing away: "Key Hash (Token) = …".
fn is_called_a_hash(text: &str, at: usize) -> bool {
    let before = text.get(text.floor_char_boundary(at.saturating_sub(12))..at).unwrap_or_default().to_ascii_lowercase();
    before.contains("hash") || before.contains("digest")
}

/// Whether a value stands for the real one, or says where it is: `${PASSWORD}`, `/run/secrets/db`, `xxxx`, `your-token`.
fn is_placeholder(value: &str) -> bool {
    const MARKS: [&str; 21] = [
        "***",
        "...",
        "://",
        "arn:",
        "changeme",
        "change-me",
        "dummy",
        "env.",
        "example",
        "fake",
        "getenv",
        "hidden",
        "masked",
        "passw",
        "placeholder",
        "redacted",
        "removed",
        "sample",
        "secret",
        "xxx",
        "your",
    ];
    let folded = value.to_ascii_lowercase();
    let first = folded.chars().next();
    value.starts_with(['$', '/', '.', '~', '%', '{', '<', '*', '-', '=', ':'])
        || folded.chars().all(|c| Some(c) == first)
        || folded == "pass"
        || MARKS.iter().any(|mark| folded.contains(mark))
}

/// Whether letters are mixed with digits or signs, and it is neither a name in code nor a word with a full stop behind it.
fn is_like_a_password(value: &str) -> bool {
    let value = value.trim_end_matches(['.', ':', '?', '!']);
    let has = |is: fn(&u8) -> bool| value.bytes().any(|byte| is(&byte));
    let is_sign = |byte: &u8| matches!(byte, b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+' | b'?' | b'@' | b'^' | b'~');
    value.len() >= 6 && has(u8::is_ascii_alphabetic) && (has(u8::is_ascii_digit) || has(is_sign))
}

/// Whether it can only be random: long hexadecimal digits, or capitals, small letters and several digits at length. An address on a chain
/// (`0x` and 40 digits) is a name.
fn is_random(value: &str) -> bool {
    let value = value.trim_end_matches(['.', ':', '?', '!', '=']);
    let digits = value.strip_prefix("0x").unwrap_or(value);
    let count = |is: fn(&u8) -> bool| digits.bytes().filter(is).count();
    let (upper, lower, decimal) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase), count(u8::is_ascii_digit));
    let is_address = digits.len() < value.len() && digits.len() == 40;
    let is_hex = digits.len() >= 32 && count(u8::is_ascii_hexdigit) == digits.len() && decimal >= 3 && upper + lower >= 3;
    let is_mixed = digits.len() >= 20 && upper >= 2 && lower >= 2 && decimal >= 3 && !digits.contains([':', '@']);
    !is_address && (is_hex || is_mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = secrets(text).into_iter().map(|secret| (secret.what, &text[secret.range])).collect();
        assert_eq!(found, expected, "{text}");
    }

    /// So many characters that no manual prints, of those a token is made of. Written out, they would be taken for a secret by other tools.
    fn random(length: usize) -> String {
        "q7Rt2Vb9Kx4Lm8Zc3Nw5Pd6Hf1Js0Gy".chars().cycle().take(length).collect()
    }

    #[test]
    fn every_known_form_is_found() {
        let hex = "3f9ab27c".repeat(8);
        let samples = [
            ("an AWS access key", format!("AKIA{}", "Q7RTVB5KX4LMZC3N")),
            ("a GitHub token", format!("ghp_{}", random(36))),
            ("a GitHub token", format!("github_pat_{}", random(60))),
            ("a GitLab token", format!("glpat-{}", random(20))),
            ("a Slack token", format!("xoxb-{}", random(24))),
            ("a Slack webhook", format!("hooks.slack.com/services/T0/B0/{}", random(24))),
            ("a Stripe key", format!("sk_live_{}", random(24))),
            ("an npm token", format!("npm_{}", random(36))),
            ("a PyPI token", format!("pypi-AgE{}", random(60))),
            ("a Google API key", format!("AIza{}", random(35))),
            ("a Google client secret", format!("GOCSPX-{}", random(28))),
            ("a SendGrid key", format!("SG.{}.{}", random(22), random(43))),
            ("a Twilio key", format!("SK{}", &hex[..32])),
            ("an OpenAI or Anthropic key", format!("sk-ant-{}", random(40))),
            ("a DigitalOcean token", format!("dop_v1_{hex}")),
            ("a Vault token", format!("hvs.{}", random(24))),
            ("an Azure storage key", format!("AccountKey={}", random(86))),
            ("a JSON web token", format!("eyJ{}.eyJ{}.{}", random(20), random(30), random(43))),
            ("a private key", format!("-----BEGIN RSA {} KEY-----\n{}", "PRIVATE", random(32))),
        ];
        for (what, secret) in &samples {
            check(&format!("a `{secret}` b"), &[(what, secret)]);
        }
        let told: std::collections::BTreeSet<_> = samples.iter().map(|(what, _)| *what).collect();
        assert_eq!(told.len(), FORMS.len(), "each form has a sample");
    }

    #[test]
    fn passwords_in_addresses_are_found() {
        check("postgres://app:hunter-2@db.corp.net/orders", &[("a password in an address", "hunter-2")]);
        for text in [
            "postgres://postgres:postgres@db.corp.net",
            "postgres://app:hunter2@db.example.com",
            "postgres://app:hunter2@localhost:5432",
            "postgres://app:$PASSWORD@db.corp.net or app:***@db or app:<password>@db",
            "https://corp.net:8080/@ada, ssh://git:22@corp.net, mailto:a@b.org",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn what_is_set_as_a_password_or_secret_is_found() {
        check("DB_PASSWORD=Tr0ub4dor-and-3 ./migrate", &[("a password", "Tr0ub4dor-and-3")]);
        check("password: \"s3cr3ts!\"", &[("a password", "s3cr3ts!")]);
        check("`pwd` := 'abc123def'", &[("a password", "abc123def")]);
        check(&format!("the API key is `{}`", random(24)), &[("a secret", &random(24))]);
        check(&format!("client_secret: {}", random(24)), &[("a secret", &random(24))]);
        let hex = format!("0x{}", "3f9ab27c".repeat(8));
        check(&format!("private key {hex}"), &[("a secret", &hex)]);
    }

    #[test]
    fn words_names_and_placeholders_are_left_alone() {
        for text in [
            "The password: rotated weekly. Passwords were reset; password = required",
            "password = os.environ[\"DB_PASSWORD1\"], password=${DB_PASS1}, PASSWORD=/run/pass1, password: <your-password-1>",
            "password: changeme123, password=\"xxxxxxx1\", token: ***, password: hidden1, pwd ~/x1y2z3",
            "Secret: orders-db-credentials-v2, token: service-account-3, secret key rotation 2024-01-03T10:00:00Z",
            "token 0xdAC17F958D2ee523a2206206994597C13D831ec7 was paused",
            "AKIAIOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "-----BEGIN PRIVATE KEY----- begins a key",
            "Key Hash (Token) = 3f9ab27c3f9ab27c3f9ab27c3f9ab27c3f9ab27c3f9ab27c3f9ab27c3f9ab27c",
            "the token d131dd02c5e6eec4 expired; passwordless; a pwdump1",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn no_text_takes_long() {
        for unit in ["://a:", "password=", "token ", "eyJa.", "-----BEGIN A ", "ghp_", "a@", "-----BEGIN PRIVATE KEY-----\nA: b\n"] {
            check(&unit.repeat(20_000), &[]);
        }
    }
}
