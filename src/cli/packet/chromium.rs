//! Chromium without a window, as a printer.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::super::Failure;

/// Where Chromium is looked for, where nobody says.
const PROGRAMS: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The setting that says which program it is.
const SETTING: &str = "AFTERWORD_CHROMIUM";

/// How long it may take to print one packet.
const LIMIT: Duration = Duration::from_mins(3);

/// How long to wait before looking again whether it is done.
const PAUSE: Duration = Duration::from_millis(20);

/// What it is told whatever it prints: a print with a page number of ours at its foot, bookmarks and marks for screen readers; nobody to talk to.
const OPTIONS: [&str; 11] = [
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
];

/// A Chromium that is installed, and the folder in which it may leave things.
pub(super) struct Chromium<'f> {
    program: OsString,
    folder: &'f Path,
}

impl<'f> Chromium<'f> {
    /// The one that is named in the environment, else the first that is there.
    ///
    /// # Errors
    /// None is there.
    pub(super) fn find(folder: &'f Path) -> Result<Self, Failure> {
        #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
        let (named, path) = (std::env::var_os(SETTING).filter(|named| !named.is_empty()), std::env::var_os("PATH").unwrap_or_default());
        let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        let is_there = |program: &Path| program.components().count() > 1 && program.is_file();
        let is_found = |program: &Path| is_there(program) || folders.iter().any(|folder| is_there(&folder.join(program)));
        if let Some(program) = named {
            let missing = || Failure(format!("{SETTING} is `{}`, which is no program that is there", program.display()));
            return if is_found(Path::new(&program)) { Ok(Self { program, folder }) } else { Err(missing()) };
        }
        let program = PROGRAMS.into_iter().find(|program| is_found(Path::new(program)));
        program.map(|program| Self { program: program.into(), folder }).ok_or_else(|| {
            Failure(format!(
                "no Chromium is installed to print with: install `chromium` or Google Chrome, or name one in {SETTING}. \
                 The page of the packet prints from any browser, too."
            ))
        })
    }

    /// The page in a file as a PDF.
    ///
    /// # Errors
    /// Chromium does not run, says that it failed, takes too long or leaves no PDF.
    pub(super) fn print(&self, page: &Path) -> Result<Vec<u8>, Failure> {
        let (pdf, log) = (self.folder.join("packet.pdf"), self.folder.join("chromium.log"));
        let ran = self.run(page, &pdf, &log).map_err(|error| self.failed(&format!("does not run: {error}")))?;
        let printed = taken(&pdf).filter(|bytes| bytes.starts_with(b"%PDF-"));
        match (ran, printed) {
            (None, _) => Err(self.failed(&format!("was stopped: it did not print the packet within {} s", LIMIT.as_secs()))),
            (Some(status), Some(bytes)) if status.success() => Ok(bytes),
            (Some(status), _) => Err(self.failed(&format!("printed nothing ({status}){}", last_words(&log)))),
        }
    }

    /// Runs it until it is done; nothing where that takes too long.
    #[expect(clippy::disallowed_methods, reason = "the command line is where programs are run, and time is measured")]
    fn run(&self, page: &Path, pdf: &Path, log: &Path) -> io::Result<Option<ExitStatus>> {
        let mut command = Command::new(&self.program);
        command.args(OPTIONS).args(is_without_sandbox().then_some("--no-sandbox"));
        command.arg(option("--user-data-dir=", &self.folder.join("profile"))).arg(option("--print-to-pdf=", pdf)).arg(page);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(log)?).spawn()?;
        let start = Instant::now();
        loop {
            match child.try_wait() {
                Ok(None) if start.elapsed() < LIMIT => sleep(PAUSE),
                Ok(None) => return stop(&mut child).map(|()| None),
                ended => return ended,
            }
        }
    }

    fn failed(&self, how: &str) -> Failure {
        Failure(format!("`{}` {how}", self.program.display()))
    }
}

/// A file that was made for us, which is then gone, so that it is not taken for that of the next print.
#[expect(clippy::disallowed_methods, reason = "the file is in a folder of ours")]
fn taken(file: &Path) -> Option<Vec<u8>> {
    let bytes = std::fs::read(file).ok()?;
    std::fs::remove_file(file).ok()?;
    Some(bytes)
}

fn stop(child: &mut Child) -> io::Result<()> {
    child.kill()?;
    child.wait().map(drop)
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// What it said last, as the end of a sentence. Of a desktop that is not there it says much, and none of it matters.
fn last_words(log: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "the file was made for us, in a folder of ours")]
    let log = std::fs::read(log).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let last = log.lines().rev().map(str::trim).find(|line| !line.is_empty() && !line.contains(":dbus/"));
    last.map_or_else(String::new, |line| format!(": {line}"))
}

/// Whether it has to run without its sandbox: for root it refuses to run in one.
#[cfg(unix)]
pub(super) fn is_without_sandbox() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether it has to run without its sandbox.
#[cfg(not(unix))]
pub(super) fn is_without_sandbox() -> bool {
    false
}
