//! Values of ours in the words of the protocol, and back.

use std::collections::HashMap;
use std::path::PathBuf;

use gen_lsp_types as lsp;

use super::address::path_of;
use super::complete::{Completion, Item, ItemKind};
use super::place::{Encoding, Places};
use super::rename::Edits;
use super::server::{Abilities, Server};
use super::symbol::{Symbol, SymbolKind};
use super::view::View;
use crate::check;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit, Level, SourcePath};

/// Who says it, as editors show it.
const SOURCE: &str = "afterword";
/// Findings on what does nothing.
const UNNECESSARY: [&str; 1] = ["unused-allowance"];
/// Findings on what goes by another name now.
const DEPRECATED: [&str; 1] = ["aliased-field"];
/// The characters behind which something may be completed without being asked for.
const TRIGGERS: [&str; 9] = ["[", "|", "#", "/", "(", ":", " ", "!", "\""];

/// What the editor can do.
pub(super) fn abilities(client: &lsp::ClientCapabilities) -> Abilities {
    let encodings = client.general.as_ref().and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
    let workspace = client.workspace.as_ref();
    let watches = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref()).and_then(|watch| watch.dynamic_registration);
    let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref()).and_then(|edit| edit.document_changes);
    let document = client.text_document.as_ref();
    let related = document.and_then(|document| document.publish_diagnostics.as_ref());
    Abilities {
        encoding: if encodings.contains(&lsp::PositionEncodingKind::UTF8) { Encoding::Utf8 } else { Encoding::Utf16 },
        watches: watches.unwrap_or_default(),
        versioned_edits: edits.unwrap_or_default(),
        related_places: related.and_then(|told| told.diagnostics_capabilities.related_information).unwrap_or_default(),
    }
}

/// The folders that the editor works in.
pub(super) fn folders(parameters: &lsp::InitializeParams) -> Vec<PathBuf> {
    #[expect(deprecated, reason = "editors that know one folder only say which by this")]
    let root = parameters.root_uri.as_ref();
    match &parameters.workspace_folders_initialize_params.workspace_folders {
        Some(lsp::WorkspaceFolders::WorkspaceFolderList(folders)) => {
            folders.iter().filter_map(|folder| path_of(folder.uri.as_ref())).collect()
        }
        _ => root.into_iter().filter_map(|root| path_of(root.as_ref())).collect(),
    }
}

/// What we can do.
pub(super) fn introduction(parameters: &lsp::InitializeParams) -> lsp::InitializeResult {
    let encoding = match abilities(&parameters.capabilities).encoding {
        Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
        Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
    };
    let files = lsp::FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: lsp::FileOperationPattern {
            glob: "**/*.{md,markdown}".to_owned(),
            matches: Some(lsp::FileOperationPatternKind::File),
            options: None,
        },
    };
    let capabilities = lsp::ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(
            lsp::TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(lsp::TextDocumentSyncKind::Incremental),
                ..lsp::TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        completion_provider: Some(lsp::CompletionOptions {
            trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
            ..lsp::CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        code_action_provider: Some(
            lsp::CodeActionOptions {
                code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix, lsp::CodeActionKind::SourceFixAll]),
                ..lsp::CodeActionOptions::default()
            }
            .into(),
        ),
        inlay_hint_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        rename_provider: Some(lsp::RenameOptions { prepare_provider: Some(true), ..lsp::RenameOptions::default() }.into()),
        document_symbol_provider: Some(true.into()),
        workspace_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        document_link_provider: Some(lsp::DocumentLinkOptions::default()),
        workspace: Some(lsp::WorkspaceOptions {
            workspace_folders: Some(lsp::WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(true.into()),
            }),
            file_operations: Some(lsp::FileOperationOptions {
                will_rename: Some(lsp::FileOperationRegistrationOptions { filters: vec![files] }),
                ..lsp::FileOperationOptions::default()
            }),
            ..lsp::WorkspaceOptions::default()
        }),
        ..lsp::ServerCapabilities::default()
    };
    let version = Some(env!("CARGO_PKG_VERSION").to_owned());
    lsp::InitializeResult { capabilities, server_info: Some(lsp::ServerInfo { name: SOURCE.to_owned(), version }) }
}

/// The wish to be told of every file that changes; which of them are inputs is for each project to say.
pub(super) fn watch_files() -> lsp::RegistrationParams {
    let watcher = lsp::FileSystemWatcher { glob_pattern: lsp::GlobPattern::Pattern("**/*".to_owned()), kind: None };
    let options = lsp::DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
    lsp::RegistrationParams {
        registrations: vec![lsp::Registration {
            id: "files".to_owned(),
            method: lsp::LspNotificationMethod::WorkspaceDidChangeWatchedFiles.as_str().to_owned(),
            register_options: serde_json::to_value(options).ok(),
        }],
    }
}

/// The findings on a file.
pub(super) fn diagnostics(server: &Server, view: &View<'_>, findings: &[Diagnostic]) -> Vec<lsp::Diagnostic> {
    let places = Places::new(view.text, server.abilities.encoding);
    findings.iter().map(|finding| diagnostic(server, view, &places, finding)).collect()
}

