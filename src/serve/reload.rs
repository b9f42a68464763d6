//! Tells open browser tabs that there is something new to show.
//!
//! A page on its way out gets a script, and with it the number of the generation it was made from. The script listens to a stream of events
//! that carry such numbers, and where browsers are to follow the writer the address of a page; when the number is another than the page's, it
//! shows the page anew. A number is never used twice, not even after a restart, so that a tab that was away notices on its return.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

use super::{Change, Shown};
use crate::markdown::percent_encode;

/// Where the stream of events is.
pub(super) const EVENTS: &str = "/.afterword/events";

/// Where the script is.
pub(super) const SCRIPT_PATH: &str = "/.afterword/reload.js";

/// The script: plain, dependent on nothing in the page.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// How often a silent stream is given a sign of life, by which a vanished browser is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// `html` with the script at the end of its body, or at its very end where it has none.
pub(super) fn with_script(html: &[u8], generation: u64) -> Vec<u8> {
    let tag = format!(r#"<script src="{SCRIPT_PATH}" data-generation="{generation}" defer></script>"#);
    let end = b"</body>";
    let place = html.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end)).unwrap_or(html.len());
    let (before, after) = html.split_at(place);
    [before, tag.as_bytes(), after].concat()
}

/// The events for one browser tab. Only the newest is kept for one that is slow to read.
pub(super) struct Events {
    next: Pin<Box<dyn Future<Output = Next> + Send + Sync>>,
}

/// An event as it is written to the stream, and where the one after it comes from; nothing when the server ends.
type Next = Option<(Bytes, Receiver<Option<Shown>>)>;

impl Events {
    /// Begins with the generation there is now.
    pub(super) fn new(mut shown: Receiver<Option<Shown>>) -> Self {
        shown.mark_changed();
        Self { next: Box::pin(next(shown)) }
    }

    /// The next event; nothing when the server ends.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        self.next.as_mut().poll(context).map(|next| {
            let (event, shown) = next?;
            self.next = Box::pin(self::next(shown));
            Some(event)
        })
    }
}

async fn next(mut shown: Receiver<Option<Shown>>) -> Next {
    loop {
        match timeout(SIGN_OF_LIFE, shown.changed()).await {
            Ok(changed) => changed.ok()?,
            Err(_) => return Some((Bytes::from_static(b":\n\n"), shown)),
        }
        let event = shown.borrow_and_update().as_ref().map(event);
        if let Some(event) = event {
            return Some((Bytes::from(event), shown));
        }
    }
}

fn event(shown: &Shown) -> String {
    let kind = match shown.change {
        Change::Page => "reload",
        Change::Style => "style",
    };
    let follow = shown.follow.as_ref().map(|address| format!(" {}", percent_encode(address))).unwrap_or_default();
    format!("retry: 500\nevent: {kind}\ndata: {}{follow}\n\n", shown.generation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let tag = r#"<script src="/.afterword/reload.js" data-generation="7" defer></script>"#;
        let cases = [
            ("<body>x</body></html>", format!("<body>x{tag}</body></html>")),
            ("a</body>b</BODY>c", format!("a</body>b{tag}</BODY>c")),
            ("<p>x", format!("<p>x{tag}")),
            ("", tag.to_owned()),
        ];
        for (html, expected) in cases {
            assert_eq!(String::from_utf8(with_script(html.as_bytes(), 7)).unwrap(), expected);
        }
    }
}
