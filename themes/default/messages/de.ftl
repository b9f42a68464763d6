### Was Seiten auf Deutsch sagen. Was hier fehlt, steht auf Englisch da.

## How the language writes

names-within-sentences = kept
thousands-mark = .
decimal-mark = ,
list-comma = { ", " }
list-and = { " und " }
percent = { $number } %

## Dates and times

month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
month-short-1 = Jan.
month-short-2 = Feb.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.
date = { $day }. { $month } { $year }
date-month = { $month } { $year }
date-of-year = { $day }. { $month }
date-and-time = { $date }, { $time } UTC
date-and-times = { $date }, { $from } bis { $to } UTC
moment-about = etwa { $moment }
moment-not-before = nicht vor { $moment }
moment-not-after = nicht nach { $moment }
from-to = { $from } bis { $to }
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-hours-and-minutes = { $hours } h { $minutes } min
duration-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
duration-days-and-hours = { duration-days } { $hours } h
duration-at-least = mindestens { $time }
duration-at-most = höchstens { $time }
reading-time = { $minutes } min Lesezeit

## Counts, used on many pages

incidents = { $count ->
    [one] { $count } Vorfall
   *[other] { $count } Vorfälle
}
catalogue-entries = { $count ->
    [one] { $count } Katalogeintrag
   *[other] { $count } Katalogeinträge
}
near-misses = { $count ->
    [one] { $count } Beinahe-Vorfall
   *[other] { $count } Beinahe-Vorfälle
}
drills = { $count ->
    [one] { $count } Übung
   *[other] { $count } Übungen
}
days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
actions = { $count ->
    [one] { $count } Maßnahme
   *[other] { $count } Maßnahmen
}
causes = { $count ->
    [one] { $count } Ursache
   *[other] { $count } Ursachen
}
questions = { $count ->
    [one] { $count } Frage
   *[other] { $count } Fragen
}
minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
months = { $count ->
    [one] { $count } Monat
   *[other] { $count } Monate
}
years = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
}
entries = { $count ->
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
action-items-count = { $count ->
    [one] { $count } Maßnahme
   *[other] { $count } Maßnahmen
}
label-and-text = { $label }: { $text }

## Amounts

amount-about = etwa { $amount }
amount-up-to = bis zu { $amount }
amount-at-least = mindestens { $amount }
amount-none = keine
amount-unknown = unbekannt
amount-too-large = mehr, als sich zusammenzählen lässt
number-million = { $number } Mio.
number-billion = { $number } Mrd.

## Words of the program: statuses, kinds, milestones

action-kind-prevent = Vorbeugen
action-kind-mitigate = Abmildern
action-kind-detect = Erkennen
action-kind-repair = Beheben
action-kind-investigate = Untersuchen
action-kind-process = Abläufe
action-open = Offen
action-in-progress = In Arbeit
action-done = Erledigt
action-delayed = Verschoben
action-cancelled = Abgebrochen
action-accepted-risk = Risiko angenommen
contract-at-risk = Gefährdet
contract-impacted = Betroffen
contract-paused = Angehalten
contract-saved = Gerettet
contract-uncertain = Ungewiss
funds-at-risk = Gefährdet
funds-lost = Verloren
funds-frozen = Eingefroren
funds-rescued = Gerettet
funds-recovered = Zurückerlangt
disclosure-yes = Ja
disclosure-potential = Möglicherweise
disclosure-no = Nein
verification-testnet = Testnetz
verification-audit = Audit
verification-test = Test
verification-review = Begutachtung
event-introduced = Eingebracht
event-change = Änderung
event-started = Begonnen
event-detected = Entdeckt
event-acknowledged = Angenommen
event-declared = Ausgerufen
event-decision = Entscheidung
event-action = Handlung
event-contain = Eingedämmt
event-pause = Angehalten
event-mitigate = Abgemildert
event-verified = Bestätigt
event-rollout = Auslieferung
event-resume = Fortgesetzt
event-resolved = Behoben
event-comms = Mitteilung
event-note = Anmerkung
milestone-introduced_at = Fehler eingebracht
milestone-started_at = Auswirkung begonnen
milestone-detected_at = Entdeckt
milestone-acknowledged_at = Angenommen
milestone-declared_at = Ausgerufen
milestone-contained_at = Eingedämmt
milestone-mitigated_at = Abgemildert
milestone-resolved_at = Behoben
milestone-public_at = Erste öffentliche Mitteilung
layer-technical = Technisch
layer-procedural = Im Ablauf
origin-code = Code
origin-design = Entwurf
origin-external = Von außen
detected-by-monitoring = Überwachung
detected-by-user = Meldung von Nutzern
detected-by-staff = Eigene Leute
detected-by-researcher = Sicherheitsforscher
detected-by-partner = Partner
detected-by-third-party = Dritte
detected-by-audit = Audit
detected-by-attacker = Angreifer
related-same-cause = Gleiche Ursache
related-same-service = Gleicher Dienst
related-caused-by = Verursacht durch
related-duplicate-of = Doppelt zu
related-recurrence-of = Wiederholung von
related-drill-of = Übung zu
level-introductory = Einführend
level-intermediate = Mittel
level-advanced = Fortgeschritten
stage-preliminary = Vorläufiger Bericht
stage-full = Vollständiger Bericht
stage-closure = Abschlussbericht
correction-said = Was wir gesagt haben
correction-true = Was stimmt
correction-learned = Wann wir es erfahren haben
correction-why = Warum
plan-procedure = Abläufe
plan-role = Rollen
plan-tool = Werkzeuge
plan-contact = Kontakte
status-draft = Entwurf
status-in-review = In Prüfung
status-reviewed = Geprüft
status-closed = Abgeschlossen
ledger-overdue = Überfällig
ledger-due-soon = Bald fällig
ledger-open = Offen
ledger-unstated = Ohne Stand
ledger-done = Erledigt
ledger-cancelled = Abgebrochen
ledger-accepted-risk = Risiko angenommen
phase-undetected = Unentdeckt
phase-unacknowledged = Nicht angenommen
phase-unmitigated = Nicht abgemildert
phase-unresolved = Nicht behoben
population-incidents = Vorfälle
population-catalogue = Katalogeinträge
population-near-misses = Beinahe-Vorfälle
population-drills = Übungen

## Words that authors may choose as they like: kinds, dimensions of impact, how far things are

kind-outage = Ausfall
kind-security = Sicherheit
kind-smart-contract = Smart Contract
kind-vendor = Lieferant
kind-near-miss = Beinahe-Vorfall
kind-minor = Kleiner Vorfall
kind-drill = Übung
kind-catalogue = Katalog
impact-users = Nutzer
impact-requests = Anfragen
impact-downtime = Ausfallzeit
impact-data = Daten
impact-financial = Geld
impact-reputation = Ruf
update-investigating = Wird untersucht
update-identified = Ursache bekannt
update-monitoring = Wird beobachtet
update-resolved = Behoben

## Headings of columns in tables

column-action = Maßnahme
column-incident = Vorfall
column-team = Team
column-due = Fällig
column-look-back = Rückblick
column-closed = Beendet
column-kind = Art
column-state = Stand
column-name = Name
column-chain = Chain
column-address = Adresse
column-class = Klasse
column-records = Datensätze
column-disclosed = Offengelegt
column-asset = Wert
column-amount = Betrag
column-worth-at-the-time = Damaliger Gegenwert
column-transaction = Transaktion
column-note = Anmerkung
column-hash = Hash
column-change = Änderung
column-went-live = In Betrieb seit
column-by = Durch
column-date = Datum
column-report = Bericht
column-what = Was
column-sha-256 = SHA-256
column-collected = Gesichert
column-source = Quelle
column-custody = Verwahrung
column-kept-until = Aufbewahrt bis
column-incidents = Vorfälle
column-owner = Zuständig
column-missing = Fehlend
column-numbers = Nummern
column-the-one-before = Die davor
column-the-one-after = Die danach
column-tool = Werkzeug
column-asked-for-after = Gewünscht nach
column-day = Tag
column-who = Wer
column-what-for = Wofür
column-look-back-on = Rückblick am
column-days-since = Tage seither
column-actions-not-settled = Unerledigte Maßnahmen
column-document = Dokument
column-changes = Änderungen
column-last-changed = Zuletzt geändert
column-last-reviewed = Zuletzt geprüft
column-incidents-handled-by-it = Damit bearbeitete Vorfälle
column-after = Nach
column-proof = Nachweis
column-cause = Ursache
column-last-struck = Zuletzt aufgetreten
column-last-drill = Letzte Übung
column-drill = Übung
column-called-for-by = Anlass
column-its-actions = Maßnahmen daraus
column-before-it-happened-again = Bevor es wieder geschah
column-recurrences = Wiederholungen
column-what-that-means = Was das heißt
column-when-it-came-again = Als es wiederkam
column-step = Schritt
column-events = Ereignisse
column-in-timelines = In Zeitverläufen
column-plan-or-playbook = Plan oder Playbook
column-times-looked-at = Mal betrachtet
column-followed = Befolgt
column-adequate = Ausreichend
column-last-incident = Letzter Vorfall
column-plan = Plan
column-times-used = Mal benutzt
column-last-used = Zuletzt benutzt
column-why = Warum
column-contracts-named = Genannte Verträge
column-verification = Überprüfung
column-worth-at-the-time-all = Damaliger Gegenwert, alle Werte
column-data = Daten
column-impact-on = Auswirkung auf
column-sum = Summe
column-severity = Schweregrad
column-service = Dienst
column-period = Zeitraum
column-known = Bekannt
column-not-known = Nicht bekannt
column-median = Median
column-95-interval = 95-%-Intervall
column-middle-half = Mittlere Hälfte
column-measure = Messgröße
column-year = Jahr
column-found-by-monitoring-or-staff = Von Überwachung oder eigenen Leuten entdeckt
column-again = Wieder
column-before = Zuvor
column-effort = Aufwand
column-share = Anteil
column-prevent = Vorbeugen
column-mitigate = Abmildern
column-detect = Erkennen
column-all = Alle
column-in-all = Insgesamt
column-time = Zeit
column-shortest = Kürzeste
column-first-quarter-below = Erstes Viertel unter
column-three-quarters-below = Drei Viertel unter
column-longest = Längste
column-days = Tage
column-still-open = Noch offen
column-at-least = Mindestens
column-at-most = Höchstens

## Every page

learn = Lernen
metrics = Kennzahlen
site-skip-to-content = Zum Inhalt springen
site-browse-by = Stöbern nach
site-copies = Diese Seite als
site-edit = Diese Seite bearbeiten
site-breadcrumb = Pfad
site-more-terms = { $count } weitere: { $group }
site-made-with = Erstellt mit { $program }
site-feed = Feed
on-this-page = Auf dieser Seite
site-main = Hauptnavigation
site-page = Seite { $number }
site-pages = Seiten
site-theme = Farben

## What stands in a text beside the words of its author

text-done = Erledigt
text-not-done = Nicht erledigt
text-footnote = Fußnote { $number }
text-back = Zurück zur Stelle { $number }
text-footnotes = Fußnoten
text-footnotes-of = Fußnoten von Teil { $number }
text-table = Tabelle
text-table-of = Tabelle: { $columns }
text-table-numbered = Tabelle { $number }
text-table-numbered-of = Tabelle { $number }: { $columns }
text-alert-note = Hinweis
text-alert-tip = Tipp
text-alert-important = Wichtig
text-alert-warning = Warnung
text-alert-caution = Vorsicht

## The home page

home-incidents-for-the-first-week = Vorfälle für die erste Woche
home-all-incidents-newest-first = Alle Vorfälle, die neuesten zuerst
home-what-happened-to-a-service = Was einem Dienst widerfuhr
home-what-we-do-about-them = Was wir dagegen tun
home-follow-them-in-a-feed = Im Feedreader verfolgen
home-causes-how-to-recognise-and = Ursachen: wie man sie erkennt und ihnen vorbeugt
home-what-came-back = Was wiederkam
home-how-long-things-take = Wie lange etwas dauert
home-reading-paths = Lesepfade
home-drills-to-play = Übungen zum Durchspielen
home-what-was-learned = Was daraus gelernt wurde
home-if-you-were-affected = Wenn Sie betroffen waren
home-if-you-run-or-build = Wenn Sie es betreiben oder bauen
home-if-you-are-new-here = Wenn Sie neu hier sind
home-more = Weitere der neuesten
home-latest = Die neuesten
home-all = Alle: { $incidents }
no-incidents = Noch keine Vorfälle.
home-latest-incident = Neuester Vorfall
home-read-on = Weiterlesen
home-latest-incidents = Neueste Vorfälle
home-where-to-begin = Wo anfangen

## Search

search = Suche
search-description = Alle Vorfälle durchsuchen.
search-search-runs-in-the-browser = Die Suche läuft im Browser und braucht JavaScript. Ohne es führen diese Listen überall hin.

## The page for addresses that lead nowhere

not-found-title = Seite nicht gefunden
not-found-lead = Sie wurde vielleicht verschoben, oder die Adresse hat einen Tippfehler. Die { $search } hilft weiter, oder eine von diesen.
not-found-there-is-no-page-at = Unter dieser Adresse gibt es keine Seite

## The page at an old address

redirect-now-at = Sie ist jetzt hier: { $page }.
redirect-this-page-has-moved = Diese Seite ist umgezogen

## Ways in which incidents are grouped, and causes

cause-role-primary = Hauptursache
cause-role-root = Ursache
cause-role-contributing = Beitragend
term-year = Jahr
terms-year = Jahre
term-severity = Schweregrad
terms-severity = Schweregrade
term-services = Dienst
terms-services = Dienste
term-causes = Ursache
terms-causes = Ursachen
term-tags = Schlagwort
terms-tags = Schlagwörter
term-triggers = Auslöser
terms-triggers = Auslöser
term-owners = Zuständig
terms-owners = Zuständige

## Lists of incidents

list-of-year = Vorfälle des Jahres { $year }
list-newest-first = { $incidents }, die neuesten zuerst.
list-without-incident = Ohne Vorfall
list-open-of-incidents = { $open } von { action-items-count } dieser Vorfälle offen
list-open-of-team = { $open } von { action-items-count } dieses Teams offen
list-by-year = Vorfälle nach Jahr
list-numbered = { $title }, Seite { $page }
list-causes-by-number = Ursachen nach Zahl der Vorfälle

## Incidents by month

months-incidents-by-month = Vorfälle nach Monat

## The page of an incident

incident-fact-date = Datum
incident-fact-duration = Dauer
incident-fact-detected-by = Entdeckt durch
incident-phase-undetected = Unentdeckt
incident-phase-responding = In Bearbeitung
incident-phase-recovering = In Erholung
incident-section-impact = Auswirkung
incident-section-causes = Ursachen
incidents-title = Vorfälle
incident-reason-caused = hat diesen verursacht
incident-reason-caused-by = durch diesen verursacht
incident-reason-before = geschah zuvor
incident-reason-again = geschah wieder
incident-reason-replayed = hier nachgespielt
incident-reason-replays = spielt diesen nach
incident-reason-named = von den Verfassern genannt
incident-reason-similar = ähnlicher Text: { $words }
incident-reason-shared = gemeinsam – { $group }: { $term }
incident-actions-done-and-given-up = { $done } von { actions } erledigt, { $dropped } aufgegeben
incident-actions-done = { $done } von { actions } erledigt
incident-deadline-was = die Frist für { $severity } war der { $date }
incident-further-metadata = Weitere Metadaten
incident-mentioned-by = Erwähnt von
older = Älter
newer = Neuer
incident-neighbouring-incidents = Benachbarte Vorfälle
incident-phase-from = ab { $time }
incident-see-also = Siehe auch
incident-source = Quelle:
incident-key-events = Nur wichtige Ereignisse

## The page of an incident: what happened before and again

happened-before = Zuvor geschehen
happened-again = Wieder geschehen
happened-between-before = Abstand: { $time } vorher
happened-between-after = Abstand: { $time } danach
said-by-authors = Laut Verfassern
happened-said-too = { $shared }; auch laut Verfassern
happened-basis-cause = Gezählt sind die Maßnahmen gegen die gemeinsame Ursache.
happened-basis-all = Gezählt sind alle Maßnahmen; keine sagt, gegen welche Ursache sie sich richtet.
happened-one-open = Die eine Maßnahme, die nach dem früheren vereinbart wurde, ist noch nicht erledigt.
happened-one-done = Die eine Maßnahme, die nach dem früheren vereinbart wurde, ist inzwischen erledigt: sie hat nicht gehalten oder kam zu spät.
happened-one-given-up = Die eine Maßnahme, die nach dem früheren vereinbart wurde, sollte am Ende nicht umgesetzt werden: das Risiko wurde angenommen.
happened-no-answer = Keine Maßnahme des früheren richtet sich gegen diese Ursache.
happened-no-action = Der frühere nennt keine Maßnahme.
happened-none-done = Von { actions }, die nach dem früheren vereinbart wurden, ist noch keine erledigt.
happened-some-open = { $some ->
    [one] Von { actions }, die nach dem früheren vereinbart wurden, ist { $some } noch nicht erledigt.
   *[other] Von { actions }, die nach dem früheren vereinbart wurden, sind { $some } noch nicht erledigt.
}
happened-some-done = { $some ->
    [one] Von { actions }, die nach dem früheren vereinbart wurden, ist { $some } inzwischen erledigt: sie hat nicht gehalten oder kam zu spät.
   *[other] Von { actions }, die nach dem früheren vereinbart wurden, sind { $some } inzwischen erledigt: sie haben nicht gehalten oder kamen zu spät.
}
happened-none-to-be-done = Von { actions }, die nach dem früheren vereinbart wurden, sollte am Ende keine umgesetzt werden: das Risiko wurde angenommen.
happened-nothing-said = Der frühere nennt { actions }; was daraus wurde, steht nirgends.

## The page of an incident: lists of contracts, funds, data, evidence

records-collected-by = durch { $name }
records-state-not-told = Stand nicht genannt
records-worth = { $state }: damals { $value }
records-in-all = Insgesamt: { $sums }.
records-contracts = Verträge
records-data = Daten
records-funds = Gelder
records-transactions = Transaktionen
records-fixes = Behebungen
records-verification = Überprüfung
records-evidence = Beweismittel

## The page of an incident: how far the report is

report-not-over = Dieser Vorfall ist nicht vorbei.
report-not-over-state = Dieser Vorfall ist nicht vorbei. Sein Stand: { $state }.
ongoing = Andauernd
report-preliminary = Was bisher bekannt ist; manches kann sich als anders herausstellen.
report-full-report-was-due = Der vollständige Bericht war fällig am
report-is-late = { " " }und ist verspätet.
report-full-report-comes = Der vollständige Bericht kommt bis
report-full-stop = .
report-next-word-was-promised = Die nächste Mitteilung war versprochen bis
report-next-word-comes = Die nächste Mitteilung kommt bis
report-next-update = Nächste Mitteilung
report-corrected-on = Dieser Bericht wurde berichtigt am
report-corrected = Dieser Bericht wurde berichtigt.
report-corrected-head = Berichtigt
report-updates = Mitteilungen
report-corrections = Berichtigungen
report-promise-kept = eingehalten
report-promise-pending = steht noch aus
report-promise-unknown = wann sie kam, ist nicht gesagt
report-promise-late-by = { $time } zu spät
report-promise-late = zu spät
report-promise-broken = kam nicht
report-about-this-report = Zu diesem Bericht
report-what-changed = Was sich geändert hat
report-promised-by = Nächste Mitteilung versprochen bis

## The page of an incident: history of the report

revisions-first = Erste Fassung
revisions-added = { $count ->
    [one] { $count } Wort hinzugefügt
   *[other] { $count } Wörter hinzugefügt
}
revisions-removed = { $count ->
    [one] { $count } Wort entfernt
   *[other] { $count } Wörter entfernt
}
revisions-changed = { $count ->
    [one] { $count } Wort hinzugefügt, { $removed } entfernt
   *[other] { $count } Wörter hinzugefügt, { $removed } entfernt
}
revisions-chain = Als Kette von Hashes
revisions-chain-why = { $chain }: Wer eine Kopie aufbewahrt, kann erkennen, ob etwas darin umgeschrieben wurde.
revisions-history-of-this-report = Verlauf dieses Berichts

## The page of a cause

cause-found-and-silent = { $count ->
    [one] { $by }; { $count } sagt es nicht.
   *[other] { $by }; { $count } sagen es nicht.
}
cause-found = { $by }.
cause-counted-primary = Haupt-
cause-counted-further = weitere
cause-counted-contributing = beitragend
cause-roles = Rolle
cause-layers = Ebene
cause-origins = Herkunft
cause-triggers = Ausgelöst durch
cause-no-actions = Diese Vorfälle haben keine Maßnahmen: nichts ist dagegen aufgeschrieben.
cause-one-action = Die eine Maßnahme dieser Vorfälle nennt eine andere Ursache oder keine, und diese ist bei keinem Vorfall die erste.
cause-no-action-of = Keine der { $count } Maßnahmen dieser Vorfälle nennt diese Ursache, und sie ist bei keinem die erste.
cause-nothing-prevents = Nichts ist getan oder geplant, um ihr vorzubeugen.
cause-prevents-later = Eine vorbeugende Maßnahme ist noch nicht erledigt.
cause-prevents-unsaid = Nichts sagt, ob die vorbeugenden Maßnahmen erledigt sind.
cause-nothing-mitigates = Nichts ist getan oder geplant, um sie abzumildern.
cause-mitigates-later = Eine abmildernde Maßnahme ist noch nicht erledigt.
cause-mitigates-unsaid = Nichts sagt, ob die abmildernden Maßnahmen erledigt sind.
cause-nothing-detects = Nichts ist getan oder geplant, um sie früher zu erkennen.
cause-detects-later = Eine Maßnahme, um sie früher zu erkennen, ist noch nicht erledigt.
cause-detects-unsaid = Nichts sagt, ob die Maßnahmen zum Erkennen erledigt sind.
cause-drilled-long-ago = Keine Übung in 12 Monaten; die letzte war am { $date }.
cause-drilled-undated = Keine Übung in 12 Monaten, die ihren Tag nennt.
cause-never-drilled = Sie wurde noch nie geübt.
cause-all = Alle
control-coverage = Abdeckung durch Maßnahmen
cause-of-branch = Ursachen dieses Zweigs
no-control = keine
cause-all-inferred = Keine dieser Maßnahmen nennt eine Ursache; diese ist die einzige oder die erste ihrer Vorfälle.
cause-some-inferred = Eine mit „durch ihren Vorfall“ bezeichnete Maßnahme nennt keine Ursache; diese ist die einzige oder die erste ihres Vorfalls.
cause-more-actions = { $count ->
    [one] { $count } weitere Maßnahme steht auf den Seiten der Vorfälle.
   *[other] { $count } weitere Maßnahmen stehen auf den Seiten der Vorfälle.
}
cause-by-its-incident = durch ihren Vorfall
cause-actions = Maßnahmen gegen diese Ursache
cause-drill = Übung
cause-seen-with-it = { $group }, die damit auftreten
cause-all-terms = Alle { $group }
cause-feed-of = Feed zu { $name }:
cause-around = Rund um { $name }
cause-part-of = Teil von
cause-divided-into = Unterteilt in
cause-beside-it = Daneben
cause-what-holds-against-it = Was dagegen hilft
cause-in-general-practice = Üblicherweise:
cause-action-items-of-these-incidents = Maßnahmen dieser Vorfälle gegen diese Ursache, nach ihrem Zweck.
cause-still-to-do = Noch zu tun
cause-actions-that-answer-it = Maßnahmen dagegen
cause-layer = Ebene: { $layer }
cause-origin = Herkunft: { $origin }
cause-causes-in-this-branch = Ursachen in diesem Zweig
cause-also = Auch genannt: { $names }
cause-how-it-shows-itself = Wie sie sich zeigt
cause-not-this = Nicht dies:
cause-how-these-incidents-were-found = Wie diese Vorfälle entdeckt wurden:
cause-what-would-have-found-it = Was sie früher entdeckt hätte
cause-unused = { causes }, die kein Vorfall nennt

## The pages that list causes, services, tags

taxonomy-gaps-shown = Gezeigt sind die { $count } mit den meisten Vorfällen.
taxonomy-gaps = Ursachen ohne erledigte Maßnahme, die sie erkennt
taxonomy-causes-lead = Warum das System es zuließ: { causes }, von diesen Vorfällen genannt. Ein Vorfall kann mehrere haben; was ihn auslöste, steht gesondert als Auslöser.
taxonomy-severities-lead = Wie schlimm es war, im Nachhinein beurteilt, das Schlimmste zuerst.
taxonomy-triggers-lead = Was Vorfälle auslöste. Warum das System es zuließ, steht gesondert unter Ursachen.
taxonomy-owners-lead = Die Teams, deren Dienste getroffen wurden und deren Dokumente dies sind.
taxonomy-in-all = { $count } insgesamt.
taxonomy-gaps-note = { $open ->
    [one] { $open } von { causes }, die Vorfälle nennen, hat keine erledigte Maßnahme, die sie früher erkennen würde. Eine Maßnahme zählt für die Ursache, die sie nennt, sonst für die erste ihres Vorfalls.
   *[other] { $open } von { causes }, die Vorfälle nennen, haben keine erledigte Maßnahme, die sie früher erkennen würde. Eine Maßnahme zählt für die Ursache, die sie nennt, sonst für die erste ihres Vorfalls.
}
taxonomy-branches-that-no-incident-names = Zweige, die kein Vorfall nennt
taxonomy-not-yet-detected = Noch nicht erkannt

## Action items

action-items = Maßnahmen
patterns = Muster
actions-description = Was nach Vorfällen und Übungen vereinbart wurde und was daraus geworden ist.
actions-overdue-text = Offen und vor heute fällig.
actions-due-soon = Fällig in 30 Tagen
actions-open-text = Später fällig oder ohne Tag.
actions-unstated = Ohne Stand
actions-unstated-text = Nichts sagt, wie weit diese sind. Sie können längst erledigt sein; keine zählt als offen, verspätet oder erledigt.
actions-time = Wie lange es dauert
actions-calendar = Kalender der Fälligkeiten
actions-open-count = { $count } offen
actions-open-none-late = { $open }, davon keine verspätet
actions-open-some-late = { $open }, davon { $count } verspätet
actions-done-count = { $count } erledigt
actions-given-up-count = { $count } aufgegeben
actions-unstated-count = { $count } ohne Stand
actions-lead = Am { $date }: { $counts }.
actions-from-drills = { $count ->
    [one] Eine davon stammt aus einer Übung.
   *[other] { $count } davon stammen aus Übungen.
}
actions-closing-unknown = Wie lange sie dauern, ist nicht bekannt: keine Maßnahme sagt, an welchem Tag sie erledigt wurde.
actions-closing-few = { $count ->
    [one] Wie lange sie dauern, lässt sich noch nicht sagen: nur { $count } Maßnahme nennt die Tage, an denen sie vereinbart und erledigt wurde.
   *[other] Wie lange sie dauern, lässt sich noch nicht sagen: nur { $count } Maßnahmen nennen die Tage, an denen sie vereinbart und erledigt wurden.
}
actions-closing-half = { $days ->
    [one] Die Hälfte ist innerhalb von { $days } Tag erledigt (von { $total }, { $waiting } noch zu tun oder aufgegeben).
   *[other] Die Hälfte ist innerhalb von { $days } Tagen erledigt (von { $total }, { $waiting } noch zu tun oder aufgegeben).
}
actions-closing-fewer = Weniger als die Hälfte derer mit bekannten Tagen ist erledigt (von { $total }, { $waiting } noch zu tun oder aufgegeben).
given-up = Aufgegeben
actions-dropped-text = Abgebrochen, oder das Risiko ist angenommen.
actions-more = { $count } weitere stehen in { $file }.
heading-and-count = { $heading }: { $count }
actions-show = { $count ->
    [one] { $count } Maßnahme zeigen
   *[other] { $count } Maßnahmen zeigen
}
actions-from-a-drill = Übung
actions-from-a-near-miss = Beinahe-Vorfall
actions-deadline = nach der Frist für { $severity }
actions-overdue-delayed = { $count ->
    [one] seit { $count } Tag, als verschoben gekennzeichnet
   *[other] seit { $count } Tagen, als verschoben gekennzeichnet
}
actions-overdue-by = { $count ->
    [one] seit { $count } Tag
   *[other] seit { $count } Tagen
}
actions-look-backs-due = Rückblick fällig
actions-looked-back-on = Rückblick gehalten
actions-checked-and-other = { $count ->
    [one] Auf { $count } Maßnahme wurde zurückgeblickt: { $held } hat gehalten, { $failed } nicht, und zu { $other } steht etwas anderes.
   *[other] Auf { $count } Maßnahmen wurde zurückgeblickt: { $held } haben gehalten, { $failed } nicht, und zu { $other } steht etwas anderes.
}
actions-checked = { $count ->
    [one] Auf { $count } Maßnahme wurde zurückgeblickt: { $held } hat gehalten, { $failed } nicht.
   *[other] Auf { $count } Maßnahmen wurde zurückgeblickt: { $held } haben gehalten, { $failed } nicht.
}
actions-look-back-without-result = { $count ->
    [one] Für { $count } erledigte Maßnahme ist der Rückblick fällig: kein Ergebnis ist aufgeschrieben.
   *[other] Für { $count } erledigte Maßnahmen ist der Rückblick fällig: kein Ergebnis ist aufgeschrieben.
}
actions-look-backs-to-come = { $count ->
    [one] { $count } Rückblick steht noch aus.
   *[other] { $count } Rückblicke stehen noch aus.
}
actions-not-named = Nicht genannt
actions-by-team-text = Eine Maßnahme zählt für das Team, das zuständig ist oder zu dem die zuständige Person gehört. Überfällige sind unter den offenen.
actions-by-cause-text = Eine Maßnahme zählt für die Ursachen, die sie nennt; eine ohne für die erste ihres Vorfalls.
actions-chart-closing = Anteil noch zu erledigender Maßnahmen
actions-chart-ageing = Alter offener Maßnahmen
actions-chart-ageing-caption = Tage bis { $date }, seit die offenen Maßnahmen vereinbart wurden: seit dem Tag, den sie nennen, sonst seit der Behebung des Vorfalls, sonst seit seinem Datum.
actions-chart-ageing-unknown = Nicht gezählt: { $count }, die nicht sagen, seit wann.
actions-chart-ageing-age = Alter
actions-chart-ageing-count = Offene Maßnahmen
actions-left-out-done = { $count } an einem nicht notierten Tag erledigt
actions-left-out-given-up = { $count } an einem nicht notierten Tag aufgegeben
actions-left-out-unopened = { $count }, deren Tage unbekannt oder vertauscht sind
actions-left-out-unstated = { $count } ohne Stand
actions-chart-closing-caption = { $count ->
    [one] Tage von der Vereinbarung einer Maßnahme bis zur Erledigung, für { $count } Maßnahme (Kaplan-Meier-Schätzung). Was noch offen ist, zählt so lange, wie es offen war; was aufgegeben wurde, bis zu diesem Tag.
   *[other] Tage von der Vereinbarung einer Maßnahme bis zur Erledigung, für { $count } Maßnahmen (Kaplan-Meier-Schätzung). Was noch offen ist, zählt so lange, wie es offen war; was aufgegeben wurde, bis zu diesem Tag.
}
not-counted = Nicht gezählt: { $what }.
actions-age-under-30-days = unter 30 Tagen
actions-age-30-to-89-days = 30 bis 89 Tage
actions-age-90-to-179-days = 90 bis 179 Tage
actions-age-180-days-or-more = 180 Tage oder mehr
actions-by-team-column = Team
actions-by-team = Nach Team
actions-by-team-more = { $count } weitere Teams stehen in { $file }.
actions-by-cause-column = Ursache
actions-by-cause = Nach Ursache
actions-by-cause-more = { $count } weitere Ursachen stehen in { $file }.
actions-by-severity-column = Schweregrad
actions-by-severity = Nach Schweregrad
actions-by-severity-more = { $count } weitere Schweregrade stehen in { $file }.
actions-by-kind-column = Art
actions-by-kind = Nach Art
actions-by-kind-more = { $count } weitere Arten stehen in { $file }.
actions-download = Diese Maßnahmen herunterladen:
actions-how-long-it-takes = Wie lange es dauert
column-status = Stand
actions-done-when = Erledigt, wenn

## Patterns

patterns-lead = Was { $incidents } zeigen, zusammen gelesen.
patterns-actions = Was nach Vorfällen vereinbart wurde und was daraus geworden ist.
patterns-metrics = Wie lange etwas dauerte, wie es entdeckt wurde und wie sicher das ist.
patterns-ways-to-group-them = Wege, sie zu ordnen

## Patterns: titles and first sentences

pattern-more = { $count } weitere
pattern-recurrences = Wiederholungen
pattern-recurrences-lead = Vorfälle, deren Ursache denselben Dienst schon einmal getroffen hatte, und was aus den damals vereinbarten Maßnahmen wurde.
pattern-luck = Glück und Überraschung
pattern-luck-lead = Was nur durch Glück gut ging und was die Leute überraschte: Risiken, die keine Kennzahl zählt.
pattern-response = Handlungen und Playbooks
pattern-response-lead = Was die Beteiligten taten, Vorfall für Vorfall, und welche Playbooks befolgt wurden und hielten.
pattern-losses = Verluste und Gefährdung
pattern-losses-lead = Betroffene Gelder, Daten und Verträge, in ihren Grenzen zusammengezählt, und wie Behebungen überprüft wurden.
pattern-plans = Änderungen an Plänen und Standards
pattern-plans-lead = Was Vorfälle an Notfallplänen, Standards und Dokumenten geändert haben.
pattern-preparedness = Übungen und Vorbereitung
pattern-preparedness-lead = Übungen, die Vorfälle, die Anlass dazu gaben, und Ursachen, die niemand geübt hat.
pattern-year-ago = Vor einem Jahr
pattern-year-ago-lead = Was um diesen Tag in früheren Jahren geschah und für welche Maßnahmen ein Rückblick fällig ist.
pattern-acknowledgements = Danksagungen
pattern-acknowledgements-lead = Menschen und Organisationen, die geholfen haben und genannt werden wollten.
pattern-records = Lücken und Wünsche
pattern-records-lead = Werkzeuge, die sich die Beteiligten wünschten, und fehlende Nummern unter den Vorfällen.

## Patterns: what is not shown

left-out-wishes = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Wunsch.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Wünsche.
}
left-out-entries = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Eintrag.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Einträge.
}
left-out-gaps = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Lücke.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Lücken.
}
left-out-incidents = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Vorfall.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Vorfälle.
}
left-out-actions = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Maßnahme.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Maßnahmen.
}
left-out-documents = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Dokument.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Dokumente.
}
left-out-changes = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Änderung.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Änderungen.
}
left-out-drills = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Übung.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Übungen.
}
left-out-causes = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Ursache.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Ursachen.
}
left-out-outcomes = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Ergebnis.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Ergebnisse.
}
left-out-chains = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Kette.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Ketten.
}
left-out-steps = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Schritt.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Schritte.
}
left-out-playbooks = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Playbook.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Playbooks.
}
left-out-times = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Mal.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Male.
}
left-out-plans = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Plan.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Pläne.
}
left-out-decisions = { $count ->
    [one] { $count } weitere von älteren Vorfällen steht auf deren Seiten: Entscheidung.
   *[other] { $count } weitere von älteren Vorfällen stehen auf deren Seiten: Entscheidungen.
}

