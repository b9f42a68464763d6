//! What reading site.toml gives and finds.

use super::super::Profile;
use super::*;

/// The findings on `text`, a line each: rule, what is underlined, message, and in brackets label, further places and help.
fn findings(text: &str) -> Vec<String> {
    let told = |found: Diagnostic| {
        assert_eq!(found.primary.path.as_str(), "site.toml");
        let mut line = vec![format!("{} «{}» {}", found.rule, found.primary.span.slice(text), found.message)];
        line.extend((!found.primary.text.is_empty()).then(|| format!("({})", found.primary.text)));
        line.extend(found.labels.iter().map(|label| format!("(«{}» {})", label.span.slice(text), label.text)));
        line.extend(found.help.map(|help| format!("[{help}]")));
        line.join(" ")
    };
    parse(text).1.into_iter().map(told).collect()
}

/// The configuration of a text there is nothing to say about.
fn read(text: &str) -> Config {
    assert_eq!(findings(text), [""; 0], "{text}");
    parse(text).0
}

fn keys(config: &Config, headings: &[&str]) -> Vec<String> {
    headings.iter().map(|heading| config.section_for(heading).map_or("-".to_owned(), |section| section.key.clone())).collect()
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let config = read("");
    assert_eq!(config, Config::default());
    assert_eq!(config.site.title, "Postmortems");
    assert_eq!(config.site.base_url, None);
    assert_eq!((config.site.language.as_str(), config.site.zone()), ("en", "UTC"));
    assert_eq!(config.content.include, ["**/*.md", "**/*.markdown"]);
    assert_eq!(config.content.postmortems, ["postmortems/**"]);
    assert_eq!((config.content.root.as_str(), config.content.output.as_str()), ("content", "_site"));
    assert_eq!(config.content.profile, None);
    assert_eq!(config.severities.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["sev1", "sev2", "sev3", "sev4", "sev5"]);
    assert_eq!(config.editions.public, None);
    assert_eq!(config.theme.name, "default");
    assert!(config.services.is_empty() && config.tags.is_empty() && config.people.is_empty() && config.nav.is_empty());
}

