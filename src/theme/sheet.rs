//! What a style sheet says of other things: which assets it needs, and on which grounds its text stands.

use std::collections::BTreeMap;

use super::{Asset, TEMPLATE_ERROR};
use crate::config::{Accent, CONFIG_PATH, Colour, INVALID_SETTING};
use crate::diagnostic::{Diagnostic, SourcePath, Span, Spanned, did_you_mean};

/// The least contrast of text with its ground: WCAG 2.2, [success criterion 1.4.3][1].
///
/// [1]: https://www.w3.org/TR/WCAG22/#contrast-minimum
const READABLE: f64 = 4.5;

/// The contrast of a colour that is chosen here: success criterion 1.4.6.
const COMFORTABLE: f64 = 7.0;

/// The style sheet at `path` with the addresses of assets where it has their names: `url("fonts/x.woff2")`. A name without an asset is told.
pub(super) fn with_assets(path: &str, bytes: &[u8], assets: &BTreeMap<String, Asset>, findings: &mut Vec<Diagnostic>) -> Vec<u8> {
    const OPENING: &str = "url(";
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_owned() };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPENING) {
        let Some((written, behind)) = after.split_once(')') else { break };
        let name = written.trim().trim_matches(['"', '\'']);
        out.push_str(before);
        out.push_str(OPENING);
        // Sheets are published beside the assets.
        match assets.get(name).and_then(|asset| asset.path.strip_prefix("assets/")) {
            Some(address) => out.push_str(address),
            None => out.push_str(written),
        }
        out.push(')');
        if !assets.contains_key(name) && !name.starts_with("data:") && !name.starts_with('#') {
            let start = text.len() - after.len();
            let place = Span::new(start, start + written.len());
            let finding = Diagnostic::new(TEMPLATE_ERROR, &SourcePath::from(path), place, format!("the theme has no asset `{name}`"));
            findings.push(match did_you_mean(name, assets.keys().map(String::as_str)) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("a file below `assets/` is called by its path from there; nothing is loaded from other hosts"),
            });
        }
        rest = behind;
    }
    out.push_str(rest);
    out.into_bytes()
}

/// The rule that sets the accent, or why it is not set: on a ground of the sheet, `--bg` or `--surface`, it would be hard to read.
///
/// Where the site names no colour for the dark scheme it is the other one mixed with white, as little of it as makes it easy to read.
pub(super) fn accent(accent: &Accent, style: &[u8]) -> Result<String, Box<Diagnostic>> {
    let style = String::from_utf8_lossy(style);
    let (Some([bg, night]), Some([surface, dusk])) = (scheme(&style, "--bg"), scheme(&style, "--surface")) else {
        let message = "`theme.accent` is not used, for whether it can be read on the ground of this theme is not known";
        let help = "the style sheet of the theme says on what its text stands: `--bg: light-dark(#…, #…)`, and `--surface` likewise";
        return Err(refused(accent.light.span, message.to_owned(), help.to_owned()));
    };
    let light = readable(&accent.light, [bg, surface], Colour::BLACK)?;
    let dark = match &accent.dark {
        Some(dark) => readable(dark, [night, dusk], Colour::WHITE)?,
        None => light.toward(Colour::WHITE, &[night, dusk], COMFORTABLE),
    };
    // Whoever asks for more contrast gets what the theme has for them.
    Ok(format!("\n@media not (prefers-contrast: more) {{ :root {{ --accent: light-dark({light}, {dark}) }} }}\n"))
}

/// The colour, if it can be read on both grounds, else the figures, and what of it mixed with `end` would do.
fn readable(colour: &Spanned<Colour>, grounds: [Colour; 2], end: Colour) -> Result<Colour, Box<Diagnostic>> {
    let hardest = grounds.into_iter().map(|ground| (colour.contrast(ground), ground)).min_by(|(one, _), (other, _)| one.total_cmp(other));
    match hardest {
        Some((contrast, ground)) if contrast < READABLE => {
            // Rounded down, lest 4.497 be told as what it lacks.
            let contrast = (contrast * 100.0).floor() / 100.0;
            let message =
                format!("`{}` has a contrast of {contrast:.2}:1 with the ground `{ground}`; text needs {READABLE}:1", colour.value);
            let near = colour.toward(end, &grounds, READABLE);
            Err(refused(colour.span, message, format!("`{near}` would do; as it is the theme keeps its own accent")))
        }
        _ => Ok(colour.value),
    }
}

fn refused(place: Span, message: String, help: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(INVALID_SETTING, &SourcePath::from(CONFIG_PATH), place, message).help(help))
}

/// The two colours that a token of a style sheet has last, whatever the medium: `--bg: light-dark(#fff, #000)`.
fn scheme(style: &str, token: &str) -> Option<[Colour; 2]> {
    let declared = style.rmatch_indices(token).find_map(|(at, _)| {
        let (before, after) = style.split_at_checked(at)?;
        // Within a rule and nothing else: what holds for some media is a second brace deep.
        let is_general = before.matches('{').count() == before.matches('}').count() + 1;
        let value = after.strip_prefix(token)?.trim_start().strip_prefix(':')?.trim_start();
        value.strip_prefix("light-dark(").filter(|_| is_general)?.split_once(')')
    });
    let (light, dark) = declared?.0.split_once(',')?;
    Some([Colour::parse(light.trim())?, Colour::parse(dark.trim())?])
}