## Patterns: recurrences

recurrences-open = Maßnahmen noch offen
recurrences-open-means = Etwas, das beim vorigen Mal vereinbart wurde, ist noch nicht erledigt.
recurrences-done = Maßnahmen erledigt
recurrences-done-means = Was vereinbart wurde, ist inzwischen erledigt: es hat nicht gehalten oder kam zu spät.
recurrences-given-up = Risiko angenommen
recurrences-given-up-means = Es wurde entschieden, nichts zu tun oder aufzuhören.
recurrences-untold = Nichts gesagt
recurrences-untold-means = Keine Maßnahme richtet sich gegen die Ursache, oder keine sagt, was daraus wurde.
recurrences-outcomes = Was aus den Maßnahmen geworden war
recurrences-one-open = mit noch offenen Maßnahmen
recurrences-some-open = { $count } mit noch offenen Maßnahmen
recurrences-one-done = mit erledigten Maßnahmen
recurrences-some-done = { $count } mit erledigten Maßnahmen
recurrences-one-given-up = mit angenommenem Risiko
recurrences-some-given-up = { $count } mit angenommenem Risiko
recurrences-one-untold = ohne Angaben zu den Maßnahmen
recurrences-some-untold = { $count } ohne Angaben zu den Maßnahmen
recurrences-as-today = Die Maßnahmen sind gezeigt, wie sie heute stehen.
recurrences-told = { $count ->
    [one] Eine Wiederholung { $outcomes }.
   *[other] Von { $count } Wiederholungen: { $outcomes }.
}
recurrences-chains-text = Eine Kette für jede Ursache und jeden Dienst, die neueste zuerst. Neben jedem Vorfall: was aus seinen Maßnahmen geworden ist. Wo Maßnahmen ihre Ursache nennen, zählen nur diese.
recurrences-chains = Was wieder geschah
recurrences-less-than-a-month = weniger als ein Monat
recurrences-all-of-incident = alle des Vorfalls
recurrences-in-services = { $cause } in { $services }
recurrences-share = { $part } von { incidents }: schon einmal geschehen, mit derselben Ursache im selben Dienst innerhalb von { $months } Monaten oder laut den Verfassern.
recurrences-share-untold = { $count } weitere nennen nicht Ursache, Dienst und Tag, sodass es sich nicht sagen lässt.

