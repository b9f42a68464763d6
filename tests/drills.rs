//! Drills: what a step holds, and that it holds nothing else. The words of its bytes are counted, attributes and all: first of the drills of the
//! site that this repository is, then of incidents made from seeds, in which every text has a word of its own.

#![expect(clippy::unwrap_used, reason = "a test panics when something is not what it made")]

mod numbers;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use afterword::edition::{Audience, Drafts, Edition};
use afterword::markdown::text::block_text;
use afterword::model::{Event, Postmortem};
use afterword::pipeline::{self, Memo, Project};
use afterword::render::{Body, render};
use afterword::search::{Index, Query, Sort};
use afterword::site::{BuildInfo, Route, Site};
use afterword::training::Drill;
use numbers::Numbers;

fn made(project: &Project, audience: Audience) -> Site {
    let understood = pipeline::understand(project, &mut Memo::default());
    let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: Some("https://kb.example/".into()) };
    let edition = Edition { audience, drafts: Drafts::Hidden };
    pipeline::site(project, &understood, Arc::new(pipeline::look(project).0), edition, build).0
}

fn site(archive: &str, audience: Audience) -> Site {
    made(&pipeline::from_archive(archive), audience)
}

fn page(site: &Site, route: Route) -> String {
    assert!(site.has(route), "{route:?}");
    let Body::Bytes(bytes) = render(site, route).unwrap().body else { panic!("{route:?} is a file") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// Every file of a site with its bytes, but those beside the documents.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let routes = site.routes().map(|(url, route)| (url.to_owned(), *route));
    let all = routes.chain(site.search_routes().map(|(url, route)| (url.to_owned(), route)));
    let bytes = |route| match render(site, route).unwrap().body {
        Body::Bytes(bytes) => bytes.into_owned(),
        Body::File(_) => Vec::new(),
    };
    all.map(|(url, route)| (url, bytes(route))).collect()
}

/// Every word of a text, whether a reader sees it or not.
fn words(text: &str) -> BTreeSet<String> {
    let plain = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"].iter().fold(text.to_owned(), |text, entity| text.replace(entity, " "));
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words of a step but for the times since the event before, which are worked out from times that are there.
fn words_of_step(html: &str) -> BTreeSet<String> {
    let (first, rest) = html.split_once("<span class=\"event-delta\">").unwrap_or((html, ""));
    let rest = rest.split("<span class=\"event-delta\">").map(|part| part.split_once("</span>").map_or("", |(_, part)| part));
    words(&std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" "))
}

/// The words of events as they are written, with their times.
fn words_of_events(postmortem: &Postmortem, places: &[usize]) -> BTreeSet<String> {
    let told = |event: &Event| {
        let when =
            event.when.map(|when| format!("{} {} {}", when.machine(), when.at.strftime("%-d %b %Y"), when.time().unwrap_or_default()));
        let kind = event.kind.map(|kind| format!("{} {}", kind.word(), kind.name()));
        let when = when.unwrap_or_else(|| event.written.value.clone());
        words(&format!("{} {when} {}", block_text(&event.content), kind.unwrap_or_default()))
    };
    places.iter().flat_map(|place| told(&postmortem.timeline[*place])).collect()
}

/// A drill in words of its own, to see which words a step has of the theme and of its site; one step has a log so long that it can be narrowed.
const OTHER: &str = "---\nid: zzid\ntitle: zztitle\nvisibility: public\ntimezone: UTC\ntraining: {drill: {title: zzdrill, briefing: zzbriefing}}\n---\n\n\
    ## Timeline\n\n- 1901-11-30 03:33 [detected] zzone\n- 03:34 [decision] zztwo\n- 03:35 zzthree\n- 03:36 [decision] zzfour\n\
    - 03:37 zz\n- 03:37 zz\n- 03:37 zz\n- 03:37 zz\n- 03:37 zz\n- 03:37 zz\n- 03:37 zz\n- 03:37 zz\n- 03:37 zz\n- 03:38 [decision] zzfive\n- 03:39 [decision] zzsix\n";

#[test]
fn a_step_of_the_shipped_drills_has_no_word_of_what_comes_later() {
    let mut project = pipeline::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    project.sources = Arc::new(project.sources.with_file(&"content/postmortems/zz.md".into(), OTHER));
    let site = made(&project, Audience::Internal);
    let drills = &site.programme().drills;
    let other = drills.iter().position(|drill| drill.key == "zzid").unwrap();
    let is_its_own = |word: &String| word.starts_with("zz") || word.chars().all(char::is_numeric);
    let of_theme: BTreeSet<String> = (1..=drills[other].steps.len())
        .flat_map(|step| words(&page(&site, Route::DrillStep(other, step))))
        .filter(|word| !is_its_own(word))
        .collect();
    let mut steps = 0;
    for (n, drill) in drills.iter().enumerate().filter(|(n, _)| *n != other) {
        let postmortem = site.postmortem(drill.incident).unwrap();
        let briefing = page(&site, Route::Drill(n));
        let mut known = words(&briefing);
        known.extend(of_theme.iter().cloned());
        for (at, step) in (1..).zip(&drill.steps) {
            let done = drill.steps[..at - 1].last().map_or(&[][..], |before| &before.reveal);
            known.extend(words_of_events(postmortem, &[done, &step.shown].concat()));
            known.extend(words(step.prompt.question(site.config())));
            // The numbers of this step, of the one before and of the next.
            known.extend([at - 1, at, at + 1].map(|number| number.to_string()));
            let html = page(&site, Route::DrillStep(n, at));
            let unknown: Vec<String> = words_of_step(&html).difference(&known).cloned().collect();
            assert_eq!(unknown, [""; 0], "step {at} of {}", drill.key);
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">") && !html.contains("og:description"));
            // What is looked for is there a step later.
            let later = words_of_step(&page(&site, Route::DrillStep(n, at + 1)));
            let further: BTreeSet<String> = later.difference(&known).cloned().collect();
            assert!(further.len() > 1, "step {} of {} tells nothing new: {further:?}", at + 1, drill.key);
            steps += 1;
        }
        let ending = page(&site, Route::DrillStep(n, drill.steps.len() + 1));
        assert!(ending.contains(&site.url(Route::Incident(drill.incident))));
    }
    assert!(steps >= 5, "only {steps}");
}

