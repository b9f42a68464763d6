//! For whom a command works: `--edition` and `--drafts`.

use clap::{Args, ValueEnum};

use super::Failure;
use crate::config::Config;
use crate::edition::{Audience, Drafts, Edition};

/// What may be seen.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Choice {
    /// For whom: the organisation, or everybody as `[editions.public]` of site.toml says.
    #[arg(long = "edition", value_enum, value_name = "EDITION", default_value = "internal")]
    name: EditionName,

    /// With drafts, too.
    #[arg(long)]
    drafts: bool,
}

/// The name of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EditionName {
    /// For the organisation.
    Internal,
    /// For everybody.
    Public,
}

impl Choice {
    /// The edition that is asked for.
    ///
    /// # Errors
    /// The site has no such edition.
    pub(super) fn edition(self, config: &Config) -> Result<Edition, Failure> {
        Ok(Edition { audience: self.name.audience(config)?, drafts: drafts(self.drafts) })
    }
}

/// What `--drafts`, or its absence, asks for.
pub(super) fn drafts(is_given: bool) -> Drafts {
    if is_given { Drafts::Shown } else { Drafts::Hidden }
}

impl EditionName {
    /// For whom the edition is.
    ///
    /// # Errors
    /// The site has no such edition.
    pub(super) fn audience(self, config: &Config) -> Result<Audience, Failure> {
        match self {
            Self::Internal => Ok(Audience::Internal),
            Self::Public if config.editions.public.is_some() => Ok(Audience::Public),
            Self::Public => Err(Failure(
                "site.toml has no `[editions.public]`, so there is no public edition\nBegin one with a line `[editions.public]` and the `base_url` that it \
                 will be found at."
                    .into(),
            )),
        }
    }
}
