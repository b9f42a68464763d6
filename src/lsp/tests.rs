//! What a conversation over pipes cannot show surely: what is cancelled before its turn, a fault of the program, the keys of nested metadata.

use std::path::Path;
use std::sync::mpsc::channel;

use gen_lsp_types::InitializeParams;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::server::Server;
use super::view::View;
use super::{Conversation, Ending, Input, complete, server};
use crate::config::Config;
use crate::diagnostic::SourcePath;
use crate::pipeline::{self, Memo};
use crate::site::BuildInfo;

fn request(id: i32, method: &str, parameters: Value) -> Input {
    Input::Message(Request::new(id.into(), method.to_owned(), parameters).into())
}

fn notification(method: &str, parameters: Value) -> Input {
    Input::Message(Notification::new(method.to_owned(), parameters).into())
}

#[test]
fn what_is_cancelled_before_its_turn_is_not_answered() {
    let symbols = json!({ "query": "" });
    let waiting = [
        request(2, "workspace/symbol", symbols.clone()),
        request(3, "workspace/symbol", symbols.clone()),
        notification("$/cancelRequest", json!({ "id": 3 })),
        request(4, "workspace/symbol", symbols),
        notification("$/cancelRequest", json!({ "id": "4" })),
        request(5, "shutdown", Value::Null),
        notification("exit", Value::Null),
    ];
    let day = BuildInfo { today: "2026-01-01".parse().unwrap(), base_url: None };
    let (said, heard) = channel();
    let out = Box::new(move |message| said.send(message).unwrap());
    let server = Server::new(&InitializeParams::default(), Box::new(move || day.clone()), out);
    let (inputs, incoming) = channel();
    assert_eq!(Conversation { server, incoming, inputs, waiting: waiting.into() }.run(), Ending::Orderly);
    let answers = heard.try_iter().filter_map(|message| match message {
        Message::Response(Response { id, response_result }) => Some((id, response_result.map_err(|error| error.code).map(|_| ()))),
        _ => None,
    });
    let expected = [(2, Ok(())), (3, Err(-32800)), (4, Ok(())), (5, Ok(()))];
    assert_eq!(answers.collect::<Vec<_>>(), expected.map(|(id, answer)| (RequestId::from(id), answer)), "`\"4\"` is another id than `4`");
}

#[test]
fn a_fault_of_the_program_costs_one_answer() {
    let refusal = server::guarded(|| -> () { panic!("no {}", "way") }).unwrap_err();
    assert_eq!(format!("{refusal:?}"), "Refusal { code: InternalError, message: \"a fault of the program: no way\" }");
    assert_eq!(server::guarded(|| 1).unwrap(), 1);
}

/// The labels that are offered at the end of a document's metadata.
fn offered(metadata: &str) -> Vec<String> {
    let path = SourcePath::from("content/postmortems/a.md");
    let text = format!("---\ntitle: T\n{metadata}\n---\n");
    let project = pipeline::from_archive(&format!("-- {path} --\n{text}"));
    let understood = pipeline::understand(&project, &mut Memo::default());
    let view = View { root: Path::new("/"), project: &project, understood: &understood, path: &path, text: &text };
    let completion = complete::complete(&view, text.len() - "\n---\n".len());
    completion.into_iter().flat_map(|completion| completion.items).map(|item| item.label).collect()
}

#[test]
fn a_key_that_is_offered_is_one_that_is_read() {
    let mut nested = 0;
    for name in Config::default().fields.known.keys() {
        for key in offered(&format!("{name}:\n  - x: 1\n    ")).into_iter().filter(|key| !key.contains('/')) {
            nested += 1;
            let path = SourcePath::from("content/postmortems/a.md");
            let archive = format!("-- {path} --\n---\ntitle: T\n{name}:\n  - {key}: 2024-01-01\n---\n");
            let project = pipeline::from_archive(&archive);
            let findings = pipeline::understand(&project, &mut Memo::default()).findings;
            let unknown: Vec<_> = findings.iter().filter(|finding| finding.message.contains("is no key of")).map(|f| &f.message).collect();
            assert!(unknown.is_empty(), "{name}.{key}: {unknown:?}");
        }
    }
    assert!(nested > 60, "{nested}");
}
