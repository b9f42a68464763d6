//! Zola: shortcodes and keys of the front matter.
//!
//! Keys by <https://www.getzola.org/documentation/content/page/>, shortcodes by <https://www.getzola.org/documentation/content/shortcodes/>, links to pages
//! (`@/folder/page.md`) by <https://www.getzola.org/documentation/content/linking/>.

use super::draft::Draft;
use super::fields::Means;
use super::{Outcome, text};

/// What keys mean to Zola. Terms stand below `taxonomies`, what is the site's own below `extra`.
pub(super) fn means(key: &str) -> Option<Means> {
    Some(match key {
        "date" => Means::Written,
        "path" => Means::Address,
        "extra" | "taxonomies" => Means::Within,
        "updated" | "weight" | "template" | "in_search_index" | "render" => Means::Theirs,
        _ => return None,
    })
}

/// Shortcodes stay and are told, but for those that show a video, which become links.
pub(super) fn body(draft: &mut Draft, body: &str) -> String {
    let inline = text::replace_marks(body, ("{{", "}}"), |inner| {
        let (name, arguments) = inner.trim().split_once('(')?;
        let (_, named) = text::arguments(arguments.trim_end_matches(')'));
        let id = text::named(&named, "id");
        match (name.trim(), id) {
            ("youtube", Some(id)) => Some(format!("<https://www.youtube.com/watch?v={id}>")),
            ("vimeo", Some(id)) => Some(format!("<https://vimeo.com/{id}>")),
            (name, _) => {
                draft.note(Outcome::Kept, format!("{{{{ {name}() }}}}"), "", "a shortcode; it is text here");
                None
            }
        }
    });
    text::replace_marks(&inline, ("{%", "%}"), |inner| {
        let name = inner.trim().split('(').next().unwrap_or_default().trim();
        draft.note(Outcome::Kept, format!("{{% {name} %}}"), "", "a shortcode; it is text here");
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    #[test]
    fn a_video_becomes_a_link_and_other_shortcodes_stay() {
        let mut draft = Draft::new(Format::Zola, "a", "");
        let text = "{{ youtube(id=\"a\", autoplay=true) }} {% note(kind=\"x\") %}b{% end %} {{ c(d=1) }} {{ e }}";
        assert_eq!(body(&mut draft, text), "<https://www.youtube.com/watch?v=a> {% note(kind=\"x\") %}b{% end %} {{ c(d=1) }} {{ e }}");
        let told: Vec<&str> = draft.notes.iter().map(|note| note.from.as_str()).collect();
        assert_eq!(told, ["{{ c() }}", "{% note %}", "{% end %}"]);
    }
}