#[test]
fn every_setting_can_be_made() {
    let text = r#"
[site]
title = "Incidents"
description = "What went wrong."
base_url = "https://example.org/kb"
language = "de"
timezone = "europe/berlin"
logo = "./brand/logo.svg"
logo_has_name = true
icon = "icon.png"
footer = "© Example"
edit_url = " https://git.example.com/edit/{path}?at=main"
footer_links = [{ title = "Status", url = "https://status.example.com/" }]

[content]
root = "./docs/"
include = ["**/*.md", "**/*.html.md.erb"]
exclude = ["drafts/**"]
postmortems = ["incidents/**"]
profile = "house"
output = "public"

[fields]
opened = "started_at"
extra = ["pager-duty id", "url"]

[sections.impact]
prompt = "How bad?"
aliases = ["Auswirkung"]
[sections.customer-quotes]
title = "Customer quotes"

[profiles.house]
extends = "minor"
description = "Ours."
required = ["customer-quotes", "timeline"]
drop = ["what-happened"]
fields = ["customer", "affected"]
drop_fields = ["severity"]

[[severities]]
id = "p1"
name = "P1"
[[severities]]
id = "p2"

[services.checkout]
name = "Checkout"
description = "Takes money."
owner = "Payments"
[tags]
dns = {}
[people.ada]
name = "Ada L."
role = "Incident lead"

[causes.change.cutover]
name = "Cut-over"
[causes.vendor-contract]
definition = "The contract was the problem."
no-sla = { definition = "There was none." }
[causes.trigger.solar-flare]
[causes.map]
"Config Change" = "change/config"

[taxonomies.company]
field = "customer"
name = "Company"
plural = "Companies"

[rules]
unowned-action = "hint"

[editions.public]
training = true

[[editions.public.footer_links]]
title = "About"
url = "/about/"

[theme]
name = "dark"
accent = { light = '#0a6b5e', dark = '#7cd' }

[[nav]]
title = "Incidents"
url = "/incidents/"
"#;
    let config = read(text);
    assert_eq!(config.site.base_url.as_deref(), Some("https://example.org/kb/"));
    assert_eq!((config.site.title.as_str(), config.site.description.as_str()), ("Incidents", "What went wrong."));
    assert_eq!((config.site.language.as_str(), config.site.zone()), ("de", "Europe/Berlin"));
    assert_eq!(config.site.footer, "© Example");
    assert_eq!(config.site.identity().map(|file| file.value.as_str()).collect::<Vec<_>>(), ["brand/logo.svg", "icon.png"]);
    assert!(config.site.logo_has_name);
    assert_eq!(config.site.edit_url.as_deref(), Some("https://git.example.com/edit/{path}?at=main"));
    let links = |links: &[NavItem]| links.iter().map(|link| format!("{} {}", link.title, link.url.value)).collect::<Vec<_>>();
    assert_eq!(links(&config.site.footer_links), ["Status https://status.example.com/"]);
    assert_eq!((config.content.root.as_str(), config.content.output.as_str()), ("docs", "public"));
    assert_eq!(config.content.include, ["**/*.md", "**/*.html.md.erb"]);
    assert_eq!(config.content.exclude, ["drafts/**"]);
    assert_eq!(config.content.postmortems, ["incidents/**"]);
    assert_eq!(config.content.profile.as_deref(), Some("house"));

    assert_eq!(config.fields.canonical("Opened"), Some("started_at"));
    assert_eq!(config.fields.canonical("url"), None, "passed over on request");
    assert!(config.fields.is_extra("Pager_Duty ID"));

    let house = &config.profiles["house"];
    assert_eq!((house.name.as_str(), house.description.as_str()), ("house", "Ours."));
    assert_eq!(house.required, ["summary", "impact", "timeline", "root-cause", "customer-quotes"]);
    assert_eq!(house.optional, ["affected", "detection", "trigger", "resolution", "lessons", "actions", "unknowns"]);
    assert_eq!(house.fields, ["title", "started_at", "resolved_at", "customer", "services"]);
    assert_eq!(config.profiles["minor"].required, ["summary", "impact", "what-happened", "root-cause"], "the base is as it was");

    let scale: Vec<_> = config.severities.iter().map(|step| (step.id.as_str(), step.name.as_str())).collect();
    assert_eq!(scale, [("p1", "P1"), ("p2", "P2")]);

    let checkout = &config.services["checkout"];
    assert_eq!((checkout.name.as_str(), checkout.description.as_str(), checkout.owner.as_str()), ("Checkout", "Takes money.", "Payments"));
    assert_eq!(checkout.span.slice(text), "checkout");
    assert_eq!((config.tags["dns"].name.as_str(), config.tags["dns"].span.slice(text)), ("dns", "dns"));
    let ada = &config.people["ada"];
    assert_eq!((ada.name.as_str(), ada.role.as_str(), ada.span.slice(text)), ("Ada L.", "Incident lead", "ada"));

    assert_eq!(config.causes.resolve("cutover").as_deref(), Some("change/cutover"));
    assert_eq!(config.causes.resolve("config_change").as_deref(), Some("change/config"));
    assert_eq!(config.causes.trigger("solar-flare").map(|trigger| trigger.name.as_str()), Some("Solar flare"));
    let (branch, leaf) = config.causes.get("vendor-contract/no-sla").unwrap();
    assert_eq!((branch.name.as_str(), branch.definition.as_str()), ("Vendor contract", "The contract was the problem."));
    assert_eq!((leaf.name.as_str(), leaf.definition.as_str()), ("No sla", "There was none."));

    let [company] = config.taxonomies.as_slice() else { panic!("{:?}", config.taxonomies) };
    assert_eq!((company.key.as_str(), company.field.as_str()), ("company", "customer"));
    assert_eq!((company.name.as_str(), company.plural.as_str()), ("Company", "Companies"));

    let level = &config.rules["unowned-action"];
    assert_eq!((level.value, level.span.slice(text)), (crate::diagnostic::Level::Hint, "unowned-action"));
    let public = config.editions.public.as_ref().unwrap();
    assert_eq!(links(&public.footer_links), ["About /about/"]);
    assert_eq!(*public, PublicEdition { training: true, footer_links: public.footer_links.clone(), ..PublicEdition::default() });
    assert_eq!(config.theme.name, "dark");
    let Accent { light, dark } = config.theme.accent.as_ref().unwrap();
    assert_eq!((light.to_string().as_str(), dark.as_ref().unwrap().to_string().as_str()), ("#0a6b5e", "#77ccdd"));
    assert_eq!(config.nav.iter().map(|item| (item.title.as_str(), item.url.as_str())).collect::<Vec<_>>(), [("Incidents", "/incidents/")]);
    assert_eq!(keys(&config, &["Auswirkung", "Impact", "customer quotes"]), ["impact", "impact", "customer-quotes"]);
    assert_eq!(config.section("impact").unwrap().prompt, "How bad?");
}

