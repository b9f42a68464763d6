//! A drawing: elements of SVG with every text escaped and every coordinate a whole number.

use std::fmt::{Display, Write as _};

use quick_xml::escape::escape;

use super::scale::{Across, Tick};
use super::{Frame, KeyEntry};

/// A drawing in the making.
pub(super) struct Drawing {
    id: String,
    body: String,
    signs: Vec<(Sign, Option<String>)>,
    links: Links,
    class: &'static str,
}

/// A drawing as a page shows it.
pub(super) struct Finished {
    pub(super) svg: String,
    pub(super) key: Vec<KeyEntry>,
}

/// Whether a drawing holds links: one that does is a group whose links are named, one that does not is a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Links {
    None,
    Some,
}

/// A small sign that is drawn many times or stands in the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    /// Its name within the drawing.
    pub(super) name: &'static str,
    /// Its classes.
    pub(super) class: &'static str,
    /// Its outline about the point it marks, in pixels.
    pub(super) path: &'static str,
}

/// Where a text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// So that a text at this place stays within the drawing.
    fn within(at: Across, text: &str) -> Self {
        let half = width(text) / 2;
        match at.0 {
            at if at < half => Self::Start,
            at if at + half > 10_000 => Self::End,
            _ => Self::Middle,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A rectangle: across from one place to another, down from `top` for `height` pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) from: Across,
    pub(super) to: Across,
    pub(super) top: i64,
    pub(super) height: i64,
}

impl Drawing {
    /// An empty drawing.
    pub(super) fn new(frame: &Frame) -> Self {
        Self { id: frame.id.to_owned(), body: String::new(), signs: Vec::new(), links: Links::None, class: "plot" }
    }

    /// An empty drawing that grows no wider than a line of prose: bars and cells say no more when they are wider.
    pub(super) fn slim(frame: &Frame) -> Self {
        Self { class: "plot slim", ..Self::new(frame) }
    }

    /// Says that a sign will be used, and what it means if the key tells it.
    pub(super) fn define(&mut self, sign: Sign, meaning: Option<String>) {
        self.signs.push((sign, meaning));
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, class: &str, area: Area) {
        let Area { from, to, top, height } = area;
        let width = Across((to.0 - from.0).max(0));
        self.empty("rect", &[("class", &class), ("x", &from), ("y", &top), ("width", &width), ("height", &height)]);
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, from: (Across, i64), to: (Across, i64)) {
        self.empty("line", &[("class", &class), ("x1", &from.0), ("y1", &from.1), ("x2", &to.0), ("y2", &to.1)]);
    }

    /// A text; `at` is the foot of its letters.
    pub(super) fn text(&mut self, class: &str, at: (Across, i64), anchor: Anchor, text: &str) {
        let anchor = anchor.word();
        self.open("text", &[("class", &class), ("x", &at.0), ("y", &at.1), ("text-anchor", &anchor)]);
        self.body.push_str(&escape(text));
        self.close("text");
    }

    /// The name of a row, cut to so many letters on a telephone and to twice as many on a wide screen.
    pub(super) fn row_name(&mut self, top: i64, name: &str, letters: usize) {
        let (short, long) = (cut(name, letters), cut(name, letters * 2));
        let at = (Across::LEFT, top + 14);
        if short == long {
            self.text("name", at, Anchor::Start, &short);
        } else {
            self.text("name narrow", at, Anchor::Start, &short);
            self.text("name wide", at, Anchor::Start, &long);
        }
    }

    /// The name of a row in one or two lines at the left, leading somewhere if it can; `(top, height)` is its place.
    pub(super) fn row_heading(&mut self, frame: &Frame, name: &str, url: Option<&str>, (top, height): (i64, i64)) {
        let lines = two_lines(name, 17);
        let href = url.map(|url| format!("{}{url}", frame.root));
        let first = if lines.len() > 1 { top + height / 2 - 3 } else { top + height / 2 + 4 };
        self.named(href.as_deref(), name, |drawing| {
            for (n, line) in (0_i64..).zip(&lines) {
                drawing.text("name", (Across::LEFT, first + n * 14), Anchor::Start, line);
            }
        });
    }

    /// The name of a narrow column about a place: a year of this century loses its first two figures on a telephone.
    pub(super) fn column_name(&mut self, at: (Across, i64), name: &str) {
        match name.strip_prefix("20").filter(|rest| rest.len() == 2) {
            Some(rest) => {
                self.text("tick narrow", at, Anchor::Middle, &format!("’{rest}"));
                self.text("tick wide", at, Anchor::Middle, name);
            }
            None => self.text("tick", at, Anchor::Middle, name),
        }
    }

