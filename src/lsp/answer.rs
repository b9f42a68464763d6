//! Requests of the editor, each answered by asking the document.

use gen_lsp_types as lsp;

use super::address::{below, path_of};
use super::place::Places;
use super::rename::Edits;
use super::server::{Refusal, Server};
use super::{action, complete, fold, hint, hover, link, named, rename, symbol, translate};
use crate::diagnostic::{SourcePath, Span};

impl Server {
    pub(super) fn completion(&mut self, asked: &lsp::CompletionParams) -> Option<lsp::CompletionResponse> {
        let lsp::TextDocumentPositionParams { text_document, position } = &asked.text_document_position_params;
        let completion = self.at_once(&text_document.uri, |_, view, places| {
            let completion = complete::complete(view, places.offset(*position))?;
            Some(translate::completion(completion, places))
        });
        completion.flatten()
    }

    pub(super) fn hover(&mut self, asked: &lsp::HoverParams) -> Option<lsp::Hover> {
        let lsp::TextDocumentPositionParams { text_document, position } = &asked.text_document_position_params;
        let hover = self.at(&text_document.uri, |_, view, places| {
            let (words, span) = hover::hover(view, places.offset(*position))?;
            Some(lsp::Hover { contents: translate::markdown(words).into(), range: Some(places.range(span)) })
        });
        hover.flatten()
    }

    pub(super) fn code_actions(&mut self, asked: &lsp::CodeActionParams) -> Option<Vec<lsp::CodeActionResponse>> {
        let uri = &asked.text_document.uri;
        let findings = self.findings_at(uri);
        let wanted = asked.context.only.as_deref().unwrap_or_default();
        let is_wanted = |kind: &lsp::CodeActionKind| {
            let kind = kind.to_string();
            let is_of = |only: &lsp::CodeActionKind| {
                let only = only.to_string();
                kind == only || only.is_empty() || kind.strip_prefix(&only).is_some_and(|rest| rest.starts_with('.'))
            };
            wanted.is_empty() || wanted.iter().any(is_of)
        };
        self.at(uri, |server, view, places| {
            let mut told = Vec::new();
            let mut offer = |action: action::Action, kind: lsp::CodeActionKind| {
                let edits = Edits::from([(view.path.clone(), action.edits)]);
                let answered = action.finding.and_then(|n| findings.get(n));
                told.push(lsp::CodeActionResponse::from(lsp::CodeAction {
                    title: action.title,
                    kind: Some(kind),
                    diagnostics: answered.map(|finding| translate::diagnostics(server, view, std::slice::from_ref(finding))),
                    is_preferred: action.is_preferred.then_some(true),
                    edit: Some(translate::edits(server, view, &edits)),
                    ..lsp::CodeAction::default()
                }));
            };
            if is_wanted(&lsp::CodeActionKind::QuickFix) {
                let actions = action::actions(view, &findings, places.span(asked.range));
                for action in actions {
                    offer(action, lsp::CodeActionKind::QuickFix);
                }
            }
            if is_wanted(&lsp::CodeActionKind::SourceFixAll)
                && let Some(action) = action::mend_all(view, &findings)
            {
                offer(action, lsp::CodeActionKind::SourceFixAll);
            }
            told
        })
    }

    pub(super) fn inlay_hints(&mut self, asked: &lsp::InlayHintParams) -> Option<Vec<lsp::InlayHint>> {
        self.at_once(&asked.text_document.uri, |_, view, places| {
            let hint = |hint: hint::Hint| {
                let (words, meaning) = (hint.words.into(), hint.meaning.into());
                lsp::InlayHint::new(places.position(hint.at), words, None, None, Some(meaning), Some(true), None, None)
            };
            hint::hints(view, places.span(asked.range)).into_iter().map(hint).collect()
        })
    }

    pub(super) fn definition(&mut self, asked: &lsp::DefinitionParams) -> Option<lsp::DefinitionResponse> {
        let lsp::TextDocumentPositionParams { text_document, position } = &asked.text_document_position_params;
        let definition = self.at(&text_document.uri, |server, view, places| {
            let offset = places.offset(*position);
            let here = |link: &link::Link| link.span.range().start <= offset && offset <= link.span.range().end;
            let (path, span) = match link::links(view).into_iter().find(here) {
                Some(link) => (link.to, link.place),
                None => named::definition(view.project, view.understood, &named::at(view, offset)?.named)?,
            };
            let range = Places::new(view.project.text(&path).unwrap_or_default(), server.abilities.encoding).range(span);
            let location = lsp::Location { uri: server.uri(view.root, &path), range };
            Some(lsp::DefinitionResponse::Definition(location.into()))
        });
        definition.flatten()
    }

    pub(super) fn references(&mut self, asked: &lsp::ReferenceParams) -> Option<Vec<lsp::Location>> {
        let lsp::TextDocumentPositionParams { text_document, position } = &asked.text_document_position_params;
        let with_own = asked.context.include_declaration;
        let references = self.at(&text_document.uri, |server, view, places| {
            let named = named::at(view, places.offset(*position))?.named;
            let mentions = named::mentions(view.project, view.understood, &named).into_iter();
            let location = |(path, mention): (SourcePath, named::Mention)| {
                let places = Places::new(view.project.text(&path).unwrap_or_default(), server.abilities.encoding);
                lsp::Location { uri: server.uri(view.root, &path), range: places.range(mention.span) }
            };
            Some(mentions.filter(|(_, mention)| with_own || !mention.is_its_own).map(location).collect())
        });
        references.flatten()
    }