#[test]
fn what_a_profile_asks_for_can_depend_and_is_weighed_by_kind_and_folder() {
    use crate::config::ActionAspect::{DoneWhen, Due, Kind, Owner, Status};

    let text = r#"
[profiles.outage]
impact = ["carbon"]
drop_impact = ["reputation"]
drop_actions = ["priority"]
parts = { response = "Speed" }

[profiles.outage.rules]
unowned-action = "error"

[[profiles.outage.when]]
if = { stage = ["full", "closure"], severity = "sev1" }
required = ["communication"]
fields = ["public_at"]

[rules]
wording = "off"

[rules.in."postmortems/2019/**"]
metadata = "hint"

[deadlines]
review = { SEV1 = 5 }
actions = { sev1 = 30, sev2 = 0 }

[wording]
acronyms = ["API"]

[privacy]
internal_hosts = ["*.Corp.example.com"]
public_addresses = ["Status@example.com", "@example.org"]
"#;
    let config = read(text);
    let outage = &config.profiles["outage"];
    assert_eq!(outage.impact, ["users", "downtime", "data", "financial", "carbon"]);
    assert_eq!(outage.actions, [Kind, Owner, Due, Status, DoneWhen]);
    assert_eq!(outage.parts["response"], ["Speed"]);
    assert_eq!(outage.rules["unowned-action"].value, crate::diagnostic::Level::Error);
    let added = outage.when.last().unwrap();
    assert_eq!(added.fields_are["stage"], ["full", "closure"]);
    assert_eq!(
        (added.fields_are["severity"].as_slice(), added.required.as_slice()),
        (&["sev1".to_owned()][..], &["communication".to_owned()][..])
    );
    assert_eq!(added.fields, ["public_at"]);
    assert_eq!(config.rules.keys().collect::<Vec<_>>(), ["wording"]);
    assert_eq!((config.rules_in[0].glob.as_str(), config.rules_in[0].levels.len()), ("postmortems/2019/**", 1));
    assert_eq!((config.deadlines.review["sev1"], config.deadlines.actions["sev2"]), (5, 0));
    assert_eq!(config.wording.acronyms, ["API"]);
    assert_eq!(config.privacy.internal_hosts, ["corp.example.com"]);
    assert_eq!(config.privacy.public_addresses, ["status@example.com", "@example.org"]);
}

#[test]
fn what_a_profile_cannot_ask_for_is_reported() {
    let text = "[[profiles.outage.when]]\nfields = ['owner']\n[[profiles.outage.when]]\nif = { stge = 'full' }\nrequired = ['sumary']\n\
                [profiles.minor]\nactions = ['ownr']\nparts = { respons = [] }\n[rules.in.'[a']\nwording = 'off'\n\
                [deadlines.review]\nsev9 = 3\nsev1 = -1\n[privacy]\ninternal_hosts = ['a b']\npublic_addresses = ['nobody']\n";
    let told = findings(text);
    let about: Vec<&str> = told.iter().map(|finding| finding.split('«').nth(1).unwrap().split('»').next().unwrap()).collect();
    assert_eq!(
        about,
        [
            "[[profiles.outage.when]]",
            "[[profiles.outage.when]]",
            "stge",
            "'sumary'",
            "'ownr'",
            "respons",
            "'[a'",
            "sev9",
            "-1",
            "'a b'",
            "'nobody'"
        ],
        "{told:#?}"
    );
}

#[test]
fn a_leaf_of_the_sites_own_says_what_a_built_in_one_says_and_its_words_go_first() {
    let (config, findings) = parse(
        "[causes]\nignore = ['Cloud', 'post_mortem']\n[causes.change.dns-record]\ndefinition = 'A record was wrong.'\nsigns = ['One name.']\n\
         prevention = ['A review.']\nnot = 'A dead link is network.'\nmaps = ['DNS', 'Bug']\n[causes.map]\nbug = 'software/latent-bug'\n",
    );
    assert_eq!(findings, []);
    let (_, leaf) = config.causes.get("change/dns-record").unwrap();
    assert_eq!(
        (leaf.name.as_str(), leaf.signs.len(), leaf.prevention.len(), leaf.not.as_str()),
        ("Dns record", 1, 1, "A dead link is network.")
    );
    let resolve = |word: &str| config.causes.resolve(word).unwrap_or_default();
    assert_eq!(["dns", "Bug", "routing"].map(resolve), ["change/dns-record", "software/latent-bug", "infrastructure/network"]);
    assert_eq!(["cloud", "POST-MORTEM", "clouds"].map(|word| config.causes.is_ignored(word)), [true, true, false]);
}

#[test]
fn a_field_that_the_site_maps_may_be_a_taxonomy_as_well() {
    let (config, findings) = parse("[fields]\ncategories = 'root_causes'\n[taxonomies.categories]\n[taxonomies.keywords]\n");
    assert_eq!(findings, []);
    assert_eq!((config.fields.canonical("categories"), config.fields.canonical("keywords")), (Some("root_causes"), None));
}

