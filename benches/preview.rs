//! Times the preview: how long after a save a browser is told of it, and how long until the new page is there.
//!
//! ```sh
//! cargo bench --bench preview -- --documents 1000 --edits 15 --peers
//! ```
//!
//! With `--peers` Hugo and Zola, where they are installed, get the same postmortems and the same edits of prose, one tool after the other. All
//! are asked for the edited page every two milliseconds from the save on, which also costs each of them some work; the message to the browser
//! is timed as it comes in. A Markdown table is printed. Nothing here passes or fails.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement works on real files, processes and the clock, and panics when they are not what it made"
)]

mod corpus;

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser as _;

use corpus::{Common, Corpus, Dice, Flavour, machine};

/// How many times a server is started; the median is told, and the last one is shown the edits.
const STARTS: usize = 3;
/// How often a page is asked for.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// How long nothing must have been heard before the next save.
const QUIET: Duration = Duration::from_millis(300);
/// How long an edit may take to be seen.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a server may take to show its first page.
const PATIENCE_AT_START: Duration = Duration::from_mins(5);

#[derive(clap::Parser)]
struct Arguments {
    /// How many postmortems the site has.
    #[arg(long, default_value_t = 1000)]
    documents: usize,

    /// How many documents are edited, of each kind of edit.
    #[arg(long, default_value_t = 15)]
    edits: usize,

    #[command(flatten)]
    common: Common,
}

fn main() {
    if !corpus::is_asked_to_measure() {
        return;
    }
    let Arguments { documents, edits, common: Common { peers, seed, write, .. } } = Arguments::parse();
    let (documents, edits) = (documents.max(1), edits.max(1));
    let mut table = format!(
        "{documents} postmortems, {edits} edits of each kind; {}.\n\n\
         | Tool | Edit | Told/seen | Start, median, ms | Told, median, ms | Told, p95 | Page, median, ms | Page, p95 | Peak memory, MiB |\n\
         |---|---|--:|--:|--:|--:|--:|--:|--:|\n",
        machine()
    );
    print!("{table}");
    for tool in [Flavour::Afterword, Flavour::Hugo, Flavour::Zola].map(Tool) {
        if tool.0 == Flavour::Afterword || peers {
            let rows = measure(tool, Corpus { flavour: tool.0, seed, documents }, edits);
            print!("{rows}");
            io::stdout().flush().unwrap();
            table += &rows;
        }
    }
    if write {
        corpus::write_into_guide("preview", &table);
    }
}

/// The rows of a tool.
fn measure(tool: Tool, corpus: Corpus, edits: usize) -> String {
    let Some(version) = tool.0.version() else { return format!("| {} | not installed |\n", tool.0.program()) };
    let folder = tempfile::tempdir().unwrap();
    corpus.write(folder.path());
    let earlier: Option<Vec<Duration>> = (1..STARTS).map(|_| Some(Server::start(tool, folder.path())?.start)).collect();
    let Some(mut starts) = earlier else { return format!("| {version} | showed no page |\n") };
    let Some(server) = Server::start(tool, folder.path()) else { return format!("| {version} | showed no page |\n") };
    starts.push(server.start);
    starts.sort();
    let mut rows = String::new();
    let mut dice = Dice::new(corpus.seed, 0, 3);
    for (place, kind) in tool.kinds().iter().enumerate() {
        let (mut told, mut pages) = (Vec::new(), Vec::new());
        for edit in 0..edits {
            // From the first document to the last, and others for each kind.
            let index = (edit * (corpus.documents - 1) / (edits - 1).max(1) + place) % corpus.documents;
            let marker = format!("marker{:05}", place * edits + edit);
            let text = kind.apply(&corpus.postmortem(index), &marker);
            // A server that looks for changes at fixed times must not always be caught at the same point between two.
            server.wait_until_quiet(LOOK_EVERY * u32::try_from(dice.below(250)).unwrap());
            let seen = server.save(&folder.path().join(corpus::path(index)), &text, &tool.address(&corpus::name(index)), &marker);
            told.extend(seen.told);
            pages.extend(seen.page);
        }
        let peak = server.peak_memory().map_or("–".to_owned(), |mebibytes| mebibytes.to_string());
        let start = starts[STARTS / 2].as_millis();
        let counts = format!("{}/{}", told.len(), pages.len());
        let [told, pages] = [told, pages].map(median_and_p95);
        writeln!(rows, "| {version} | {} | {counts} | {start} | {told} | {pages} | {peak} |", kind.name()).unwrap();
    }
    rows
}

