//! The connections: accepted, kept within limits, answered.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use hyper::header::{X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::sync::watch::Receiver;
use tokio::time::{Sleep, sleep};

use super::reload::{EVENTS, Events, SCRIPT, SCRIPT_PATH, with_script};
use super::request::{Doors, Refusal, site_path};
use super::{Page, Pages, Shown};
use crate::markdown::percent_encode;
use crate::render::CONTENT_SECURITY_POLICY as SITE_POLICY;

/// The most connections at once; more wait to be accepted.
const CONNECTIONS: usize = 1024;
/// How long a browser may take to send a request, or be silent between two.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// How long a browser may take to read the next piece of an answer.
const READ_PATIENCE: Duration = Duration::from_secs(10);
const HEAD_LIMIT: usize = 16 * 1024;
const HEADERS_LIMIT: usize = 64;
/// How many ports are tried after the one that was asked for.
const PORTS: u16 = 20;

/// On every answer, with the policy of the site. No `Access-Control-*` header is ever among them.
const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// What a server answers from.
pub(super) struct Server {
    pub(super) doors: Doors,
    /// The site as it is now; nothing until it is made for the first time.
    pub(super) shown: Receiver<Option<Shown>>,
    /// Whether pages are sent with the script that shows them anew.
    pub(super) live: bool,
}

/// Opens the port, or the next free one after it; 0 is any free one. Without an address to bind to, both loopback addresses are taken, for a
/// browser may use either for `localhost`.
pub(super) fn listen(bind: Option<IpAddr>, port: u16) -> io::Result<(Vec<std::net::TcpListener>, u16)> {
    let last = if port == 0 { PORTS } else { port.saturating_add(PORTS) };
    let mut tried = port;
    loop {
        match listen_at(bind, if port == 0 { 0 } else { tried }) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tried < last => tried += 1,
            opened => return opened,
        }
    }
}

fn listen_at(bind: Option<IpAddr>, port: u16) -> io::Result<(Vec<std::net::TcpListener>, u16)> {
    let open = |address: IpAddr, port: u16| -> io::Result<std::net::TcpListener> {
        let listener = std::net::TcpListener::bind((address, port))?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    let first = open(bind.unwrap_or(Ipv4Addr::LOCALHOST.into()), port)?;
    let port = first.local_addr()?.port();
    let second = if bind.is_none() { Some(open(Ipv6Addr::LOCALHOST.into(), port)) } else { None };
    match second {
        // Somebody else would answer to one of the two names.
        Some(Err(error)) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        // A machine without IPv6.
        None | Some(Err(_)) => Ok((vec![first], port)),
        Some(Ok(second)) => Ok((vec![first, second], port)),
    }
}

/// Accepts and answers connections for as long as the runtime lives.
pub(super) fn accept(listeners: Vec<std::net::TcpListener>, server: &Arc<Server>) -> io::Result<()> {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    for listener in listeners {
        let listener = TcpListener::from_std(listener)?;
        tokio::spawn(accept_at(listener, Arc::clone(server), Arc::clone(&free)));
    }
    Ok(())
}

async fn accept_at(listener: TcpListener, server: Arc<Server>, free: Arc<Semaphore>) {
    while let Ok(place) = Arc::clone(&free).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // No file descriptor left, most likely: let some connections end.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            // An error here is a browser that went away, or a request that the library has answered with its refusal.
            let _ = converse(stream, server).await;
            drop(place);
        });
    }
}

async fn converse(stream: TcpStream, server: Arc<Server>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    stream.set_nodelay(true)?;
    let local = stream.local_addr()?;
    let service = service_fn(|request| answer(Arc::clone(&server), local, request));
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE).max_header_size(HEAD_LIMIT).max_headers(HEADERS_LIMIT);
    Ok(protocol.serve_connection(Impatient { io: TokioIo::new(stream), stalled: None }, service).await?)
}

async fn answer(server: Arc<Server>, local: SocketAddr, request: Request<Incoming>) -> Result<Response<Answer>, Infallible> {
    let path = match site_path(&request, &server.doors, local) {
        Ok(path) => path,
        Err(refusal) => return Ok(refuse(refusal)),
    };
    Ok(match path.as_str() {
        EVENTS if server.live => reply(StatusCode::OK, "text/event-stream", Answer::Events(Events::new(server.shown.clone()))),
        SCRIPT_PATH if server.live => reply(StatusCode::OK, "text/javascript; charset=utf-8", Answer::text(SCRIPT)),
        _ => show(&server, path).await,
    })
}