#[test]
fn a_key_that_no_setting_has_is_reported_where_it_stands() {
    assert_eq!(
        findings("sits = 1\n[site]\ntitel = 'x'\n\"base url\" = 'x'\ncolour = 'x'\n[theme]\nacent = 'red'\n"),
        [
            "unknown-setting «sits» there is no setting `sits` (did you mean `site`?) [the settings are `site`, `fields`, `taxonomies`, \
             `sections`, `profiles`, `severities`, `owners`, `people`, `services`, `tags`, `causes`, `content`, `rules`, `deadlines`, \
             `metrics`, `wording`, `glossary`, `training`, `privacy`, `editions`, `theme`, `nav`]",
            "unknown-setting «titel» there is no setting `site.titel` (did you mean `title`?) [`site` has `title`, `description`, `base_url`, \
             `language`, `timezone`, `logo`, `logo_has_name`, `icon`, `footer`, `footer_links`, `edit_url`, `rules`, `history`]",
            "unknown-setting «\"base url\"» there is no setting `site.base url` (did you mean `base_url`?) [`site` has `title`, \
             `description`, `base_url`, `language`, `timezone`, `logo`, `logo_has_name`, `icon`, `footer`, `footer_links`, `edit_url`, `rules`, `history`]",
            "unknown-setting «colour» there is no setting `site.colour` [`site` has `title`, `description`, `base_url`, `language`, \
             `timezone`, `logo`, `logo_has_name`, `icon`, `footer`, `footer_links`, `edit_url`, `rules`, `history`]",
            "unknown-setting «acent» there is no setting `theme.acent` (did you mean `accent`?) [`theme` has `name`, `accent`]",
        ]
    );
    assert_eq!(
        findings(
            "[editions.pubic]\n[editions.public]\ntrainig = true\n[services.cdn]\nnmae = 'CDN'\n[[nav]]\ntitle = 'A'\nurl = '/a/'\nnew = true\n"
        ),
        [
            "unknown-setting «pubic» there is no setting `editions.pubic` (did you mean `public`?) [`editions` has `public`]",
            "unknown-setting «trainig» there is no setting `editions.public.trainig` (did you mean `training`?) \
             [`editions.public` has `training`, `rules`, `required`, `drop`, `public_fields`, `internal_fields`, `history`, `title`, `description`, `base_url`, `footer`, `footer_links`]",
            "unknown-setting «nmae» there is no setting `services.cdn.nmae` (did you mean `name`?) [`services.cdn` has `name`, \
             `description`, `owner`]",
            "unknown-setting «new» there is no setting `nav.new` [`nav` has `title`, `url`]",
        ]
    );
}

#[test]
fn a_value_of_another_type_is_reported_and_the_default_stands() {
    let text = "nav = 'top'\nservices = ['cdn']\n[site]\ntitle = 7\nlanguage = true\nfooter = 1999-12-31\n[content]\n\
                include = '*.md'\nexclude = ['a/**', 3, 'b/**']\n[editions]\npublic = true\n[tags]\ndns = 'DNS'\n";
    assert_eq!(
        findings(text),
        [
            "invalid-setting «'top'» `nav` must be a list, not text",
            "invalid-setting «['cdn']» `services` must be a table, not a list",
            "invalid-setting «7» `site.title` must be text, not a number",
            "invalid-setting «true» `site.language` must be text, not true or false",
            "invalid-setting «1999-12-31» `site.footer` must be text, not a date or time",
            "invalid-setting «'*.md'» `content.include` must be a list, not text",
            "invalid-setting «3» `content.exclude` must be text, not a number",
            "invalid-setting «true» `editions.public` must be a table, not true or false",
            "invalid-setting «'DNS'» `tags.dns` must be a table, not text",
        ]
    );
    let (config, _) = parse(text);
    assert_eq!(config.content.exclude, ["a/**", "b/**"]);
    assert_eq!(config.editions.public, Some(PublicEdition::default()), "meant, if badly written");
    assert_eq!(Config { content: Config::default().content, editions: Editions::default(), ..config }, Config::default());
}