## Patterns: luck and surprise

luck-lucky = Wo wir Glück hatten
luck-lucky-text = Was nur durch Zufall gut ging oder nicht schlimmer kam. Was das Glück einmal tat, kann beim nächsten Mal eine Maßnahme tun.
luck-surprised = Was uns überraschte
luck-surprised-text = Wo das System oder unser Bild davon nicht war, wofür wir es hielten.
luck-near-misses-text = Was beinahe ein Vorfall war: bekannte Risiken, die noch nicht eingetreten sind.
luck-near-misses = Beinahe-Vorfälle
luck-no-cause = Keine bekannte Ursache genannt

## Patterns: response actions and playbooks

part-of = { $part } von { $whole }
response-without-timeline = { $count ->
    [one] { $count } Dokument ohne Zeitverlauf.
   *[other] { $count } Dokumente ohne Zeitverlauf.
}
response-without-type = { $count ->
    [one] { $count } Ereignis ohne Art.
   *[other] { $count } Ereignisse ohne Art.
}
response-steps = Was getan wurde und wie oft
response-part-and-partly = { $part } von { $whole } ({ $partly } teilweise)
response-yes = ja
response-partly = teilweise
response-no = nein
response-playbooks-text = Aus den Tabellen in Postmortems, die von jedem Plan oder Playbook sagen, ob es befolgt wurde und ausreichte. Was am häufigsten nicht reichte, steht zuerst; gezählt sind die Male, zu denen jemand etwas sagt.
response-playbooks = Wie Pläne und Playbooks hielten
response-fell-short-text = Jedes Mal, wenn eines nicht befolgt wurde oder nicht reichte, mit dem, was das Postmortem dazu sagt.
response-fell-short = Wo sie nicht reichten
response-plans-used-text = Notfallpläne, die laut Vorfällen und Übungen benutzt wurden.
response-plans-used = Benutzte Pläne
response-decisions-text = { $count ->
    [one] { $count } Entscheidung, die ein Zeitverlauf als solche kennzeichnet: was Menschen nach damaligem Wissen wählten.
   *[other] { $count } Entscheidungen, die Zeitverläufe als solche kennzeichnen: was Menschen nach damaligem Wissen wählten.
}
response-decisions = Entscheidungen
response-without-either = { response-events } ohne Art; { response-without-timeline }
response-steps-text-mixed = { response-events } in { response-timelines } ({ $of }), nach der Art, die davor steht oder sich aus den ersten Wörtern ergibt. Ein Schritt, den wenige Zeitverläufe zeigen, wurde nicht getan oder nicht aufgeschrieben.
response-steps-text = { response-events } in { response-timelines }, nach der Art, die davor steht oder sich aus den ersten Wörtern ergibt. Ein Schritt, den wenige Zeitverläufe zeigen, wurde nicht getan oder nicht aufgeschrieben.
response-events = { $events ->
    [one] { $events } Ereignis
   *[other] { $events } Ereignisse
}
response-timelines = { $count ->
    [one] { $count } Zeitverlauf
   *[other] { $count } Zeitverläufen
}