/// The canaries of an event: the first are its text, then what was thought of it, then what is on no page of a drill.
const CANARIES: [&str; 7] = ["text", "words", "alt", "code", "thought", "target", "file"];

fn canary(event: usize, of: &str) -> String {
    format!("kq{of}{event}x")
}

const KINDS: [&str; 14] = [
    "",
    "",
    "[note] ",
    "[introduced] ",
    "[started] ",
    "[detected] ",
    "[declared] ",
    "[decision] ",
    "[decision] ",
    "[action] ",
    "[contain] ",
    "[mitigate] ",
    "[resolved] ",
    "[comms] ",
];

/// An incident in which every text has a canary, and much that leads to it.
fn incident(seed: u64) -> String {
    let mut numbers = Numbers(seed);
    let count = 4 + numbers.below(9);
    let time = |n: usize| format!("{:02}:{:02}", 8 + n, 7 * n % 60);
    let mut timeline = String::new();
    for n in 0..count {
        let day = if n == 0 { "2026-03-17 " } else { "" };
        let until = if numbers.below(4) == 0 { format!("-{}", time(n + 1)) } else { String::new() };
        let [text, linked, alt, code, thought, target, file] = CANARIES.map(|of| canary(n, of));
        let _ = writeln!(
            timeline,
            "- {day}{}{until} {}The checkout {text} at [{linked}](https://{target}.example/ \"kqhover\") and ![{alt}]({file}.png) with `{code}`.[^1] \
             See [[kqid]] and [later](#kqsection). <!-- kqremark -->",
            time(n),
            KINDS[numbers.below(KINDS.len())],
        );
        if numbers.below(2) == 0 {
            let _ = write!(timeline, "\n  - nested\n\n    > [!REASONING]\n    > We thought {thought}.\n\n");
        }
    }
    let some_time = |numbers: &mut Numbers| time(numbers.below(count));
    let from = if numbers.below(3) == 0 { format!("    from: \"{}\"\n", some_time(&mut numbers)) } else { String::new() };
    let unknown = if numbers.below(2) == 0 { format!("    unknown: [\"{}\"]\n", some_time(&mut numbers)) } else { String::new() };
    let mut prompts = String::new();
    for n in 0..count {
        if numbers.below(3) == 0 {
            let _ = writeln!(prompts, "      - before: \"{}\"\n        ask: Now kqask{n}x?\n        hints: [kqhint, kqfurther]", time(n));
        }
    }
    let prompts = if prompts.is_empty() { String::new() } else { format!("    prompts:\n{prompts}") };
    let plan = format!("  drill:\n    title: Kqtitle\n    briefing: |\n      Kqbriefing.\n\n      Kqsituation.\n{from}{unknown}{prompts}");
    format!(
        "-- site.toml --\n[site]\ntitle = 'House'\n-- content/glossary.md --\n# Words\n\ncheckout\n: Kqdefinition\n\
         -- content/postmortems/kqslug.md --\n---\nid: kqid\ntitle: Kqincident broke\nkind: outage\nseverity: sev1\ntimezone: UTC\nsummary: Kqsummary.\n\
         tags: [kqtag]\nservices: [kqservice]\nroot_causes: [{{cause: change/config, note: Kqcause}}]\ncontributing: [{{cause: kqother, note: Kqnote}}]\n\
         trigger: kqtrigger\ndetection: {{by: monitoring, how: Kqhow, gap: Kqgap}}\nimpact: {{users: Kqusers}}\nowner: kqowner\nauthors: [kqauthor]\n\
         aliases: [/kqalias]\nrelated: [{{id: kqrelated, why: same-cause}}]\nx: {{ticket: kqticket}}\npublished_at: 2026-04-01\n\
         training:\n  level: advanced\n  audience: kqaudience\n  minutes: 61\n  objectives: [Kqobjective]\n  questions: [Kqquestion]\n{plan}---\n\nKqlead.\n\n\
         ## Timeline\n\nKqabove.\n\n{timeline}\n\n## Kqheading\n\nKqsection.\n\n> [!REASONING]\n> Kqreason.\n\n## Root cause\n\nKqroot.\n\n\
         ## Actions\n\n| ID | Action | Owner |\n|---|---|---|\n| KQ-1 | Mend kqaction | kqteam |\n\n[^1]: Kqfootnote\n\
         -- content/postmortems/kqrelated.md --\n---\nid: kqrelated\ntitle: Kqagain\ntags: [kqtag]\n---\n\nSee [[kqid]].\n"
    )
}