#[test]
fn a_value_that_cannot_be_is_reported_and_the_default_stands() {
    let text = "[site]\ntitle = ' '\nbase_url = 'example.org'\nlanguage = 'english language'\ntimezone = 'Europe/Berln'\n\
                [content]\nroot = '../other'\nexclude = ['[a']\nprofile = 'outag'\noutput = '/srv/www'\n[rules]\nx = 'warn'\n\
                [theme]\nname = '../evil'\n[[nav]]\ntitle = 'X'\nurl = 'javascript:alert(1)'\n[[nav]]\nurl = '/'\n";
    assert_eq!(
        findings(text),
        [
            "invalid-setting «' '» `site.title` must not be empty",
            "invalid-setting «'example.org'» `site.base_url` must begin with `https://` or `http://`",
            "invalid-setting «'english language'» `site.language` must be a language tag such as `en` or `pt-BR`",
            "invalid-setting «'Europe/Berln'» `site.timezone` names no time zone: `Europe/Berln` [did you mean `Europe/Berlin`?]",
            "invalid-setting «'../other'» `content.root` must not leave the project folder",
            "invalid-setting «'[a'» `content.exclude` is no glob: unclosed character class; missing ']'",
            "invalid-setting «'outag'» `content.profile` names no profile: `outag` [did you mean `outage`?]",
            "invalid-setting «'/srv/www'» `content.output` must be a path below the project folder, with `/` between its parts",
            "invalid-setting «'warn'» `rules.x` must be `error`, `warning`, `hint` or `off`",
            "invalid-setting «'../evil'» `theme.name` must be the name of one folder",
            "invalid-setting «'javascript:alert(1)'» `nav.url` must be a path such as `/incidents/` or an address that begins with `https://`",
            "invalid-setting «[[nav]]» `nav` has no `title`",
        ]
    );
    let (config, _) = parse(text);
    assert_eq!(config, Config::default());
}

#[test]
fn the_output_is_apart_from_everything_that_is_input() {
    let help = "[publishing replaces the output as a whole]";
    for (setting, place, what) in [
        ("output = '.'", "'.'", "`content.output` must not be the project folder"),
        ("output = 'themes/x'", "'themes/x'", "`content.output` must not be in `themes`"),
        ("output = './.git'", "'./.git'", "`content.output` must not be in `.git`"),
        ("output = '.afterword/out'", "'.afterword/out'", "`content.output` must not be in `.afterword`"),
        ("output = 'site.toml'", "'site.toml'", "`content.output` must not be in `site.toml`"),
        ("output = 'content'", "'content'", "the content in `content` and the output in `content` must be apart"),
        ("output = 'content/x'", "'content/x'", "the content in `content` and the output in `content/x` must be apart"),
        ("root = 'a/b'\noutput = 'a'", "'a'", "the content in `a/b` and the output in `a` must be apart"),
        ("root = '_site'", "'_site'", "the content in `_site` and the output in `_site` must be apart"),
    ] {
        let text = format!("[content]\n{setting}\n");
        assert_eq!(findings(&text), [format!("invalid-setting «{place}» {what} {help}")]);
        let (content, default) = (parse(&text).0.content, Config::default().content);
        assert_eq!((content.root, content.output), (default.root, default.output), "{setting}");
    }
    for (output, root) in [("_site", "."), ("content2", "content"), ("build/site", "docs")] {
        assert_eq!(read(&format!("[content]\nroot = '{root}'\noutput = '{output}'\n")).content.output, output);
    }
}

#[test]
fn a_slip_of_the_pen_does_not_undo_the_public_edition() {
    for text in ["[editions.pubic]\n", "[editions]\npublic = true\n", "[editions]\ntraining = true\n"] {
        let (config, found) = parse(text);
        assert_eq!((config.editions.public, found.len()), (Some(PublicEdition::default()), 1), "{text}");
    }
    let public = read("[editions.public]\nrequired = ['communication']\ndrop = ['lessons', 'actions']\n").editions.public;
    assert_eq!(public.unwrap().required, ["summary", "impact", "timeline", "root-cause", "resolution", "communication"]);
    assert_eq!(
        findings("[editions.public]\ndrop = ['luck']\n"),
        ["invalid-setting «'luck'» `editions.public.drop` names no section: `luck` [did you mean `lucky`?]"]
    );
    assert_eq!(read("[editions]\n").editions.public, None);
    assert_eq!(read("[editions.public]\n").editions.public, Some(PublicEdition::default()));
}

