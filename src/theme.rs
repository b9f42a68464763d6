//! How pages look and what they say: templates, assets and messages, the built-in ones with a site's own laid over them, templates and assets file
//! by file, messages one by one.
//!
//! A theme is made once, from values, and is immutable. Rendering is a pure function of a template, the site-wide data and a page's view.
//! Templates loop and print; they compute nothing, so the environment is strict: a name that is not there, a value that is absent, a file
//! ending without a rule for escaping are all errors, told at their place in the template the author edits.

mod asset;
mod builtin;
mod environment;
mod failure;
mod sheet;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;

use crate::config::Accent;
use crate::diagnostic::{Diagnostic, RuleName, SourcePath, Span};

pub use asset::Asset;
pub use words::{Given, Labelled, Words, is_rtl, ungrouped};

/// The rule under which every fault of a template or a file of messages is reported.
pub const TEMPLATE_ERROR: RuleName = RuleName("template-error");

/// The name of the built-in theme that all others are laid over.
pub const DEFAULT: &str = "default";

/// The version of what templates are given: it goes up when a field of a view, a block, a function or an asset that is called by name goes away or
/// means something else. What is only added leaves it as it is.
pub const API: usize = 1;

/// Files of a theme, laid over those before them: paths below its folder, and bytes.
struct Layer<'a> {
    theme: &'a str,
    files: Vec<(&'a str, &'a [u8])>,
}

/// The names of the themes that are built in.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    std::iter::once(DEFAULT).chain(builtin::NAMED.iter().map(|(name, _)| *name))
}

/// Whether a theme of this name is built in.
#[must_use]
pub fn is_built_in(name: &str) -> bool {
    built_in().any(|built_in| built_in == name)
}

/// Templates ready to print pages, and the assets those pages name.
pub struct Theme {
    environment: Environment<'static>,
    /// Where each template is written, by its name.
    sources: BTreeMap<String, SourcePath>,
    /// By the name that `asset("…")` takes.
    assets: BTreeMap<String, Asset>,
    words: Arc<Words>,
}

impl Theme {
    /// The built-in theme of a name with `files` laid over it, each its path below `themes/<name>/` and its bytes, and the accent of the site. A file
    /// replaces the built-in one of the same path; a further one is added. Only `templates/**`, `assets/**` and `messages/**` are looked at; messages are
    /// those for `language`.
    ///
    /// What is laid over what, in this order: the default theme, the built-in theme of the name where there is one, the files.
    ///
    /// Total: a template or message that cannot be read is a finding, and the built-in one stands.
    pub fn load<'a>(
        name: &'a str,
        language: &str,
        accent: Option<&Accent>,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut layers = vec![Layer { theme: DEFAULT, files: builtin::FILES.to_vec() }];
        layers
            .extend(builtin::NAMED.iter().filter(|(named, _)| *named == name).map(|(theme, files)| Layer { theme, files: files.to_vec() }));
        let own: BTreeMap<&str, &[u8]> = files.into_iter().collect();
        let (words, mut findings) = Words::load(name, language, own.iter().map(|(path, bytes)| (*path, *bytes)));
        let words = Arc::new(words);
        layers.push(Layer { theme: name, files: own.into_iter().collect() });
        let (assets, of_assets) = asset::bundle(&layers, accent);
        findings.extend(of_assets);
        let addresses = assets.values().map(|asset| (asset.name.clone(), asset.path.clone())).collect();
        let environment = environment::strict(addresses, Arc::clone(&words));

        let mut theme = Self { environment, sources: BTreeMap::new(), assets, words };
        findings.extend(layers.iter().flat_map(|layer| theme.add_templates(layer)));
        Diagnostic::sort(&mut findings);
        (theme, findings)
    }

    /// Prints `template` (`incident.html`) with the fields of `view`, and `site` beside them. `site` is made once for all pages.
    pub fn render<V: Serialize + ?Sized>(&self, template: &str, site: &Value, view: &V) -> Result<String, Box<Diagnostic>> {
        let context = context! { site => site.clone(), ..Value::from(Serde(view)) };
        self.environment
            .get_template(template)
            .and_then(|found| found.render(context.clone()))
            .map_err(|error| Box::new(failure::diagnose(&error, &self.sources, template, &context)))
    }

    /// What pages say, in the language of the site.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The files that pages refer to, in order of path.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.values()
    }

    /// The site-relative address of an asset by its name below `assets/`, without `js/`: `style.css` (all style sheets in one), `site.js`,
    /// `favicon.svg`.
    #[must_use]
    pub fn asset_url(&self, name: &str) -> Option<&str> {
        self.assets.get(name).map(|asset| asset.path.as_str())
    }

    /// Adds the templates of a layer; those that cannot be read are told, and what was there before stays.
    fn add_templates(&mut self, layer: &Layer<'_>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (path, bytes) in &layer.files {
            let Some(name) = path.strip_prefix("templates/") else { continue };
            let source = SourcePath::from(format!("themes/{}/{path}", layer.theme));
            match self.read_template(name, &source, bytes) {
                Ok(()) => drop(self.sources.insert(name.to_owned(), source)),
                Err(finding) => findings.push(*finding),
            }
        }
        findings
    }

    fn read_template(&mut self, name: &str, source: &SourcePath, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        let fault = |span, message: String| Diagnostic::new(TEMPLATE_ERROR, source, span, message);
        if !environment::is_html(name) {
            let message = format!("`{name}` is not a template this program can escape");
            return Err(Box::new(fault(Span::at(0), message).help("the name of a template ends in `.html`")));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Box::new(fault(Span::at(error.valid_up_to()), "the template is not UTF-8 text".to_owned())))?;
        self.environment.add_template_owned(name.to_owned(), text.to_owned()).map_err(|error| {
            let here = BTreeMap::from([(name.to_owned(), source.clone())]);
            let mut finding = failure::diagnose(&error, &here, name, &Value::UNDEFINED);
            // The engine points behind the end at what is missing there.
            finding.primary.span = finding.primary.span.within(text);
            Box::new(finding)
        })
    }
}

#[cfg(test)]
mod tests;
