//! Hugo: shortcodes and keys of the front matter.
//!
//! Keys by <https://gohugo.io/content-management/front-matter/>, shortcodes by <https://gohugo.io/shortcodes/> (`figure`, `highlight`, `ref`, `relref`,
//! `vimeo`, `youtube`) and <https://gohugo.io/content-management/shortcodes/>.

use super::draft::Draft;
use super::fields::Means;
use super::html::destination;
use super::{Outcome, text};

/// What keys mean to Hugo. `date` is that of writing; what is below `params` is the site's own.
pub(super) fn means(key: &str) -> Option<Means> {
    Some(match key {
        "date" | "published" | "pubdate" => Means::Written,
        "url" => Means::Address,
        "params" => Means::Within,
        "type" | "layout" | "weight" | "menu" | "menus" | "outputs" | "markup" | "cascade" | "build" | "resources" | "linktitle"
        | "lastmod" | "modified" | "expirydate" | "iscjklanguage" | "headless" | "sitemap" | "images" | "videos" | "audio"
        | "translationkey" => Means::Theirs,
        _ => return None,
    })
}

/// Shortcodes as Markdown, where Markdown can say what they do.
pub(super) fn body(draft: &mut Draft, body: &str) -> String {
    let mut body = body.to_owned();
    for marks in [("{{<", ">}}"), ("{{%", "%}}")] {
        body = text::fence_pairs(&body, ("highlight", "/highlight"), marks);
        body = text::replace_marks(&body, marks, |inner| {
            let (words, named) = text::arguments(inner.trim().trim_end_matches('/'));
            let first = words.get(1).map(String::as_str);
            let value = |key| text::named(&named, key);
            let shown = match words.first()?.as_str() {
                "figure" => figure(&named)?,
                "ref" | "relref" => first.or(value("path"))?.to_owned(),
                "youtube" => format!("<https://www.youtube.com/watch?v={}>", first.or(value("id"))?),
                "vimeo" => format!("<https://vimeo.com/{}>", first.or(value("id"))?),
                name => {
                    // What a theme means by its own shortcodes only the theme knows.
                    draft.note(Outcome::Kept, format!("{}{name}{}", marks.0, marks.1), "", "a shortcode of the theme; it is text here");
                    return None;
                }
            };
            draft.note(Outcome::Mapped, format!("{}{}{}", marks.0, words.first()?, marks.1), "Markdown", "");
            Some(shown)
        });
    }
    body
}

/// A picture with its caption.
fn figure(named: &[(String, String)]) -> Option<String> {
    let value = |key| text::named(named, key);
    let alt = value("alt").or(value("caption")).or(value("title")).unwrap_or_default();
    let picture = format!("![{alt}]({})", destination(value("src")?));
    let picture = value("link").map_or(picture.clone(), |link| format!("[{picture}]({})", destination(link)));
    let words: Vec<&str> = [value("title"), value("caption"), value("attr")].into_iter().flatten().filter(|words| *words != alt).collect();
    Some(if words.is_empty() { picture } else { format!("{picture}\n\n*{}*", words.join(" ")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    #[test]
    fn shortcodes_of_hugo_become_markdown_and_those_of_themes_stay() {
        let mut draft = Draft::new(Format::Hugo, "a", "");
        let shown = body(
            &mut draft,
            "{{< figure src=\"a b.png\" alt=\"A\" caption=\"C\" >}} [x]({{< relref \"b.md#c\" >}}) {{% notice warning %}}\nn\n{{% /notice %}}\n\
             {{< highlight go \"linenos=table\" >}}\nx\n{{< /highlight >}}\n`{{< ref x >}}` {{< youtube id=1 >}}",
        );
        assert_eq!(
            shown,
            "![A](<a b.png>)\n\n*C* [x](b.md#c) {{% notice warning %}}\nn\n{{% /notice %}}\n```go\nx\n```\n`{{< ref x >}}` \
             <https://www.youtube.com/watch?v=1>"
        );
        let kept: Vec<&str> = draft.notes.iter().filter(|note| note.outcome == Outcome::Kept).map(|note| note.from.as_str()).collect();
        assert_eq!(kept, ["{{%notice%}}", "{{%/notice%}}"]);
    }
}