## Patterns: losses and exposure

losses-not-told = Nicht genannt
losses-no-number = keine Zahl genannt
losses-no-number-for = keine Zahl für { $count } von { $all }
losses-funds-by-asset = Gelder nach Stand und Wert
losses-funds-in-dollars = Gelder nach Stand, in US-Dollar
losses-funds = Gelder
losses-funds-text = Beträge sind zusammengezählt, wo Wert und Stand gleich sind. Verschiedene Stände werden nicht zusammengezählt: was verloren war, kann als zurückerlangt noch einmal gezählt sein. US-Dollar sind die zur Zeit des jeweiligen Vorfalls, wo die Verfasser sie nennen.
losses-data-text = Datensätze sind zusammengezählt, wo Klasse und Offenlegung gleich sind. Derselbe Datensatz kann in mehreren Vorfällen stehen.
losses-data = Daten
losses-data-by-class = Daten nach Klasse
losses-contracts-text = Verträge, die die Vorfälle mit Adresse oder Namen nennen, jeder einmal. Ihre Seiten sagen, wie viele andere denselben Code ausführten.
losses-contracts = Verträge
losses-contracts-by-chain = Verträge nach Chain und Stand
losses-fixes = Überprüfung der Behebungen
losses-fixes-by-verification = Behebungen nach Überprüfung
losses-audited-before = Audit vor der Inbetriebnahme
losses-audited = Audit; ob vor der Inbetriebnahme, ist nicht gesagt
losses-audited-after = Audit nach der Inbetriebnahme
losses-no-audit = Kein Audit; getestet oder begutachtet
losses-nothing-told = Nichts gesagt
losses-impact-text = Auswirkungen, die als Zahl dastehen, zusammengezählt, wo sie dasselbe zählen. Wer in mehreren Vorfällen gezählt ist, ist nicht unbedingt jemand anderes.
losses-impact = Auswirkung in Zahlen
losses-none-in = keine in { incidents }
losses-not-known-in = nicht bekannt in { incidents }
losses-words-in = in Worten in { incidents }
losses-not-in-sums = Nicht in den Summen für { $dimension }: { $counts }.
losses-newest = Die neuesten { $shown } von { $count }.
losses-fixes-text = { $count ->
    [one] Wie Behebungen überprüft wurden, in { $count } Vorfall, der davon berichtet. Ein Audit zählt nur dann als vor der Inbetriebnahme, wenn sein Datum sicher früher ist.
   *[other] Wie Behebungen überprüft wurden, in { $count } Vorfällen, die davon berichten. Ein Audit zählt nur dann als vor der Inbetriebnahme, wenn sein Datum sicher früher ist.
}