fn canaries(html: &str) -> BTreeSet<String> {
    words(html).into_iter().filter(|word| word.starts_with("kq")).collect()
}

/// The address of a drill tells the id, and so does every page of it.
fn with_address(words: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    words.into_iter().chain(["kqid".to_owned(), "kqtitle".to_owned()]).collect()
}

/// What a step tells of events: of something that was done also what was thought.
fn told(postmortem: &Postmortem, places: &[usize], is_done: bool) -> BTreeSet<String> {
    let thought = |n: usize| is_done && block_text(&postmortem.timeline[n].content).contains("We thought");
    places.iter().flat_map(|n| CANARIES[..4 + usize::from(thought(*n))].iter().map(|of| canary(*n, of))).collect()
}

/// What each step may tell by the value of the drill, which is held to the order of the timeline.
fn expected(postmortem: &Postmortem, drill: &Drill, at: usize) -> BTreeSet<String> {
    let step = &drill.steps[at - 1];
    let before = &drill.steps[..at - 1];
    let mut seen: Vec<usize> = before.iter().flat_map(|step| step.shown.iter().chain(&step.reveal)).copied().collect();
    let mut found: BTreeSet<String> = before.iter().flat_map(|step| told(postmortem, &step.reveal, true)).collect();
    found.extend(before.iter().chain([step]).flat_map(|step| told(postmortem, &step.shown, false)));
    seen.extend(&step.shown);
    assert!(seen.iter().max() < step.reveal.first() && !seen.is_empty(), "what is asked for is later than all that is known");
    found.extend(words(step.prompt.question(&afterword::config::Config::default())).into_iter().filter(|word| word.starts_with("kq")));
    with_address(found)
}