#[test]
fn what_a_profile_names_must_be_there() {
    let text = "[profiles.outage]\nrequired = ['timelime', 'glossary']\noptional = ['lucky']\ndrop = ['nothing-like-it']\n\
                fields = ['sevrity', 'impact_start']\n[profiles.Own]\nextends = 'later'\n[profiles.later]\nextends = 'outage'\n";
    assert_eq!(
        findings(text),
        [
            "invalid-setting «'timelime'» `profiles.outage.required` names no section: `timelime` [did you mean `timeline`?]",
            "invalid-setting «'nothing-like-it'» `profiles.outage.drop` names no section: `nothing-like-it`",
            "invalid-setting «'sevrity'» `profiles.outage.fields` names no field: `sevrity` [did you mean `severity`?]",
            "invalid-setting «Own» `profiles.Own` must be lower-case letters, digits and single hyphens",
            "invalid-setting «'later'» `profiles.Own.extends` names no profile that is built in or comes before: `later` \
             [there is `atlassian`, `catalogue`, `ccadb`, `drill`, `gitlab`, `google-sre`, `minor`, `near-miss`, `outage`, `pagerduty`, \
             `seal`, `security`, `smart-contract`, `vendor`, `wikimedia`]",
        ]
    );
    let (config, _) = parse(text);
    let (outage, builtin) = (&config.profiles["outage"], &Config::default().profiles["outage"]);
    assert!(!outage.required.contains(&"lucky".to_owned()) && outage.optional.contains(&"lucky".to_owned()));
    assert_eq!(outage.required.last().map(String::as_str), Some("glossary"));
    assert!(!outage.optional.contains(&"glossary".to_owned()));
    assert_eq!(outage.fields, builtin.fields, "an alias of a field it asks for already adds nothing");
    assert_eq!(Profile { name: "outage".to_owned(), ..config.profiles["later"].clone() }, *outage);
}

#[test]
fn a_house_gives_headings_to_the_sections_it_means() {
    let text = "[sections.summary]\ntitle = 'In brief'\naliases = ['Context', 'What happened?', '2024-01-01', 'Recap']\n\
                [sections.impact]\naliases = ['Timelines', 'Recap', 'Who felt it']\n[sections.timelin]\naliases = ['When']\n\
                [sections.mood]\ntitle = 'Mood'\n[sections.Bad_Key]\ntitle = 'Bad'\n";
    assert_eq!(
        findings(text),
        [
            "invalid-setting «'What happened?'» the heading `What happened?` is the title of the section `what-happened`",
            "invalid-setting «'2024-01-01'» the heading `2024-01-01` says nothing but numbers, punctuation or remarks",
            "invalid-setting «'Timelines'» the heading `Timelines` is the title of the section `timeline`",
            "invalid-setting «'Recap'» the heading `Recap` already stands for the section `summary` («'Recap'» given to it here)",
            "invalid-setting «timelin» `sections.timelin` names no section: `timelin`, and a new one needs a `title` \
             [did you mean `timeline`?]",
            "invalid-setting «Bad_Key» `sections.Bad_Key` must be lower-case letters, digits and single hyphens",
        ]
    );
    let (config, _) = parse(text);
    assert_eq!(
        keys(
            &config,
            &["In brief", "Summary", "Context", "Background", "What happened", "Timeline", "Recap", "Who felt it?", "mood", "When"]
        ),
        ["summary", "summary", "summary", "leadup", "what-happened", "timeline", "summary", "impact", "mood", "-"]
    );
    assert!(!config.section("leadup").unwrap().aliases.contains(&"Context".to_owned()), "a heading is listed where it leads");
    assert_eq!(config.sections.last().map(|section| section.key.as_str()), Some("mood"));
}

#[test]
fn a_heading_a_few_letters_off_gets_a_hint_and_another_word_none() {
    let config = Config::default();
    let hint = |heading| config.section_hint(heading).map(|section| section.key.as_str());
    assert_eq!(hint("Lesons lerned"), Some("lessons"));
    assert_eq!(hint("2. Atcion items"), Some("actions"));
    for other in ["Attendees", "Responders", "Incident lead", "Update 2"] {
        assert_eq!(hint(other), None, "{other}");
    }
    assert_eq!(hint("Traefik rule preventing some inbound traffic"), None);
    assert_eq!(hint(""), None);
    assert_eq!(hint(&"x".repeat(100_000)), None);
}

#[test]
fn a_foreign_key_stands_for_a_field() {
    let text = "[fields]\nOpened-At = 'started_at'\nended = 'severty'\nseverity = 'title'\nmood = 'date'\nextra = ['severity', 'team']\n\
                [taxonomies.area]\nfield = 'categories'\n";
    assert_eq!(
        findings(text),
        [
            "invalid-setting «'severty'» `fields.ended` names no field: `severty` [did you mean `severity`?]",
            "invalid-setting «severity» `fields.severity` cannot stand for another field: it is one itself",
            "invalid-setting «'severity'» `fields.extra` names a field that is read: `severity`",
        ]
    );
    let fields = parse(text).0.fields;
    let meant = ["opened at", "ended", "severity", "mood", "team", "categories", "keywords"].map(|key| fields.canonical(key));
    assert_eq!(
        meant,
        [Some("started_at"), Some("resolved_at"), Some("severity"), Some("started_at"), None, None, Some("tags")],
        "a taxonomy takes the key away from the alias"
    );
    assert!(fields.is_extra("Team") && !fields.is_extra("categories"));
}