## Patterns: changes to plans and standards

plans-changes = Änderungen
plans-documents-text = Dokumente, die Vorfälle als geändert nennen. Eine letzte Prüfung steht da, wo das Dokument eine Seite dieser Website ist und eine nennt.
plans-documents = Geänderte Dokumente
plans-other = Andere Änderungen
plans-changed = Geändert
plans-changes-text = { $count ->
    [one] { $count } Änderung, die neuesten zuerst.
   *[other] { $count } Änderungen, die neuesten zuerst.
}
plans-told-text = Was unter der Überschrift zu geänderten Plänen steht.
plans-told = Was Postmortems zu Plänen sagen
plans-standards-text = Maßnahmen, die ändern, wie Code geschrieben wird, mit ihrem Nachweis.
plans-standards = Geänderte Standards
plans-actions-text = Maßnahmen zu Dokumenten, Runbooks, Richtlinien oder Abläufen, mit ihrem Nachweis.
plans-actions = In Maßnahmen vereinbart

## Patterns: drills and preparedness

drills-text = Übungen mit den Vorfällen, die sie nennen oder verlinken; wo sie keine nennen, die davor mit derselben Ursache.
drills-their-actions = Von den Maßnahmen daraus: { $counts }.
drills-same-cause = gleiche Ursache
drills-gaps-text = Was in einer Übung schiefging, wo es niemanden etwas kostete.
drills-gaps = Was Übungen als mangelhaft fanden
drills-none = keine
drills-unrehearsed = Ursachen, die in letzter Zeit nicht geübt wurden
drills-unrehearsed-text = { $rehearsed ->
    [one] Aufgetreten: { causes }, davon { $rehearsed } innerhalb von { $months } Monaten geübt. Die anderen, die häufigsten zuerst.
   *[other] Aufgetreten: { causes }, davon { $rehearsed } innerhalb von { $months } Monaten geübt. Die anderen, die häufigsten zuerst.
}

## Patterns: one year ago

year-ago-this-week-text = Vorfälle, die vor einem Jahr innerhalb von drei Tagen um diesen Tag begannen. Die schlimmsten zuerst.
year-ago-around-text = Vorfälle, die in einem früheren Jahr innerhalb von { $days } Tagen um den { $day } begannen. Die schlimmsten zuerst.
year-ago-this-week = Vor einem Jahr in dieser Woche
year-ago-around = Um diesen Tag in früheren Jahren
year-ago-next-text = Um diesen Tag geschah in früheren Jahren nichts. Diese kommen als Nächstes.
year-ago-next = Die nächsten Jahrestage
year-ago-years-in-days = { $days ->
    [one] { years } in { $days } Tag
   *[other] { years } in { $days } Tagen
}
year-ago-years-ago = { $count ->
    [one] vor { $count } Jahr
   *[other] vor { $count } Jahren
}
column-anniversary = Jahrestag
column-what-it-was = Was es war
year-ago-reviews-text = Der Tag, an dem geprüft werden sollte, ob die Maßnahmen gehalten haben, ist vorbei, und keine spätere Prüfung ist vermerkt.
year-ago-reviews = Vorfälle, für die ein Rückblick fällig ist
year-ago-look-backs-text = Diese Maßnahmen sind erledigt. Ihre Wirkung sollte inzwischen geprüft sein, und kein Ergebnis ist aufgeschrieben.
year-ago-look-backs = Maßnahmen, für die ein Rückblick fällig ist

## Patterns: acknowledgements

thanks-text = { $count ->
    [one] { $count } Person oder Organisation hat geholfen und wollte hier genannt werden.
   *[other] { $count } Personen und Organisationen haben geholfen und wollten hier genannt werden.
}
with-thanks = Mit Dank

## Patterns: gaps and wishes

gaps-tools-text = Maßnahmen zu Werkzeugen. { $open } von { $count } sind noch nicht erledigt; sie stehen zuerst.
gaps-tools = Gewünschte Werkzeuge
gaps-wishes-text = Was unter Überschriften steht, die Werkzeuge nennen.
gaps-wishes = Was Vorfälle zu Werkzeugen sagen
gaps-numbers = Fehlende Nummern
gaps-numbers-text = { $count ->
    [one] { $count } Nummer fehlt, wo Vorfälle fortlaufend nummeriert sind. Dahinter steht ein Vorfall, den niemand aufgeschrieben hat, eine anderweitig benutzte Nummer oder ein Dokument, das hier nicht gezeigt wird.
   *[other] { $count } Nummern fehlen, wo Vorfälle fortlaufend nummeriert sind. Hinter jeder steht ein Vorfall, den niemand aufgeschrieben hat, eine anderweitig benutzte Nummer oder ein Dokument, das hier nicht gezeigt wird.
}

## Metrics

