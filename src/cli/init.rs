//! `afterword init`: the least a site needs, or settings for a folder that already holds postmortems. Nothing is ever overwritten.

mod adopt;
mod deploy;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, Outcome, Terminal};
use crate::config;
use crate::source::{Selection, walk};
use deploy::{Ci, Host};

/// The arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder; the current one where it is not said. If it holds Markdown and no `content` folder, settings are written for what is
    /// there.
    folder: Option<PathBuf>,

    /// What the site is called. Without it, a terminal is asked for this and for what else is worth deciding at the beginning.
    #[arg(long)]
    title: Option<String>,

    /// Ask nothing, and take what is usual.
    #[arg(short, long)]
    yes: bool,

    /// Write the pipeline of a build server that checks what a pull request changes; for a site that is there already, too.
    #[arg(long, value_name = "SERVER", value_delimiter = ',')]
    ci: Vec<Ci>,

    /// Write what a host wants to be told to publish the site; for a site that is there already, too.
    #[arg(long, value_name = "HOST", value_delimiter = ',')]
    host: Vec<Host>,
}

/// The files of a new site, by path.
const FILES: &[(&str, &str)] = &[
    ("content/index.md", include_str!("init/index.md")),
    ("content/about.md", include_str!("init/about.md")),
    ("content/postmortems/example.md", include_str!("init/example.md")),
    (".gitignore", "/_site\n/.afterword\n"),
    // The last, so that a folder is a site only when it is whole.
    ("site.toml", include_str!("init/site.toml")),
];

pub(super) fn run(terminal: Terminal, directory: Option<&Path>, arguments: &Arguments) -> Result<Outcome, Failure> {
    let folder = directory.unwrap_or(Path::new("")).join(arguments.folder.as_deref().unwrap_or(Path::new("")));
    let (ci, hosts) = (&arguments.ci, &arguments.host);
    let place = if ci.is_empty() && hosts.is_empty() { None } else { Some(deploy::place(&folder)?) };
    let next = if folder.join("site.toml").symlink_metadata().is_err() {
        Some(begin(terminal, &folder, arguments)?)
    } else if place.is_none() {
        return Err(Failure(format!("`{}` already holds a site.toml; nothing was written", folder.display())));
    } else {
        None
    };
    if let Some(place) = place {
        deploy::write(terminal, &folder, &place, ci, hosts)?;
    }
    if let Some(next) = next {
        terminal.say(&next);
    }
    Ok(Outcome::Done)
}

/// What is decided at the beginning.
struct Choices {
    title: String,
    /// The time zone of times written without one; nothing where none was named.
    zone: Option<String>,
    /// The address of the public edition; nothing where there is none.
    public: Option<String>,
}

impl Choices {
    /// What was said on the command line, else by the person at the terminal, else what is usual.
    fn made(arguments: &Arguments) -> Result<Self, Failure> {
        let title = arguments.title.clone().unwrap_or_else(|| "Postmortems".to_owned());
        if arguments.title.is_some() || arguments.yes || !Terminal::can_ask() {
            return Ok(Self { title, zone: None, public: None });
        }
        let title = Terminal::ask("What is the site called", &title, |answer| Ok(answer.to_owned()))?;
        let zone = Terminal::ask("Time zone of times that are written without one", "UTC", config::zone)?;
        let question = "Address at which everybody reads what is public (empty: the site is for the organisation alone)";
        let public = Terminal::ask(question, "", |answer| match answer {
            "" => Ok(None),
            answer => config::base_url(answer).map(Some).map_err(|flaw| format!("the address {flaw}")),
        })?;
        Ok(Self { title, zone: Some(zone), public })
    }

    /// Settings with these choices in them.
    fn settle(&self, settings: &str) -> String {
        let mut settled = settings.replacen("title = \"Postmortems\"", &format!("title = {}", adopt::quoted(&self.title)), 1);
        if let Some(zone) = &self.zone {
            let said = format!("timezone = {}", adopt::quoted(zone));
            settled = settled.replacen("timezone = \"UTC\"", &said, 1);
            settled = settled.replacen("# timezone = \"Europe/Berlin\"   # of times written without one", &said, 1);
        }
        if let Some(address) = &self.public {
            settled += "\n# What says `visibility: public` is for everybody; `afterword build --edition public` makes their site.\n[editions.public]\n";
            settled += &["base_url = ", &adopt::quoted(address), "\n"].concat();
        }
        settled
    }
}

