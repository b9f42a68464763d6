//! The server on a real port.

#![expect(clippy::disallowed_methods, reason = "the tests make folders to watch and to serve")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::*;
use crate::source::Selection;

/// Far longer than anything takes here; only a test that hangs waits for it.
const HANG: Duration = Duration::from_mins(1);

fn page(media_type: &'static str, text: &str) -> Page {
    Page { media_type: media_type.into(), ..Page::new(text.as_bytes()) }
}

fn site(path: &str) -> Option<Page> {
    Some(match path {
        "/" => page("text/html; charset=utf-8", "<body>Home</body>"),
        "/nested/" => page("text/html", "<p>nested"),
        "/index.html" | "/café/" => page("text/html", path),
        "/style.css" => page("text/css", "a {}"),
        "/defect/" => panic!("a defect of this page"),
        "/404.html" => page("text/html", "<p>Nothing here"),
        _ => return None,
    })
}

fn built(pages: impl Pages + 'static, change: Change) -> Built {
    Built { pages: Arc::new(pages), change, follow: None, watched: None }
}

fn watched(root: &Path) -> Watched {
    Watched { root: root.to_owned(), selection: Selection::default().content(".").unwrap(), files: Vec::new() }
}

fn nothing() -> Watched {
    watched(Path::new("no such folder"))
}

/// Starts a server and gives its port; it lives as long as the process of the tests.
fn start(options: Options, watched: Watched, build: impl FnMut(&Changes) -> Option<Built> + Send + 'static) -> u16 {
    let (told, notices) = channel();
    std::thread::spawn(move || run(&options, &watched, build, move |notice| drop(told.send(notice))));
    port_of(&notices)
}

fn port_of(notices: &Receiver<Notice>) -> u16 {
    match notices.recv_timeout(HANG).unwrap() {
        Notice::Listening { port, .. } => port,
        other => panic!("{other:?}"),
    }
}

fn start_site() -> u16 {
    start(Options::default(), nothing(), |_| Some(built(site, Change::Page)))
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(HANG)).unwrap();
    stream
}

