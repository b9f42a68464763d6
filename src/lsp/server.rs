//! What is known between two messages: the documents that are open, their projects, what was said of them.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types as lsp;
use gen_lsp_types::{LspNotificationMethod, LspRequestMethod, TextDocumentContentChangeEvent, Uri};
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;

use super::Clock;
use super::address::{address_of, below, path_of};
use super::place::{Encoding, Places};
use super::translate;
use super::view::View;
use super::workspace::{Job, Whole, Workspace};
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::source::CONFIG_FILE;

/// What the editor can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Abilities {
    /// How it counts columns.
    pub(super) encoding: Encoding,
    /// Whether it can be asked to watch files.
    pub(super) watches: bool,
    /// Whether edits can say for which version of a document they are.
    pub(super) versioned_edits: bool,
    /// Whether it shows other places of a finding.
    pub(super) related_places: bool,
}

/// A document that is open.
struct Open {
    /// Its address, as the editor writes it.
    uri: Uri,
    version: i32,
    text: Arc<str>,
}

/// Why a request has no answer.
#[derive(Debug)]
pub(super) struct Refusal {
    code: ErrorCode,
    message: String,
}

/// One end of a conversation.
pub(super) struct Server {
    out: Box<dyn Fn(Message)>,
    clock: Clock,
    pub(super) abilities: Abilities,
    /// The folders that the editor works in.
    folders: Vec<PathBuf>,
    open: BTreeMap<PathBuf, Open>,
    /// Projects by folder; nothing for one that cannot be read, until something in it changes.
    workspaces: BTreeMap<PathBuf, Option<Workspace>>,
    /// What the editor was told last, by file.
    told: BTreeMap<PathBuf, Vec<lsp::Diagnostic>>,
    /// The open documents that have changed since the editor was told of them.
    changed: BTreeSet<PathBuf>,
    /// The projects whose whole is to be checked.
    due: BTreeSet<PathBuf>,
    /// Whether a project is being checked.
    is_checking: bool,
}

/// Runs what may panic, so that one fault of the program costs one answer.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause| {
        let words = cause.downcast_ref::<&str>().map(|words| (*words).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
        Refusal { code: ErrorCode::InternalError, message: format!("a fault of the program: {}", words.unwrap_or_default()) }
    })
}

impl Refusal {
    /// A request that cannot be done as it was meant.
    pub(super) fn new(message: String) -> Self {
        Self { code: ErrorCode::RequestFailed, message }
    }

    fn of_parameters(error: &serde_json::Error) -> Self {
        Self { code: ErrorCode::InvalidParams, message: error.to_string() }
    }
}

impl Server {
    pub(super) fn new(parameters: &lsp::InitializeParams, clock: Clock, out: Box<dyn Fn(Message)>) -> Self {
        Self {
            out,
            clock,
            abilities: translate::abilities(&parameters.capabilities),
            folders: translate::folders(parameters),
            open: BTreeMap::new(),
            workspaces: BTreeMap::new(),
            told: BTreeMap::new(),
            changed: BTreeSet::new(),
            due: BTreeSet::new(),
            is_checking: false,
        }
    }

    /// Says something to the editor. Whether it still listens is noticed when nothing more comes from it.
    pub(super) fn send(&self, message: impl Into<Message>) {
        (self.out)(message.into());
    }

    fn announce<N: lsp::Notification>(&self, parameters: N::Params) {
        self.send(Notification::new(N::METHOD.as_str().to_owned(), parameters));
    }

    /// Asks to be told of files that change, and reads the projects of the folders that the editor works in.
    pub(super) fn started(&mut self) {
        if self.abilities.watches {
            let request = translate::watch_files();
            self.send(Request::new("watch".to_owned().into(), LspRequestMethod::ClientRegisterCapability.as_str().to_owned(), request));
        }
        for folder in self.folders.clone() {
            if let Some(root) = root_of(&folder) {
                self.enter(&root);
            }
        }
    }

