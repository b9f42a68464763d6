//! What is printed: data to standard output, messages to standard error, colours only where they are wanted.

use std::io::{IsTerminal as _, Write};

use clap::ValueEnum;

use super::Failure;
use crate::report::{self, Colour, Style};

/// The columns of a terminal that does not say how many it has.
const WIDTH: usize = 140;

/// The columns that excerpts are set in: fewer show nothing of a line, and more have no eye to see them.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=1000;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// Where the output is a terminal and `NO_COLOR` is not set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The terminal, as the person at it wants it used.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    choice: anstream::ColorChoice,
    quiet: bool,
}

impl Terminal {
    pub(super) fn new(color: ColorChoice, quiet: bool) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::AutoStream::choice(&std::io::stdout()),
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self { choice, quiet }
    }

    /// How findings are set: coloured where the output is, as wide as the terminal.
    pub(super) fn style(self) -> Style {
        let columns = columns();
        let colour = if matches!(self.choice, anstream::ColorChoice::Never) { Colour::Never } else { Colour::Always };
        let wide = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = columns.or(wide).unwrap_or(WIDTH);
        Style { colour, width: width.clamp(*WIDTHS.start(), *WIDTHS.end()) }
    }

    /// How wide a table may be: as wide as the terminal it is shown on. In a pipe nothing is cut, unless `COLUMNS` says how much to show.
    pub(super) fn table_width(self) -> Option<usize> {
        columns().or_else(|| std::io::stdout().is_terminal().then(|| self.style().width))
    }

    /// Prints what was asked for. A reader that has gone away (`| head`) is no failure; a full disk is.
    pub(super) fn data(self, text: &str) -> Result<(), Failure> {
        print(anstream::AutoStream::new(std::io::stdout().lock(), self.choice), text)
    }

    /// Prints a text of somebody else's to the byte: nothing in it is taken for a colour and left out.
    pub(super) fn text(text: &str) -> Result<(), Failure> {
        print(std::io::stdout().lock(), text)
    }

    /// Prints to the byte what a program will read; on a terminal nothing of it may move the cursor.
    pub(super) fn for_programs(text: &str) -> Result<(), Failure> {
        if !std::io::stdout().is_terminal() {
            return Self::text(text);
        }
        let lines: Vec<_> = text.lines().map(report::visible).collect();
        Self::text(&format!("{}\n", lines.join("\n")))
    }

    /// Whether there is a person who can be asked.
    pub(super) fn can_ask() -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Asks the person at the terminal until `read` takes the answer; nothing typed is `default`. What `read` says is why it does not.
    pub(super) fn ask<T>(question: &str, default: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T, Failure> {
        let say = |text: &str| {
            let mut out = std::io::stderr();
            out.write_all(report::visible(text).as_bytes()).and_then(|()| out.flush())
        };
        let proposed = if default.is_empty() { String::new() } else { format!(" [{default}]") };
        loop {
            say(&format!("{question}{proposed}: "))?;
            let mut line = String::new();
            if std::io::stdin().read_line(&mut line)? == 0 {
                return Err(Failure("the answers ended, and nothing was written".to_owned()));
            }
            let answer = line.trim();
            match read(if answer.is_empty() { default } else { answer }) {
                Ok(value) => return Ok(value),
                Err(why) => {
                    say(&format!("  {why}"))?;
                    std::io::stderr().write_all(b"\n")?;
                }
            }
        }
    }

    /// Says on a terminal, in a line that the next words replace, what goes on.
    pub(super) fn progress(self, text: &str) {
        self.transient(&format!("\r\u{1b}[2K{text}"));
    }

    /// Takes the line of [`Self::progress`] away.
    pub(super) fn progress_end(self) {
        self.transient("\r\u{1b}[2K");
    }

    /// Clears the screen, where there is one.
    pub(super) fn clear(self) {
        if std::io::stdout().is_terminal() {
            self.transient("\u{1b}[2J\u{1b}[3J\u{1b}[H");
        }
    }

    fn transient(self, text: &str) {
        let mut out = std::io::stderr();
        if !self.quiet && out.is_terminal() {
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        }
    }

    /// Says how things go, unless asked to be quiet.
    pub(super) fn say(self, text: &str) {
        if !self.quiet {
            self.message("", text);
        }
    }

    /// Says why the command cannot work.
    pub(super) fn error(self, text: &str) {
        self.message("\u{1b}[1;31merror\u{1b}[0m: ", text);
    }

    /// A message is our own words, but names of files may be in it, and these may hold anything.
    fn message(self, mark: &str, text: &str) {
        let choice = match self.choice {
            anstream::ColorChoice::Always => anstream::ColorChoice::Always,
            anstream::ColorChoice::Never => anstream::ColorChoice::Never,
            _ => anstream::AutoStream::choice(&std::io::stderr()),
        };
        let mut out = anstream::AutoStream::new(std::io::stderr().lock(), choice);
        let lines: Vec<_> = text.lines().map(report::visible).collect();
        let _ = writeln!(out, "{mark}{}", lines.join("\n"));
    }
}

/// What the environment says of the width.
fn columns() -> Option<usize> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let columns = std::env::var("COLUMNS").ok()?;
    columns.parse().ok().filter(|columns| *columns > 0)
}

fn print(mut out: impl Write, text: &str) -> Result<(), Failure> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure(format!("standard output cannot be written: {error}"))),
        _ => Ok(()),
    }
}
