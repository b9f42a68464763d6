//! Shows a site in a browser while it is being written.
//!
//! [`run`] knows nothing of how a site is made: it is given a closure that makes it, which it calls on a thread of its own, at first and after
//! each change of the watched folders, and answers browsers from what that gave last ([`Pages`]). Answering never waits for making, but before
//! the first site there is. [`serve_folder`] shows a site that was published.

mod http;
mod reload;
mod request;
mod watch;

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::io::{self, Read};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::Request;
use tokio::sync::{oneshot, watch as channel};

use crate::publish::published;
use crate::render::media_type;
use crate::site::{OutPath, file_of_url};
use crate::source::beneath::{Folder, Opened};
use http::Server;
use request::{Doors, site_path};
use watch::{Blind, Lookout};

pub use watch::Watched;

/// A site as a browser sees it.
pub trait Pages: Send + Sync {
    /// The page at `path`, which begins with `/`, has been decoded, and has no empty, `.` or `..` part. May be called on several threads.
    ///
    /// A path that ends in `/` is a folder's page. Where there is nothing at `/x` but something at `/x/`, the browser is sent there; where
    /// there is neither, it is shown `/404.html`.
    fn page(&self, path: &str) -> Option<Page>;
}

impl<F: Fn(&str) -> Option<Page> + Send + Sync> Pages for F {
    fn page(&self, path: &str) -> Option<Page> {
        self(path)
    }
}

/// An answer of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The status, 200 if the page is what was asked for.
    pub status: u16,
    /// The media type, with the character set where it is text.
    pub media_type: Cow<'static, str>,
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// Whether it shows other pages of this server in frames.
    pub frames: bool,
}

impl Page {
    /// The page that was asked for, of bytes of any sort.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { status: 200, media_type: Cow::Borrowed("application/octet-stream"), bytes: bytes.into(), frames: false }
    }
}

/// A site newly made.
pub struct Built {
    /// The site.
    pub pages: Arc<dyn Pages>,
    /// What in it is new.
    pub change: Change,
    /// The address of the page that browsers should go to, where they should go anywhere.
    pub follow: Option<String>,
    /// What is to be watched from now on, where that is not what was: the settings may have named other folders.
    pub watched: Option<Watched>,
}

/// How much of a page must be shown anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// All of it.
    Page,
    /// Nothing but style sheets differ.
    Style,
}

/// What is different since the site was made last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Anything may be: the first time, and when the system has lost count.
    Everything,
    /// These files and folders, by real and absolute paths in order. They may be gone; of a folder, anything in it may be different.
    Paths(Vec<PathBuf>),
}

impl Changes {
    /// What may be different, where that is known.
    #[must_use]
    pub fn paths(&self) -> Option<&[PathBuf]> {
        match self {
            Self::Everything => None,
            Self::Paths(paths) => Some(paths),
        }
    }
}

/// Where and for whom to serve.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The address to listen at; without one, this machine alone is served, by both its loopback addresses.
    pub bind: Option<IpAddr>,
    /// The port to begin with: of this and the next twenty the first free one is taken. 0 takes any.
    pub port: u16,
    /// Further names, with a port or without, by which browsers may address the server.
    pub hosts: Vec<String>,
    /// Whether to open a browser.
    pub open: bool,
}

/// Something the person at the terminal should be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Requests are accepted now.
    Listening {
        /// Where, for a browser on this machine.
        url: String,
        /// The port.
        port: u16,
        /// The port that was asked for.
        wanted: u16,
        /// Whether other machines may connect.
        exposed: bool,
    },
    /// No browser could be opened.
    NotOpened {
        /// Why not.
        cause: String,
    },
    /// The system cannot tell of changes, so the folders are looked through every second.
    Polling {
        /// Why it cannot.
        cause: String,
    },
}

/// Why serving ended.
#[derive(Debug)]
pub enum ServeError {
    /// No port could be opened.
    Listen {
        /// The first port tried.
        port: u16,
        /// Why.
        cause: io::Error,
    },
    /// Changes are no longer noticed.
    Watch {
        /// Why.
        cause: io::Error,
    },
    /// The closure that makes the site panicked.
    BuildPanicked,
    /// The folder to serve has no site that we published.
    NotASite {
        /// The folder.
        folder: PathBuf,
        /// What was wrong with its manifest, if it has one.
        cause: Option<io::Error>,
    },
    /// The machinery of the server could not be set up.
    Runtime {
        /// Why.
        cause: io::Error,
    },
}