metrics-no-incidents = bearbeitete Vorfälle
metrics-no-found = wie sie entdeckt wurden
metrics-no-times = Zeiten
metrics-no-how-soon = wie bald
metrics-no-phases = wo die Zeit blieb
metrics-no-causes = Ursachen
metrics-no-severity = Dauer nach Schweregrad
metrics-no-recurrence = Wiederholung
metrics-no-actions = Maßnahmen
metrics-no-coverage = wie viel festgehalten ist
metrics-no-effort = Aufwand
metrics-no-promises = Versprechen einer nächsten Mitteilung
metrics-no-calendar = Kalender
metrics-left-out = Ausgelassen, weil zu wenig festgehalten ist: { $what }.
or-more = { $number } oder mehr
metrics-share = { $part } von { $whole } ({ $percent }; 95-%-Intervall { $low } bis { $high })
metrics-quarter-of-year = { $quarter } { $year }
metrics-quarter = Q{ $number }
metrics-documented-span = { $incidents } in dieser Ausgabe dokumentiert, von { $first } bis { $last }.
metrics-documented-year = { $incidents } in dieser Ausgabe dokumentiert, alle aus { $year }.
metrics-documented = { $incidents } in dieser Ausgabe dokumentiert.
metrics-half-detected = Von { $count } mit bekannter Zeit wurde die Hälfte innerhalb von { $time } entdeckt.
metrics-half-mitigated = Von { $count } mit bekannter Zeit wurde die Hälfte innerhalb von { $time } abgemildert.
metrics-half-resolved = Von { $count } mit bekannter Zeit wurde die Hälfte innerhalb von { $time } behoben.
metrics-found-by-us = { $part } von { $count } wurden von der Überwachung oder eigenen Leuten entdeckt.
metrics-none-again = Bei keinem von { $count } hatte dieselbe Ursache denselben Dienst schon einmal getroffen.
metrics-some-again = Bei { $part } von { $count } hatte dieselbe Ursache denselben Dienst schon einmal getroffen.
metrics-counted-apart = Gesondert gezählt und hier in keiner Zahl außer denen zu Maßnahmen: { $counts }.
metrics-person-hours = { $hours ->
    [one] { $hours } Personenstunde
   *[other] { $hours } Personenstunden
}
metrics-actions-apart = { $actions }, davon { $count } nicht aus Vorfällen
metrics-actions-none-overdue = { $open }, davon keine überfällig
metrics-actions-some-overdue = { $open }, davon { $count } überfällig
metrics-actions-counts = { $actions }: { $counts }.
metrics-controls-text = Maßnahmen aus Vorfällen und Übungen, nach der Ursache, gegen die sie sich richten. Eine leere Zelle ist etwas zum Nachdenken, kein Fehler.
metrics-controls = Was gegen jede Ursache getan wird
metrics-all-actions = Alle Maßnahmen
metrics-year-running = Das letzte Jahr ist noch nicht vorbei.
metrics-by-year = Nach Jahr
metrics-by-severity = Nach Schweregrad
metrics-by-kind = Nach Art
metrics-by-service = Nach Dienst
metrics-by-service-text = Ein Vorfall, der mehrere Dienste traf, zählt bei jedem.
metrics-handled-text = { $incidents }. Mehr davon können mehr Fehler heißen, bessere Erkennung oder weniger Scheu, sie aufzuschreiben; eine Anzahl sagt nicht, was davon.
metrics-undated = { $count } davon nennen kein Datum.
metrics-handled = Bearbeitete Vorfälle
metrics-causes-over-time = Ursachen im Lauf der Zeit
metrics-causes-over-time-text = Je dunkler, desto mehr; die Zahl sagt, wie viele.
metrics-causes-text = Ursachen, genannt von { $incidents }. Ein Vorfall mit mehreren Ursachen zählt bei jeder.
metrics-causes-missing = { $count } nennen keine Ursache
metrics-causes-undated = { $count } nennen eine, aber kein Datum, und stehen in keiner Spalte
metrics-sentence = { $text }.
metrics-together = „Zusammen“ ist der Anteil der Vorfälle, bei denen diese Ursache oder eine darüber am Werk war.
metrics-causes-by-number = Ursachen nach Anzahl
by-month = Nach Monat
metrics-months-text = Monate vor dem ersten und nach heute sind leer.
metrics-months-missing = { $incidents } ausgelassen: der Monat ist nicht bekannt.
metrics-calendar = Kalender
metrics-times-compared-text = Die Achse ist logarithmisch: jeder Schritt nach rechts ist um ein Vielfaches länger.
metrics-times-compared = Alle Zeiten auf einer Achse
metrics-times-text = Jede Zeit ist unten definiert, denn dieselben Namen werden anderswo für Verschiedenes benutzt.
metrics-times-medians = Median und mittlere Hälfte stehen ab fünf Werten da; darunter sind die Werte aufgezählt. Der wahre Median kann überall in seinem 95-%-Intervall liegen, das bei wenigen Werten weit ist.
metrics-times = Zeiten
metrics-negative = Bei { $incidents } liegt das Ende vor dem Anfang; das zählt als nicht bekannt.
metrics-mean-left-out = Der Mittelwert, den einige lange Vorfälle hochziehen: { $time } (von { $count }; { $left } ausgelassen, nur in Grenzen bekannt).
metrics-mean = Der Mittelwert, den einige lange Vorfälle hochziehen: { $time } (von { $count }).
metrics-table-of-periods = Die Tabelle zeigt die Zeiträume mit fünf oder mehr Werten.
metrics-not-known = { $count } nicht bekannt
metrics-interval = 95-%-Intervall { $interval }
metrics-nine-in-ten = Neun von zehn innerhalb von
metrics-values = Werte
metrics-within-bounds = In Grenzen
metrics-drawn-open = offen gezeichnet
metrics-no-difference = Zwischen { $earlier } und { $later } lässt sich kein Unterschied zeigen: die Intervalle ihrer Mediane überlappen sich.
metrics-shorter = Der Median von { $later } ist niedriger als der von { $earlier }: ihre Intervalle überlappen sich nicht.
metrics-longer = Der Median von { $later } ist höher als der von { $earlier }: ihre Intervalle überlappen sich nicht.
metrics-so-far = { $period }, bisher
column-quarter = Quartal
column-month = Monat
metrics-last-periods = Die letzten { $shown } von { $count } Zeiträumen, die welche haben.
metrics-measure-by-period = { $measure } nach Zeitraum
metrics-detected = entdeckt
metrics-mitigated = abgemildert
metrics-curve-known-and-missing = { $known } { $what } ({ $missing } nicht bekannt)
metrics-curve-known = { $known } { $what }
metrics-distribution-text = Von einer Zeit nach oben gelesen: die Höhe der Kurve ist der Anteil, der nicht länger brauchte. Bekannt: { $counts }.
metrics-distribution-few = Zu wenige für eine Kurve: { $counts }.
metrics-distribution = Anteil, innerhalb einer Zeit { $what }
metrics-how-soon = Wie bald
metrics-phases-of-each-text = Jeder Balken ist ein Vorfall vom Anfang bis zum Ende, die neuesten zuerst. Alle sind gleich lang gezeichnet; die wirkliche Länge steht rechts. Zeit in einer unbekannten Phase zählt zur nächsten bekannten.
metrics-phases-of-each = Phasen jedes Vorfalls
metrics-phases-text = Zeit vergeht, bevor es jemand bemerkt, bevor sich jemand darum kümmert, bevor es den Nutzern wieder gut geht und bevor alles wieder normal ist. Bessere Überwachung verkürzt die erste, bessere Alarmierung die zweite, bessere Bearbeitung die dritte.
metrics-phases-bounded = { $count ->
    [one] Bei { $incidents } ist ein Ende nur in Grenzen bekannt; die Phasen sind bis zum frühesten gezeichnet.
   *[other] Bei { $incidents } ist ein Ende nur in Grenzen bekannt; die Phasen sind bis zum frühesten gezeichnet.
}
metrics-phases-older = Von denen mit bekannten Phasen sind dies die neuesten; { $count } ältere sind nicht hier.
metrics-phases-missing = { $incidents } ausgelassen: keine zwei Phasen sind auf die Minute bekannt.
metrics-phases = Wo die Zeit blieb
metrics-impact-by-severity = Dauer der Auswirkung nach Schweregrad
metrics-severity-text = Lang ist nicht schwer: in den öffentlichen Berichten, die das VOID gesammelt hat, sagt die Dauer eines Vorfalls fast nichts darüber, wie schwer er war. Vergleichen Sie Schweregrade nur, wo sich die Streifen unten unterscheiden.
metrics-severity = Dauer und Schweregrad
metrics-measure-by-quarter = { $measure } nach Quartal
metrics-measure-by-month = { $measure } nach Monat
metrics-measure-by-year = { $measure } nach Jahr
metrics-found-text = Von Überwachung oder eigenen Leuten entdeckt: { $share } derer, die sagen, wer sie entdeckt hat.
metrics-found-by-column = Entdeckt durch
metrics-found-by = Wer oder was sie entdeckt hat
metrics-found-by-year = Von Überwachung oder eigenen Leuten entdeckt, nach Jahr
metrics-found = Wie sie entdeckt wurden
metrics-silent = { $count ->
    [one] { $incidents } sagt es nicht.
   *[other] { $incidents } sagen es nicht.
}
metrics-recurrence-text = Dieselbe Ursache hatte denselben Dienst in den { $months } Monaten davor schon getroffen, oder die Verfasser sagen es: { $share }. Gezählt sind nur die, die Ursache, Dienst und Tag nennen.
metrics-recurrence-missing = { $incidents } ausgelassen, weil eines davon fehlt.
metrics-recurrence-short = Bei { $count } davon reichen die Aufzeichnungen nicht so weit zurück; ein früherer kann unbekannt sein.
metrics-latest-shown = Gezeigt sind die letzten { $count }.
metrics-recurrence = Was wiederkam
metrics-all-recurrences = Alle Wiederholungen
metrics-to-the-day = { $percent }, { $count } nur auf den Tag
metrics-milestone = Zeitpunkt
metrics-to-the-minute = Auf die Minute
metrics-milestones = Auf die Minute bekannte Zeitpunkte
metrics-milestones-text = Ein voller Balken sind alle.
metrics-coverage-text = Wie viele sagen, wann jeder Zeitpunkt erreicht war, von { $incidents }.
metrics-coverage-why = Eine Zeit lässt sich nur zwischen zwei bekannten Zeitpunkten messen; jede Zahl zu Zeiten handelt also von gut festgehaltenen Vorfällen.
metrics-coverage = Wie viel festgehalten ist
metrics-effort-text = { $hours } Arbeit insgesamt, bei { $incidents }.
metrics-effort-median = Die Hälfte brauchte höchstens { $hours }.
metrics-effort = Aufwand
metrics-promises-kept = Eingehalten: { $share }.
metrics-promises-missing = Von { $count } ist es nicht bekannt.
metrics-promises-pending = { $count } stehen noch aus.
metrics-promises = Versprechen einer nächsten öffentlichen Mitteilung
metrics-effort-definition = Die Stunden, die Menschen auf einen Vorfall verwendeten, alle zusammen (`effort_hours`). Vier Leute eine Stunde lang sind vier Stunden: das ist keine vergangene Zeit und steht neben keiner.
metrics-promises-definition = Von den Mitteilungen, die einen Zeitpunkt für die nächste nennen (`next_by`), diejenigen, nach denen die nächste oder der veröffentlichte Bericht bis dahin kam. Ein Versprechen, dessen Tag noch nicht vorbei ist, zählt nicht.
metrics-exports = Dieselben Zahlen für andere Programme:
metrics-read-these-figures-with-care = Diese Zahlen mit Vorsicht lesen

## Metrics: what is measured