fn readable(bytes: &[u8]) -> String {
    let mut plain = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    } else {
        plain.extend_from_slice(bytes);
    }
    String::from_utf8_lossy(&plain).to_lowercase()
}

#[test]
fn a_step_has_the_canaries_of_what_is_known_and_no_other() {
    let (mut steps, mut asked, mut thought, mut unknown) = (0, 0, 0, 0);
    for seed in 1..=60 {
        let site = site(&incident(seed), Audience::Internal);
        let Some(drill) = site.programme().drills.first() else { continue };
        let postmortem = site.postmortem(drill.incident).unwrap();
        for at in 1..=drill.steps.len() {
            let found = canaries(&page(&site, Route::DrillStep(0, at)));
            assert_eq!(found, expected(postmortem, drill, at), "seed {seed}, step {at}");
            asked += found.iter().filter(|word| word.starts_with("kqask")).count();
            thought += found.iter().filter(|word| word.starts_with("kqthought")).count();
            steps += 1;
        }
        unknown += drill.hindsight.len();
        let in_advance = ["kqbriefing", "kqsituation", "kqobjective", "kqaudience"].map(str::to_owned);
        assert_eq!(canaries(&page(&site, Route::Drill(0))), with_address(in_advance.clone()), "seed {seed}");
        let mut in_list = with_address(in_advance);
        in_list.retain(|word| !["kqbriefing", "kqsituation"].contains(&word.as_str()));
        assert_eq!(canaries(&page(&site, Route::Drills)), in_list, "seed {seed}");
        // Who leads it knows all but what is told nowhere.
        let sheet = canaries(&page(&site, Route::Facilitator(0)));
        let json = canaries(&page(&site, Route::DrillJson(0)));
        let all: Vec<usize> = (0..postmortem.timeline.len()).collect();
        for canary in told(postmortem, &all, true) {
            assert!(sheet.contains(&canary) && json.contains(&canary), "seed {seed}: {canary}");
        }
        assert!(["kqreason", "kqheading", "kqquestion", "kqincident"].iter().all(|word| sheet.contains(*word)), "{sheet:?}");
        assert!(!sheet.contains("kqremark") && !sheet.contains("kqfootnote"));
    }
    assert!(
        steps > 100 && asked > 30 && thought > 100 && unknown > 50,
        "{steps} steps, {asked} asked, {thought} thought, {unknown} unknown"
    );
}