/// Writes what makes the folder a site; says what to do next.
fn begin(terminal: Terminal, folder: &Path, arguments: &Arguments) -> Result<String, Failure> {
    let elsewhere = arguments.folder.as_deref().filter(|folder| *folder != Path::new("."));
    let enter = elsewhere.map(|folder| format!("cd {} && ", quoted(&folder.to_string_lossy()))).unwrap_or_default();
    let found = settings_for_what_is_there(folder)?;
    let choices = Choices::made(arguments)?;
    if let Some(settings) = found {
        write_new(&folder.join("site.toml"), &choices.settle(&settings))?;
        terminal.data(&format!("{}\n", folder.join("site.toml").display()))?;
        return Ok(format!(
            "These settings are for the documents that are here already.\nNext: {enter}afterword check, and where too much is found to mend \
             it today: afterword check --write-baseline"
        ));
    }
    for (path, text) in FILES {
        let file = folder.join(path);
        // A folder with content of its own keeps it: only what is not there is added.
        if !file.exists() {
            let text = if *path == "site.toml" { choices.settle(text) } else { (*text).to_owned() };
            write_new(&file, &text)?;
            terminal.data(&format!("{}\n", file.display()))?;
        }
    }
    Ok(format!("Next: {enter}afterword new \"What people saw\" --kind outage && afterword serve --open"))
}

/// A word for a shell, in quotes where it needs them.
pub(super) fn quoted(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Whether a word means itself to a shell.
fn is_plain(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || "/._-+:@".contains(c))
}

/// Settings for a folder with documents of its own that has not been laid out as a site.
fn settings_for_what_is_there(folder: &Path) -> Result<Option<String>, Failure> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if folder.join("content").exists() || !folder.exists() {
        return Ok(None);
    }
    let everything = Selection::default().content(".").and_then(|selection| selection.include(&["**/*.md", "**/*.md.*", "**/*.markdown"]));
    let sources = walk::load(folder, &everything.map_err(|bad| Failure(bad.to_string()))?)?;
    Ok(adopt::settings(sources.documents().map(|file| file.path.as_str())))
}

/// Writes a file that must not be there yet, and the folders above it.
pub(super) fn write_new(file: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure(format!("`{}` already exists; nothing was written", file.display())),
        _ => Failure(format!("`{}` cannot be written: {error}", file.display())),
    };
    if let Some(folder) = file.parent() {
        #[expect(clippy::disallowed_methods, reason = "init and new write the author's own files")]
        std::fs::create_dir_all(folder).map_err(|error| Failure(format!("`{}` cannot be made: {error}", folder.display())))?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(file).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;

    #[test]
    fn what_is_chosen_is_in_the_settings_of_both_kinds() {
        let choices = Choices {
            title: "The \"Kestrel\" log".to_owned(),
            zone: Some("Europe/Berlin".to_owned()),
            public: Some("https://incidents.example.org/".to_owned()),
        };
        let (_, new) = FILES.last().copied().unwrap_or_default();
        let adopted = adopt::settings(["incidents/a.md"]).unwrap_or_default();
        for settings in [new, &adopted] {
            let (config, findings) = parse(&choices.settle(settings));
            assert_eq!(findings, []);
            let public = config.editions.public.as_ref().and_then(|public| public.base_url.clone());
            assert_eq!((config.site.title.as_str(), config.site.timezone.as_deref()), ("The \"Kestrel\" log", Some("Europe/Berlin")));
            assert_eq!(public.as_deref(), Some("https://incidents.example.org/"));
            assert_eq!(Choices { title: "Postmortems".to_owned(), zone: None, public: None }.settle(settings), settings);
        }
    }
}