    /// The answer to a request.
    pub(super) fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let answer = guarded(|| self.answer_to(LspRequestMethod::from(method.as_str()), params)).and_then(|answer| answer);
        match answer {
            Ok(result) => Response { id, response_result: Ok(result) },
            Err(Refusal { code, message }) => Response::new_err(id, code as i32, message),
        }
    }

    fn answer_to(&mut self, method: LspRequestMethod<'_>, parameters: serde_json::Value) -> Result<serde_json::Value, Refusal> {
        use LspRequestMethod as Method;
        match method {
            Method::TextDocumentCompletion => self.on::<lsp::CompletionRequest>(parameters, Self::completion),
            Method::TextDocumentHover => self.on::<lsp::HoverRequest>(parameters, Self::hover),
            Method::TextDocumentCodeAction => self.on::<lsp::CodeActionRequest>(parameters, Self::code_actions),
            Method::TextDocumentInlayHint => self.on::<lsp::InlayHintRequest>(parameters, Self::inlay_hints),
            Method::TextDocumentDefinition => self.on::<lsp::DefinitionRequest>(parameters, Self::definition),
            Method::TextDocumentReferences => self.on::<lsp::ReferencesRequest>(parameters, Self::references),
            Method::TextDocumentPrepareRename => self.try_on::<lsp::PrepareRenameRequest>(parameters, Self::prepare_rename),
            Method::TextDocumentRename => self.try_on::<lsp::RenameRequest>(parameters, Self::rename),
            Method::WorkspaceWillRenameFiles => self.on::<lsp::WillRenameFilesRequest>(parameters, Self::will_rename_files),
            Method::TextDocumentDocumentSymbol => self.on::<lsp::DocumentSymbolRequest>(parameters, Self::document_symbols),
            Method::WorkspaceSymbol => {
                self.on::<lsp::WorkspaceSymbolRequest>(parameters, |server, asked| Some(server.workspace_symbols(asked)))
            }
            Method::TextDocumentFoldingRange => self.on::<lsp::FoldingRangeRequest>(parameters, Self::folding_ranges),
            Method::TextDocumentDocumentLink => self.on::<lsp::DocumentLinkRequest>(parameters, Self::document_links),
            other => Err(Refusal { code: ErrorCode::MethodNotFound, message: format!("there is no method `{other}` here") }),
        }
    }

    fn on<R: lsp::Request>(
        &mut self,
        parameters: serde_json::Value,
        answer: impl FnOnce(&mut Self, &R::Params) -> R::Result,
    ) -> Result<serde_json::Value, Refusal> {
        self.try_on::<R>(parameters, |server, parameters| Ok(answer(server, parameters)))
    }

    /// The same for what cannot always be done.
    fn try_on<R: lsp::Request>(
        &mut self,
        parameters: serde_json::Value,
        answer: impl FnOnce(&mut Self, &R::Params) -> Result<R::Result, Refusal>,
    ) -> Result<serde_json::Value, Refusal> {
        let parameters = serde_json::from_value(parameters).map_err(|error| Refusal::of_parameters(&error))?;
        let result = answer(self, &parameters)?;
        serde_json::to_value(result).map_err(|error| Refusal { code: ErrorCode::InternalError, message: error.to_string() })
    }

    /// Takes note of what the editor tells. What cannot be understood is passed over: a notification has no answer.
    pub(super) fn note(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let noted = guarded(|| self.take_note(LspNotificationMethod::from(method.as_str()), params)).and_then(|noted| noted);
        if let Err(refusal) = noted {
            self.log(format!("{method}: {}", refusal.message));
        }
    }

    fn take_note(&mut self, method: LspNotificationMethod<'_>, parameters: serde_json::Value) -> Result<(), Refusal> {
        fn read<T: DeserializeOwned>(parameters: serde_json::Value) -> Result<T, Refusal> {
            serde_json::from_value(parameters).map_err(|error| Refusal::of_parameters(&error))
        }
        match method {
            LspNotificationMethod::TextDocumentDidOpen => self.did_open(read(parameters)?),
            LspNotificationMethod::TextDocumentDidChange => self.did_change(read(parameters)?),
            LspNotificationMethod::TextDocumentDidClose => self.did_close(&read(parameters)?),
            LspNotificationMethod::WorkspaceDidChangeWatchedFiles => self.files_changed(&read(parameters)?),
            LspNotificationMethod::WorkspaceDidChangeWorkspaceFolders => self.folders_changed(&read(parameters)?),
            _ => {}
        }
        Ok(())
    }

    fn did_open(&mut self, opened: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, version, text, .. } = opened.text_document;
        let Some(path) = path_of(uri.as_ref()) else { return };
        self.open.insert(path.clone(), Open { uri, version, text: Arc::from(text) });
        if let Some(root) = root_of(&path) {
            self.enter(&root);
        }
        self.lay(&path);
    }

    fn did_change(&mut self, change: lsp::DidChangeTextDocumentParams) {
        let document = change.text_document;
        let Some(path) = path_of(document.text_document_identifier.uri.as_ref()) else { return };
        let Some(open) = self.open.get_mut(&path) else { return };
        let mut text = open.text.to_string();
        for change in change.content_changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let span = Places::new(&text, self.abilities.encoding).span(part.range);
                    text.replace_range(span.range(), &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => text = whole.text,
            }
        }
        (open.text, open.version) = (Arc::from(text), document.version);
        self.lay(&path);
    }

    fn did_close(&mut self, closed: &lsp::DidCloseTextDocumentParams) {
        let Some(path) = path_of(closed.text_document.uri.as_ref()) else { return };
        self.open.remove(&path);
        self.changed.remove(&path);
        let Some((root, below)) = self.place_of(&path) else { return };
        let read = self.workspaces.get_mut(&root).and_then(Option::as_mut).map_or(Ok(()), |workspace| workspace.lift(&below));
        if let Err(error) = read {
            self.log(error.to_string());
        }
        self.tell(&root, &below);
        self.due.insert(root);
    }

    fn files_changed(&mut self, changed: &lsp::DidChangeWatchedFilesParams) {
        let paths: Vec<PathBuf> = changed.changes.iter().filter_map(|change| path_of(change.uri.as_ref())).collect();
        // Settings that come or go make a folder a project, or none.
        if paths.iter().any(|path| path.file_name().is_some_and(|name| name == CONFIG_FILE)) {
            self.workspaces.retain(|root, workspace| workspace.is_some() && root.join(CONFIG_FILE).is_file());
            let roots = self.folders.iter().chain(self.open.keys()).filter_map(|path| root_of(path));
            let roots: BTreeSet<PathBuf> = roots.collect();
            for root in roots {
                self.enter(&root);
            }
        }
        let roots: Vec<PathBuf> = self.workspaces.keys().cloned().collect();
        for root in roots {
            let Some(Some(workspace)) = self.workspaces.get_mut(&root) else { continue };
            let is_input = |path: &&PathBuf| below(&root, path).is_some_and(|path| workspace.reads(&path));
            let of_project: Vec<PathBuf> = paths.iter().filter(is_input).cloned().collect();
            if of_project.is_empty() {
                continue;
            }
            if let Err(error) = workspace.reread(Some(&of_project)) {
                self.log(error.to_string());
            }
            self.all_changed(&root);
        }
    }

    fn folders_changed(&mut self, changed: &lsp::DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[lsp::WorkspaceFolder]| folders.iter().filter_map(|folder| path_of(folder.uri.as_ref())).collect::<Vec<_>>();
        let removed = paths(&changed.event.removed);
        self.folders.retain(|folder| !removed.contains(folder));
        for folder in paths(&changed.event.added) {
            if let Some(root) = root_of(&folder) {
                self.enter(&root);
            }
            self.folders.push(folder);
        }
    }

    /// Reads the project in a folder, if it was not read yet, with what is open of it.
    fn enter(&mut self, root: &Path) {
        if self.workspaces.contains_key(root) {
            return;
        }
        let workspace = match Workspace::open(root.to_owned()) {
            Ok(workspace) => Some(workspace),
            Err(error) => {
                self.announce::<lsp::ShowMessageNotification>(lsp::ShowMessageParams {
                    kind: lsp::MessageType::Error,
                    message: format!("The project in {} cannot be read: {error}", root.display()),
                });
                None
            }
        };
        self.workspaces.insert(root.to_owned(), workspace);
        let open: Vec<PathBuf> = self.open.keys().filter(|path| path.starts_with(root)).cloned().collect();
        for path in open {
            self.lay(&path);
        }
        self.due.insert(root.to_owned());
    }

    /// Takes up the text of an open document.
    fn lay(&mut self, path: &Path) {
        let Some((root, below)) = self.place_of(path) else { return };
        if let (Some(Some(workspace)), Some(open)) = (self.workspaces.get_mut(&root), self.open.get(path)) {
            workspace.lay(&below, Arc::clone(&open.text));
            self.changed.insert(path.to_owned());
            self.due.insert(root);
        }
    }

    fn all_changed(&mut self, root: &Path) {
        self.changed.extend(self.open.keys().filter(|path| path.starts_with(root)).cloned());
        self.due.insert(root.to_owned());
    }

    /// The project that a file is of, and its path there; nothing for a file that no project reads.
    fn place_of(&self, path: &Path) -> Option<(PathBuf, SourcePath)> {
        let (root, workspace) = path.ancestors().skip(1).find_map(|root| self.workspaces.get_key_value(root))?;
        let below = below(root, path)?;
        workspace.as_ref()?.has(&below).then(|| (root.clone(), below))
    }

    /// Does something with the file at an address, as it is now.
    pub(super) fn at<T>(&mut self, uri: &Uri, then: impl FnOnce(&Self, &View<'_>, &Places<'_>) -> T) -> Option<T> {
        self.with(uri, Workspace::refresh, then)
    }

    /// The same at once, for what editors ask after each key: the text is as it is now, other documents may be known from a moment ago.
    pub(super) fn at_once<T>(&mut self, uri: &Uri, then: impl FnOnce(&Self, &View<'_>, &Places<'_>) -> T) -> Option<T> {
        self.with(uri, Workspace::glance, then)
    }

    fn with<T>(&mut self, uri: &Uri, look: impl Fn(&mut Workspace), then: impl FnOnce(&Self, &View<'_>, &Places<'_>) -> T) -> Option<T> {
        let (root, path) = self.place_of(&path_of(uri.as_ref())?)?;
        look(self.workspaces.get_mut(&root)?.as_mut()?);
        let view = self.workspaces.get(&root)?.as_ref()?.view(&path);
        let places = Places::new(view.text, self.abilities.encoding);
        Some(then(self, &view, &places))
    }

    /// What is wrong with the file at an address, as it is now.
    pub(super) fn findings_at(&mut self, uri: &Uri) -> Vec<Diagnostic> {
        let Some((root, path)) = path_of(uri.as_ref()).and_then(|path| self.place_of(&path)) else { return Vec::new() };
        let Some(Some(workspace)) = self.workspaces.get_mut(&root) else { return Vec::new() };
        workspace.refresh();
        workspace.findings(&path, &(self.clock)())
    }

    /// The projects that could be read, in order of folder, each as it is now.
    pub(super) fn projects(&mut self) -> impl Iterator<Item = &Workspace> {
        self.workspaces.values_mut().flatten().map(|workspace| {
            workspace.refresh();
            &*workspace
        })
    }

    /// The address of a file of a project: as the editor writes it, where it has it open.
    pub(super) fn uri(&self, root: &Path, path: &SourcePath) -> Uri {
        let file = root.join(path.as_str());
        self.open.get(&file).map_or_else(|| Uri::from(address_of(&file)), |open| open.uri.clone())
    }

    /// The version of a document, where it is open.
    pub(super) fn version(&self, root: &Path, path: &SourcePath) -> Option<i32> {
        self.open.get(&root.join(path.as_str())).map(|open| open.version)
    }

    /// Says what is wrong with the documents that have changed.
    pub(super) fn settle(&mut self) {
        for path in std::mem::take(&mut self.changed) {
            let Some((root, below)) = self.place_of(&path) else { continue };
            if let Err(refusal) = guarded(|| self.tell(&root, &below)) {
                self.log(format!("{}: {}", below, refusal.message));
            }
        }
    }

    /// Whether a project is to be checked, and none is being checked.
    pub(super) fn has_work(&self) -> bool {
        !self.is_checking && !self.due.is_empty()
    }

    /// The work that is due.
    pub(super) fn job(&mut self) -> Option<Job> {
        let root = self.due.pop_first()?;
        let build = (self.clock)();
        let workspace = self.workspaces.get_mut(&root)?.as_mut()?;
        match guarded(|| workspace.job(build)) {
            Ok(Ok(job)) => {
                self.is_checking = true;
                return Some(job);
            }
            Ok(Err(error)) => self.log(error.to_string()),
            Err(refusal) => self.log(refusal.message),
        }
        None
    }

    /// Says what was found in a project, wherever that is not what was said before.
    pub(super) fn checked(&mut self, root: &Path, whole: Option<Box<Whole>>) {
        self.is_checking = false;
        let Some((Some(workspace), whole)) = self.workspaces.get_mut(root).map(Option::as_mut).zip(whole) else { return };
        workspace.take(*whole);
        let mut files = workspace.files_with_findings();
        let known = self.told.keys().chain(self.open.keys());
        files.extend(known.filter_map(|path| below(root, path)));
        for path in files {
            if let Err(refusal) = guarded(|| self.tell(root, &path)) {
                self.log(format!("{path}: {}", refusal.message));
            }
        }
    }

    /// Says what is wrong with a file, where that is not what was said before.
    fn tell(&mut self, root: &Path, path: &SourcePath) {
        let build = (self.clock)();
        let Some(Some(workspace)) = self.workspaces.get_mut(root) else { return };
        workspace.glance();
        let findings = workspace.findings(path, &build);
        let Some(Some(workspace)) = self.workspaces.get(root) else { return };
        let diagnostics = translate::diagnostics(self, &workspace.view(path), &findings);
        let file = root.join(path.as_str());
        let is_open = self.open.contains_key(&file);
        let before = self.told.get(&file);
        if before.map_or(diagnostics.is_empty() && !is_open, |before| *before == diagnostics) {
            return;
        }
        let (uri, version) = (self.uri(root, path), self.version(root, path));
        if diagnostics.is_empty() && !is_open {
            self.told.remove(&file);
        } else {
            self.told.insert(file, diagnostics.clone());
        }
        self.announce::<lsp::PublishDiagnosticsNotification>(lsp::PublishDiagnosticsParams { uri, version, diagnostics });
    }

    /// Writes a line into the editor's log.
    fn log(&self, message: String) {
        self.announce::<lsp::LogMessageNotification>(lsp::LogMessageParams { kind: lsp::MessageType::Warning, message });
    }
}

/// The folder of the nearest project that a file or folder is in.
fn root_of(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| folder.join(CONFIG_FILE).is_file()).map(Path::to_owned)
}