#[test]
fn steps_are_found_by_their_pages_alone() {
    let site = site(&incident(1), Audience::Internal);
    let (all, sitemap) = (files(&site), page(&site, Route::Sitemap));
    assert!(sitemap.contains("https://kb.example/drills/kqid/<") && sitemap.contains("https://kb.example/drills/<"), "{sitemap}");
    assert!(!sitemap.contains("drills/kqid/1/") && !sitemap.contains("facilitator"), "{sitemap}");
    let steps = site.programme().drills[0].steps.len();
    let is_of_drill = |url: &str| url.starts_with("drills/");
    let pages: Vec<&str> = all.keys().map(String::as_str).filter(|url| is_of_drill(url)).collect();
    assert_eq!(pages.len(), 1 + 1 + steps + 1 + 2, "the list, the briefing, each step, what came of it, the sheet and its copy: {pages:?}");
    for (url, bytes) in all.iter().filter(|(url, _)| !is_of_drill(url)) {
        let text = readable(bytes);
        assert!(!text.contains("drills/kqid/1/") && !text.contains("facilitator/"), "/{url}");
        assert!(!text.contains("kqbriefing") && !text.contains("kqhint"), "/{url}");
    }
    let search: BTreeMap<&str, &[u8]> = site.search_bundle().iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
    let index = Index::open(|path: &str| search.get(path).map(|bytes| bytes.to_vec())).unwrap();
    let found = |text: &str| {
        let query = Query { text: text.into(), filters: BTreeMap::new(), sort: Sort::Relevance, limit: 10 };
        index.search(&query).unwrap().hits.iter().map(|hit| hit.url.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("kqtext0x"), ["incidents/kqslug/"]);
    assert_eq!(found("\"kqtitle\""), [""; 0]);
}

/// The incident of a house with a public edition, and one that only the house reads.
fn house(settings: &str) -> String {
    let incident = |visibility: &str, title: &str| {
        format!(
            "---\ntitle: {title}\n{visibility}timezone: UTC\nstarted_at: 2026-03-17\ntraining: {{objectives: [{title}objective], drill: {{title: {title} drill, \
             briefing: {title} briefing}}}}\n---\n\n> [!REASONING]\n> Kqreason.\n\n## Timeline\n\n- 10:00 [detected] {title} page\n\n  > [!REASONING]\n  > Kqthought.\n\n\
             - 10:05 [decision] Kqinternal <!-- afterword: internal item -->\n- 10:07 [action] {title} switch <!-- afterword: internal -->kqinline<!-- afterword: end -->\n\n\
             ## Luck\n\n> [!INTERNAL]\n> Kqsection\n"
        )
    };
    format!(
        "-- site.toml --\n[site]\ntitle = 'House'\n[editions.public]\n{settings}\n-- content/postmortems/a.md --\n{}-- content/postmortems/b.md --\n{}",
        incident("visibility: public\n", "Alpha"),
        incident("", "Kqbeta")
    )
}

#[test]
fn the_public_has_no_drill_unless_that_is_wanted() {
    for (url, bytes) in files(&site(&house(""), Audience::Public)) {
        let text = readable(&bytes);
        assert!(!url.contains("drill") && !text.contains("drills/") && !text.contains("alphaobjective"), "/{url}");
    }
    assert_eq!(site(&house(""), Audience::Internal).programme().drills.len(), 2);
}

#[test]
fn a_public_drill_is_made_of_what_the_public_reads() {
    let public = site(&house("training = true"), Audience::Public);
    let drill = &public.programme().drills[0];
    assert_eq!((public.programme().drills.len(), drill.key.as_str(), drill.steps.len()), (1, "alpha-drill", 1));
    for (url, bytes) in files(&public) {
        assert_eq!(canaries(&format!("{url} {}", readable(&bytes))), BTreeSet::new(), "/{url}");
    }
    assert!(page(&public, Route::DrillStep(0, 2)).contains("Alpha switch"));
    let internal = site(&house("training = true"), Audience::Internal);
    let sheet = page(&internal, Route::Facilitator(0));
    assert!(["Kqreason", "Kqthought", "Kqinternal", "kqinline"].iter().all(|word| sheet.contains(word)), "{sheet}");
}

const SHEET: &str = "-- content/postmortems/a.md --\n---\nid: INC-7\ntitle: Cards were refused\ntimezone: UTC\n\
    training:\n  level: introductory\n  minutes: 45\n  objectives: [Ask first]\n  questions: [Who knew?]\n  drill:\n    title: No card will do\n    briefing: You are on call.\n\
    \x20   prompts: [{before: '10:20', ask: What now?, hints: [Weak, Strong]}]\n---\n\n\
    ## Timeline\n\n- 2026-03-17 09:50 [introduced] A limit is set\n- 10:00 [detected] A page\n- 10:05-10:20 [comms] A word\n- 10:10 Sales fall\n- 10:20 [action] Back\n\n  > [!REASONING]\n  > It was the last change.\n\n\
    - 10:30 [resolved] Over\n- 11:00 Cake\n\n## Response\n\n> [!REASONING]\n> Nobody else was awake.\n";

/// The parts of a page in order, by what stands before each.
fn in_order(html: &str, parts: &[&str]) {
    let mut rest = html;
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("{part} is not where it should be in\n{html}")).1;
    }
}