/// Sends `bytes` and reads to the end. A server that closes a connection with something unread resets it, which loses nothing we look at.
fn send(port: u16, bytes: &[u8]) -> String {
    let mut stream = connect(port);
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(port: u16, target: &str) -> String {
    send(port, format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n").as_bytes())
}

fn status(answer: &str) -> u16 {
    answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

#[test]
fn a_page_goes_out_with_the_script_and_with_every_precaution() {
    let port = start_site();
    let answer = get(port, "/");
    assert_eq!(status(&answer), 200);
    assert!(body(&answer).starts_with(r#"<body>Home<script src="/.afterword/reload.js" data-generation=""#), "{answer}");
    assert!(body(&answer).ends_with(r#"" defer></script></body>"#), "{answer}");
    let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
    for header in [
        "content-type: text/html; charset=utf-8",
        "x-content-type-options: nosniff",
        "x-frame-options: sameorigin",
        "cache-control: no-store",
        "cross-origin-resource-policy: same-origin",
        "content-security-policy: default-src 'none'; script-src 'self'; ",
    ] {
        assert!(head.contains(&format!("\r\n{header}")), "{header} is not in\n{head}");
    }
    assert!(head.contains("; frame-ancestors 'self'\r\n") && !head.contains("frame-src"), "{head}");
    assert!(!head.contains("access-control"));
    let head_of = |method: &str| {
        let answer = send(port, format!("{method} / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n").as_bytes());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let head: Vec<_> = head.lines().filter(|line| !line.starts_with("date:")).map(str::to_owned).collect();
        (head, body.len())
    };
    let (got, headed) = (head_of("GET"), head_of("HEAD"));
    assert_eq!(got.0, headed.0);
    assert_eq!((got.1, headed.1), (body(&answer).len(), 0));

    assert_eq!(body(&get(port, "/style.css")), "a {}");
    let script = get(port, "/.afterword/reload.js");
    assert!(script.contains("text/javascript") && body(&script) == reload::SCRIPT);
}

#[test]
fn what_is_not_there_is_said_to_be_elsewhere_or_nowhere() {
    let port = start_site();
    let moved = get(port, "/nested?x=1");
    assert_eq!(status(&moved), 308);
    assert!(moved.contains("\r\nlocation: /nested/\r\n"), "{moved}");
    assert!(get(port, "/caf%C3%A9").contains("\r\nlocation: /caf%C3%A9/\r\n"));
    let missing = get(port, "/nowhere/");
    assert!(status(&missing) == 404 && body(&missing).starts_with("<p>Nothing here<script"), "{missing}");
    assert_eq!(status(&get(port, "/defect/")), 500);
    assert_eq!(status(&get(port, "/")), 200);
}

#[test]
fn a_request_past_a_limit_is_refused_and_the_next_one_is_answered() {
    let port = start_site();
    let host = format!("Host: localhost:{port}\r\n");
    let with = |headers: &str| send(port, format!("GET / HTTP/1.1\r\n{host}{headers}\r\n").as_bytes());
    assert_eq!(status(&with(&format!("{}Connection: close\r\n", "X: y\r\n".repeat(63)))), 431, "65 headers");
    assert_eq!(status(&with(&format!("{}Connection: close\r\n", "X: y\r\n".repeat(62)))), 200, "64 headers");
    assert_eq!(status(&with(&format!("X: {}\r\n", "y".repeat(16 * 1024)))), 431);
    assert_eq!(status(&get(port, &format!("/{}", "a".repeat(8 * 1024)))), 414);
    assert_eq!(status(&get(port, &format!("/{}", "a".repeat(64 * 1024)))), 431);
    assert_eq!(status(&with("Content-Length: 5\r\n")), 413);
    assert_eq!(status(&send(port, format!("GET / HTTP/1.1\r\n{host}Content-Length: 5\r\n\r\nhello").as_bytes())), 413);
    let smuggled = format!(
        "GET / HTTP/1.1\r\n{host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /style.css HTTP/1.1\r\n{host}\r\n"
    );
    let answer = send(port, smuggled.as_bytes());
    assert!(matches!(status(&answer), 400 | 413) && answer.matches("HTTP/1.1 ").count() == 1, "{answer}");
    for (headers, expected) in [("", 400), ("Host: a\r\nHost: b\r\n", 400), ("Host : x\r\n", 400), ("Host: localhost\r\n folded\r\n", 400)]
    {
        let answer = send(port, format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes());
        assert_eq!(status(&answer), expected, "{headers:?}");
    }
    for nonsense in [
        &b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\r\n\r\n\r\n",
        b"GET\r\n\r\n",
        b"\0\0\0\0",
    ] {
        let mut stream = connect(port);
        stream.write_all(nonsense).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(matches!(status(&String::from_utf8_lossy(&answer)), 0 | 400), "{nonsense:?}");
    }
    assert_eq!(status(&get(port, "/")), 200);
}

#[test]
fn two_requests_on_one_connection_are_both_answered() {
    let port = start_site();
    let request = |close: &str| format!("GET /style.css HTTP/1.1\r\nHost: localhost:{port}\r\n{close}\r\n");
    let answer = send(port, (request("") + &request("Connection: close\r\n")).as_bytes());
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2);
}

fn attacks(file: &str) -> Option<Vec<serde_json::Value>> {
    let Ok(folder) = std::env::var("AFTERWORD_ATTACKS") else {
        eprintln!("skipped: AFTERWORD_ATTACKS names no folder");
        return None;
    };
    let rows = fs::read_to_string(Path::new(&folder).join(file)).unwrap();
    Some(rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect())
}

#[test]
fn hostile_requests_get_nothing() {
    let Some(rows) = attacks("http-requests.jsonl") else { return };
    let port = start_site();
    let no_content = |answer: &str| !answer.contains("Home") && !answer.to_lowercase().contains("access-control");
    for row in &rows {
        let text = |key: &str| row[key].as_str().map(|text| text.replace("PORT", &port.to_string()));
        let answer = match row["kind"].as_str().unwrap() {
            "path" => {
                let answer = get(port, &text("target").unwrap());
                assert!(matches!(status(&answer), 200 | 308 | 400 | 404 | 414 | 431), "{row}: {answer}");
                assert!(!answer.contains("root:"), "{row}");
                continue;
            }
            "host" => send(port, format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", text("host").unwrap()).as_bytes()),
            "sse-origin" => {
                let origin = text("origin").map_or(String::new(), |origin| format!("Origin: {origin}\r\n"));
                let request = format!("GET /.afterword/events HTTP/1.1\r\nHost: localhost:{port}\r\n{origin}\r\n");
                let mut stream = connect(port);
                stream.write_all(request.as_bytes()).unwrap();
                let mut line = String::new();
                BufReader::new(stream).read_line(&mut line).unwrap();
                // Without an origin it is our own page that asks.
                if origin.is_empty() {
                    assert_eq!(status(&line), 200);
                    continue;
                }
                line
            }
            "method" => send(
                port,
                format!("{} / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n", text("method").unwrap()).as_bytes(),
            ),
            other => panic!("{other}"),
        };
        if row["expect"] == "200" {
            assert_eq!(status(&answer), 200, "{row}");
        } else {
            let allowed = status(&answer) != 405 || answer.to_lowercase().contains("\r\nallow: get, head\r\n");
            assert!(matches!(status(&answer), 400 | 403 | 405 | 414 | 431) && no_content(&answer) && allowed, "{row}: {answer}");
        }
    }
    assert_eq!(status(&get(port, "/")), 200);
}

#[test]
fn no_path_leads_out_of_a_published_site() {
    let Some(rows) = attacks("http-traversal-patt.jsonl") else { return };
    let outer = tempfile::tempdir().unwrap();
    let port = start_published(&outer.path().join("public"));
    for row in &rows {
        let path = row["path"].as_str().unwrap();
        for target in [path.to_owned(), format!("/{path}"), format!("/a/{path}")] {
            let answer = get(port, &target);
            assert!(matches!(status(&answer), 400 | 404) && !answer.contains("root:"), "{target}: {answer}");
        }
    }
    assert_eq!(status(&get(port, "/")), 200);
}

fn start_published(folder: &Path) -> u16 {
    let routes = ["index.html", "a/index.html", "style.css", "404.html"].map(|path| (OutPath::new(path).unwrap(), path));
    crate::publish::publish(folder, &[], &routes, |path| Ok::<_, Infallible>(path.as_bytes().to_vec())).unwrap();
    let (told, notices) = channel();
    let folder = folder.to_owned();
    std::thread::spawn(move || serve_folder(&folder, &Options::default(), move |notice| drop(told.send(notice))));
    port_of(&notices)
}

#[test]
fn a_published_site_is_served_as_it_is_and_nothing_beside_it() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    let port = start_published(&folder);
    assert_eq!(body(&get(port, "/")), "index.html");
    assert_eq!(body(&get(port, "/a/")), "a/index.html");
    assert_eq!(body(&get(port, "/a/index.html")), "a/index.html");
    assert_eq!(status(&get(port, "/a")), 308);
    assert!(get(port, "/style.css").contains("content-type: text/css; charset=utf-8"));
    fs::write(folder.join("stray.html"), "secret").unwrap();
    for path in ["/stray.html", "/.afterword-manifest", "/.afterword/events", "/.afterword/reload.js"] {
        let answer = get(port, path);
        assert!(status(&answer) == 404 && body(&answer) == "404.html", "{path}: {answer}");
    }
    #[cfg(unix)]
    {
        fs::write(outer.path().join("secret"), "secret").unwrap();
        fs::remove_file(folder.join("style.css")).unwrap();
        std::os::unix::fs::symlink("../secret", folder.join("style.css")).unwrap();
        assert_eq!(status(&get(port, "/style.css")), 404);
    }
    assert!(matches!(serve_folder(outer.path(), &Options::default(), |_| {}), Err(ServeError::NotASite { cause: None, .. })));
}

/// A folder to watch, and a server that makes a site of its one file each time that file changes.
struct Preview {
    folder: tempfile::TempDir,
    port: u16,
}

/// The site is its file; a file that says `style` or `nothing` says what is new.
fn preview() -> Preview {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().canonicalize().unwrap().join("page.md");
    fs::write(&file, "first").unwrap();
    let watched = watched(folder.path());
    let mut last = String::new();
    let build = move |_: &Changes| {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if text == "nothing" || std::mem::replace(&mut last, text.clone()) == text {
            return None;
        }
        let change = if text == "style" { Change::Style } else { Change::Page };
        Some(built(move |path: &str| (path == "/").then(|| page("text/plain", &text)), change))
    };
    let port = start(Options::default(), watched, build);
    Preview { folder, port }
}

impl Preview {
    fn save(&self, text: &str) {
        let aside = self.folder.path().join("page.md~");
        fs::write(&aside, text).unwrap();
        fs::rename(aside, self.folder.path().join("page.md")).unwrap();
    }

    fn listen(&self) -> Events {
        let mut stream = connect(self.port);
        stream.write_all(format!("GET /.afterword/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).as_bytes()).unwrap();
        Events { lines: BufReader::new(stream) }
    }
}

struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The kind and the number of the next event.
    fn next(&mut self) -> (String, u64) {
        let mut kind = String::new();
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the stream has ended");
            match line.trim_end().split_once(": ") {
                Some(("event", value)) => value.clone_into(&mut kind),
                Some(("data", value)) => return (kind, value.parse().unwrap()),
                _ => {}
            }
        }
    }
}

#[test]
fn a_saved_file_is_told_of_and_then_served() {
    let preview = preview();
    let mut events = preview.listen();
    let (kind, first) = events.next();
    assert_eq!((kind.as_str(), body(&get(preview.port, "/"))), ("reload", "first"));
    preview.save("second");
    assert_eq!(events.next(), ("reload".to_owned(), first + 1));
    assert_eq!(body(&get(preview.port, "/")), "second");
    preview.save("style");
    assert_eq!(events.next(), ("style".to_owned(), first + 2));
    assert_eq!(preview.listen().next(), ("style".to_owned(), first + 2));
    // What could not be made is not told of, and the site stays.
    preview.save("nothing");
    preview.save("fourth");
    assert_eq!(events.next(), ("reload".to_owned(), first + 3));
    assert_eq!(body(&get(preview.port, "/")), "fourth");
}

#[test]
fn tabs_that_do_not_read_keep_nobody_waiting() {
    let preview = preview();
    let deaf: Vec<_> = (0..100).map(|_| preview.listen()).collect();
    let mut events = preview.listen();
    let (_, first) = events.next();
    for turn in 1..=20 {
        preview.save(&format!("turn {turn}"));
        assert_eq!(events.next().1, first + turn);
    }
    assert_eq!(body(&get(preview.port, "/")), "turn 20");
    drop(deaf);
    assert_eq!(status(&get(preview.port, "/")), 200);
}

#[test]
fn requests_wait_for_the_first_site_and_for_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let watched = watched(folder.path());
    let (go, may_go): (Sender<&str>, Receiver<&str>) = channel();
    let (begin, has_begun) = channel();
    let builds = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&builds);
    let port = start(Options::default(), watched, move |_| {
        begin.send(()).unwrap();
        let text = may_go.recv().ok()?.to_owned();
        counter.fetch_add(1, Ordering::SeqCst);
        Some(built(move |_: &str| Some(page("text/plain", &text)), Change::Page))
    });
    has_begun.recv_timeout(HANG).unwrap();
    let asked = std::thread::spawn(move || get(port, "/"));
    assert_eq!(builds.load(Ordering::SeqCst), 0);
    go.send("first").unwrap();
    assert_eq!(body(&asked.join().unwrap()), "first");
    fs::write(folder.path().join("x.md"), "x").unwrap();
    has_begun.recv_timeout(HANG).unwrap();
    assert_eq!(body(&get(port, "/")), "first");
    assert_eq!(builds.load(Ordering::SeqCst), 1);
    go.send("second").unwrap();
}

#[test]
fn without_a_first_site_that_is_said_and_looked_for_again() {
    let port = start(Options::default(), nothing(), |_| None);
    let answer = get(port, "/");
    assert!(status(&answer) == 503 && body(&answer).contains("/.afterword/reload.js"), "{answer}");
}

#[test]
fn a_defect_in_making_the_site_ends_the_server_and_is_told() {
    let ended = run(&Options::default(), &nothing(), |_| panic!("a defect"), |_| {});
    assert!(matches!(ended, Err(ServeError::BuildPanicked)));
}

#[test]
fn the_next_free_port_is_taken_and_told() {
    let notices = Arc::new(Mutex::new(Vec::new()));
    let taken = start_site();
    let (told, notice) = channel();
    let kept = Arc::clone(&notices);
    let options = Options { port: taken, ..Options::default() };
    std::thread::spawn(move || {
        run(
            &options,
            &nothing(),
            |_| Some(built(site, Change::Page)),
            move |notice| {
                kept.lock().unwrap().push(notice.clone());
                told.send(notice).unwrap();
            },
        )
    });
    let port = port_of(&notice);
    assert!(port > taken && port <= taken + 20);
    let expected = Notice::Listening { url: format!("http://localhost:{port}/"), port, wanted: taken, exposed: false };
    assert_eq!(*notices.lock().unwrap(), [expected]);
    assert_eq!((status(&get(taken, "/")), status(&get(port, "/"))), (200, 200));
    let others: Vec<_> = [None, Some("::1".parse().unwrap()), Some("0.0.0.0".parse().unwrap())].map(|bind| authority(bind, 80)).into();
    assert_eq!(others, ["localhost:80", "[::1]:80", "127.0.0.1:80"]);
}

#[test]
fn settings_may_name_another_folder_to_watch() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let content = |name: &str| Watched { selection: Selection::default().content(name).unwrap(), ..watched(folder.path()) };
    let (first, mut second) = (content("a"), Some(content("b")));
    let (begin, has_begun) = channel();
    start(Options::default(), first, move |changes| {
        begin.send(changes.clone()).unwrap();
        Some(Built { watched: second.take(), ..built(site, Change::Page) })
    });
    // Once for the first time, once for the other folder.
    assert_eq!(has_begun.recv_timeout(HANG).unwrap(), Changes::Everything);
    assert_eq!(has_begun.recv_timeout(HANG).unwrap(), Changes::Everything);
    fs::write(folder.path().join("a/x.md"), "x").unwrap();
    fs::write(folder.path().join("b/x.md"), "x").unwrap();
    let expected = folder.path().canonicalize().unwrap().join("b/x.md");
    assert_eq!(has_begun.recv_timeout(HANG).unwrap(), Changes::Paths(vec![expected]));
}
