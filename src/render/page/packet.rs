//! A packet: the incidents of a reading path, or one by itself, as one page that prints as a booklet.

use serde::Serialize;

use super::incident::{Report, report};
use super::learn;
use super::view::{Crumb, DocumentLink, Framed, frame, meta};
use crate::markdown::escape;
use crate::model::{DocumentId, Page, Training};
use crate::render::prose::{Prose, Within, part_id};
use crate::render::question::each_asked;
use crate::render::wording::{DateView, civil_view, day_view, duration, reading_minutes};
use crate::site::{Route, Site, active_key, root_of};
use crate::training::{PathOrigin, PathStep, questions};

/// What a packet is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packet {
    /// The incidents of a reading path, by its place in the programme.
    Path(usize),
    /// One incident, by its place in the corpus.
    Incident(usize),
}

#[derive(Debug, Serialize)]
pub(super) struct PacketView {
    heading: String,
    /// Where the same is read step by step.
    back: DocumentLink,
    /// What one can do afterwards.
    objectives: Vec<String>,
    facts: Vec<CoverFact>,
    /// For whom it is, where the site tells that apart.
    edition: String,
    /// The text of the page that lists the path.
    introduction_html: String,
    parts: Vec<PartView>,
    /// What to talk about when all is read.
    questions: Vec<String>,
}

/// Something that the cover says of the packet.
#[derive(Debug, Serialize)]
struct CoverFact {
    label: String,
    text: String,
}

/// An incident of a packet.
#[derive(Debug, Serialize)]
struct PartView {
    number: usize,
    /// Its fragment.
    id: String,
    title: String,
    date: Option<DateView>,
    /// The page on which it begins, where that is known.
    page: Option<usize>,
    url: String,
    /// Why it is read here; may be empty.
    why: String,
    report: Report,
    /// What to talk about.
    questions: Vec<String>,
}

impl Packet {
    /// The address of its page, whether the site has it or not.
    #[must_use]
    pub fn url(self, site: &Site) -> String {
        match self {
            Self::Path(n) => site.url(Route::Packet(n)),
            Self::Incident(n) => format!("packets/{}/", site.postmortem(n).map_or("", |postmortem| postmortem.head.slug.as_str())),
        }
    }

    /// The places of its incidents in the corpus, in order.
    #[must_use]
    pub fn incidents(self, site: &Site) -> Vec<usize> {
        match self {
            Self::Path(n) => site.path(n).map(|path| path.steps.iter().map(|step| step.incident).collect()).unwrap_or_default(),
            Self::Incident(n) => vec![n],
        }
    }
}

/// The fragments at which the incidents of a packet begin, in order.
pub fn part_ids(count: usize) -> impl Iterator<Item = String> {
    (1..=count).map(part_id)
}

/// `pages` are the numbers of the pages on which the incidents begin; on the screen there are none.
pub(super) fn view(site: &Site, packet: Packet, pages: &[usize]) -> Framed<PacketView> {
    let words = site.words();
    let url = packet.url(site);
    let alone;
    let (heading, origin, steps, back) = match packet {
        Packet::Path(n) => {
            let path = site.path(n);
            (
                path.map(|path| learn::path_title(site, path)).unwrap_or_default(),
                path.map(|path| path.origin),
                path.map_or(&[][..], |path| &path.steps),
                Route::Path(n),
            )
        }
        Packet::Incident(n) => {
            alone = [PathStep { incident: n, why: String::new(), questions: Vec::new() }];
            (
                site.postmortem(n).map(|postmortem| postmortem.head.title_text.clone()).unwrap_or_default(),
                None,
                &alone[..],
                Route::Incident(n),
            )
        }
    };
    let incidents: Vec<usize> = steps.iter().map(|step| step.incident).collect();
    let page = origin.and_then(|origin| if let PathOrigin::Page(n) = origin { Some((n, site.page(n)?)) } else { None });
    let training = match packet {
        Packet::Path(_) => page.and_then(|(_, page)| page.training.as_ref()),
        Packet::Incident(n) => site.postmortem(n).and_then(|postmortem| postmortem.training.as_ref()),
    };
    let introduction = |(n, page): (usize, &Page)| {
        let within = Within { number: 0, postmortems: &incidents };
        Prose::within(site, DocumentId::Page(n), &url, within).whole(&page.body)
    };
    let view = PacketView {
        heading: heading.clone(),
        back: DocumentLink { title: heading.clone(), url: site.url(back) },
        objectives: training.map(|training| training.objectives.clone()).unwrap_or_default(),
        facts: cover(site, &incidents, page.map_or(0, |(_, page)| page.head.words), training),
        edition: edition(site),
        introduction_html: page.map(introduction).unwrap_or_default(),
        parts: steps.iter().enumerate().filter_map(|(place, step)| part(site, &url, &incidents, place, step, pages.get(place))).collect(),
        // Those of a single incident stand behind it.
        questions: page.and_then(|_| Some(training?.questions.clone())).unwrap_or_default(),
    };
    let mut meta = meta(site, "packet", words.with("packet-title", &[("title", heading.as_str().into())]), url);
    if let (Packet::Path(_), true) = (packet, site.has(Route::Learn)) {
        let learn = site.url(Route::Learn);
        meta.active = active_key(site, learn.trim_end_matches('/'));
        meta.crumbs = learn::crumbs(site);
        meta.crumbs.push(Crumb { title: heading.clone(), url: site.url(back) });
    }
    meta.description = words.with("packet-description", &[("title", heading.as_str().into()), ("count", incidents.len().into())]);
    // All of it has a page of its own.
    meta.noindex = true;
    meta.canonical = None;
    frame(site, meta, view)
}

