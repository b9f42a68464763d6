//! Jekyll: Liquid and kramdown in posts, names of files, and keys of the front matter.
//!
//! Names and keys by <https://jekyllrb.com/docs/posts/> and <https://jekyllrb.com/docs/front-matter/>, tags by <https://jekyllrb.com/docs/liquid/tags/>, attributes by
//! <https://kramdown.gettalong.org/syntax.html>.

use super::draft::{Draft, day_of};
use super::fields::Means;
use super::{Outcome, text};

/// What keys mean to Jekyll.
pub(super) fn means(key: &str) -> Option<Means> {
    Some(match key {
        "date" => Means::Written,
        "tags" | "categories" => Means::Words("tags"),
        "published" => Means::Published,
        "permalink" => Means::Address,
        "layout" | "excerpt_separator" | "last_modified_at" | "sitemap" => Means::Theirs,
        _ => return None,
    })
}

/// The day that the name of a post begins with, and the rest of the name: `_posts/2020-01-31-name.md`.
pub(super) fn named(stem: &str) -> Option<(String, &str)> {
    Some((day_of(stem)?, stem.get(10..)?.strip_prefix('-')?))
}

/// Liquid and kramdown as Markdown, where Markdown can say what they do.
pub(super) fn body(draft: &mut Draft, body: &str) -> String {
    let body = text::fence_pairs(body, ("highlight", "endhighlight"), ("{%", "%}"));
    let body = text::replace_marks(&body, ("{%", "%}"), |inner| {
        let tag = inner.trim_matches('-').trim();
        let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let shown = match name {
            "raw" | "endraw" => String::new(),
            "post_url" => format!("/_posts/{}.md", rest.trim()),
            "link" => format!("/{}", rest.trim().trim_start_matches('/')),
            name => {
                draft.note(Outcome::Kept, format!("{{% {name} %}}"), "", "a tag of Liquid; it is text here");
                return None;
            }
        };
        draft.note(Outcome::Mapped, format!("{{% {name} %}}"), "Markdown", "");
        Some(shown)
    });
    let body = text::replace_marks(&body, ("{{", "}}"), |inner| {
        let output = inner.trim_matches('-').trim();
        match output {
            // What stands before an address from the top of the site.
            "site.baseurl" | "site.url" => Some(String::new()),
            output => match output.split_once('|').map(|(value, filter)| (value.trim(), filter.trim())) {
                Some((value, "relative_url" | "absolute_url")) if value.starts_with(['"', '\'']) => {
                    Some(value.trim_matches(['"', '\'']).to_owned())
                }
                _ => {
                    draft.note(Outcome::Kept, format!("{{{{ {output} }}}}"), "", "a value of Liquid; it is text here");
                    None
                }
            },
        }
    });
    text::replace_marks(&body, ("{:", "}"), |_| {
        draft.note(Outcome::LeftOut, "{: … }", "", "attributes of kramdown, for styles");
        Some(String::new())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    #[test]
    fn liquid_and_kramdown_become_markdown_and_the_rest_stays() {
        let mut draft = Draft::new(Format::Jekyll, "a", "");
        let text = "{% highlight ruby %}\nx\n{% endhighlight %}\n{% raw %}{{ y }}{% endraw %} [a]({{ site.baseurl }}{% post_url 2020-01-31-b %})\n\
                    ![c]({{ \"/assets/c.png\" | relative_url }}){: width=\"3\" }\n{: .note}\n{% include d.html %} {{ page.title }}\n";
        assert_eq!(
            body(&mut draft, text),
            "```ruby\nx\n```\n{{ y }} [a](/_posts/2020-01-31-b.md)\n![c](/assets/c.png)\n\n{% include d.html %} {{ page.title }}\n"
        );
        assert_eq!(named("2020-01-31-a-b"), Some(("2020-01-31".to_owned(), "a-b")));
        assert_eq!((named("2020-13-31-a"), named("über")), (None, None));
    }
}