/// Two cells; with few edits the second is the slowest of them.
fn median_and_p95(mut times: Vec<Duration>) -> String {
    times.sort();
    let Some(last) = times.len().checked_sub(1) else { return "– | –".to_owned() };
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let median = (times[last / 2] + times[times.len() / 2]) / 2;
    let p95 = times[(times.len() * 95).div_ceil(100) - 1];
    format!("{:.1} | {:.1}", milliseconds(median), milliseconds(p95))
}

/// What is changed in a document.
#[derive(Clone, Copy)]
enum Edit {
    Prose,
    Title,
    Heading,
}

impl Edit {
    fn name(self) -> &'static str {
        match self {
            Self::Prose => "a sentence",
            Self::Title => "the title",
            Self::Heading => "a heading more",
        }
    }

    fn apply(self, text: &str, marker: &str) -> String {
        match self {
            Self::Prose => text.replacen("\n## Root cause\n\n", &format!("\n## Root cause\n\nThe review spoke of {marker}. "), 1),
            Self::Title => text.replacen("title: \"", &format!("title: \"{marker} "), 1),
            Self::Heading => {
                text.replacen("\n## Action items\n", &format!("\n### What {marker} showed\n\nLittle.\n\n## Action items\n"), 1)
            }
        }
    }
}

/// A generator with a preview.
#[derive(Clone, Copy)]
struct Tool(Flavour);

impl Tool {
    fn serve(self, folder: &Path, port: u16) -> Command {
        let mut command = Command::new(self.0.program());
        let port = &port.to_string();
        match self.0 {
            Flavour::Afterword => command.args(["serve", "--port", port]),
            Flavour::Hugo => command.args(["server", "--renderToMemory", "--bind", "127.0.0.1", "--port", port]),
            Flavour::Zola => command.args(["serve", "--fast", "--interface", "127.0.0.1", "--port", port]),
        };
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn address(self, name: &str) -> String {
        if self.0 == Flavour::Afterword { format!("/incidents/{name}/") } else { format!("/postmortems/{name}/") }
    }

    fn kinds(self) -> &'static [Edit] {
        if self.0 == Flavour::Afterword { &[Edit::Prose, Edit::Title, Edit::Heading] } else { &[Edit::Prose] }
    }
}

/// A preview that is running. It ends with this value.
struct Server {
    process: Child,
    port: u16,
    start: Duration,
    /// When browsers were told that there is something new.
    told: Receiver<Instant>,
}

/// How long after a save something was seen.
struct Seen {
    told: Option<Duration>,
    page: Option<Duration>,
}

