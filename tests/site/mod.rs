//! Sites made of archives.

use std::sync::Arc;

use afterword::edition::Edition;
use afterword::pipeline::{self, Memo};
use afterword::site::{BuildInfo, Site};

/// The site of an archive on the first day of 2026.
pub(crate) fn site(archive: &str) -> Site {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, _) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    pipeline::site(&project, &understood, Arc::new(look), Edition::default(), build).0
}