/// The page at `path`, once there is a site.
async fn show(server: &Server, path: String) -> Response<Answer> {
    let mut shown = server.shown.clone();
    let shown = shown.wait_for(Option::is_some).await.ok().and_then(|shown| shown.clone());
    let Some(Shown { generation, pages: Some(pages), .. }) = shown else {
        let generation = shown.map(|shown| shown.generation).filter(|_| server.live);
        let text = "<!doctype html><title>No site yet</title><body><p>The site could not be made; the terminal says why.</body>";
        return page(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", Bytes::from_static(text.as_bytes()), generation);
    };
    let generation = server.live.then_some(generation);
    // Making a page may take a while, and a defect in one page must not take the others along.
    match tokio::task::spawn_blocking(move || find(&*pages, &path)).await {
        Ok(Found::Page(found)) => {
            let status = StatusCode::from_u16(found.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = page(status, &found.media_type, Bytes::from_owner(found.bytes), generation);
            if found.frames {
                response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy("; frame-src 'self'"));
            }
            response
        }
        Ok(Found::Elsewhere(path)) => {
            let mut response = reply(StatusCode::PERMANENT_REDIRECT, TEXT, Answer::text(""));
            if let Ok(location) = HeaderValue::try_from(percent_encode(&path)) {
                response.headers_mut().insert(LOCATION, location);
            }
            response
        }
        Ok(Found::Nothing) => reply(StatusCode::NOT_FOUND, TEXT, Answer::text("There is no such page.\n")),
        Err(_) => reply(StatusCode::INTERNAL_SERVER_ERROR, TEXT, Answer::text("This page could not be made.\n")),
    }
}

enum Found {
    Page(Page),
    Elsewhere(String),
    Nothing,
}

fn find(pages: &dyn Pages, path: &str) -> Found {
    if let Some(page) = pages.page(path) {
        return Found::Page(page);
    }
    let folder = format!("{path}/");
    if !path.ends_with('/') && pages.page(&folder).is_some() {
        return Found::Elsewhere(folder);
    }
    pages.page("/404.html").map_or(Found::Nothing, |page| Found::Page(Page { status: 404, ..page }))
}

const TEXT: &str = "text/plain; charset=utf-8";

fn page(status: StatusCode, media_type: &str, bytes: Bytes, generation: Option<u64>) -> Response<Answer> {
    let bytes = match generation {
        Some(generation) if media_type.starts_with("text/html") => Bytes::from(with_script(&bytes, generation)),
        _ => bytes,
    };
    reply(status, media_type, Answer::Whole(Some(bytes)))
}

fn refuse(refusal: Refusal) -> Response<Answer> {
    let words = match refusal {
        Refusal::Host => "This server does not answer to that name.\n",
        Refusal::Origin => "This server does not answer to pages of other origins.\n",
        Refusal::Path => "There is no such page.\n",
        Refusal::Method | Refusal::Malformed | Refusal::TargetTooLong | Refusal::Body => "",
    };
    let mut response = reply(refusal.status(), TEXT, Answer::text(words));
    if refusal == Refusal::Method {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if !matches!(refusal, Refusal::Path) {
        // What follows on this connection, a body perhaps, is not to be taken for a request.
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// The policy of the site, but that pages of this server may show each other in frames.
fn policy(further: &str) -> HeaderValue {
    let ours = SITE_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    HeaderValue::try_from(ours + further).unwrap_or(HeaderValue::from_static(SITE_POLICY))
}

fn reply(status: StatusCode, media_type: &str, body: Answer) -> Response<Answer> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().extend(ALWAYS);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy(""));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::try_from(media_type).unwrap_or(HeaderValue::from_static(TEXT)));
    response
}

/// The body of an answer.
enum Answer {
    Whole(Option<Bytes>),
    Events(Events),
}

impl Answer {
    fn text(text: &'static str) -> Self {
        Self::Whole(Some(Bytes::from_static(text.as_bytes())))
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = match &mut *self {
            Self::Whole(bytes) => bytes.take(),
            Self::Events(events) => ready!(events.poll_next(context)),
        };
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Self::Events(_) => SizeHint::default(),
        }
    }
}

/// A connection that ends when the other side has read nothing for [`READ_PATIENCE`] though there is something to read.
struct Impatient<T> {
    io: T,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<T: Unpin> Impatient<T> {
    fn watch<R>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<R>>) -> Poll<io::Result<R>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(READ_PATIENCE)));
        stalled.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<T: Read + Unpin> Read for Impatient<T> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(context, buffer)
    }
}

impl<T: Write + Unpin> Write for Impatient<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write_vectored(context, bytes);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}
