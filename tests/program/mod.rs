//! The program, as somebody runs it.

use std::path::Path;
use std::process::{Command, Output};

/// Runs the program in a folder, on 21 November 2026 and without what the environment may want of it.
pub(crate) fn afterword(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// The same, about to be run.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1795219200")
        .env_remove("AFTERWORD_BASE_URL")
        .env_remove("COLUMNS")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("AFTERWORD_FORMAT");
    command
}