impl Server {
    /// Starts the preview of a folder; nothing if it shows no page.
    fn start(tool: Tool, folder: &Path) -> Option<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let started = Instant::now();
        let (tell, told) = channel();
        let process = tool.serve(folder, port).spawn().unwrap();
        let mut server = Self { process, port, start: Duration::ZERO, told };
        let home = loop {
            match server.page("/") {
                Ok(home) if home.starts_with("HTTP/1.0 200") || home.starts_with("HTTP/1.1 200") => break home,
                _ if started.elapsed() > PATIENCE_AT_START || server.process.try_wait().unwrap().is_some() => return None,
                _ => thread::sleep(LOOK_EVERY),
            }
        };
        server.start = started.elapsed();
        let heard = if tool.0 == Flavour::Afterword { port } else { port_of_messages(&home).unwrap_or(port) };
        // It ends with the server, by an error. Where nothing was heard, the table shows that.
        thread::spawn(move || if tool.0 == Flavour::Afterword { hear_events(heard, &tell) } else { hear_socket(heard, &tell) });
        Some(server)
    }

    /// The answer to a request, head and all.
    fn page(&self, address: &str) -> io::Result<String> {
        let mut answer = Vec::new();
        ask(self.port, address, "")?.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Waits until no message has come for a while, and then a little longer.
    fn wait_until_quiet(&self, longer: Duration) {
        thread::sleep(QUIET);
        while self.told.try_iter().count() > 0 {
            thread::sleep(QUIET);
        }
        thread::sleep(longer);
    }

    /// Saves a text and waits until it has been seen.
    fn save(&self, file: &Path, text: &str, address: &str, marker: &str) -> Seen {
        let mut seen = Seen { told: None, page: None };
        let saved = Instant::now();
        fs::write(file, text).unwrap();
        while (seen.told.is_none() || seen.page.is_none()) && saved.elapsed() < PATIENCE {
            if seen.page.is_none() && self.page(address).is_ok_and(|page| page.contains(marker)) {
                seen.page = Some(saved.elapsed());
            }
            seen.told = seen.told.or_else(|| self.told.try_recv().ok().map(|at| at.saturating_duration_since(saved)));
            thread::sleep(LOOK_EVERY);
        }
        seen
    }

    /// The most memory the process has had, where the system tells.
    fn peak_memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Sends a request. Answers to HTTP 1.0 come in one piece.
fn ask(port: u16, address: &str, headers: &str) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    let version = if headers.is_empty() { "1.0" } else { "1.1" };
    write!(stream, "GET {address} HTTP/{version}\r\nHost: localhost:{port}\r\n{headers}\r\n")?;
    Ok(stream)
}

/// Listens to the Server-Sent Events of Afterword.
fn hear_events(port: u16, tell: &Sender<Instant>) -> io::Result<()> {
    for line in BufReader::new(ask(port, "/.afterword/events", "")?).lines() {
        if matches!(line?.as_str(), "event: reload" | "event: style") {
            let _ = tell.send(Instant::now());
        }
    }
    Ok(())
}

/// Listens to the messages of `LiveReload`, which come over a WebSocket.
fn hear_socket(port: u16, tell: &Sender<Instant>) -> io::Result<()> {
    let upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    let mut stream = BufReader::new(ask(port, "/livereload", upgrade)?);
    while stream.read_line(&mut String::new())? > 2 {}
    let hello = br#"{"command":"hello","protocols":["http://livereload.com/protocols/official-7"]}"#;
    // One frame of text, masked with zeros: whoever connects must mask, and zeros change nothing.
    let head = [0x81, 0x80 | u8::try_from(hello.len()).unwrap(), 0, 0, 0, 0];
    stream.get_mut().write_all(&[&head, hello.as_slice()].concat())?;
    loop {
        if frame(&mut stream)?.contains("\"reload\"") {
            let _ = tell.send(Instant::now());
        }
    }
}

/// The next frame from a server, which masks nothing.
fn frame(stream: &mut impl Read) -> io::Result<String> {
    let mut bytes = |length: usize| {
        let mut bytes = vec![0; length];
        stream.read_exact(&mut bytes).map(|()| bytes)
    };
    let length = match bytes(2)?[1] {
        126 => bytes(2)?,
        127 => bytes(8)?,
        short => vec![short],
    };
    let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    Ok(String::from_utf8_lossy(&bytes(length)?).into_owned())
}

/// The port that the script in a page listens at, where that is not the page's.
fn port_of_messages(page: &str) -> Option<u16> {
    let (_, script) = page.split_once("livereload.js?")?;
    let (_, port) = script.split_once("port=")?;
    port.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