#[test]
fn what_is_built_in_of_the_causes_stays() {
    let text = "[causes.change]\nname = 'Changes'\n[causes.change.config]\nname = 'Config'\n[causes.change.own]\n\
                [causes.trigger.hardware]\n[causes.Own]\n[causes.map]\n'x' = 'change/confg'\n'y' = 'Change/Own'\n'z' = 3\n";
    let fixed = "[add a leaf under another id, or map your word onto a built-in leaf in `[causes.map]`]";
    assert_eq!(
        findings(text),
        [
            format!("invalid-setting «name» `causes.change.name` is built in and stays as it is {fixed}"),
            format!("invalid-setting «config» `causes.change.config` is built in and stays as it is {fixed}"),
            format!("invalid-setting «hardware» `causes.trigger.hardware` is built in and stays as it is {fixed}"),
            "invalid-setting «Own» `causes.Own` must be lower-case letters, digits and single hyphens".to_owned(),
            "invalid-setting «'change/confg'» `causes.map.x` names no cause: `change/confg` [did you mean `change/config`?]".to_owned(),
            "invalid-setting «3» `causes.map.z` must be text, not a number".to_owned(),
        ]
    );
    let causes = parse(text).0.causes;
    assert_eq!(causes.resolve("Y").as_deref(), Some("change/own"));
    assert_eq!(
        causes.get("change/config").map(|(branch, leaf)| (branch.name.as_str(), leaf.name.as_str())),
        Some(("Change", "Configuration"))
    );
}

#[test]
fn a_cause_is_not_mapped_onto_another() {
    assert_eq!(
        findings("[causes.map]\n'Change/Config' = 'change/code-defect'\n'bad flash' = 'change/config'\n"),
        [
            "invalid-setting «'Change/Config'» `causes.map.Change/Config` is a cause itself, and stays one [map words that are no causes, or write \
          the other cause in the documents]"
        ]
    );
    let causes = parse("[causes.map]\n'change/config' = 'change/code-defect'\n").0.causes;
    assert_eq!(causes.resolve("change/config").as_deref(), Some("change/config"));
}

#[test]
fn a_taxonomy_takes_an_address_of_its_own() {
    for key in ["metrics", "patterns", "actions", "owners", "triggers"] {
        assert_eq!(findings(&format!("[taxonomies.{key}]\n")).len(), 1, "{key}");
    }
    assert_eq!(
        findings("[taxonomies.tags]\n[taxonomies.\"Big Company\"]\n[taxonomies.product]\nfeild = 'x'\n"),
        [
            "invalid-setting «tags» `taxonomies.tags` would stand where the site has its own `/tags/` \
             [choose another key and name the field with `field`]",
            "invalid-setting «\"Big Company\"» `taxonomies.Big Company` must be lower-case letters, digits and single hyphens",
            "unknown-setting «feild» there is no setting `taxonomies.product.feild` (did you mean `field`?) [`taxonomies.product` has `field`, \
             `name`, `plural`]",
        ]
    );
    let config = read("[taxonomies.product]\n");
    assert_eq!(config.taxonomies[0].field, "product");
    assert_eq!((config.taxonomies[0].name.as_str(), config.taxonomies[0].plural.as_str()), ("Product", "Product"));
}

#[test]
fn whose_site_it_is_is_said_in_pictures_and_colours() {
    assert_eq!(
        findings(
            "[site]\nlogo = 'logo.html'\nicon = '../icon.png'\nfooter_links = [{title = 'A'}, {title = 'B', url = 'javascript:b'}]\n\
             edit_url = 'https://git.example/edit/'\n\
             [theme]\naccent = 'teal'\n"
        ),
        [
            "invalid-setting «'logo.html'» `site.logo` must be a picture: its name ends in `.svg`, `.png`, `.webp`, `.avif`, `.jpg`, `.gif` or `.ico`",
            "invalid-setting «'../icon.png'» `site.icon` must not leave the project folder",
            "invalid-setting «{title = 'A'}» `site.footer_links` has no `url`",
            "invalid-setting «'javascript:b'» `site.footer_links.url` must be a path such as `/incidents/` or an address that begins with `https://`",
            "invalid-setting «'https://git.example/edit/'» `site.edit_url` must have `{path}` once, where the path of the file is to stand",
            "invalid-setting «'teal'» `theme.accent` must be a colour such as `#0a6b5e`",
        ]
    );
    assert_eq!(
        findings("[theme]\naccent = { light = '#00f', drak = '#ccf' }\n"),
        [
            "invalid-setting «{ light = '#00f', drak = '#ccf' }» `theme.accent` has no `dark`",
            "unknown-setting «drak» there is no setting `theme.accent.drak` (did you mean `dark`?) [`theme.accent` has `light`, `dark`]",
        ]
    );
    assert_eq!(findings("[theme]\naccent = 1\n"), ["invalid-setting «1» `theme.accent` must be text, not a number"]);
}