#[test]
fn a_step_is_told_in_the_order_in_which_it_is_played() {
    let site = site(SHEET, Audience::Internal);
    let first = page(&site, Route::DrillStep(0, 1));
    in_order(
        &first,
        &[
            "<h1>Step 1</h1>",
            "It is <time",
            "10:00 UTC",
            "What is known now",
            "A page",
            "What do you know",
            "inc-7/2/#step_",
            "Back: Briefing",
        ],
    );
    assert!(!first.contains("What was done") && !first.contains("The log so far"));
    let second = page(&site, Route::DrillStep(0, 2));
    in_order(
        &second,
        &[
            "10:10 UTC",
            "What was done",
            ">10:05</time>",
            "+5 min",
            "A word",
            "What is known now",
            "Sales fall",
            "What now?",
            "The log so far",
            "A page",
        ],
    );
    assert!(!second.contains("10:20") && !second.contains("Weak"), "neither the end of a stretch nor a hint: {second}");
    in_order(&page(&site, Route::DrillStep(0, 3)), &["Nothing else has come in.", "The log so far"]);
    let ending = page(&site, Route::DrillStep(0, 4));
    in_order(
        &ending,
        &[
            "What came of it",
            "Over",
            "What came after",
            "Cake",
            "What nobody knew then",
            "A limit is set",
            "Cards were refused",
            "Who knew?",
            "Signals",
        ],
    );
    assert_eq!(site.route("drills/inc-7/5/"), None);
}

#[test]
fn a_facilitator_has_everything_on_a_sheet() {
    let site = site(SHEET, Audience::Internal);
    let sheet = page(&site, Route::Facilitator(0));
    in_order(
        &sheet,
        &[
            "No card will do",
            "<span>Introductory</span> · <span>45 minutes</span>",
            "Cards were refused",
            "in 3 questions",
            "Ask first",
            "You are on call.",
            "Incident commander",
            "Step 1: <time",
            "A page",
            "What do you know",
            "10:05–10:20",
            "Step 2: <time",
            "Sales fall",
            "What now?",
            "<ol>\n<li>Weak</li>\n<li>Strong</li>",
            "Back",
            "It was the last change.",
            "Step 3: <time",
            "Over",
            "What came after",
            "Cake",
            "What nobody knew then",
            "A limit is set",
            "<h4>Response</h4>",
            "Nobody else was awake.",
            "Debrief",
            "Who knew?",
            "afterword new --kind drill --from INC-7",
            "Suspected",
            "drill.json",
        ],
    );
    assert_eq!(sheet.matches("<tr><td></td><td></td><td></td><td></td><td></td></tr>").count(), 15);
    assert!(sheet.contains("<meta name=\"robots\" content=\"noindex\">"));
}

#[test]
fn a_record_of_a_drill_and_the_incident_lead_to_each_other_and_are_no_recurrence() {
    let record = "-- content/postmortems/b.md --\n---\ntitle: Game day\nkind: drill\nstarted_at: 2026-04-01\nservices: [cards]\nroot_causes: [change/config]\n\
                  related: [{id: INC-7, why: drill-of}]\n---\n\nWe played.\n";
    let causes = SHEET.replace("timezone: UTC\n", "timezone: UTC\nservices: [cards]\nroot_causes: [change/config]\n");
    let site = site(&format!("{causes}{record}"), Audience::Internal);
    let [incident, drill] = [0, 1].map(|n| page(&site, Route::Incident(n)));
    in_order(&incident, &["Game day", "replays this one"]);
    in_order(&drill, &["Cards were refused", "replayed here"]);
    assert!(!incident.contains("happened again") && !drill.contains("happened before"));
}

#[test]
fn two_drills_of_one_name_are_told() {
    let incident = SHEET.split_once('\n').unwrap().1.replace("id: INC-7\n", "");
    let archive = ["a", "b"].map(|name| format!("-- content/postmortems/{name}.md --\n{incident}")).concat();
    let project = pipeline::from_archive(&archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: None };
    let (site, findings) = pipeline::site(&project, &understood, Arc::new(pipeline::look(&project).0), Edition::default(), build);
    let told: Vec<String> =
        findings.iter().map(|found| format!("{}: {} ({})", found.rule, found.message, found.help.as_deref().unwrap())).collect();
    assert_eq!(
        told,
        [
            "route-collision: the address `/drills/no-card-will-do/` is already taken (give the drill another title, or the document an `id`)"
        ]
    );
    let list = page(&site, Route::Drills);
    assert_eq!(list.matches("<h2><a href=").count(), 1, "what has no page is not in the list: {list}");
}
