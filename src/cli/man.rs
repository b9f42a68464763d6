//! `afterword man`

use std::path::PathBuf;

use clap::{Args, Command};

use super::{Failure, Outcome, Terminal};

/// The arguments of `man`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to write them to, say `~/.local/share/man/man1`; it is made where it is not there.
    folder: PathBuf,
}

pub(super) fn run(terminal: Terminal, program: Command, arguments: &Arguments) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    let failed = |error| Failure(format!("the manual pages cannot be written to `{}`: {error}", folder.display()));
    #[expect(clippy::disallowed_methods, reason = "the author asked for the folder to be written")]
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(program, folder).map_err(failed)?;
    terminal.say(&format!("Read them with `man {}/afterword.1`, or `man afterword` where that is a folder `man` knows.", folder.display()));
    Ok(Outcome::Done)
}