#[test]
fn a_severity_is_there_once() {
    assert_eq!(
        findings("[[severities]]\nid = 'p1'\n[[severities]]\nname = 'None'\n[[severities]]\nid = 'P1'\n"),
        [
            "invalid-setting «[[severities]]» `severities` has no `id`",
            "invalid-setting «'P1'» the severity `P1` is there twice («'p1'» first here)",
        ]
    );
    let (config, _) = parse("severities = [{ nmae = 'x' }]");
    assert_eq!(config.severities, Config::default().severities);
}

#[test]
fn a_text_that_is_not_toml_is_told_line_by_line() {
    let help = "[the settings themselves are checked once this is mended]";
    let text = "[site]\ntitle = \"abc\nlanguage = 'de'\nunknown = 1 2\n[theme\n";
    assert_eq!(
        findings(text),
        [
            format!("unreadable-config «» `site.toml` is not TOML: invalid basic string, expected `\"` {help}"),
            format!("unreadable-config «1 2» `site.toml` is not TOML: string values must be quoted, expected literal string {help}"),
            format!("unreadable-config «» `site.toml` is not TOML: unclosed table, expected `]` {help}"),
        ]
    );
    assert_eq!(parse(text).0.site.language, "de", "what could be made out still counts");
    assert_eq!(
        findings("[site]\ntitle = 'a'\ntitle = 'b'\n"),
        [format!("unreadable-config «title» `site.toml` is not TOML: duplicate key {help}")]
    );
}

#[test]
fn places_count_a_byte_order_mark_and_windows_line_ends() {
    assert_eq!(findings("\u{feff}[site]\r\ntitle = 1\r\n"), ["invalid-setting «1» `site.title` must be text, not a number"]);
}

#[test]
fn hostile_texts_are_read_and_findings_stay_within_them() {
    for text in [
        "[".repeat(100_000),
        format!("x = {}", "[".repeat(100_000)),
        format!("x = [{}", "1 ".repeat(100_000)),
        format!("{}x = 1", "a.".repeat(100_000)),
        "[services.a]\n".repeat(20_000),
        "\0".repeat(10_000),
        "\"\\u{110000}\" = 1\n".to_owned(),
        "[site]\ntitle = '\u{202e}'\n[\"\"]\n\"\" = {}\n".to_owned(),
    ] {
        let (_, found) = parse(&text);
        assert!(found.iter().all(|found| text.get(found.primary.span.range()).is_some()));
    }
}

#[test]
fn the_site_of_this_repository_has_nothing_to_mend() {
    let config = read(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/site.toml")));
    assert_eq!(config.site.title, "Afterword case studies");
    assert!(config.people.contains_key("editors") && config.services.contains_key("waf"));
}

#[test]
fn a_path_is_told_from_the_folder_of_the_content() {
    let content = |root: &str| read(&format!("content.root = '{root}'")).content;
    assert_eq!(content("content").below("content/postmortems/a.md"), "postmortems/a.md");
    assert_eq!(content(".").below(".docs/a.md"), ".docs/a.md");
    assert_eq!(content("docs/in").below("docs/in-old/a.md"), "docs/in-old/a.md", "a folder beside it");
}

#[test]
fn a_table_says_which_keys_it_has() {
    let has = |header: &str, expected: &[&str]| {
        let keys = super::keys(header);
        assert!(expected.iter().all(|key| keys.iter().any(|known| known == key)), "{header}: {keys:?}");
    };
    has("", &["site", "content", "services", "editions", "nav"]);
    has("[site]", &["title", "base_url", "footer_links", "history"]);
    has("[profiles.outage]", &["extends", "required", "drop", "drop_fields"]);
    has("[[training.debrief]]", &["topic", "questions"]);
    has("[services.checkout]", &["name", "description", "owner"]);
    assert_eq!(super::keys("[theme]"), ["name", "accent"]);
    assert_eq!(super::keys("[services]"), [""; 0], "those are the site's to choose");
    assert_eq!(super::keys("[nonsense"), [""; 0]);
}
