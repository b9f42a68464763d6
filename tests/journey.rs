//! The whole way of somebody who has kept incidents with cState: import them, know what is wrong with them, mend one, look at it while writing, in an editor as well,
//! and publish what is for everybody.
//!
//! `tests/journey/cstate.txt` has the folder it begins with (`-- path --` before each file) and, after `-- record --`, every command with what it says and every
//! change that a person makes. `UPDATE=1 cargo test --test journey` writes the record anew; a person reads the difference.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files and processes, and panics when they are not what it made"
)]

mod archive;
#[expect(dead_code, reason = "the tests of the language server ask for more")]
mod editor;
mod program;

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use afterword::diagnostic::SourcePath;
use afterword::report::{self, Style};
use editor::{Editor, edited};
use serde_json::json;

const RECORD: &str = "-- record --\n";

/// How often a page is asked for until it is as it should be, and how long one waits in between. Nothing is measured by it.
const TRIES: usize = 400;
const PAUSE: Duration = Duration::from_millis(25);

/// A folder, and what has been done in it.
struct Journey {
    folder: PathBuf,
    record: String,
}

impl Journey {
    /// Runs the program.
    fn run(&mut self, arguments: &str) -> i32 {
        let output = program::afterword(&self.folder, &arguments.split(' ').collect::<Vec<_>>());
        let _ = writeln!(self.record, "$ afterword {arguments}");
        self.told(&output)
    }

    /// Writes down what a command printed, then what it said, then its status if that is not 0.
    fn told(&mut self, output: &Output) -> i32 {
        let (told, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let text = format!("{told}{said}").replace(self.folder.to_str().unwrap(), "/home/ada/kb");
        // How long it took is nobody's business here.
        for line in text.lines() {
            let line = line.rsplit_once(", in ").filter(|(_, rest)| rest.ends_with(" s")).map_or(line, |(start, _)| start);
            self.record.push_str(line);
            self.record.push('\n');
        }
        let status = output.status.code().unwrap();
        if status != 0 {
            let _ = writeln!(self.record, "[exit status {status}]");
        }
        self.record.push('\n');
        status
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    /// What a person changes in a file.
    fn edit(&mut self, path: &str, changes: &[(&str, &str)]) {
        let old = self.read(path);
        let new = changed(&old, changes);
        fs::write(self.folder.join(path), &new).unwrap();
        self.record.push_str(&report::difference(&SourcePath::from(path), &old, &new, Style::default()));
        self.record.push('\n');
    }

    fn note(&mut self, text: &str) {
        self.record.push_str(text);
        self.record.push('\n');
    }
}

fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old} in {text}");
        text.replace(old, new)
    })
}