    pub(super) fn prepare_rename(&mut self, asked: &lsp::PrepareRenameParams) -> Result<Option<lsp::PrepareRenameResult>, Refusal> {
        let lsp::TextDocumentPositionParams { text_document, position } = &asked.text_document_position_params;
        let subject = self.at(&text_document.uri, |_, view, places| {
            let mention = named::at(view, places.offset(*position))?;
            Some(rename::subject(view.text, &mention).map(|span| {
                let placeholder = span.slice(view.text).to_owned();
                lsp::PrepareRenamePlaceholder { range: places.range(span), placeholder }.into()
            }))
        });
        subject.flatten().transpose().map_err(Refusal::new)
    }

    pub(super) fn rename(&mut self, asked: &lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>, Refusal> {
        let lsp::TextDocumentPositionParams { text_document, position } = &asked.text_document_position_params;
        let edit = self.at(&text_document.uri, |server, view, places| {
            let mention = named::at(view, places.offset(*position))?;
            let edits = rename::rename(view.project, view.understood, &mention, &asked.new_name);
            Some(edits.map(|edits| translate::edits(server, view, &edits)))
        });
        edit.flatten().transpose().map_err(Refusal::new)
    }

    pub(super) fn will_rename_files(&mut self, asked: &lsp::RenameFilesParams) -> Option<lsp::WorkspaceEdit> {
        let mut whole: Option<lsp::WorkspaceEdit> = None;
        for lsp::FileRename { old_uri, new_uri } in &asked.files {
            let edit = self.at(old_uri, |server, view, _| {
                let to = below(view.root, &path_of(new_uri.as_ref())?)?;
                let edits = rename::move_file(view.project, view.understood, view.path, &to);
                (!edits.is_empty()).then(|| translate::edits(server, view, &edits))
            });
            let Some(edit) = edit.flatten() else { continue };
            let so_far = whole.get_or_insert_default();
            for (uri, edits) in edit.changes.into_iter().flatten() {
                so_far.changes.get_or_insert_default().entry(uri).or_default().extend(edits);
            }
            so_far.document_changes.get_or_insert_default().extend(edit.document_changes.into_iter().flatten());
        }
        whole
    }

    pub(super) fn document_symbols(&mut self, asked: &lsp::DocumentSymbolParams) -> Option<lsp::DocumentSymbolResponse> {
        self.at_once(&asked.text_document.uri, |_, view, places| {
            let symbols = symbol::outline(view).into_iter().map(|symbol| translate::symbol(symbol, places));
            lsp::DocumentSymbolResponse::DocumentSymbolList(symbols.collect())
        })
    }

    pub(super) fn workspace_symbols(&mut self, asked: &lsp::WorkspaceSymbolParams) -> lsp::WorkspaceSymbolResponse {
        let encoding = self.abilities.encoding;
        let mut found = Vec::new();
        for workspace in self.projects() {
            let (project, understood) = workspace.known();
            for postmortem in symbol::find(understood, &asked.query) {
                let head = &postmortem.head;
                let range = Places::new(project.text(&head.path).unwrap_or_default(), encoding).range(head.title.span);
                found.push((workspace.root().to_owned(), head.path.clone(), range, format!("{} {}", postmortem.id.value, head.title_text)));
            }
        }
        let symbols = found.into_iter().map(|(root, path, range, name)| lsp::WorkspaceSymbol {
            location: lsp::Location { uri: self.uri(&root, &path), range }.into(),
            data: None,
            base_symbol_information: lsp::BaseSymbolInformation { name, kind: lsp::SymbolKind::File, tags: None, container_name: None },
        });
        lsp::WorkspaceSymbolResponse::WorkspaceSymbolList(symbols.collect())
    }

    pub(super) fn folding_ranges(&mut self, asked: &lsp::FoldingRangeParams) -> Option<Vec<lsp::FoldingRange>> {
        self.at_once(&asked.text_document.uri, |_, view, places| {
            let fold = |span: Span| {
                // What ends with a line ends on it.
                let end = span.slice(view.text).trim_end().len();
                let last = places.position(span.start.saturating_add(u32::try_from(end).unwrap_or(u32::MAX)));
                lsp::FoldingRange { start_line: places.position(span.start).line, end_line: last.line, ..lsp::FoldingRange::default() }
            };
            let folds = fold::folds(view).into_iter().map(fold);
            folds.filter(|fold| fold.start_line < fold.end_line).collect()
        })
    }

    pub(super) fn document_links(&mut self, asked: &lsp::DocumentLinkParams) -> Option<Vec<lsp::DocumentLink>> {
        self.at(&asked.text_document.uri, |server, view, places| {
            let link = |link: link::Link| lsp::DocumentLink {
                range: places.range(link.span),
                target: Some(server.uri(view.root, &link.to)),
                ..lsp::DocumentLink::default()
            };
            link::links(view).into_iter().map(link).collect()
        })
    }
}