fn diagnostic(server: &Server, view: &View<'_>, places: &Places<'_>, finding: &Diagnostic) -> lsp::Diagnostic {
    let rule = finding.rule.0;
    let help = finding.help.as_ref().map(|help| format!("help: {help}"));
    let lines = [Some(finding.message.clone()), Some(finding.primary.text.clone()), help];
    let lines: Vec<String> = lines.into_iter().flatten().filter(|line| !line.is_empty()).collect();
    let related = finding.labels.iter().map(|label| {
        let range = if label.path == finding.primary.path {
            places.range(label.span)
        } else {
            Places::new(view.project.text(&label.path).unwrap_or_default(), server.abilities.encoding).range(label.span)
        };
        let location = lsp::Location { uri: server.uri(view.root, &label.path), range };
        lsp::DiagnosticRelatedInformation { location, message: label.text.clone() }
    });
    let related: Vec<lsp::DiagnosticRelatedInformation> = related.filter(|_| server.abilities.related_places).collect();
    let tag = match rule {
        _ if UNNECESSARY.contains(&rule) => Some(lsp::DiagnosticTag::Unnecessary),
        _ if DEPRECATED.contains(&rule) => Some(lsp::DiagnosticTag::Deprecated),
        _ => None,
    };
    lsp::Diagnostic {
        range: places.range(finding.primary.span),
        severity: Some(match finding.level {
            Level::Error => lsp::DiagnosticSeverity::Error,
            Level::Warning => lsp::DiagnosticSeverity::Warning,
            // What the protocol calls a hint is listed nowhere.
            Level::Hint | Level::Off => lsp::DiagnosticSeverity::Information,
        }),
        code: Some(rule.to_owned().into()),
        code_description: manual(view.config(), rule).map(|href| lsp::CodeDescription { href: href.into() }),
        source: Some(SOURCE.to_owned()),
        message: lines.join("\n").into(),
        tags: tag.map(|tag| vec![tag]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// The address of a rule's manual, where the site publishes it.
fn manual(config: &Config, rule: &str) -> Option<String> {
    let site = &config.site;
    let base = site.base_url.as_ref().filter(|_| site.rules && check::rule(rule).is_some())?;
    Some(format!("{base}rules/{rule}/"))
}

/// What could be written at a place.
pub(super) fn completion(completion: Completion, places: &Places<'_>) -> lsp::CompletionResponse {
    let range = places.range(completion.replaced);
    let item = |(n, item): (usize, Item)| lsp::CompletionItem {
        kind: Some(match item.kind {
            ItemKind::Key => lsp::CompletionItemKind::Property,
            ItemKind::Word => lsp::CompletionItemKind::EnumMember,
            ItemKind::Term => lsp::CompletionItemKind::Value,
            ItemKind::Document => lsp::CompletionItemKind::Reference,
            ItemKind::Heading => lsp::CompletionItemKind::Module,
        }),
        detail: Some(item.detail).filter(|detail| !detail.is_empty()),
        documentation: Some(item.meaning).filter(|meaning| !meaning.is_empty()).map(|meaning| markdown(meaning).into()),
        sort_text: Some(format!("{n:05}")),
        filter_text: Some(item.found_by).filter(|words| !words.is_empty()),
        text_edit: Some(lsp::TextEdit { range, new_text: item.text }.into()),
        label: item.label,
        ..lsp::CompletionItem::default()
    };
    let items = completion.items.into_iter().enumerate().map(item).collect();
    lsp::CompletionList { is_incomplete: completion.is_part, items, ..lsp::CompletionList::default() }.into()
}

/// Text to be shown as Markdown.
pub(super) fn markdown(value: String) -> lsp::MarkupContent {
    lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value }
}

/// An entry of an outline.
pub(super) fn symbol(symbol: Symbol, places: &Places<'_>) -> lsp::DocumentSymbol {
    let kind = match symbol.kind {
        SymbolKind::Section => lsp::SymbolKind::String,
        SymbolKind::Event => lsp::SymbolKind::Event,
        SymbolKind::Action => lsp::SymbolKind::Property,
    };
    let detail = Some(symbol.detail).filter(|detail| !detail.is_empty());
    let children: Vec<lsp::DocumentSymbol> = symbol.children.into_iter().map(|child| self::symbol(child, places)).collect();
    let (range, name_range) = (places.range(symbol.span), places.range(symbol.name_span));
    let children = (!children.is_empty()).then_some(children);
    lsp::DocumentSymbol::new(symbol.name, detail, kind, None, None, range, name_range, children)
}

/// Edits of several files of a project.
pub(super) fn edits(server: &Server, view: &View<'_>, edits: &Edits) -> lsp::WorkspaceEdit {
    let text_edits = |path: &SourcePath, edits: &[Edit]| -> Vec<lsp::TextEdit> {
        let places = Places::new(view.project.text(path).unwrap_or_default(), server.abilities.encoding);
        edits.iter().map(|edit| lsp::TextEdit { range: places.range(edit.span), new_text: edit.replacement.clone() }).collect()
    };
    if !server.abilities.versioned_edits {
        let changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> =
            edits.iter().map(|(path, edits)| (server.uri(view.root, path), text_edits(path, edits))).collect();
        return lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() };
    }
    let change = |(path, edits): (&SourcePath, &Vec<Edit>)| {
        let identifier = lsp::TextDocumentIdentifier { uri: server.uri(view.root, path) };
        let text_document =
            lsp::OptionalVersionedTextDocumentIdentifier { version: server.version(view.root, path), text_document_identifier: identifier };
        let edits = text_edits(path, edits).into_iter().map(lsp::Edit::from).collect();
        lsp::DocumentChange::from(lsp::TextDocumentEdit { text_document, edits })
    };
    lsp::WorkspaceEdit { document_changes: Some(edits.iter().map(change).collect()), ..lsp::WorkspaceEdit::default() }
}