fn cover(site: &Site, incidents: &[usize], length: usize, training: Option<&Training>) -> Vec<CoverFact> {
    let words = site.words();
    let length = length + incidents.iter().filter_map(|n| site.postmortem(*n)).map(|postmortem| postmortem.head.words).sum::<usize>();
    let minutes = i64::try_from(reading_minutes(length)).unwrap_or(i64::MAX);
    let facts = [
        ("packet-for", training.map(|training| training.audience.clone()).filter(|audience| !audience.is_empty())),
        ("packet-level", training.and_then(|training| training.level).map(|level| words.name(level).to_owned())),
        ("column-incidents", Some(incidents.len().to_string())),
        ("packet-reading-time", Some(duration(words, minutes))),
        ("packet-planned-time", training.and_then(|training| training.minutes).map(|minutes| duration(words, i64::from(minutes)))),
        ("packet-as-of", Some(civil_view(words, site.build().today).text)),
    ];
    facts.into_iter().filter_map(|(label, text)| Some(CoverFact { label: words.get(label).to_owned(), text: text? })).collect()
}

fn edition(site: &Site) -> String {
    let words = site.words();
    match site.config().editions.public {
        None => String::new(),
        Some(_) if site.is_internal() => words.get("internal-edition").to_owned(),
        Some(_) => words.get("packet-public-edition").to_owned(),
    }
}

fn part(site: &Site, url: &str, incidents: &[usize], place: usize, step: &PathStep, page: Option<&usize>) -> Option<PartView> {
    let words = site.words();
    let (number, n) = (place + 1, step.incident);
    let postmortem = site.postmortem(n)?;
    let prose = Prose::within(site, DocumentId::Postmortem(n), url, Within { number, postmortems: incidents });
    let further =
        each_asked(words, &questions(postmortem, site.config())).into_iter().filter(|question| !step.questions.contains(question));
    Some(PartView {
        number,
        id: part_id(number),
        title: postmortem.head.title_text.clone(),
        date: postmortem.date.as_ref().map(|given| day_view(words, given)),
        page: page.copied(),
        url: site.url(Route::Incident(n)),
        why: step.why.clone(),
        report: report(site, n, postmortem, &prose),
        questions: step.questions.iter().cloned().chain(further).collect(),
    })
}

/// The page of a packet for paper, where nothing lies beside it: links that lead out of it lead to the site at its address, or are none where
/// it has no address. Pictures and style sheets stay what they are.
pub(super) fn for_paper(html: &str, url: &str, base_url: Option<&str>) -> String {
    let (head, body) = html.find("<body").map_or(("", html), |at| html.split_at(at));
    let out = format!(" href=\"{}", root_of(url));
    let mut parts = body.split(out.as_str());
    let mut paper = format!("{head}{}", parts.next().unwrap_or_default());
    for part in parts {
        // Values are written escaped: the next quotation mark ends this one.
        let (address, rest) = part.split_once('"').unwrap_or((part, ""));
        if let Some(base) = base_url {
            paper.extend([" data-site href=\"", &escape(base), address, "\""]);
        }
        paper.push_str(rest);
    }
    paper
}

#[cfg(test)]
mod tests {
    use super::for_paper;

    const PAGE: &str = "<head><link href=\"../../a.css\"></head><body><a class=\"b\" href=\"../../c/?d=&quot;#e\">../../c/</a><a href=\"#f\">f</a>\
                        <img src=\"../../g.png\" alt=\"\"><a href=\"https://h/../../\">h</a></body>";

    #[test]
    fn links_out_of_a_packet_lead_to_the_site() {
        let paper = for_paper(PAGE, "packets/x/", Some("https://site.example/kb/"));
        let led = "<a class=\"b\" data-site href=\"https://site.example/kb/c/?d=&quot;#e\">";
        assert_eq!(paper, PAGE.replace("<a class=\"b\" href=\"../../c/?d=&quot;#e\">", led));
    }

    #[test]
    fn without_an_address_of_the_site_they_lead_nowhere() {
        let paper = for_paper(PAGE, "packets/x/", None);
        assert_eq!(paper, PAGE.replace(" href=\"../../c/?d=&quot;#e\"", ""));
    }
}