/// What is shown at the moment.
#[derive(Clone)]
struct Shown {
    /// Different for each site shown, also from those of an earlier run.
    generation: u64,
    /// What is new against the generation before.
    change: Change,
    /// Where browsers should go.
    follow: Option<String>,
    /// The site; nothing as long as none could be made.
    pages: Option<Arc<dyn Pages>>,
}

/// Serves what `build` makes, which is called at first and whenever something in `watched` changes, never twice at a time. Where it gives
/// nothing, what was shown before stays. Ends only by an error, or with the process.
///
/// # Errors
/// See [`ServeError`].
pub fn run(
    options: &Options,
    watched: &Watched,
    build: impl FnMut(&Changes) -> Option<Built> + Send + 'static,
    tell: impl Fn(Notice) + Send + Sync + 'static,
) -> Result<Infallible, ServeError> {
    let (show, shown) = channel::channel(None);
    let (tell, watched) = (Arc::new(tell), watched.clone());
    let (ended, end) = oneshot::channel();
    let builder = {
        let tell = Arc::clone(&tell);
        move || drop(ended.send(keep_building(&watched, build, &show, &*tell)))
    };
    serve(options, shown, Live::Yes, &*tell, async move || {
        std::thread::Builder::new().name("build".to_owned()).spawn(builder).map_err(|cause| ServeError::Runtime { cause })?;
        match end.await {
            Ok(Err(Blind(cause))) => Err(ServeError::Watch { cause }),
            Ok(Ok(never)) => match never {},
            Err(_) => Err(ServeError::BuildPanicked),
        }
    })
}

