//! Sites made of archives.

use std::sync::Arc;

use afterword::edition::{Audience, Drafts, Edition};
use afterword::pipeline::{self, Memo};
use afterword::site::{BuildInfo, Site};

/// The site of an archive on the first day of 2026, for the organisation and without an address.
pub(crate) fn site(archive: &str) -> Site {
    site_for(archive, Audience::Internal, None)
}

/// The same for an audience and at an address.
pub(crate) fn site_for(archive: &str, audience: Audience, base_url: Option<&str>) -> Site {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, findings) = pipeline::look(&project);
    assert_eq!(findings, []);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: base_url.map(str::to_owned) };
    pipeline::site(&project, &understood, Arc::new(look), Edition { audience, drafts: Drafts::Hidden }, build).0
}
