//! `afterword serve`

mod editions;
mod editor;
mod findings;
mod preview;

use std::net::IpAddr;
use std::path::Path;

use clap::Args;

use super::edition::EditionName;
use super::{Failure, Outcome, Terminal, build_info};
use crate::edition::{Drafts, Edition};
use crate::pipeline;
use crate::serve::{self, Notice};
use editor::Editor;
use preview::{Preview, watched};

/// The port asked for first. Hugo and Zola have 1313 and 1111; this one is nobody's.
pub(super) const PORT: u16 = 4114;

/// The arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Open the browser.
    #[arg(long)]
    open: bool,

    /// The port; where it is taken, the next free one.
    #[arg(short, long, default_value_t = PORT)]
    port: u16,

    /// Listen at this address, so that others can see the site; by default this machine alone.
    #[arg(long, value_name = "ADDRESS")]
    bind: Option<IpAddr>,

    /// A name by which others may call this machine; may be given more than once.
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,

    /// The edition that is shown: the organisation's, or everybody's as `[editions.public]` of site.toml says.
    #[arg(long, value_enum, value_name = "EDITION", default_value = "internal")]
    edition: EditionName,

    /// Leave drafts out, as `build` does.
    #[arg(long)]
    no_drafts: bool,

    /// Take the browser to the page of the file that was saved.
    #[arg(long)]
    follow: bool,

    /// The editor that links to places in files open: vscode, vscodium, cursor, zed, idea, or an address with {file}, {line} and {column}.
    #[arg(long, value_name = "EDITOR", env = "AFTERWORD_EDITOR")]
    editor: Option<Editor>,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    // Changes are told by real paths, whatever way led to the folder.
    #[expect(clippy::disallowed_methods, reason = "the command line is where folders are found")]
    let root = &std::fs::canonicalize(root)?;
    let (config, selection) = pipeline::settings(root)?;
    let watched = watched(root, selection);
    let drafts = if arguments.no_drafts { Drafts::Hidden } else { Drafts::Shown };
    let mut preview = Preview::new(preview::Settings {
        terminal,
        root: root.clone(),
        edition: Edition { audience: arguments.edition.audience(&config)?, drafts },
        build: build_info(None)?,
        follow: arguments.follow,
        editor: arguments.editor.clone(),
    });
    let options = serve::Options { bind: arguments.bind, port: arguments.port, hosts: arguments.hosts.clone(), open: arguments.open };
    let told = terminal;
    let never = serve::run(&options, &watched, move |changes| preview.rebuild(changes), move |notice| tell(told, &notice))?;
    match never {}
}

/// Says what the server has to say.
pub(super) fn tell(terminal: Terminal, notice: &Notice) {
    match notice {
        Notice::Listening { url, port, wanted, exposed } => {
            if port != wanted && *wanted != 0 {
                terminal.say(&format!("Port {wanted} is taken, so this is port {port}."));
            }
            // The preview goes on whether or not anybody reads where it is.
            let _ = terminal.data(&format!("{url}\n"));
            if *exposed {
                terminal.say("Others who reach this machine can see the site, drafts and all.");
            }
            terminal.say("Ctrl-C ends it.");
        }
        Notice::NotOpened { cause } => terminal.say(&format!("No browser could be opened: {cause}")),
        Notice::Polling { cause } => {
            terminal.say(&format!("The system does not tell of changes ({cause}), so the folders are looked through every second."));
        }
    }
}