/// Tells of changes until `tell` wants no more or fails. `polling` hears why folders are looked through every second, if they are.
///
/// # Errors
/// The folders cannot be watched.
pub fn watch<E>(
    watched: &Watched,
    polling: impl Fn(&str),
    mut tell: impl FnMut(&Changes) -> Result<bool, E>,
) -> Result<Result<(), E>, ServeError> {
    let blind = |Blind(cause)| ServeError::Watch { cause };
    let mut lookout = Lookout::new(watched).map_err(blind)?;
    loop {
        if let Some(cause) = lookout.take_polling() {
            polling(&cause);
        }
        match tell(&lookout.next().map_err(blind)?) {
            Ok(true) => {}
            Ok(false) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// Serves the site published to `folder`, and nothing else that may be there. Ends only by an error, or with the process.
///
/// # Errors
/// See [`ServeError`].
pub fn serve_folder(folder: &Path, options: &Options, tell: impl Fn(Notice)) -> Result<Infallible, ServeError> {
    let not_a_site = |cause| ServeError::NotASite { folder: folder.to_owned(), cause };
    published(folder).map_err(|error| not_a_site(Some(error)))?.ok_or_else(|| not_a_site(None))?;
    let folder = folder.to_owned();
    let pages: Arc<dyn Pages> = Arc::new(move |path: &str| published_page(&folder, path));
    let (show, shown) = channel::channel(Some(Shown { generation: 0, change: Change::Page, follow: None, pages: Some(pages) }));
    serve(options, shown, Live::No, &tell, async move || {
        // Held, that nobody takes the site for gone.
        let _show = show;
        std::future::pending().await
    })
}

/// The path of the page that a request with this target and these headers is answered with, at `port` of this machine; nothing where it is refused.
/// For `fuzz/`, which has no connection.
#[doc(hidden)]
#[must_use]
pub fn path_asked_for(port: u16, target: &[u8], headers: &[(&[u8], &[u8])]) -> Option<String> {
    let request = headers.iter().fold(Request::builder().uri(target), |request, (name, value)| request.header(*name, *value));
    site_path(&request.body(()).ok()?, &Doors::new(port, &[]), (Ipv4Addr::LOCALHOST, port).into()).ok()
}

/// Whether a browser can be shown: on Linux, whether there is a display.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "whether there is a display is told by the environment")]
pub fn display_available() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Live {
    Yes,
    No,
}

/// Opens the port and answers from `shown` until `end` is done.
fn serve(
    options: &Options,
    shown: channel::Receiver<Option<Shown>>,
    live: Live,
    tell: &dyn Fn(Notice),
    end: impl AsyncFnOnce() -> Result<Infallible, ServeError>,
) -> Result<Infallible, ServeError> {
    let (listeners, port) = http::listen(options.bind, options.port).map_err(|cause| ServeError::Listen { port: options.port, cause })?;
    let url = format!("http://{}/", authority(options.bind, port));
    let exposed = options.bind.is_some_and(|address| !address.is_loopback());
    let server = Arc::new(Server { doors: Doors::new(port, &options.hosts), shown, live: live == Live::Yes });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(8).build();
    let runtime = runtime.map_err(|cause| ServeError::Runtime { cause })?;
    runtime.block_on(async move {
        http::accept(listeners, &server).map_err(|cause| ServeError::Runtime { cause })?;
        tell(Notice::Listening { url: url.clone(), port, wanted: options.port, exposed });
        if options.open
            && let Err(cause) = open_browser(&url)
        {
            tell(Notice::NotOpened { cause });
        }
        end().await
    })
}

/// How a browser on this machine addresses the server.
fn authority(bind: Option<IpAddr>, port: u16) -> String {
    match bind {
        None => format!("localhost:{port}"),
        Some(address) if address.is_unspecified() => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port).to_string(),
        Some(address) => SocketAddr::new(address, port).to_string(),
    }
}

fn open_browser(url: &str) -> Result<(), String> {
    if !display_available() {
        return Err("there is no display".to_owned());
    }
    open::that_detached(url).map_err(|error| error.to_string())
}

/// Makes the site, and again after each change.
fn keep_building(
    watched: &Watched,
    mut make: impl FnMut(&Changes) -> Option<Built>,
    show: &channel::Sender<Option<Shown>>,
    tell: &dyn Fn(Notice),
) -> Result<Infallible, Blind> {
    // Before the first build, that no change during it is missed.
    let mut lookout = Lookout::new(watched)?;
    let mut changes = Changes::Everything;
    let mut shown = Shown { generation: first_generation(), change: Change::Page, follow: None, pages: None };
    loop {
        if let Some(cause) = lookout.take_polling() {
            tell(Notice::Polling { cause });
        }
        let new = make(&changes);
        if let Some(Built { pages, change, follow, .. }) = &new {
            let (generation, pages) = (shown.generation + 1, Some(Arc::clone(pages)));
            shown = Shown { generation, change: *change, follow: follow.clone(), pages };
        }
        if new.is_some() || show.borrow().is_none() {
            show.send_replace(Some(shown.clone()));
        }
        changes = if let Some(watched) = new.and_then(|built| built.watched) {
            lookout = Lookout::new(&watched)?;
            // What changed there since it was read, nobody has seen.
            Changes::Everything
        } else {
            lookout.next()?
        };
    }
}

/// A number no earlier run has come to: the time in milliseconds, for sites are made more slowly than that.
#[expect(clippy::disallowed_methods, reason = "only tells one run of the server from another")]
fn first_generation() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

/// The page at `path` of the site published to `folder`, if the manifest lists it. Both are read anew, for the site may be published again
/// at any time.
fn published_page(folder: &Path, path: &str) -> Option<Page> {
    let file = OutPath::published(&file_of_url(path.trim_start_matches('/'))).ok()?;
    let print = *published(folder).ok()??.files.get(&file)?;
    let Opened::File(opened, _) = Folder::open(folder).ok()?.file(file.as_str()).ok()? else { return None };
    let mut bytes = Vec::new();
    opened.take(print.len).read_to_end(&mut bytes).ok()?;
    Some(Page { media_type: media_type(file.as_str()).into(), ..Page::new(bytes) })
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { port, cause } => write!(f, "cannot listen at port {port}: {cause}"),
            Self::Watch { cause } => write!(f, "cannot notice changes any more: {cause}"),
            Self::BuildPanicked => f.write_str("the program met a defect of its own while it made the site"),
            Self::NotASite { folder, cause: None } => write!(f, "{} holds no site that Afterword published", folder.display()),
            Self::NotASite { folder, cause: Some(cause) } => write!(f, "cannot tell what was published to {}: {cause}", folder.display()),
            Self::Runtime { cause } => write!(f, "cannot set up a server: {cause}"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { cause, .. } | Self::Watch { cause } | Self::Runtime { cause } | Self::NotASite { cause: Some(cause), .. } => {
                Some(cause)
            }
            Self::BuildPanicked | Self::NotASite { cause: None, .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