    /// A sign at a point.
    pub(super) fn sign(&mut self, sign: &Sign, at: (Across, i64)) {
        let href = format!("#{}-{}", self.id, sign.name);
        self.empty("use", &[("class", &sign.class), ("href", &href), ("x", &at.0), ("y", &at.1)]);
    }

    /// What `draw` draws, as a link of this name if there is somewhere to go, else as a group of this name. Links out of a drawing are not
    /// stops of the tab key: there may be hundreds, and the table below holds the same ones.
    pub(super) fn named(&mut self, href: Option<&str>, name: &str, draw: impl FnOnce(&mut Self)) {
        let element = if href.is_some() { "a" } else { "g" };
        match href {
            Some(href) => {
                self.links = Links::Some;
                self.open("a", &[("href", &href), ("tabindex", &-1)]);
            }
            None => self.open("g", &[]),
        }
        self.open("title", &[]);
        self.body.push_str(&escape(name));
        self.close("title");
        draw(self);
        self.close(element);
    }

    /// A line through points (places across, pixels down from `top`), stretched to the width. `height` holds all of them.
    pub(super) fn path(&mut self, class: &str, top: i64, height: i64, path: &str) {
        let view = format!("0 0 10000 {height}");
        let attributes: [(&str, &dyn Display); 7] = [
            ("class", &"stretched"),
            ("x", &0),
            ("y", &top),
            ("width", &"100%"),
            ("height", &height),
            ("viewBox", &view),
            ("preserveAspectRatio", &"none"),
        ];
        self.open("svg", &attributes);
        self.empty("path", &[("class", &class), ("d", &path)]);
        self.close("svg");
    }

    /// Upright lines at the ticks of an axis, from `top` to `foot`, with their texts below.
    pub(super) fn axis(&mut self, ticks: &[Tick], top: i64, foot: i64) {
        for tick in ticks {
            self.line("grid", (tick.at, top), (tick.at, foot));
            self.text("tick", (tick.at, foot + 16), Anchor::within(tick.at, &tick.text), &tick.text);
        }
    }

    /// The drawing, `height` pixels high. `description` says in words what it shows.
    pub(super) fn finish(self, frame: &Frame, height: i64, description: &str) -> Finished {
        let Self { id, body, signs, links, class } = self;
        let role = if links == Links::Some { "group" } else { "img" };
        let mut svg = format!(
            "<svg class=\"{class}\" width=\"100%\" height=\"{height}\" role=\"{role}\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            escape(frame.title),
            escape(description),
        );
        if !signs.is_empty() {
            svg.push_str("<defs>");
            for (sign, _) in &signs {
                // Writing to a string does not fail.
                let _ = write!(svg, "<path id=\"{id}-{}\" d=\"{}\"/>", sign.name, sign.path);
            }
            svg.push_str("</defs>");
        }
        svg.push_str(&body);
        svg.push_str("</svg>");
        let key = signs
            .into_iter()
            .filter_map(|(sign, text)| Some(KeyEntry { id: format!("{id}-{}", sign.name), class: sign.class.to_owned(), text: text? }));
        Finished { svg, key: key.collect() }
    }

    fn open(&mut self, element: &str, attributes: &[(&str, &dyn Display)]) {
        self.start(element, attributes);
        self.body.push('>');
    }

    fn empty(&mut self, element: &str, attributes: &[(&str, &dyn Display)]) {
        self.start(element, attributes);
        self.body.push_str("/>");
    }

    fn start(&mut self, element: &str, attributes: &[(&str, &dyn Display)]) {
        self.body.push('<');
        self.body.push_str(element);
        for (name, value) in attributes {
            // Writing to a string does not fail.
            let _ = write!(self.body, " {name}=\"{}\"", escape(value.to_string()));
        }
    }

    fn close(&mut self, element: &str) {
        let _ = write!(self.body, "</{element}>");
    }
}

/// How much of the width of a telephone a text takes at most.
pub(super) fn width(text: &str) -> i64 {
    const LETTER: i64 = 195;
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX / LETTER).saturating_mul(LETTER)
}

/// A text in at most two lines of about `limit` letters, broken between words or after a hyphen and cut with an ellipsis.
pub(super) fn two_lines(text: &str, limit: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(|word| word.split_inclusive('-')) {
        let (count, last) = (lines.len(), lines.pop().unwrap_or_default());
        let joined = if last.is_empty() || last.ends_with('-') { format!("{last}{word}") } else { format!("{last} {word}") };
        if last.is_empty() || joined.chars().count() <= limit || count == 2 {
            lines.push(joined);
        } else {
            lines.extend([last, word.to_owned()]);
        }
    }
    lines.into_iter().map(|line| cut(&line, limit)).collect()
}

/// The first `limit` letters of a text, with an ellipsis in place of the last where it is longer.
fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
