//! `afterword init --ci` and `--host`: what build servers and hosts want to be told, written for the project as it is. The files are the
//! templates of `ci/` and `host/`, with what is in braces filled in.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{is_plain, write_new};
use crate::cli::check::in_repository;
use crate::cli::{Failure, Terminal};
use crate::pipeline;
use crate::render::{ASSETS_CACHE_CONTROL, HEADERS};
use crate::source::PUBLIC_SUFFIX;

/// The place of the program where the package does not say one: no such host exists, so that nobody gets another program.
const NOWHERE: &str = "https://git.example.com/afterword.git";

/// A build server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Ci {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
    /// Forgejo Actions; Gitea reads the same in another folder.
    Forgejo,
}

/// Where the site is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Host {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
    /// GitHub Pages.
    Pages,
    /// A server of one's own with nginx.
    Nginx,
    /// A server of one's own with Caddy.
    Caddy,
}

/// A file for a build server or host.
struct Template {
    path: &'static str,
    text: &'static str,
    /// Whether it is read at the top of the repository, wherever in it the project is.
    in_repository: bool,
}

impl Ci {
    fn template(self) -> Template {
        let (path, text) = match self {
            Self::Github => (".github/workflows/afterword.yml", include_str!("ci/github.yml")),
            Self::Gitlab => (".gitlab-ci.yml", include_str!("ci/gitlab.yml")),
            Self::Forgejo => (".forgejo/workflows/afterword.yml", include_str!("ci/forgejo.yml")),
        };
        Template { path, text, in_repository: true }
    }
}

impl Host {
    fn template(self) -> Template {
        let (path, text, in_repository) = match self {
            Self::Netlify => ("netlify.toml", include_str!("host/netlify.toml"), true),
            Self::Cloudflare => ("wrangler.toml", include_str!("host/wrangler.toml"), false),
            Self::Pages => (".github/workflows/pages.yml", include_str!("host/pages.yml"), true),
            Self::Nginx => ("nginx.conf", include_str!("host/nginx.conf"), false),
            Self::Caddy => ("Caddyfile", include_str!("host/Caddyfile"), false),
        };
        Template { path, text, in_repository }
    }
}

/// The path of a folder in its repository, empty or ending in `/`, where these files can hold it.
pub(super) fn place(folder: &Path) -> Result<String, Failure> {
    plain(in_repository(&std::path::absolute(Path::new(".").join(folder))?))
}

/// A path that means itself in each of the formats and to a shell, which would all have it quoted in another way.
fn plain(path: String) -> Result<String, Failure> {
    if is_plain(&path) {
        Ok(path)
    } else {
        Err(Failure(format!("`{path}` has characters that the files for servers and hosts cannot hold")))
    }
}

/// Writes the files that are not there yet for the site in `folder`, and tells of each. `below` is its [`place`].
pub(super) fn write(terminal: Terminal, folder: &Path, below: &str, ci: &[Ci], hosts: &[Host]) -> Result<(), Failure> {
    let (config, _) = pipeline::settings(&Path::new(".").join(folder))?;
    let is_public = config.editions.public.is_some();
    let output = plain(format!("{}{}", config.content.output, if is_public { PUBLIC_SUFFIX } else { "" }))?;
    let mut unknown_source = false;
    for template in ci.iter().map(|ci| ci.template()).chain(hosts.iter().map(|host| host.template())) {
        let (top, below) = if template.in_repository { (top(folder, below), below) } else { (folder.to_path_buf(), "") };
        let file = top.join(template.path);
        if file.symlink_metadata().is_ok() {
            terminal.say(&format!("`{}` is there already and stays as it is.", file.display()));
            continue;
        }
        let text = filled(template.text, below, &output, is_public);
        unknown_source |= text.contains(NOWHERE);
        write_new(&file, &text)?;
        terminal.data(&format!("{}\n", file.display()))?;
    }
    if unknown_source {
        terminal.say(&format!("Where they say `{NOWHERE}`, put the address of the repository you have Afterword from."));
    }
    if !hosts.is_empty() && !is_public {
        terminal.say("site.toml has no `[editions.public]`, so everything but drafts is published, to whoever can reach the host.");
    }
    Ok(())
}

/// The top of the repository, seen as `folder` is, which is `below` it.
fn top(folder: &Path, below: &str) -> PathBuf {
    let depth = Path::new(below).components().count();
    match folder.ancestors().nth(depth) {
        Some(top) if folder.ends_with(below) => top.to_path_buf(),
        _ => folder.join("../".repeat(depth)),
    }
}

/// A template for the project in the folder `below` of its repository (empty, or ending in `/`).
fn filled(template: &str, below: &str, output: &str, is_public: bool) -> String {
    let afterword = if below.is_empty() { "afterword".to_owned() } else { format!("afterword -C {}", below.trim_end_matches('/')) };
    let nginx = HEADERS.map(|(name, value)| format!("    add_header {name} \"{value}\" always;"));
    let caddy = HEADERS.map(|(name, value)| format!("\t\t{name} \"{value}\""));
    template
        .replace("{source}", &source())
        .replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{afterword}", &afterword)
        .replace("{edition}", if is_public { " --edition public" } else { "" })
        .replace("{output}", &format!("{below}{output}"))
        .replace("{nginx_headers}", &nginx.join("\n"))
        .replace("{caddy_headers}", &caddy.join("\n"))
        .replace("{assets_cache_control}", ASSETS_CACHE_CONTROL)
}

/// Where the program comes from, as `cargo install` takes it: this version of it.
fn source() -> String {
    let repository = match env!("CARGO_PKG_REPOSITORY") {
        "" => NOWHERE,
        repository => repository,
    };
    format!("--git {repository} --tag v{}", env!("CARGO_PKG_VERSION"))
}