measure-latent_time = Latenzzeit
measure-definition-latent_time = Von dem Augenblick, in dem der Fehler ins System kam (`introduced_at`), bis zum Beginn der Auswirkung (`started_at`). Auch Daten zählen, mit dem Tag, den sie offenlassen.
measure-question-latent_time = Wie lange schlief der Fehler?
measure-time_to_detect = Zeit bis zur Entdeckung
measure-definition-time_to_detect = Vom Beginn der Auswirkung (`started_at`) bis es jemand oder etwas bemerkte (`detected_at`).
measure-question-time_to_detect = Wie bald sahen es die Überwachung oder Menschen?
measure-dwell_time = Verweildauer
measure-definition-dwell_time = Bei Vorfällen der Sicherheit und Smart Contracts vom ersten Eindringen (`started_at`) bis zur Entdeckung (`detected_at`). Auch Daten zählen, mit dem Tag, den sie offenlassen.
measure-question-dwell_time = Wie viel Zeit hatte der Angreifer für sich?
measure-time_to_acknowledge = Zeit bis zur Annahme
measure-definition-time_to_acknowledge = Von der Entdeckung (`detected_at`) bis sich ein Mensch darum kümmerte (`acknowledged_at`).
measure-question-time_to_acknowledge = Wie bald erreichte der Alarm einen Menschen?
measure-time_to_declare = Zeit bis zur Ausrufung
measure-definition-time_to_declare = Von der Entdeckung (`detected_at`) bis zur Ausrufung des Vorfalls (`declared_at`).
measure-question-time_to_declare = Wie bald wurde erkannt, was es war?
measure-time_to_contain = Zeit bis zur Eindämmung
measure-definition-time_to_contain = Von der Entdeckung (`detected_at`) bis der Angreifer oder der Fehler nichts mehr anrichten konnte (`contained_at`). Von Vorfällen der Sicherheit und Smart Contracts wird es erwartet.
measure-question-time_to_contain = Wie bald war der Verlust gestoppt?
measure-time_to_mitigate = Zeit bis zur Abmilderung
measure-definition-time_to_mitigate = Vom Beginn der Auswirkung (`started_at`) bis Nutzer nicht mehr betroffen waren (`mitigated_at`).
measure-question-time_to_mitigate = Wie lange spürten es die Nutzer?
measure-impact_duration = Dauer der Auswirkung
measure-definition-impact_duration = Die Zeit mit Auswirkung ohne Pausen: alle `impact_windows` zusammen, jede Minute einmal; sonst die Strecken zwischen den Ereignissen `started` und `mitigate` oder `resolved`, wo es mehrere gibt; sonst von `started_at` bis `mitigated_at`, oder bis `resolved_at`, wo keine Abmilderung bekannt ist.
measure-question-impact_duration = Wie viel Zeit ging den Nutzern insgesamt verloren?
measure-time_to_resolve = Zeit bis zur Behebung
measure-definition-time_to_resolve = Vom Beginn der Auswirkung (`started_at`) bis zum normalen Betrieb ohne Behelfe (`resolved_at`).
measure-question-time_to_resolve = Wie lange, bis alles wieder normal war?
measure-repair_time = Reparaturzeit
measure-definition-repair_time = Von der Entdeckung (`detected_at`) bis zur Abmilderung (`mitigated_at`).
measure-question-repair_time = Wie lange dauerte die Bearbeitung selbst?
measure-first_public_word = Erste öffentliche Mitteilung
measure-definition-first_public_word = Vom Beginn der Auswirkung (`started_at`) bis zur ersten öffentlichen Mitteilung (`public_at`).
measure-question-first_public_word = Wie bald wurde es öffentlich gesagt?
measure-longest_silence = Längstes Schweigen
measure-definition-longest_silence = Die längste Strecke ohne öffentliche Mitteilung zwischen dem Beginn der Auswirkung (`started_at`) und der Behebung (`resolved_at`), wo `updates` festgehalten sind.
measure-question-longest_silence = Wie lange hörten die Wartenden nichts?
measure-report_lag = Zeit bis zum Bericht
measure-definition-report_lag = Von der Behebung (`resolved_at`) bis zum veröffentlichten Bericht (`published_at`). Auch Daten zählen, mit dem Tag, den sie offenlassen.
measure-question-report_lag = Wie bald konnten andere lesen, was geschah?

## Metrics: how not to read the figures

caution-no-average = Kein Durchschnitt und keine „MTTR“
caution-no-average-text = Die meisten Vorfälle sind kurz und einige sehr lang, sodass der Mittelwert ihrer Dauer über den meisten liegt und mit jedem langen springt. Die Buchstaben MTTR stehen je nach Schreiber für Reparatur, Erholung, Behebung oder Reaktion. Jede Messgröße hier hat einen eigenen Namen, eine eigene Definition und zeigt jeden Vorfall.
caution-unsteady-median = Auch ein Median schwankt
caution-unsteady-median-text = Štěpán Davidovič zog Vorfälle großer Betreiber immer wieder zufällig. Selbst wo sich nichts geändert hatte, sah es in Durchschnitten eines Zeitraums oft danach aus; und eine wirkliche Änderung um ein Zehntel blieb oft verborgen. Der Median täuscht weniger, ist aber nicht sicher. Neben jedem steht das Intervall, in dem er ebenso liegen kann, und zwei Zeiträume, deren Intervalle sich überlappen, zeigen keinen Unterschied.
caution-long-not-severe = Lang ist nicht schwer
caution-long-not-severe-text = In öffentlichen Berichten sagt die Dauer eines Vorfalls fast nichts darüber, wie schwer er war. Wann er begann und wann er vorbei war, ist ein Urteil, oft im Nachhinein gefällt.
caution-fewer-not-better = Weniger ist nicht besser
caution-fewer-not-better-text = Dies sind die Vorfälle, die jemand aufgeschrieben hat, in dieser Ausgabe. Mehr davon können mehr Fehler heißen, bessere Erkennung oder weniger Scheu, sie aufzuschreiben; eine Anzahl allein sagt nicht, was davon.
caution-what-is-missing = Was fehlt, muss nicht sein wie das, was da ist
caution-what-is-missing-text = Eine Zeit lässt sich nur messen, wo beide Enden aufgeschrieben wurden, und das geschieht bei manchen Vorfällen öfter als bei anderen. Wo viel fehlt, handelt eine Zahl von den gut festgehaltenen Vorfällen. Was in Grenzen bekannt ist, behält sie: nichts ist geraten und nichts fortgeschrieben.

## Metrics: first letters of months

month-letter-1 = J
month-letter-2 = F
month-letter-3 = M
month-letter-4 = A
month-letter-5 = M
month-letter-6 = J
month-letter-7 = J
month-letter-8 = A
month-letter-9 = S
month-letter-10 = O
month-letter-11 = N
month-letter-12 = D

## Charts

chart-cut-incidents = Die Tabelle zeigt { $shown } von { $count } Zeilen; jeder Vorfall steht in incidents.csv.
chart-cut = Die Tabelle zeigt { $shown } von { $count } Zeilen.
chart-nothing-to-count = In dieser Abbildung gibt es noch nichts zu zählen.
chart-bars = Balken: { $bars }.
chart-first-shown = Die Abbildung zeigt die ersten { $shown } von { $count }.
chart-together = { $share }, zusammen { $sum }
chart-unsaid = { $count } o. A.
chart-no-controls = Kein Vorfall nennt eine Ursache, deren Maßnahmen sich zeigen ließen.
chart-controls = { causes } danach, was zum Vorbeugen, Abmildern und Erkennen getan wird; leere Zellen: { $empty }.
chart-bare = Keine Maßnahme zum Vorbeugen, Abmildern oder Erkennen: { $causes }.
chart-all = alle
chart-grid = Anzahlen in { chart-rows } und { chart-columns }; die größte ist { $most }. Insgesamt: { $sums }.
chart-rows = { $rows ->
    [one] { $rows } Zeile
   *[other] { $rows } Zeilen
}
chart-last-columns = Die Abbildung zeigt die letzten { $shown } von { chart-columns }; die Summen sind von allen.
chart-first-rows = Die Abbildung zeigt die ersten { $shown } von { $count } Zeilen.
chart-columns = { $count ->
    [one] { $count } Spalte
   *[other] { $count } Spalten
}
chart-in-year = { $count } in { $year }
chart-years = Vorfälle nach Jahr: { $counts }.
chart-earlier = { $count } weitere in früheren Jahren.
chart-no-phases = Kein Vorfall nennt genug Zeitpunkte, um seine Zeit aufzuteilen.
chart-phases = Ein Balken für jeden von { $count } Vorfällen, in die Phasen seiner Zeit geteilt.
chart-phases-shown = Die Abbildung zeigt { $shown } von { $count } Vorfällen.
chart-no-times = Kein Vorfall nennt die Zeiten, die diese Abbildung zeigen würde.
chart-columns-text = { $values } Werte sind zu viele für Punkte: die Höhe einer Säule sagt, wie viele in diese Zeitspanne fielen; die höchste steht für { incidents }.
chart-dots = Jeder Punkt ist ein Vorfall und führt zu ihm.
chart-median = Median
chart-middle-half = mittlere Hälfte
chart-severity-not-told = Schweregrad nicht genannt
chart-open = offen: nur in Grenzen bekannt
chart-severity = Schweregrad { $step }
chart-median-of = Median { $median }, { $known }
chart-strips = Je ein Streifen auf einer logarithmischen Zeitachse. { $groups }.
chart-bounds = soweit Zeiten nur in Grenzen bekannt sind
chart-still-open = { percent } noch offen
chart-half = Hälfte { $what }
chart-rising = Steigende Stufenkurven auf einer logarithmischen Zeitachse.
chart-half-within = Hälfte { $what } innerhalb von { $time }, { $known }.
chart-share-within = { $number } % innerhalb von
chart-not-reached = nicht erreicht
chart-incidents-known = Bekannte Vorfälle
chart-nothing-ended = Noch gibt es nichts, dessen Zeit bis zum Ende sich sagen ließe.
chart-censored = beim letzten Blick noch offen, oder aufgegeben
chart-half-done = Hälfte erledigt
chart-falling = Eine fallende Stufenkurve über Tage.
chart-survival-unknown = { $done } erledigt, { $waiting } noch offen oder aufgegeben; innerhalb wie vieler Tage die Hälfte erledigt ist, ist noch nicht bekannt.
chart-survival = { $done } erledigt, { $waiting } noch offen oder aufgegeben; Hälfte erledigt innerhalb von { $time }.
chart-within = innerhalb von { $time }
chart-known-and-not = { $count } bekannt, { $missing } nicht
chart-known = { $count } bekannt
chart-years-on-axis = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
}
chart-the-same-figures-as-a = Dieselben Zahlen als Tabelle

