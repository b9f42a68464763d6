//! An editor, as far as the language server can tell.

#![expect(clippy::needless_pass_by_value, reason = "messages are written where they are sent")]

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take before it is taken for none. Nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(8);

/// A project in a folder of its own, and an editor that works in it.
pub(crate) struct Editor {
    pub(crate) root: PathBuf,
    server: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    notes: VecDeque<Value>,
    requests: i64,
    versions: BTreeMap<String, i64>,
    /// What the server said that it can do.
    pub(crate) abilities: Value,
    _folder: Option<tempfile::TempDir>,
}

/// Writes a project: a line `-- path --` before each file.
pub(crate) fn write_project(root: &Path, archive: &str) {
    for part in archive.split("-- ").skip(1) {
        let (path, text) = part.split_once(" --\n").unwrap();
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

impl Editor {
    /// Opens a project in an editor that can do everything.
    pub(crate) fn open(archive: &str) -> Self {
        let abilities = json!({
            "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
            "workspace": { "workspaceEdit": { "documentChanges": true }, "didChangeWatchedFiles": { "dynamicRegistration": true } },
        });
        Self::open_as(archive, &abilities)
    }

    pub(crate) fn open_as(archive: &str, abilities: &Value) -> Self {
        let mut editor = Self::start(archive);
        editor.begin(abilities);
        editor
    }

    /// Says what the editor can do, and for which folder the server is.
    pub(crate) fn begin(&mut self, abilities: &Value) {
        let root = self.uri("");
        let folders = json!([{ "uri": root.trim_end_matches('/'), "name": "kb" }]);
        let answer = self
            .request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": abilities, "workspaceFolders": folders }));
        self.abilities = answer["result"]["capabilities"].clone();
        self.notify("initialized", json!({}));
    }

    /// Starts the server, and says nothing to it yet.
    pub(crate) fn start(archive: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        write_project(&root, archive);
        Self::start_in(root, Some(folder))
    }

    /// Starts the server for a folder that is there.
    pub(crate) fn start_in(root: PathBuf, folder: Option<tempfile::TempDir>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        command.args(["lsp", "--stdio"]).env("SOURCE_DATE_EPOCH", "1767225600").current_dir("/");
        let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let input = server.stdin.take();
        let mut reader = BufReader::new(server.stdout.take().unwrap());
        let (told, output) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut reader) {
                if told.send(message).is_err() {
                    return;
                }
            }
        });
        let (notes, versions) = (VecDeque::new(), BTreeMap::new());
        Self { root, server, input, output, notes, requests: 0, versions, abilities: Value::Null, _folder: folder }
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.root.display())
    }

    /// Bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        // The server may have gone because of what came before.
        let _ = self.input.as_mut().unwrap().write_all(bytes);
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, parameters: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// The whole answer to a request.
    pub(crate) fn request(&mut self, method: &str, parameters: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        loop {
            let message = self.output.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no answer to {method}"));
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.notes.push_back(message);
        }
    }

    /// The result of a request that is to have one.
    pub(crate) fn ask(&mut self, method: &str, parameters: Value) -> Value {
        let answer = self.request(method, parameters);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next message of the server that is no answer.
    pub(crate) fn note(&mut self) -> Option<Value> {
        self.notes.pop_front().or_else(|| self.output.recv_timeout(PATIENCE).ok())
    }

    /// Opens a file with the text it has, or another one.
    pub(crate) fn open_file(&mut self, path: &str, text: Option<&str>) -> String {
        let text = text.map_or_else(|| fs::read_to_string(self.root.join(path)).unwrap(), str::to_owned);
        let document = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.versions.insert(path.to_owned(), 1);
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        text
    }

    /// Replaces the text of an open file.
    pub(crate) fn type_whole(&mut self, path: &str, text: &str) {
        self.change(path, json!([{ "text": text }]));
    }

    pub(crate) fn change(&mut self, path: &str, changes: Value) {
        let version = self.versions.get_mut(path).unwrap();
        *version += 1;
        let document = json!({ "uri": format!("file://{}/{path}", self.root.display()), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Waits until the findings on a file are these: line and column from 0, level, rule, the first line of the message.
    pub(crate) fn findings(&mut self, path: &str, expected: &[&str]) -> Vec<Value> {
        let uri = self.uri(path);
        let mut last = None;
        while let Some(note) = self.note() {
            if note["method"] != "textDocument/publishDiagnostics" || note["params"]["uri"] != uri {
                continue;
            }
            let found = note["params"]["diagnostics"].as_array().unwrap().clone();
            let told: Vec<String> = found.iter().map(line).collect();
            if told == expected {
                return found;
            }
            last = Some(told);
        }
        panic!("{path}: {last:#?}\nexpected {expected:#?}");
    }

    /// A place in an open file as the parameters of a request: behind `before`, which stands in `text` once.
    pub(crate) fn place(&self, path: &str, text: &str, before: &str) -> Value {
        assert_eq!(text.matches(before).count(), 1, "{before}");
        let offset = text.find(before).unwrap() + before.len();
        json!({ "textDocument": { "uri": self.uri(path) }, "position": position(text, offset) })
    }

    /// What is offered where `¦` stands in a text that is typed into an open file: the labels, and the text with the first, or the one named, taken.
    pub(crate) fn complete(&mut self, path: &str, marked: &str, take: &str) -> (Vec<String>, String) {
        let text = marked.replace('¦', "");
        self.type_whole(path, &text);
        let at = position(&text, marked.find('¦').unwrap());
        let completion = self.ask("textDocument/completion", json!({ "textDocument": { "uri": self.uri(path) }, "position": at }));
        let items = completion["items"].as_array().cloned().unwrap_or_default();
        let labels = items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect();
        let taken = items.iter().find(|item| item["label"] == take);
        (labels, taken.map(|item| edited(&text, &json!([item["textEdit"]]))).unwrap_or_default())
    }

    /// The same without a text.
    pub(crate) fn labels(&mut self, path: &str, marked: &str) -> Vec<String> {
        self.complete(path, marked, "").0
    }

    /// Applies an edit of the workspace to the files on disk.
    pub(crate) fn apply(edit: &Value) {
        for change in edit["documentChanges"].as_array().unwrap() {
            let uri = change["textDocument"]["uri"].as_str().unwrap();
            let file = PathBuf::from(uri.strip_prefix("file://").unwrap());
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, edited(&text, &change["edits"])).unwrap();
        }
    }

    /// Ends the conversation as it should be.
    pub(crate) fn end(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.wait().0.code(), Some(0));
    }

    /// Closes the input, waits for the server to go, and gives what it said on standard error.
    pub(crate) fn wait(&mut self) -> (ExitStatus, String) {
        self.input = None;
        let status = self.server.wait().unwrap();
        let mut said = String::new();
        self.server.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status, said)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn read(reader: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn line(found: &Value) -> String {
    let at = &found["range"]["start"];
    let level = ["error", "warning", "hint"][usize::try_from(found["severity"].as_u64().unwrap() - 1).unwrap()];
    let message = found["message"].as_str().unwrap().lines().next().unwrap();
    format!("{}:{} {level} {}: {message}", at["line"], at["character"], found["code"].as_str().unwrap())
}

/// Where an offset of a text is, in lines and UTF-16 code units.
pub(crate) fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.rsplit('\n').next().unwrap();
    json!({ "line": before.matches('\n').count(), "character": line.encode_utf16().count() })
}

fn offset(text: &str, position: &Value) -> usize {
    let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = position["character"].as_u64().unwrap();
    let mut at = start;
    for c in text[start..].chars() {
        if units == 0 {
            break;
        }
        units -= c.len_utf16() as u64;
        at += c.len_utf8();
    }
    at
}

/// A text with edits applied as editors do: all are of the text as it was.
pub(crate) fn edited(text: &str, edits: &Value) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (offset(text, &edit["range"]["start"]), offset(text, &edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_by_key(|edit| (edit.0, edit.1));
    assert!(edits.windows(2).all(|pair| pair[0].1 <= pair[1].0), "edits overlap: {edits:?}");
    let mut edited = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        edited.replace_range(start..end, new);
    }
    edited
}
