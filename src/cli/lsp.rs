//! `afterword lsp`

use clap::Args;

use super::{Failure, Outcome, build_info};
use crate::lsp::{self, Ending};

/// The arguments of `lsp`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Talk over standard input and output, which is the only way there is; many editors ask for it by this name.
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(_: &Arguments) -> Result<Outcome, Failure> {
    // What is wrong with the environment is told now, and not when an editor asks.
    let start = build_info(None)?;
    let clock = move || build_info(None).unwrap_or_else(|_| start.clone());
    match lsp::run(Box::new(clock))? {
        Ending::Orderly => Ok(Outcome::Done),
        // The protocol asks for the exit status that findings have.
        Ending::Abrupt => Ok(Outcome::Findings),
    }
}