/// The preview server.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let mut process = program::command(folder, &["serve", "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let port = address.trim_end_matches(['\n', '/']).rsplit(':').next().unwrap().parse().unwrap();
        Self { process, port }
    }

    fn page(&self, address: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {address} HTTP/1.0\r\nHost: localhost:{}\r\n\r\n", self.port).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The page once it has a text in it.
    fn page_with(&self, address: &str, text: &str) -> String {
        for _ in 0..TRIES {
            let page = self.page(address);
            if page.contains(text) {
                return page;
            }
            thread::sleep(PAUSE);
        }
        panic!("{address} never has `{text}`: {}", self.page(address));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn from_a_status_page_to_a_public_site() {
    const CASE: &str = "tests/journey/cstate.txt";
    const CHECKOUT: &str = "content/postmortems/2026-03-04-checkout.md";
    const PAGE: &str = "/incidents/2026-03-04-checkout/";
    let text = fs::read_to_string(CASE).unwrap();
    let (source, expected) = text.split_once(RECORD).unwrap();
    let home = archive::project(source);
    let folder = home.path().canonicalize().unwrap().join("kb");
    fs::create_dir(&folder).unwrap();
    let mut journey = Journey { folder: folder.clone(), record: String::new() };

    journey.note("# A site of one's own, and what the status page has kept.\n");
    assert_eq!(journey.run("init"), 0);
    fs::remove_file(folder.join("content/postmortems/example.md")).unwrap();
    journey.note("$ rm content/postmortems/example.md\n");
    assert_eq!(journey.run("import markdown --preset cstate ../status --dry-run"), 1, "something is guessed");
    assert!(!folder.join(CHECKOUT).exists());
    assert_eq!(journey.run("import markdown --preset cstate ../status"), 1);

    journey.note("# More is asked of postmortems from now on; what was written before is known.\n");
    let settings = journey.read("site.toml");
    let first = settings.lines().find(|line| line.starts_with("# The severity scale")).unwrap();
    journey.edit("site.toml", &[(first, &format!("[content]\nprofile = \"minor\"\n\n{first}"))]);
    assert_eq!(journey.run("check --format concise"), 1);
    assert_eq!(journey.run("check --write-baseline"), 0);
    assert_eq!(journey.run("check --strict"), 0);

    journey.note("# One of them is worth telling well: what needs no judgement is mended, the rest is written.\n");
    let left = journey.read("content/postmortems/2026-05-20-search.md");
    assert_eq!(journey.run(&format!("check --fix --no-baseline --format concise {CHECKOUT}")), 1);
    assert_eq!(journey.read("content/postmortems/2026-05-20-search.md"), left, "nothing else is touched");
    let mended = journey.read(CHECKOUT);
    let prompts: Vec<&str> = mended.lines().filter(|line| line.starts_with("<!-- ")).collect();
    let [summary, impact, happened, cause] = prompts[..] else { panic!("{prompts:?}") };
    let written = [
        ("severity: sev2", "severity: sev1"),
        ("*Post-mortem*\n\nA certificate had run out. The mails that warn of it go to a mailbox that nobody reads.\n\n", ""),
        (summary, "For 53 minutes nobody could pay by card: a certificate had run out."),
        (impact, "All payments by card failed from 09:12 to 10:05 UTC."),
        (happened, "The certificate of the payment gateway ran out at 09:12. Renewing it took until 09:58."),
        (cause, "Nothing watched the certificate but a mail."),
    ];
    journey.edit(CHECKOUT, &written);
    assert_eq!(journey.run("check"), 0);
    assert_eq!(journey.run("check --write-baseline"), 0);
    assert_eq!(journey.run("check --strict"), 0);
    assert_eq!(journey.run("build"), 0);

    journey.note("# It is shown while it is written.\n");
    let server = Server::start(&folder);
    journey.note(&format!("$ afterword serve &\nhttp://127.0.0.1:<port>/\n\n$ curl http://127.0.0.1:<port>{PAGE}"));
    server.page_with(PAGE, "Nothing watched the certificate but a mail.");
    journey.note("… Nothing watched the certificate but a mail. …\n");
    journey.edit(CHECKOUT, &[("but a mail.", "but a mail that nobody read.")]);
    journey.note(&format!("$ curl http://127.0.0.1:<port>{PAGE}"));
    let page = server.page_with(PAGE, "Nothing watched the certificate but a mail that nobody read.");
    assert!(!page.contains("but a mail. "));
    journey.note("… Nothing watched the certificate but a mail that nobody read. …\n");
    drop(server);

    journey.note("# An editor says what is wrong before it is saved, and mends it.\n");
    let mut editor = Editor::start_in(folder.clone(), None);
    editor.begin(&json!({}));
    let text = editor.open_file(CHECKOUT, None);
    let typed = changed(&text, &[("resolved_at: 2026-03-04T10:05:00Z", "resolved_at: 2026-03-04 10:05")]);
    editor.findings(CHECKOUT, &[]);
    editor.type_whole(CHECKOUT, &typed);
    let found = editor.findings(CHECKOUT, &["4:13 hint nonstandard-time: `2026-03-04 10:05` is not written as RFC 3339 has it"]);
    let (range, message) = (&found[0]["range"], found[0]["message"].as_str().unwrap());
    let about = json!({ "textDocument": { "uri": editor.uri(CHECKOUT) }, "range": range, "context": { "diagnostics": [found[0]] } });
    let offered = editor.ask("textDocument/codeAction", about);
    let fix = &offered[0]["edit"]["changes"][editor.uri(CHECKOUT)];
    let line = edited(&typed, fix).lines().find(|line| line.starts_with("resolved_at")).unwrap().to_owned();
    let title = offered[0]["title"].as_str().unwrap();
    journey.note(&format!("typed   resolved_at: 2026-03-04 10:05\nfound   {message}\noffered {title}\ntaken   {line}\n"));
    editor.end();
    assert_eq!(journey.read(CHECKOUT), text, "an editor that does not save changes nothing");

    journey.note("# Everybody may read this one, but for what is marked as internal.\n");
    assert_eq!(journey.run("build --edition public"), 2, "it is for those who decide to have one");
    let first = "\n# With services listed";
    journey.edit("site.toml", &[(first, &format!("\n[editions.public]\nbase_url = \"https://incidents.example.org/\"\n{first}"))]);
    let internal = "but a mail that nobody read.\n\n> [!INTERNAL]\n> The mails go to a team that Project Heron dissolved.";
    journey.edit(CHECKOUT, &[("severity: sev1\n", "severity: sev1\nvisibility: public\n"), ("but a mail that nobody read.", internal)]);
    assert_eq!(journey.run("build"), 0);
    assert!(journey.read(&format!("_site{PAGE}index.html")).contains("Project Heron"), "this is for those who work here");
    assert_eq!(journey.run("build --edition public"), 0);
    assert_eq!(journey.run("audit _site-public"), 0);
    let public = fs::read_to_string(folder.join(format!("_site-public{PAGE}index.html"))).unwrap();
    assert!(public.contains("For 53 minutes nobody could pay by card"));
    assert!(!folder.join("_site-public/incidents/2026-05-20-search").exists(), "what is not said to be public is not");
    let words = Command::new("grep").args(["-rlE", "Heron|Search is slow"]).arg(folder.join("_site-public")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&words.stdout), "");

    if std::env::var_os("UPDATE").is_some() {
        fs::write(CASE, format!("{source}{RECORD}{}", journey.record)).unwrap();
    } else {
        assert_eq!(journey.record, expected);
    }
    let guide = fs::read_to_string("content/guide/importing.md").unwrap();
    let shown = guide.split("```console\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert!(journey.record.contains(shown), "the guide shows what the program says: {shown}");
}