## Learn and reading paths

learn-description = Lesepfade, Übungen und Erkenntnisse aus Vorfällen.
learn-of-term = Die schlimmsten Vorfälle, in der Reihenfolge, in der sie geschahen.
learn-first-week-about = Ein Vorfall für jede der häufigsten Ursachen, der schlimmste seiner Art: einer am Tag für eine erste Woche.
learn-year-ago-about = Was in diesem Monat vor einem Jahr geschah. Hält noch, was damals geändert wurde?
learn-first-week = Erste Woche
learn-year-ago = Vor einem Jahr: { $month }
learn-taught = Was die Vorfälle lehrten
learn-takeaways = { $taught }, in den Worten ihrer Berichte, die neuesten zuerst.
learn-paths-by = Pfade nach { $group }
learn-reading-paths = Lesepfade
learn-an-incident-replayed-step-by = Ein Vorfall, Schritt für Schritt einer Gruppe vorgespielt, die nicht weiß, wie er ausgeht.
learn-play-first = Man kann ihn vor dem Lesen durchspielen, als Übung für eine Gruppe, die nicht weiß, wie er ausgeht: { $drill }.
learn-in-short = Kurz gefasst
learn-what-to-look-for = Worauf zu achten ist
learn-read-the-postmortem = Das Postmortem lesen
learn-to-ask-yourself = Zum Nachdenken
learn-along-the-path = Entlang des Pfads
learn-previous = Zurück
learn-next = Weiter
learn-the-end = Das Ende
learn-for = Für { $audience }
learn-progress = { $read } von { $count } gelesen. Das merkt sich dieser Browser und niemand sonst.
learn-what-you-can-do-afterwards = Was man danach kann
learn-on-this-path = Auf diesem Pfad
learn-you-have-read-all-of = Alles gelesen. Eine Urkunde gibt es nicht; was Ihnen auffiel, bleibt Ihnen.
learn-to-talk-about = Zum Besprechen
learn-begin-with-the-first = Mit dem ersten anfangen
learn-all-of-it-as-a = Alles als Heft zum Drucken
learn-of-the-month = Postmortem des Monats, { $month }
learn-tick = Das habe ich gelesen
learn-for-a-club = { $questions } für eine Nachbesprechung oder einen Lesekreis
learn-on-path = Auf dem Lesepfad { $path }, { $number } von { $count }
learn-next-of-path = der nächste davon
learn-as-drill = Gespielt als Übung { $drill }

## Questions to talk about

question-this-incident = Dieser Vorfall
question-gap = Früher gezeigt hätte es, so der Bericht, dies: „{ $text }“ Was davon habt ihr?
question-detection = Vom Beginn der Auswirkung bis zu dem Moment, in dem es jemand wusste, verging diese Zeit: { $duration }. Woran hättet ihr es gemerkt, und wie bald?
question-decision = Die Entscheidung: „{ $text }“ Was wusste man da, und was hätte man daraufhin sonst entscheiden können?
question-decision-at = Die Entscheidung um { $time } UTC: „{ $text }“ Was wusste man da, und was hätte man daraufhin sonst entscheiden können?
question-cause = Eine Ursache ist „{ $cause }“. Wo in dem, woran ihr arbeitet, könnte dasselbe verborgen liegen, und woran würdet ihr es merken?
question-luck = Der Bericht sagt, wo Glück entschied. Worauf davon ist ein zweites Mal kein Verlass?
question-surprise = Der Bericht sagt, was die Beteiligten überraschte. Hätte es euch überrascht?
question-effects = Welche Maßnahme hätte den Vorfall verhindert, welche hätte ihn nur verkürzt, und welche würdet ihr zuerst umsetzen?
question-only-one = Wenn ihr nur eine der Maßnahmen umsetzen könntet: welche, und was bliebe offen?
question-any = Was daran hat euch überrascht, und wer sollte noch davon wissen?

## Takeaways

takeaways = Erkenntnisse
takeaways-lead = Was { $incidents } lehrten, in den Worten ihrer Berichte.
takeaways-all = alle Vorfälle
takeaways-more = { $count } weitere sagen, was gelernt wurde: siehe { $all }.
takeaways-feed-of-takeaways = Feed der Erkenntnisse

## Packets to print

packet-title = { $title }: Heft
packet-description = { $title } als Heft zum Drucken: { incidents }.
packet-for = Für
packet-level = Stufe
packet-reading-time = Lesezeit
packet-planned-time = Einzuplanende Zeit
packet-as-of = Stand
internal-edition = Interne Ausgabe · nicht zur Weitergabe außerhalb der Organisation
packet-public-edition = Öffentliche Ausgabe
packet-introduction = Einleitung
packet-questions-on-the-whole = Fragen zum Ganzen
packet-contents = Inhalt
packet-hint = Diese Seite lässt sich über den Druckdialog des Browsers als Heft oder als PDF ausgeben.
packet-back = Zurück zu { $page }
packet-part = Teil { $number } von { $count }
packet-its-page-on-the-site = Seine Seite auf der Website
packet-why-it-is-read-here = Warum er hier gelesen wird.
packet-questions = Fragen

## Drills

drills-title = Übungen
drill-description = Vorfälle, vorwärts nachgespielt: was man wissen konnte, eine Frage, und dann, was getan wurde.
drill-step = Schritt { $number }
drill-ending = Was daraus wurde
drill-briefing = Einweisung
drill-clock = Es ist
drill-what-was-done = Was getan wurde
drill-how-it-goes = Jeder Schritt sagt, was bekannt geworden ist, und fragt, was Sie tun würden. Besprechen Sie es und decken Sie dann auf, was getan wurde: nichts, was später kam, steht auf der Seite.
drill-facilitator-sheet = Leitungsblatt
drill-lead-it = Leiten Sie die Übung für andere? Im { $sheet } steht alles, zum Ausdrucken. Es verrät, wie es ausgeht: öffnen Sie es nicht, wenn Sie mitspielen.
drill-begin = Anfangen
drill-play = Spielen Sie eine in einer Gruppe oder allein.
drill-back = Zurück: { $page }
drill-what-came-after = Was danach kam
drill-what-nobody-knew-then = Was damals niemand wusste
drill-the-incident = Der Vorfall
drill-talk-it-over = Besprechen
drill-afterwards-you-can = Danach können Sie
drill-what-is-known-now = Was jetzt bekannt ist
drill-nothing-else-has-come-in = Sonst ist nichts eingegangen.
drill-the-question = Die Frage
drill-reveal-what-happened = Aufdecken, was geschah
drill-the-log-so-far = Das bisherige Protokoll

## The facilitator sheet

facilitator-form-time = Zeit
facilitator-form-known = Bekannt
facilitator-form-suspected = Vermutet
facilitator-form-decided = Entschieden
facilitator-form-why = Warum
facilitator-title = Leitungsblatt
facilitator-lead-reasoning = Am Anfang des Berichts
facilitator-facilitator-sheet = Leitungsblatt
facilitator-the-scribes-form = Das Blatt für das Protokoll
facilitator-write-down = Schreiben Sie auf, was dabei herauskam, als Entwurf eines eigenen Berichts:
facilitator-when-it-is-over = Wenn es vorbei ist
facilitator-what-responders-thought = Was die Beteiligten dachten
facilitator-debrief = Nachbesprechung
facilitator-replays = Nachgespielt wird { $incident } in { $questions }. Lesen Sie jedes Mal vor, was bekannt ist, fragen Sie, lassen Sie entscheiden, und sagen Sie erst dann, was getan wurde. Antworten Sie, was man damals wissen konnte, und sonst nichts.
facilitator-for-whoever-leads-the-drill = Für die Leitung der Übung und sonst niemanden im Raum: hier steht alles.
facilitator-before-you-begin = Bevor Sie anfangen
facilitator-read-out = Vorlesen
facilitator-hand-out = Austeilen
facilitator-role = Rolle
facilitator-what-it-does = Aufgabe
facilitator-who = Wer
facilitator-step-by-step = Schritt für Schritt
facilitator-known-now = Jetzt bekannt
facilitator-ask = Fragen
facilitator-if-they-are-stuck = Wenn sie nicht weiterkommen

## What scripts say: the search, the switch of colours. `{ "{" }count{ "}" }` is filled in by the script; -one and -other are plural forms, to which a language may add -two, -few and -many

js-placeholder = Dienst, Symptom, Ursache, „genaue Worte“
js-label = Vorfälle durchsuchen
js-best-match = Beste Treffer
js-newest-first = Neueste zuerst
js-order = Reihenfolge
js-filters = Filter
js-skip = Zu den Ergebnissen springen
js-results-list = Ergebnisse
js-more-results = Weitere Ergebnisse zeigen
js-nothing-has = Nichts enthält „{ "{" }typed{ "}" }“. Gezeigt werden Ergebnisse für { "{" }taken{ "}" }.
js-not-found = Nirgends gefunden:
js-try-others = Versuchen Sie weniger oder andere Wörter: einen Dienst, eine Fehlermeldung, eine Ursache.
js-take-off = Oder nehmen Sie einen Filter weg:
js-clear = Filter aufheben
js-more = { "{" }count{ "}" } weitere
js-loading = Lädt …
js-results-one = { "{" }count{ "}" } Ergebnis
js-results-other = { "{" }count{ "}" } Ergebnisse
js-no-results = Keine Ergebnisse
js-not-available = Die Suche ist nicht verfügbar: sie braucht den eigenen Server der Website und einen aktuellen Browser.
js-all = Alle Ergebnisse
js-key-move = bewegen
js-key-open = öffnen
js-key-close = schließen
js-show-more = Mehr zeigen
js-incidents-one = { "{" }count{ "}" } Vorfall
js-incidents-other = { "{" }count{ "}" } Vorfälle
js-nothing-has-all = Nichts enthält alle davon. Nehmen Sie eines weg:
js-close = Suche schließen
js-dialog = Suche
js-theme-auto = Farben: automatisch
js-theme-light = Farben: hell
js-theme-dark = Farben: dunkel
