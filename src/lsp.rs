//! The editor's door: the Language Server Protocol over standard input and output, with the pipeline behind it.
//!
//! One thread answers. It reads all that has come in before it answers anything, so that what was cancelled is not worked out, and says what is wrong with
//! a document when nothing more is waiting. The whole is checked on a thread of its own once the editor has been quiet for a moment. What a document
//! means at a place (`complete`, `hover`, `rename` and their like) are functions that know nothing of the protocol; its types stay here, in
//! `server`, `answer`, `translate` and `place`.

mod action;
mod address;
mod answer;
mod carry;
mod complete;
mod fold;
mod hint;
mod hover;
mod link;
mod named;
mod place;
mod rename;
mod server;
mod symbol;
#[cfg(test)]
mod tests;
mod translate;
mod view;
mod workspace;

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use gen_lsp_types::InitializeParams;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};

use crate::site::BuildInfo;
use server::Server;
use workspace::Whole;

/// How long it must be quiet before the whole is checked.
const QUIET: Duration = Duration::from_millis(150);

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The editor said that it would end, and did; or it has gone.
    Orderly,
    /// The editor ended it without a word before, for which the protocol asks for the exit status 1.
    Abrupt,
}

/// Tells what is known of the day, whenever it is asked.
pub type Clock = Box<dyn Fn() -> BuildInfo>;

/// What comes in.
enum Input {
    /// A message of the editor.
    Message(Message),
    /// What a thread has found in the project in a folder; nothing where it could not.
    Checked(PathBuf, Option<Box<Whole>>),
    /// The editor has gone.
    Closed,
}

/// Serves one editor on standard input and output until it ends the conversation or goes.
///
/// # Errors
/// What came in is no message of the protocol, so that nobody can tell where the next one begins; or the output is gone.
pub fn run(clock: Clock) -> io::Result<Ending> {
    let (connection, threads) = Connection::stdio();
    let ending = converse(connection, clock);
    threads.join()?;
    Ok(ending)
}

/// Talks to an editor until it ends the conversation or goes.
fn converse(connection: Connection, clock: Clock) -> Ending {
    let Some(parameters) = begin(&connection) else { return Ending::Orderly };
    let Connection { sender, receiver } = connection;
    let (inputs, incoming) = channel();
    let forward = inputs.clone();
    // Messages are handed over one by one; here they can be looked at before it is their turn.
    let forwarding = thread::Builder::new().name("messages".to_owned()).spawn(move || {
        let _ = receiver.into_iter().try_for_each(|message| forward.send(Input::Message(message)));
        let _ = forward.send(Input::Closed);
    });
    if forwarding.is_err() {
        return Ending::Abrupt;
    }
    let out = Box::new(move |message| drop(sender.send(message)));
    let mut conversation = Conversation { server: Server::new(&parameters, clock, out), incoming, inputs, waiting: VecDeque::new() };
    // A fault at the start shows again with the first question, which then has an answer.
    let _ = server::guarded(|| conversation.server.started());
    conversation.run()
}

/// The first words: what the editor can do, and what we can.
fn begin(connection: &Connection) -> Option<InitializeParams> {
    loop {
        let (id, parameters) = connection.initialize_start().ok()?;
        match serde_json::from_value::<InitializeParams>(parameters) {
            Ok(parameters) => {
                let result = serde_json::to_value(translate::introduction(&parameters)).unwrap_or_default();
                return connection.initialize_finish(id, result).ok().map(|()| parameters);
            }
            Err(error) => {
                let refusal = Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string());
                connection.sender.send(refusal.into()).ok()?;
            }
        }
    }
}

struct Conversation {
    server: Server,
    incoming: Receiver<Input>,
    inputs: Sender<Input>,
    /// What has come in and is not done yet.
    waiting: VecDeque<Input>,
}

impl Conversation {
    fn run(&mut self) -> Ending {
        let mut is_ending = false;
        while let Some(input) = self.next() {
            match input {
                Input::Message(Message::Request(request)) if request.method == "shutdown" => {
                    is_ending = true;
                    self.server.send(Response { id: request.id, response_result: Ok(serde_json::Value::Null) });
                }
                Input::Message(Message::Request(request)) => {
                    let answer = if is_ending {
                        Response::new_err(request.id, ErrorCode::InvalidRequest as i32, "the conversation is ending".to_owned())
                    } else if self.is_cancelled(&request) {
                        Response::new_err(request.id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned())
                    } else {
                        self.server.answer(request)
                    };
                    self.server.send(answer);
                }
                Input::Message(Message::Notification(notification)) if notification.method == "exit" => {
                    return if is_ending { Ending::Orderly } else { Ending::Abrupt };
                }
                Input::Message(Message::Notification(notification)) => self.server.note(notification),
                // Answers to our own requests: there is nothing to be done about any of them.
                Input::Message(Message::Response(_)) => {}
                Input::Checked(root, whole) => self.server.checked(&root, whole),
                Input::Closed => break,
            }
        }
        Ending::Orderly
    }

    /// What is to be done next; nothing once nobody is left to say anything.
    fn next(&mut self) -> Option<Input> {
        loop {
            self.waiting.extend(self.incoming.try_iter());
            if let Some(input) = self.waiting.pop_front() {
                return Some(input);
            }
            self.server.settle();
            if !self.server.has_work() {
                return self.incoming.recv().ok();
            }
            match self.incoming.recv_timeout(QUIET) {
                Ok(input) => return Some(input),
                Err(RecvTimeoutError::Timeout) => self.begin_check(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Lets a thread check the project that is due.
    fn begin_check(&mut self) {
        let Some(job) = self.server.job() else { return };
        let (inputs, root) = (self.inputs.clone(), job.root().to_owned());
        let given_up = (inputs.clone(), root.clone());
        let work = move || {
            let whole = server::guarded(|| job.run()).ok().map(Box::new);
            let _ = inputs.send(Input::Checked(root, whole));
        };
        if thread::Builder::new().name("check".to_owned()).spawn(work).is_err() {
            let (inputs, root) = given_up;
            let _ = inputs.send(Input::Checked(root, None));
        }
    }

    /// Whether the editor no longer wants an answer.
    fn is_cancelled(&self, request: &Request) -> bool {
        let id = |notification: &Notification| serde_json::from_value::<RequestId>(notification.params.get("id")?.clone()).ok();
        self.waiting.iter().any(|input| match input {
            Input::Message(Message::Notification(cancel)) if cancel.method == "$/cancelRequest" => id(cancel).as_ref() == Some(&request.id),
            _ => false,
        })
    }
}
