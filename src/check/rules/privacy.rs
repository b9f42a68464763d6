//! What should not be written down at all; shared by the rules that look for it in whole files, code included.

pub(in crate::check) mod exposed_secret;
pub(in crate::check) mod personal_data;

/// The first characters of something that is not to be repeated: no more than a quarter of it, and no more than four.
pub(in crate::check) fn masked(text: &str) -> String {
    let shown = (text.chars().count() / 4).clamp(1, 4);
    text.chars().take(shown).chain(['…']).collect()
}

/// Whether a host is this one or one below it.
pub(super) fn is_below(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
