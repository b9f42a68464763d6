//! The command-line program; everything it does is in the library.

use std::process::ExitCode;

/// Trees are made of many small pieces: with the allocator of glibc a check of ten thousand documents takes a sixth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    afterword::cli::run()
}
