//! Google Docs: what its Markdown export writes otherwise than a person would.
//!
//! The export (File › Download › Markdown, <https://support.google.com/docs/answer/12014036>) puts a backslash before every sign that could be a mark, makes headings
//! bold, and puts pictures into the text itself: `![][image1]` and, at the end, `[image1]: <data:image/png;base64,…>`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::draft::{Attached, Draft};
use super::{Outcome, headings, links, text};
use crate::config::Config;

/// The export as a person would have written it.
pub(super) fn body(draft: &mut Draft, body: &str, config: &Config) -> String {
    let body: String = text::lines(body).map(|(line, is_code)| if is_code { line.to_owned() } else { unescaped(line) }).collect();
    headings::unbold(draft, &body, config)
}

/// A line without the backslashes that guard nothing.
fn unescaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let sign = after.chars().next();
        let next = after.chars().nth(1);
        let is_first = out.trim_start().is_empty();
        let is_number = !is_first && out.trim_start().bytes().all(|byte| byte.is_ascii_digit());
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let guards_nothing = match sign {
            Some('-' | '+' | '=' | '>') => !is_first,
            Some('.' | ')') => !is_first && !is_number,
            Some('!') => next != Some('['),
            Some('_') => is_word(out.chars().next_back()) && is_word(next),
            Some('&') => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if !guards_nothing {
            out.push('\\');
        }
        // The sign itself is taken along, so that of two backslashes the second guards nothing behind it.
        let taken = sign.map_or(0, char::len_utf8);
        out.push_str(after.get(..taken).unwrap_or_default());
        rest = after.get(taken..).unwrap_or_default();
    }
    out + rest
}

/// Takes pictures that the text itself holds out of it, into files beside.
pub(super) fn pictures(draft: &mut Draft, body: &str) -> String {
    const START: &str = "data:image/";
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once(START) {
        out.push_str(before);
        let end = after.find(['>', ')', '"', ' ', '\n']).unwrap_or(after.len());
        let (picture, behind) = after.split_at(end);
        let is_target = before.ends_with(['<', '(']) || before.ends_with("]: ");
        let read = picture
            .split_once(";base64,")
            .filter(|_| is_target)
            .and_then(|(kind, data)| Some((ending(kind)?, STANDARD.decode(data).ok()?)));
        if let Some((ending, bytes)) = read {
            let label = before.rsplit_once("]:").and_then(|(label, _)| label.rsplit_once('[')).map(|(_, label)| label);
            let name = links::free_name(draft, &format!("{}.{ending}", label.unwrap_or("picture")));
            draft.note(Outcome::Mapped, format!("{START}{ending}"), &name, "a picture of the text lies beside the document");
            out.push_str(&name);
            draft.attached.push(Attached::Bytes { name, bytes });
        } else {
            if is_target {
                draft.note(
                    Outcome::Lost,
                    START,
                    "",
                    "a picture in the text is of a kind that is not shown, or damaged; it stands in the text as it was",
                );
            }
            out.extend([START, picture]);
        }
        rest = behind;
    }
    out + rest
}

/// The ending of a file for a kind of picture; nothing for what runs.
fn ending(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "png" => "png",
        "jpeg" | "jpg" => "jpg",
        "gif" => "gif",
        "webp" => "webp",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    #[test]
    fn backslashes_that_guard_nothing_go() {
        let lines = [
            ("14:30 \\- 14:40 a\\_b\\! \\_c\\_ \\>= 3\\.5 \\& d", "14:30 - 14:40 a_b! \\_c\\_ >= 3.5 & d"),
            ("\\- a", "\\- a"),
            ("12\\. a", "12\\. a"),
            ("\\![a] \\\\- \\", "\\![a] \\\\- \\"),
        ];
        for (line, expected) in lines {
            assert_eq!(unescaped(line), expected);
        }
    }

    #[test]
    fn pictures_in_the_text_become_files() {
        let mut draft = Draft::new(Format::GoogleDocs, "a", "");
        let text = "![][image1] ![x](data:image/jpeg;base64,//4=) data:image/png;base64,\n\n[image1]: <data:image/png;base64,iVBORw0KGgo=>\n[b]: <data:image/png;base64,*>\n";
        let shown = pictures(&mut draft, text);
        assert_eq!(
            shown,
            "![][image1] ![x](picture.jpg) data:image/png;base64,\n\n[image1]: <image1.png>\n[b]: <data:image/png;base64,*>\n"
        );
        let bytes: Vec<(&str, usize)> = draft
            .attached
            .iter()
            .map(|file| (file.name(), if let Attached::Bytes { bytes, .. } = file { bytes.len() } else { 0 }))
            .collect();
        assert_eq!(bytes, [("picture.jpg", 2), ("image1.png", 8)]);
        assert_eq!(draft.notes.last().unwrap().outcome, Outcome::Lost);
    }
}
