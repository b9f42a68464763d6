### What pages say in English. Every message stands here; other languages have the same names.
###
### The format is Fluent: https://projectfluent.org/fluent/guide/. `{ $count }` is a value that is put in; in braces with an arrow, the first line
### that fits is taken, by the plural forms of the language, and the one with the star where none does.

## How the language writes

# `lower`: names of things stand in small letters within a sentence. `kept`: they stand as they are, as in German.
names-within-sentences = lower
thousands-mark = ,
decimal-mark = .
list-comma = { ", " }
list-and = { " and " }
percent = { $number }%

## Dates and times

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
# 11 Mar 2026
date = { $day } { $month } { $year }
# Mar 2026
date-month = { $month } { $year }
# 11 March
date-of-year = { $day } { $month }
date-and-time = { $date }, { $time } UTC
# 11 Mar 2026, 14:30 to 14:40 UTC
date-and-times = { $date }, { $from } to { $to } UTC
moment-about = about { $moment }
moment-not-before = not before { $moment }
moment-not-after = not after { $moment }
from-to = { $from } to { $to }
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-hours-and-minutes = { $hours } h { $minutes } min
duration-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
duration-days-and-hours = { duration-days } { $hours } h
duration-at-least = at least { $time }
duration-at-most = at most { $time }
reading-time = { $minutes } min read

## Counts, used on many pages

incidents = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
catalogue-entries = { $count ->
    [one] { $count } catalogue entry
   *[other] { $count } catalogue entries
}
near-misses = { $count ->
    [one] { $count } near miss
   *[other] { $count } near misses
}
drills = { $count ->
    [one] { $count } drill
   *[other] { $count } drills
}
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
actions = { $count ->
    [one] { $count } action
   *[other] { $count } actions
}
causes = { $count ->
    [one] { $count } cause
   *[other] { $count } causes
}
questions = { $count ->
    [one] { $count } question
   *[other] { $count } questions
}
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
action-items-count = { $count ->
    [one] { $count } action item
   *[other] { $count } action items
}
label-and-text = { $label }: { $text }

## Amounts

amount-about = about { $amount }
amount-up-to = up to { $amount }
amount-at-least = at least { $amount }
amount-none = none
amount-unknown = unknown
amount-too-large = more than can be added up
number-million = { $number } million
number-billion = { $number } billion

## Words of the program: statuses, kinds, milestones

action-kind-prevent = Prevent
action-kind-mitigate = Mitigate
action-kind-detect = Detect
action-kind-repair = Repair
action-kind-investigate = Investigate
action-kind-process = Process
action-open = Open
action-in-progress = In progress
action-done = Done
action-delayed = Delayed
action-cancelled = Cancelled
action-accepted-risk = Risk accepted
contract-at-risk = At risk
contract-impacted = Impacted
contract-paused = Paused
contract-saved = Saved
contract-uncertain = Uncertain
funds-at-risk = At risk
funds-lost = Lost
funds-frozen = Frozen
funds-rescued = Rescued
funds-recovered = Recovered
disclosure-yes = Yes
disclosure-potential = Potentially
disclosure-no = No
verification-testnet = Test network
verification-audit = Audit
verification-test = Test
verification-review = Review
event-introduced = Introduced
event-change = Change
event-started = Started
event-detected = Detected
event-acknowledged = Acknowledged
event-declared = Declared
event-decision = Decision
event-action = Action
event-contain = Contained
event-pause = Paused
event-mitigate = Mitigated
event-verified = Verified
event-rollout = Rollout
event-resume = Resumed
event-resolved = Resolved
event-comms = Communication
event-note = Note
milestone-introduced_at = Fault introduced
milestone-started_at = Impact started
milestone-detected_at = Detected
milestone-acknowledged_at = Acknowledged
milestone-declared_at = Declared
milestone-contained_at = Contained
milestone-mitigated_at = Mitigated
milestone-resolved_at = Resolved
milestone-public_at = First public statement
layer-technical = Technical
layer-procedural = Procedural
origin-code = Code
origin-design = Design
origin-external = External
detected-by-monitoring = Monitoring
detected-by-user = User report
detected-by-staff = Staff
detected-by-researcher = Researcher
detected-by-partner = Partner
detected-by-third-party = Third party
detected-by-audit = Audit
detected-by-attacker = Attacker
related-same-cause = Same cause
related-same-service = Same service
related-caused-by = Caused by
related-duplicate-of = Duplicate of
related-recurrence-of = Recurrence of
related-drill-of = Drill of
level-introductory = Introductory
level-intermediate = Intermediate
level-advanced = Advanced
stage-preliminary = Preliminary report
stage-full = Full report
stage-closure = Closure report
correction-said = What we said
correction-true = What is true
correction-learned = When we learned it
correction-why = Why
plan-procedure = Procedures
plan-role = Roles
plan-tool = Tools
plan-contact = Contacts
status-draft = Draft
status-in-review = In review
status-reviewed = Reviewed
status-closed = Closed
ledger-overdue = Overdue
ledger-due-soon = Due soon
ledger-open = Open
ledger-unstated = No status
ledger-done = Done
ledger-cancelled = Cancelled
ledger-accepted-risk = Risk accepted
phase-undetected = Undetected
phase-unacknowledged = Unacknowledged
phase-unmitigated = Unmitigated
phase-unresolved = Unresolved
population-incidents = incidents
population-catalogue = catalogue entries
population-near-misses = near misses
population-drills = drills

## Words that authors may choose as they like: kinds, dimensions of impact, how far things are

kind-outage = Outage
kind-security = Security
kind-smart-contract = Smart contract
kind-vendor = Vendor
kind-near-miss = Near miss
kind-minor = Minor
kind-drill = Drill
kind-catalogue = Catalogue
impact-users = Users
impact-requests = Requests
impact-downtime = Downtime
impact-data = Data
impact-financial = Financial
impact-reputation = Reputation
update-investigating = Investigating
update-identified = Identified
update-monitoring = Monitoring
update-resolved = Resolved

## Headings of columns in tables

column-action = Action
column-incident = Incident
column-team = Team
column-due = Due
column-look-back = Look back
column-closed = Closed
column-kind = Kind
column-state = State
column-name = Name
column-chain = Chain
column-address = Address
column-class = Class
column-records = Records
column-disclosed = Disclosed
column-asset = Asset
column-amount = Amount
column-worth-at-the-time = Worth at the time
column-transaction = Transaction
column-note = Note
column-hash = Hash
column-change = Change
column-went-live = Went live
column-by = By
column-date = Date
column-report = Report
column-what = What
column-sha-256 = SHA-256
column-collected = Collected
column-source = Source
column-custody = Custody
column-kept-until = Kept until
column-incidents = Incidents
column-owner = Owner
column-missing = Missing
column-numbers = Numbers
column-the-one-before = The one before
column-the-one-after = The one after
column-tool = Tool
column-asked-for-after = Asked for after
column-day = Day
column-who = Who
column-what-for = What for
column-look-back-on = Look back on
column-days-since = Days since
column-actions-not-settled = Actions not settled
column-document = Document
column-changes = Changes
column-last-changed = Last changed
column-last-reviewed = Last reviewed
column-incidents-handled-by-it = Incidents handled by it
column-after = After
column-proof = Proof
column-cause = Cause
column-last-struck = Last struck
column-last-drill = Last drill
column-drill = Drill
column-called-for-by = Called for by
column-its-actions = Its actions
column-before-it-happened-again = Before it happened again
column-recurrences = Recurrences
column-what-that-means = What that means
column-when-it-came-again = When it came again
column-step = Step
column-events = Events
column-in-timelines = In timelines
column-plan-or-playbook = Plan or playbook
column-times-looked-at = Times looked at
column-followed = Followed
column-adequate = Adequate
column-last-incident = Last incident
column-plan = Plan
column-times-used = Times used
column-last-used = Last used
column-why = Why
column-contracts-named = Contracts named
column-verification = Verification
column-worth-at-the-time-all = Worth at the time, all assets
column-data = Data
column-impact-on = Impact on
column-sum = Sum
column-severity = Severity
column-service = Service
column-period = Period
column-known = Known
column-not-known = Not known
column-median = Median
column-95-interval = 95% interval
column-middle-half = Middle half
column-measure = Measure
column-year = Year
column-found-by-monitoring-or-staff = Found by monitoring or staff
column-again = Again
column-before = Before
column-effort = Effort
column-share = Share
column-prevent = Prevent
column-mitigate = Mitigate
column-detect = Detect
column-all = All
column-in-all = In all
column-time = Time
column-shortest = Shortest
column-first-quarter-below = First quarter below
column-three-quarters-below = Three quarters below
column-longest = Longest
column-days = Days
column-still-open = Still open
column-at-least = At least
column-at-most = At most

## Every page

learn = Learn
metrics = Metrics
site-skip-to-content = Skip to content
site-browse-by = Browse by
site-copies = This page as
site-edit = Edit this page
site-breadcrumb = Breadcrumb
site-more-terms = { $count } more { $group }
site-made-with = Made with { $program }
site-feed = Feed
on-this-page = On this page
site-main = Main
site-page = Page { $number }
site-pages = Pages
site-theme = Theme

## What stands in a text beside the words of its author

text-done = Done
text-not-done = Not done
text-footnote = Footnote { $number }
text-back = Back to reference { $number }
text-footnotes = Footnotes
text-footnotes-of = Footnotes of part { $number }
text-table = Table
text-table-of = Table: { $columns }
text-table-numbered = Table { $number }
text-table-numbered-of = Table { $number }: { $columns }
text-alert-note = Note
text-alert-tip = Tip
text-alert-important = Important
text-alert-warning = Warning
text-alert-caution = Caution

## The home page

home-incidents-for-the-first-week = Incidents for the first week
home-all-incidents-newest-first = All incidents, newest first
home-what-happened-to-a-service = What happened to a service
home-what-we-do-about-them = What we do about them
home-follow-them-in-a-feed = Follow them in a feed reader
home-causes-how-to-recognise-and = Causes: how to recognise and prevent them
home-what-came-back = What came back
home-how-long-things-take = How long things take
home-reading-paths = Reading paths
home-drills-to-play = Drills to play
home-what-was-learned = What was learned
home-if-you-were-affected = If you were affected
home-if-you-run-or-build = If you run or build it
home-if-you-are-new-here = If you are new here
home-more = More of the latest
home-latest = Latest
home-all = All: { $incidents }
no-incidents = No incidents yet.
home-latest-incident = Latest incident
home-read-on = Read on
home-latest-incidents = Latest incidents
home-where-to-begin = Where to begin

## Search

search = Search
search-description = Search all incidents.
search-search-runs-in-the-browser = Search runs in the browser and needs JavaScript. Without it, these lists lead everywhere.

## The page for addresses that lead nowhere

not-found-title = Page not found
not-found-lead = It may have moved, or the address has a slip in it. { $search } for it, or begin with one of these.
not-found-there-is-no-page-at = There is no page at this address

## The page at an old address

redirect-now-at = It is now at { $page }.
redirect-this-page-has-moved = This page has moved

## Ways in which incidents are grouped, and causes

cause-role-primary = Primary cause
cause-role-root = Root cause
cause-role-contributing = Contributing
term-year = Year
terms-year = Years
term-severity = Severity
terms-severity = Severities
term-services = Service
terms-services = Services
term-causes = Root cause
terms-causes = Root causes
term-tags = Tag
terms-tags = Tags
term-triggers = Trigger
terms-triggers = Triggers
term-owners = Owner
terms-owners = Owners

## Lists of incidents

list-of-year = Incidents of { $year }
list-newest-first = { $incidents }, newest first.
list-without-incident = Without an incident
list-open-of-incidents = { $open ->
    [one] { $open } of { action-items-count } of these incidents is open
   *[other] { $open } of { action-items-count } of these incidents are open
}
list-open-of-team = { $open ->
    [one] { $open } of { action-items-count } of this team is open
   *[other] { $open } of { action-items-count } of this team are open
}
list-by-year = Incidents by year
list-numbered = { $title }, page { $page }
list-causes-by-number = Causes by number of incidents

## Incidents by month

months-incidents-by-month = Incidents by month

## The page of an incident

incident-fact-date = Date
incident-fact-duration = Duration
incident-fact-detected-by = Detected by
incident-phase-undetected = Undetected
incident-phase-responding = Responding
incident-phase-recovering = Recovering
incident-section-impact = Impact
incident-section-causes = Causes
incidents-title = Incidents
incident-reason-caused = caused this one
incident-reason-caused-by = caused by this one
incident-reason-before = happened before
incident-reason-again = happened again
incident-reason-replayed = replayed here
incident-reason-replays = replays this one
incident-reason-named = named by its authors
incident-reason-similar = similar text: { $words }
incident-reason-shared = same { $group }: { $term }
incident-actions-done-and-given-up = { $done } of { actions } done, { $dropped } given up
incident-actions-done = { $done } of { actions } done
incident-deadline-was = the deadline of { $severity } was { $date }
incident-further-metadata = Further metadata
incident-mentioned-by = Mentioned by
older = Older
newer = Newer
incident-neighbouring-incidents = Neighbouring incidents
incident-phase-from = from { $time }
incident-see-also = See also
incident-source = Source:
incident-key-events = Key events only

## The page of an incident: what happened before and again

happened-before = Happened before
happened-again = Happened again
happened-between-before = { $time } before
happened-between-after = { $time } after
said-by-authors = Said by its authors
happened-said-too = { $shared }; said by its authors, too
happened-basis-cause = This counts the actions that answer the shared cause.
happened-basis-all = This counts all its actions; none says which cause it answers.
happened-one-open = The one action agreed on after the earlier one is not done yet.
happened-one-done = The one action agreed on after the earlier one is done by now: it did not hold, or it came too late.
happened-one-given-up = The one action agreed on after the earlier one was not to be done in the end: the risk was accepted.
happened-no-answer = No action of the earlier one answers this cause.
happened-no-action = The earlier one names no action.
happened-none-done = Of { actions } agreed on after the earlier one, none is done yet.
happened-some-open = { $some ->
    [one] Of { actions } agreed on after the earlier one, { $some } is not done yet.
   *[other] Of { actions } agreed on after the earlier one, { $some } are not done yet.
}
happened-some-done = { $some ->
    [one] Of { actions } agreed on after the earlier one, { $some } is done by now: it did not hold, or it came too late.
   *[other] Of { actions } agreed on after the earlier one, { $some } are done by now: it did not hold, or it came too late.
}
happened-none-to-be-done = Of { actions } agreed on after the earlier one, none was to be done in the end: the risk was accepted.
happened-nothing-said = The earlier one names { actions }; nothing says what has become of them.

## The page of an incident: lists of contracts, funds, data, evidence

records-collected-by = by { $name }
records-state-not-told = state not told
records-worth = { $state }: { $value } at the time
records-in-all = In all, { $sums }.
records-contracts = Contracts
records-data = Data
records-funds = Funds
records-transactions = Transactions
records-fixes = Fixes
records-verification = Verification
records-evidence = Evidence

## The page of an incident: how far the report is

report-not-over = This incident is not over.
report-not-over-state = This incident is not over. Its state is: { $state }.
ongoing = Ongoing
report-preliminary = What is known so far; some of it may turn out to be otherwise.
report-full-report-was-due = The full report was due on
report-is-late = { " " }and is late.
report-full-report-comes = The full report comes by
report-full-stop = .
report-next-word-was-promised = The next word was promised by
report-next-word-comes = The next word comes by
report-next-update = Next update
report-corrected-on = This report was corrected on
report-corrected = This report was corrected.
report-corrected-head = Corrected
report-updates = Updates
report-corrections = Corrections
report-promise-kept = kept
report-promise-pending = still to come
report-promise-unknown = when it came is not told
report-promise-late-by = { $time } late
report-promise-late = late
report-promise-broken = did not come
report-about-this-report = About this report
report-what-changed = What changed
report-promised-by = Next update promised by

## The page of an incident: history of the report

revisions-first = First version
revisions-added = { $count ->
    [one] { $count } word added
   *[other] { $count } words added
}
revisions-removed = { $count ->
    [one] { $count } word removed
   *[other] { $count } words removed
}
revisions-changed = { $count ->
    [one] { $count } word added, { $removed } removed
   *[other] { $count } words added, { $removed } removed
}
revisions-chain = As a chain of hashes
revisions-chain-why = { $chain }: whoever keeps a copy can tell whether anything in it was rewritten.
revisions-history-of-this-report = History of this report

## The page of a cause

cause-found-and-silent = { $count ->
    [one] { $by }; { $count } does not say.
   *[other] { $by }; { $count } do not say.
}
cause-found = { $by }.
cause-counted-primary = primary
cause-counted-further = further
cause-counted-contributing = contributing
cause-roles = Role
cause-layers = Layer
cause-origins = Origin
cause-triggers = Set off by
cause-no-actions = These incidents have no action items: nothing is written down against it.
cause-one-action = The one action item of these incidents names another cause, or none, and this one is the first of no incident.
cause-no-action-of = None of the { $count } action items of these incidents names this cause, and it is the first root cause of none of them.
cause-nothing-prevents = Nothing is done or planned to prevent it.
cause-prevents-later = An action to prevent it is not done yet.
cause-prevents-unsaid = Nothing says whether the actions to prevent it are done.
cause-nothing-mitigates = Nothing is done or planned to make it less bad.
cause-mitigates-later = An action to make it less bad is not done yet.
cause-mitigates-unsaid = Nothing says whether the actions to mitigate it are done.
cause-nothing-detects = Nothing is done or planned to detect it sooner.
cause-detects-later = An action to detect it sooner is not done yet.
cause-detects-unsaid = Nothing says whether the actions to detect it are done.
cause-drilled-long-ago = No drill in 12 months; the last one was on { $date }.
cause-drilled-undated = No drill in 12 months that says its day.
cause-never-drilled = It has never been rehearsed in a drill.
cause-all = All of them
control-coverage = Control coverage
cause-of-branch = Causes of this branch
no-control = none
cause-all-inferred = None of these actions names a cause; this cause is the only or the first root cause of their incidents.
cause-some-inferred = An action marked “by its incident” names no cause; this cause is the only or the first root cause of its incident.
cause-more-actions = { $count ->
    [one] { $count } further action is on the pages of the incidents.
   *[other] { $count } further actions are on the pages of the incidents.
}
cause-by-its-incident = by its incident
cause-actions = Actions that answer this cause
cause-drill = Drill
cause-seen-with-it = { $group } seen with it
cause-all-terms = All { $group }
cause-feed-of = Feed of { $name }:
cause-around = Around { $name }
cause-part-of = Part of
cause-divided-into = Divided into
cause-beside-it = Beside it
cause-what-holds-against-it = What holds against it
cause-in-general-practice = In general practice:
cause-action-items-of-these-incidents = Action items of these incidents that answer this cause, by what they are for.
cause-still-to-do = Still to do
cause-actions-that-answer-it = Actions that answer it
cause-layer = Layer: { $layer }
cause-origin = Origin: { $origin }
cause-causes-in-this-branch = Causes in this branch
cause-also = Also called: { $names }
cause-how-it-shows-itself = How it shows itself
cause-not-this = Not this:
cause-how-these-incidents-were-found = How these incidents were found:
cause-what-would-have-found-it = What would have found it sooner
cause-unused = { causes } that no incident names

## The pages that list causes, services, tags

taxonomy-gaps-shown = The { $count } with most incidents are shown.
taxonomy-gaps = Causes without a done action that detects them
taxonomy-causes-lead = Why the system allowed it: { causes } named by these incidents. An incident may have several; what set it off is its trigger, told apart.
taxonomy-severities-lead = How bad it was, as judged afterwards, worst first.
taxonomy-triggers-lead = What set incidents off. Why the system allowed it is told apart, under root causes.
taxonomy-owners-lead = The teams whose services were hit, and whose documents these are.
taxonomy-in-all = { $count } in all.
taxonomy-gaps-note = { $open ->
    [one] { $open } of { causes } that incidents name has no done action that would find it sooner. An action counts for the cause it names, else for the first root cause of its incident.
   *[other] { $open } of { causes } that incidents name have no done action that would find them sooner. An action counts for the cause it names, else for the first root cause of its incident.
}
taxonomy-branches-that-no-incident-names = Branches that no incident names
taxonomy-not-yet-detected = Not yet detected

## Action items

action-items = Action items
patterns = Patterns
actions-description = What was agreed on after incidents and drills, and what has become of it.
actions-overdue-text = Open, and due before today.
actions-due-soon = Due in 30 days
actions-open-text = Due later, or without a day.
actions-unstated = No status written
actions-unstated-text = Nothing says how far these have come. They may have been done long ago, so none is counted as open, late or done.
actions-time = How long it takes
actions-calendar = Calendar of due days
actions-open-count = { $count } open
actions-open-none-late = { $open }, none of them late
actions-open-some-late = { $open }, { $count } of them late
actions-done-count = { $count } done
actions-given-up-count = { $count } given up
actions-unstated-count = { $count } without a status
actions-lead = On { $date }: { $counts }.
actions-from-drills = { $count ->
    [one] One of them comes from a drill.
   *[other] { $count } of them come from drills.
}
actions-closing-unknown = How long they take is not known: no action says on which day it was done.
actions-closing-few = { $count ->
    [one] How long they take cannot be said yet: only { $count } action names the days on which it was agreed and done.
   *[other] How long they take cannot be said yet: only { $count } actions name the days on which they were agreed and done.
}
actions-closing-half = { $days ->
    [one] Half are done within { $days } day (of { $total }, { $waiting } still to be done or given up).
   *[other] Half are done within { $days } days (of { $total }, { $waiting } still to be done or given up).
}
actions-closing-fewer = Fewer than half of those with known days are done (of { $total }, { $waiting } still to be done or given up).
given-up = Given up
actions-dropped-text = Cancelled, or the risk is accepted.
actions-more = { $count } more are in { $file }.
heading-and-count = { $heading }: { $count }
actions-show = { $count ->
    [one] Show { $count } action
   *[other] Show { $count } actions
}
actions-from-a-drill = drill
actions-from-a-near-miss = near miss
actions-deadline = by the deadline of { $severity }
actions-overdue-delayed = { $count ->
    [one] by { $count } day, marked as delayed
   *[other] by { $count } days, marked as delayed
}
actions-overdue-by = { $count ->
    [one] by { $count } day
   *[other] by { $count } days
}
actions-look-backs-due = Due for a look back
actions-looked-back-on = Looked back on
actions-checked-and-other = { $count ->
    [one] { $count } action has been looked back on: { $held } held, { $failed } did not, and of { $other } something else is written.
   *[other] { $count } actions have been looked back on: { $held } held, { $failed } did not, and of { $other } something else is written.
}
actions-checked = { $count ->
    [one] { $count } action has been looked back on: { $held } held, { $failed } did not.
   *[other] { $count } actions have been looked back on: { $held } held, { $failed } did not.
}
actions-look-back-without-result = { $count ->
    [one] { $count } done action is due for a look back: no result is written down.
   *[other] { $count } done actions are due for a look back: no result is written down.
}
actions-look-backs-to-come = { $count ->
    [one] { $count } look back is still to come.
   *[other] { $count } look backs are still to come.
}
actions-not-named = Not named
actions-by-team-text = An action counts for the team that its owner is or belongs to. Overdue ones are among the open ones.
actions-by-cause-text = An action counts for the causes it names; one that names none, for the first root cause of its incident.
actions-chart-closing = Share of actions still to be done
actions-chart-ageing = Age of open actions
actions-chart-ageing-caption = Days until { $date } since the open actions were agreed on: on the day they name, else when the incident was resolved, else on its date.
actions-chart-ageing-unknown = Not counted: { $count } that do not say since when.
actions-chart-ageing-age = Age
actions-chart-ageing-count = Open actions
actions-left-out-done = { $count } done on a day nobody wrote down
actions-left-out-given-up = { $count } given up on a day nobody wrote down
actions-left-out-unopened = { $count } whose days are not known or out of order
actions-left-out-unstated = { $count } without a status
actions-chart-closing-caption = { $count ->
    [one] Days from the day an action was agreed on to the day it was done, for { $count } action (Kaplan–Meier estimate). What is still open counts for as long as it has been; what was given up counts until that day.
   *[other] Days from the day an action was agreed on to the day it was done, for { $count } actions (Kaplan–Meier estimate). What is still open counts for as long as it has been; what was given up counts until that day.
}
not-counted = Not counted: { $what }.
actions-age-under-30-days = under 30 days
actions-age-30-to-89-days = 30 to 89 days
actions-age-90-to-179-days = 90 to 179 days
actions-age-180-days-or-more = 180 days or more
actions-by-team-column = Team
actions-by-team = By team
actions-by-team-more = { $count } more teams are in { $file }.
actions-by-cause-column = Cause
actions-by-cause = By cause
actions-by-cause-more = { $count } more causes are in { $file }.
actions-by-severity-column = Severity
actions-by-severity = By severity
actions-by-severity-more = { $count } more severities are in { $file }.
actions-by-kind-column = Kind
actions-by-kind = By kind
actions-by-kind-more = { $count } more kinds are in { $file }.
actions-download = Download these actions:
actions-how-long-it-takes = How long it takes
column-status = Status
actions-done-when = Done when

## Patterns

patterns-lead = What { $incidents } show when read together.
patterns-actions = What was agreed after incidents, and what has become of it.
patterns-metrics = How long things took, how they were found, and how sure we can be.
patterns-ways-to-group-them = Ways to group them

## Patterns: titles and first sentences

pattern-more = { $count } more
pattern-recurrences = Recurrences
pattern-recurrences-lead = Incidents whose cause had struck the same service before, and what became of the actions agreed on then.
pattern-luck = Luck and surprise
pattern-luck-lead = What went well only by luck, and what took people by surprise: risks that no metric counts.
pattern-response = Response actions and playbooks
pattern-response-lead = What responders did, incident by incident, and which playbooks were followed and held.
pattern-losses = Losses and exposure
pattern-losses-lead = Funds, data and contracts involved, added up with their bounds, and how fixes were verified.
pattern-plans = Changes to plans and standards
pattern-plans-lead = What incidents changed in response plans, standards and documents.
pattern-preparedness = Drills and preparedness
pattern-preparedness-lead = Drills, the incidents that called for them, and causes that nobody has rehearsed.
pattern-year-ago = One year ago
pattern-year-ago-lead = What happened around this day in earlier years, and which measures are due for a look back.
pattern-acknowledgements = Acknowledgements
pattern-acknowledgements-lead = People and organisations who helped, and agreed to be named.
pattern-records = Gaps and wishes
pattern-records-lead = Tools that responders wished for, and numbers missing among the incidents.

## Patterns: what is not shown

left-out-wishes = { $count ->
    [one] { $count } wish more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } wishes more, of older incidents, are on the pages of the incidents themselves.
}
left-out-entries = { $count ->
    [one] { $count } entry more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } entries more, of older incidents, are on the pages of the incidents themselves.
}
left-out-gaps = { $count ->
    [one] { $count } gap more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } gaps more, of older incidents, are on the pages of the incidents themselves.
}
left-out-incidents = { $count ->
    [one] { $count } incident more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } incidents more, of older incidents, are on the pages of the incidents themselves.
}
left-out-actions = { $count ->
    [one] { $count } action more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } actions more, of older incidents, are on the pages of the incidents themselves.
}
left-out-documents = { $count ->
    [one] { $count } document more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } documents more, of older incidents, are on the pages of the incidents themselves.
}
left-out-changes = { $count ->
    [one] { $count } change more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } changes more, of older incidents, are on the pages of the incidents themselves.
}
left-out-drills = { $count ->
    [one] { $count } drill more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } drills more, of older incidents, are on the pages of the incidents themselves.
}
left-out-causes = { $count ->
    [one] { $count } cause more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } causes more, of older incidents, are on the pages of the incidents themselves.
}
left-out-outcomes = { $count ->
    [one] { $count } outcome more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } outcomes more, of older incidents, are on the pages of the incidents themselves.
}
left-out-chains = { $count ->
    [one] { $count } chain more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } chains more, of older incidents, are on the pages of the incidents themselves.
}
left-out-steps = { $count ->
    [one] { $count } step more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } steps more, of older incidents, are on the pages of the incidents themselves.
}
left-out-playbooks = { $count ->
    [one] { $count } playbook more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } playbooks more, of older incidents, are on the pages of the incidents themselves.
}
left-out-times = { $count ->
    [one] { $count } time more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } times more, of older incidents, are on the pages of the incidents themselves.
}
left-out-plans = { $count ->
    [one] { $count } plan more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } plans more, of older incidents, are on the pages of the incidents themselves.
}
left-out-decisions = { $count ->
    [one] { $count } decision more, of older incidents, is on the pages of the incidents themselves.
   *[other] { $count } decisions more, of older incidents, are on the pages of the incidents themselves.
}

## Patterns: recurrences

recurrences-open = Actions still open
recurrences-open-means = Something agreed on the time before is not done yet.
recurrences-done = Actions done
recurrences-done-means = What was agreed is done by now: it did not hold, or it came too late.
recurrences-given-up = Risk accepted
recurrences-given-up-means = It was decided not to act, or to stop.
recurrences-untold = Nothing said
recurrences-untold-means = No action answers the cause, or none says what has become of it.
recurrences-outcomes = What had become of the actions
recurrences-one-open = had actions still open
recurrences-some-open = { $count } had actions still open
recurrences-one-done = had the actions done
recurrences-some-done = { $count } had the actions done
recurrences-one-given-up = had the risk accepted
recurrences-some-given-up = { $count } had the risk accepted
recurrences-one-untold = had nothing said of the actions
recurrences-some-untold = { $count } had nothing said of the actions
recurrences-as-today = Actions are shown as they stand today.
recurrences-told = { $count ->
    [one] The one recurrence { $outcomes }.
   *[other] Of { $count } recurrences, { $outcomes }.
}
recurrences-chains-text = One chain for each root cause and service, the latest first. Beside each incident: what has become of its actions. Where actions name the cause they answer, only those are counted.
recurrences-chains = What happened again
recurrences-less-than-a-month = less than a month
recurrences-all-of-incident = all of the incident
recurrences-in-services = { $cause } in { $services }
recurrences-share = { $part } of { incidents } had happened before: the same root cause in the same service within { $months } months, or their authors say so.
recurrences-share-untold = { $count } more do not name a cause, a service and a day, so it cannot be told.

## Patterns: luck and surprise

luck-lucky = Where we got lucky
luck-lucky-text = What went well, or was not worse, only by chance. What luck did once, an action can do the next time.
luck-surprised = What surprised us
luck-surprised-text = Where the system, or our picture of it, was not what we took it for.
luck-near-misses-text = What almost was an incident: risks that are known, and have not struck yet.
luck-near-misses = Near misses
luck-no-cause = No cause of the taxonomy named

## Patterns: response actions and playbooks

part-of = { $part } of { $whole }
response-without-timeline = { $count ->
    [one] { $count } document without a timeline.
   *[other] { $count } documents without a timeline.
}
response-without-type = { $count ->
    [one] { $count } event without a type.
   *[other] { $count } events without a type.
}
response-steps = What was done, and how often
response-part-and-partly = { $part } of { $whole } ({ $partly } partly)
response-yes = yes
response-partly = partly
response-no = no
response-playbooks-text = From the tables in postmortems that say of each plan or playbook whether it was followed and adequate. Those that fell short most often come first; figures are of the times that somebody says.
response-playbooks = How plans and playbooks held
response-fell-short-text = Each time one was not followed or was not enough, with what the postmortem says of it.
response-fell-short = Where they fell short
response-plans-used-text = Response plans that incidents and drills say were used.
response-plans-used = Plans that were used
response-decisions-text = { $count ->
    [one] { $count } decision that timelines mark as such: what people chose, on what they knew then.
   *[other] { $count } decisions that timelines mark as such: what people chose, on what they knew then.
}
response-decisions = Decisions
response-without-either = { response-events } without a type; { response-without-timeline }
response-steps-text-mixed = { response-events } in { response-timelines } ({ $of }), by the type written before each or taken from its first words. A step that few timelines show was not taken, or not written down.
response-steps-text = { response-events } in { response-timelines }, by the type written before each or taken from its first words. A step that few timelines show was not taken, or not written down.
response-events = { $events ->
    [one] { $events } event
   *[other] { $events } events
}
response-timelines = { $count ->
    [one] { $count } timeline
   *[other] { $count } timelines
}

## Patterns: losses and exposure

losses-not-told = Not told
losses-no-number = no number given
losses-no-number-for = no number for { $count } of { $all }
losses-funds-by-asset = Funds by state and asset
losses-funds-in-dollars = Funds by state, in US dollars
losses-funds = Funds
losses-funds-text = Amounts are added where asset and state are the same. States are not added to each other: what was lost may be counted once more as recovered. US dollars are those of the time of each incident, where its authors give them.
losses-data-text = Records are added where class and disclosure are the same. The same record may be in several incidents.
losses-data = Data
losses-data-by-class = Data by class
losses-contracts-text = Contracts that the incidents list by address or name, each once. Their pages say how many others ran the same code.
losses-contracts = Contracts
losses-contracts-by-chain = Contracts by chain and state
losses-fixes = Verification of fixes
losses-fixes-by-verification = Fixes by verification
losses-audited-before = Audited before it went live
losses-audited = Audited; whether before it went live is not told
losses-audited-after = Audited after it went live
losses-no-audit = No audit; tested or reviewed
losses-nothing-told = Nothing told
losses-impact-text = Impact that is written as a number, added where it counts the same thing. Those counted in several incidents are not necessarily different people.
losses-impact = Impact in numbers
losses-none-in = none in { incidents }
losses-not-known-in = not known in { incidents }
losses-words-in = told in words in { incidents }
losses-not-in-sums = Not in the sums for { $dimension }: { $counts }.
losses-newest = The newest { $shown } of { $count }.
losses-fixes-text = { $count ->
    [one] How fixes were verified, in { $count } incident that tells of it. An audit counts as made before a fix went live only where its date is certainly earlier.
   *[other] How fixes were verified, in { $count } incidents that tell of it. An audit counts as made before a fix went live only where its date is certainly earlier.
}

## Patterns: changes to plans and standards

plans-changes = Changes
plans-documents-text = Documents that incidents name as changed. A last review is shown where the document is a page of this site and names one.
plans-documents = Documents that changed
plans-other = Other changes
plans-changed = Changed
plans-changes-text = { $count ->
    [one] { $count } change, newest first.
   *[other] { $count } changes, newest first.
}
plans-told-text = What stands under the heading on plan updates.
plans-told = What postmortems say of plans
plans-standards-text = Actions that change how code is written, with their proof.
plans-standards = Standards changed
plans-actions-text = Actions whose area is documents, runbooks, policies or procedures, with their proof.
plans-actions = Agreed in action items

## Patterns: drills and preparedness

drills-text = Exercises, with the incidents they name or link to; where they name none, those before with the same cause.
drills-their-actions = Of the actions they led to, { $counts }.
drills-same-cause = same cause
drills-gaps-text = What went wrong in an exercise, where it cost nobody anything.
drills-gaps = What drills found wanting
drills-none = none
drills-unrehearsed = Causes not rehearsed of late
drills-unrehearsed-text = { $rehearsed ->
    [one] Of { causes } that struck, { $rehearsed } was rehearsed within { $months } months. The others, most frequent first.
   *[other] Of { causes } that struck, { $rehearsed } were rehearsed within { $months } months. The others, most frequent first.
}

## Patterns: one year ago

year-ago-this-week-text = Incidents that began within three days of this day, a year ago. The worst first.
year-ago-around-text = Incidents that began within { $days } days of { $day } in an earlier year. The worst first.
year-ago-this-week = One year ago this week
year-ago-around = Around this day in earlier years
year-ago-next-text = Nothing happened around this day in earlier years. These come next.
year-ago-next = The next anniversaries
year-ago-years-in-days = { $days ->
    [one] { years } in { $days } day
   *[other] { years } in { $days } days
}
year-ago-years-ago = { years } ago
column-anniversary = Anniversary
column-what-it-was = What it was
year-ago-reviews-text = The day set for checking whether the measures held has passed, and no later review is recorded.
year-ago-reviews = Incidents due for a look back
year-ago-look-backs-text = These actions are done. Their effect was to be checked by now, and no result is written down.
year-ago-look-backs = Actions due for a look back

## Patterns: acknowledgements

thanks-text = { $count ->
    [one] { $count } person or organisation helped and agreed to be named here.
   *[other] { $count } people and organisations helped and agreed to be named here.
}
with-thanks = With thanks

## Patterns: gaps and wishes

gaps-tools-text = Actions whose area is tooling. { $open } of { $count } are not settled yet; they come first.
gaps-tools = Tools asked for
gaps-wishes-text = What stands under headings that name tools.
gaps-wishes = What incidents say of tools
gaps-numbers = Numbers that are missing
gaps-numbers-text = { $count ->
    [one] { $count } number is missing where incidents are numbered one after the other. Behind each is an incident that nobody has written up, a number that was used for something else, or a document that is not shown here.
   *[other] { $count } numbers are missing where incidents are numbered one after the other. Behind each is an incident that nobody has written up, a number that was used for something else, or a document that is not shown here.
}

## Metrics

metrics-no-incidents = incidents handled
metrics-no-found = how they were found
metrics-no-times = times
metrics-no-how-soon = how soon
metrics-no-phases = where the time went
metrics-no-causes = causes
metrics-no-severity = duration by severity
metrics-no-recurrence = repetition
metrics-no-actions = action items
metrics-no-coverage = how much is recorded
metrics-no-effort = effort
metrics-no-promises = promises of a next word
metrics-no-calendar = calendar
metrics-left-out = Left out, since too little is recorded: { $what }.
or-more = { $number } or more
metrics-share = { $part } of { $whole } ({ $percent }; 95% interval { $low } to { $high })
metrics-quarter-of-year = { $quarter } { $year }
metrics-quarter = Q{ $number }
metrics-documented-span = { $incidents } documented in this edition, from { $first } to { $last }.
metrics-documented-year = { $incidents } documented in this edition, all of { $year }.
metrics-documented = { $incidents } documented in this edition.
metrics-half-detected = Of { $count } whose time is known, half were detected within { $time }.
metrics-half-mitigated = Of { $count } whose time is known, half were mitigated within { $time }.
metrics-half-resolved = Of { $count } whose time is known, half were resolved within { $time }.
metrics-found-by-us = { $part } of { $count } were found by monitoring or staff.
metrics-none-again = In none of { $count } the same cause had struck the same service before.
metrics-some-again = In { $part } of { $count } the same cause had struck the same service before.
metrics-counted-apart = Counted apart, and in no figure here but those on action items: { $counts }.
metrics-person-hours = { $hours ->
    [one] { $hours } person-hour
   *[other] { $hours } person-hours
}
metrics-actions-apart = { $actions }, { $count } of them not from incidents
metrics-actions-none-overdue = { $open }, none of them overdue
metrics-actions-some-overdue = { $open }, { $count } of them overdue
metrics-actions-counts = { $actions }: { $counts }.
metrics-controls-text = Actions of incidents and drills, by the cause they answer. An empty cell is something to think about, not a fault.
metrics-controls = What is done about each cause
metrics-all-actions = All action items
metrics-year-running = The last year is not over yet.
metrics-by-year = By year
metrics-by-severity = By severity
metrics-by-kind = By kind
metrics-by-service = By service
metrics-by-service-text = An incident that struck several services counts under each.
metrics-handled-text = { $incidents }. More of them may mean more faults, better detection or less fear of writing them down; a count does not say which.
metrics-undated = { $count } of them name no date.
metrics-handled = Incidents handled
metrics-causes-over-time = Causes over time
metrics-causes-over-time-text = The darker, the more; the number says how many.
metrics-causes-text = Root causes named by { $incidents }. An incident with several causes counts under each.
metrics-causes-missing = { $count } name no root cause
metrics-causes-undated = { $count } name one but no date, and are in no column
metrics-sentence = { $text }.
metrics-together = “Together” is the share of incidents in which this cause or one above it was at work.
metrics-causes-by-number = Causes by number
by-month = By month
metrics-months-text = Months before the first and after today are empty.
metrics-months-missing = { $incidents } left out: the month is not known.
metrics-calendar = Calendar
metrics-times-compared-text = The axis is logarithmic: each step to the right is many times as long.
metrics-times-compared = All times on one axis
metrics-times-text = Each time is defined below, since the same names are used for different things elsewhere.
metrics-times-medians = A median and the middle half are given from five values on; below that, the values are listed. The true median may lie anywhere in its 95% interval, which is wide where values are few.
metrics-times = Times
metrics-negative = In { $incidents } the end comes before the beginning; these count as not known.
metrics-mean-left-out = The mean, which a few long incidents pull up: { $time } (of { $count }; { $left } left out, known within bounds only).
metrics-mean = The mean, which a few long incidents pull up: { $time } (of { $count }).
metrics-table-of-periods = The table has the periods with five values or more.
metrics-not-known = { $count } not known
metrics-interval = 95% interval { $interval }
metrics-nine-in-ten = Nine in ten within
metrics-values = Values
metrics-within-bounds = Within bounds
metrics-drawn-open = drawn open
metrics-no-difference = Between { $earlier } and { $later } no difference can be shown: the intervals of their medians overlap.
metrics-shorter = The median of { $later } is lower than that of { $earlier }: their intervals do not overlap.
metrics-longer = The median of { $later } is higher than that of { $earlier }: their intervals do not overlap.
metrics-so-far = { $period }, so far
column-quarter = Quarter
column-month = Month
metrics-last-periods = The last { $shown } of { $count } periods that have any.
metrics-measure-by-period = { $measure } by period
metrics-detected = detected
metrics-mitigated = mitigated
metrics-curve-known-and-missing = { $known } { $what } ({ $missing } not known)
metrics-curve-known = { $known } { $what }
metrics-distribution-text = Read up from a time: the height of the curve is the share that took no longer. Known: { $counts }.
metrics-distribution-few = Too few for a curve: { $counts }.
metrics-distribution = Share { $what } within a time
metrics-how-soon = How soon
metrics-phases-of-each-text = Each bar is one incident from start to end, newest first. All bars are drawn equally long; the real length is at the right. Time in a phase that is not known is counted in the next one that is.
metrics-phases-of-each = Phases of each
metrics-phases-text = Time passes before anybody notices, before somebody takes it on, before users are well again, and before all is back to normal. Better monitoring shortens the first, better paging the second, a better response the third.
metrics-phases-bounded = { $count ->
    [one] Of { $incidents } an end is known within bounds only, and its phases are drawn to the earliest.
   *[other] Of { $incidents } an end is known within bounds only, and their phases are drawn to the earliest.
}
metrics-phases-older = Of those whose phases are known, these are the newest; { $count } older are not here.
metrics-phases-missing = { $incidents } left out: no two of its phases are known to the minute.
metrics-phases = Where the time went
metrics-impact-by-severity = Impact duration by severity
metrics-severity-text = Long is not severe: in the public reports that the VOID has gathered, how long an incident lasted says next to nothing about how severe it was. Compare severities only where the strips below differ.
metrics-severity = Duration and severity
metrics-measure-by-quarter = { $measure } by quarter
metrics-measure-by-month = { $measure } by month
metrics-measure-by-year = { $measure } by year
metrics-found-text = Found by monitoring or staff: { $share } of those that say who found them.
metrics-found-by-column = Found by
metrics-found-by = Who or what found them
metrics-found-by-year = Found by monitoring or staff, by year
metrics-found = How they were found
metrics-silent = { $count ->
    [one] { $incidents } does not say.
   *[other] { $incidents } do not say.
}
metrics-recurrence-text = The same cause had struck the same service within the { $months } months before, or the authors say so: { $share }. Only those that name a cause, a service and a day are counted.
metrics-recurrence-missing = { $incidents } left out, since one of these is missing.
metrics-recurrence-short = For { $count } of them the record does not reach back that far, so an earlier one may be unknown.
metrics-latest-shown = The latest { $count } are shown.
metrics-recurrence = What came again
metrics-all-recurrences = All recurrences
metrics-to-the-day = { $percent }, { $count } to the day only
metrics-milestone = Milestone
metrics-to-the-minute = To the minute
metrics-milestones = Milestones known to the minute
metrics-milestones-text = A full bar is all of them.
metrics-coverage-text = How many of { $incidents } say when each milestone was reached.
metrics-coverage-why = A time can only be measured between two known milestones, so every figure on times is about incidents with good records.
metrics-coverage = How much is recorded
metrics-effort-text = { $hours } of people’s work in all, in { $incidents }.
metrics-effort-median = Half took no more than { $hours }.
metrics-effort = Effort
metrics-promises-kept = Kept: { $share }.
metrics-promises-missing = Of { $count } it is not known.
metrics-promises-pending = { $count } still to come.
metrics-promises = Promises of a next public word
metrics-effort-definition = The hours people spent on an incident, all together (`effort_hours`). Four people for an hour are four hours: it is no time that passed, and stands beside no measure of one.
metrics-promises-definition = Of the updates that name a time for the next one (`next_by`), those after which the next update, or the published report, came by then. A promise whose day has not passed is not counted.
metrics-exports = The same figures for other programs:
metrics-read-these-figures-with-care = Read these figures with care

## Metrics: what is measured

measure-latent_time = Latent time
measure-definition-latent_time = From the moment the fault entered the system (`introduced_at`) to the start of impact (`started_at`). Dates count too, with the day they leave open.
measure-question-latent_time = How long did the fault sleep?
measure-time_to_detect = Time to detect
measure-definition-time_to_detect = From the start of impact (`started_at`) to the moment somebody or something noticed (`detected_at`).
measure-question-time_to_detect = How soon did monitoring or people see it?
measure-dwell_time = Dwell time
measure-definition-dwell_time = In security and smart-contract incidents, from the first compromise (`started_at`) to detection (`detected_at`). Dates count too, with the day they leave open.
measure-question-dwell_time = How much time had the attacker alone?
measure-time_to_acknowledge = Time to acknowledge
measure-definition-time_to_acknowledge = From detection (`detected_at`) to the moment a person took it on (`acknowledged_at`).
measure-question-time_to_acknowledge = How soon did paging reach a person?
measure-time_to_declare = Time to declare
measure-definition-time_to_declare = From detection (`detected_at`) to the declaration of an incident (`declared_at`).
measure-question-time_to_declare = How soon was it seen for what it was?
measure-time_to_contain = Time to contain
measure-definition-time_to_contain = From detection (`detected_at`) to the moment the attacker or the fault could do no more (`contained_at`). Security and smart-contract incidents are expected to say it.
measure-question-time_to_contain = How soon was the loss stopped?
measure-time_to_mitigate = Time to mitigate
measure-definition-time_to_mitigate = From the start of impact (`started_at`) to the moment users were no longer affected (`mitigated_at`).
measure-question-time_to_mitigate = How long did users feel it?
measure-impact_duration = Impact duration
measure-definition-impact_duration = The time with impact, pauses left out: all of `impact_windows` together, each minute once; else the stretches between the events `started` and `mitigate` or `resolved`, where there are several; else from `started_at` to `mitigated_at`, or to `resolved_at` where no mitigation is known.
measure-question-impact_duration = How much time was lost to users in all?
measure-time_to_resolve = Time to resolve
measure-definition-time_to_resolve = From the start of impact (`started_at`) to normal operation without temporary measures (`resolved_at`).
measure-question-time_to_resolve = How long until things were back to normal?
measure-repair_time = Repair time
measure-definition-repair_time = From detection (`detected_at`) to mitigation (`mitigated_at`).
measure-question-repair_time = How long did the response itself take?
measure-first_public_word = First public word
measure-definition-first_public_word = From the start of impact (`started_at`) to the first public statement (`public_at`).
measure-question-first_public_word = How soon was it said in public?
measure-longest_silence = Longest silence
measure-definition-longest_silence = The longest stretch without a public word between the start of impact (`started_at`) and resolution (`resolved_at`), where `updates` are recorded.
measure-question-longest_silence = How long did those waiting hear nothing?
measure-report_lag = Report lag
measure-definition-report_lag = From resolution (`resolved_at`) to the published report (`published_at`). Dates count too, with the day they leave open.
measure-question-report_lag = How soon could others read what happened?

## Metrics: how not to read the figures

caution-no-average = No average, and no “MTTR”
caution-no-average-text = Most incidents are short and a few are very long, so the mean of their durations lies above most of them and jumps with every long one. The letters MTTR stand for repair, recovery, resolution or response, as the writer pleases. Every measure here has a name and a definition of its own, and shows each incident.
caution-unsteady-median = A median is unsteady, too
caution-unsteady-median-text = Štěpán Davidovič drew incidents of large operators at random, again and again. Even where nothing had changed, averages of a period often looked as if something had; and a real change of a tenth was often hidden. The median is less misled, not safe. Beside each stands the interval in which it may as well lie, and two periods whose intervals overlap show no difference.
caution-long-not-severe = Long is not severe
caution-long-not-severe-text = In public reports how long an incident lasts says next to nothing about how severe it was. When it began and when it was over is a judgement, often made afterwards.
caution-fewer-not-better = Fewer is not better
caution-fewer-not-better-text = These are the incidents that somebody wrote up, in this edition. More of them may mean more faults, better detection or less fear of writing them down; a count alone does not say which.
caution-what-is-missing = What is missing may not be like what is there
caution-what-is-missing-text = A time can only be measured where both its ends were written down, and that is done more often for some incidents than for others. Where much is missing, a figure is about the incidents with good records. What is known within bounds keeps them: nothing is guessed, and nothing is carried forward.

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

chart-cut-incidents = The table shows { $shown } of { $count } rows; every incident is in incidents.csv.
chart-cut = The table shows { $shown } of { $count } rows.
chart-nothing-to-count = There is nothing to count in this figure yet.
chart-bars = Bars: { $bars }.
chart-first-shown = The figure shows the first { $shown } of { $count }.
chart-together = { $share }, together { $sum }
chart-unsaid = { $count } unsaid
chart-no-controls = No incident names a cause whose controls could be shown.
chart-controls = { causes } by what is done to prevent, mitigate and detect it; empty cells: { $empty }.
chart-bare = No action to prevent, mitigate or detect: { $causes }.
chart-all = all
chart-grid = Counts in { chart-rows } and { chart-columns }; the greatest is { $most }. In all: { $sums }.
chart-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
chart-last-columns = The figure shows the last { $shown } of { chart-columns }; the sums are of all.
chart-first-rows = The figure shows the first { $shown } of { $count } rows.
chart-columns = { $count ->
    [one] { $count } column
   *[other] { $count } columns
}
chart-in-year = { $count } in { $year }
chart-years = Incidents by year: { $counts }.
chart-earlier = { $count } more in earlier years.
chart-no-phases = No incident tells enough of its milestones to divide its time.
chart-phases = One bar for each of { $count } incidents, divided into the phases of its time.
chart-phases-shown = The figure shows { $shown } of { $count } incidents.
chart-no-times = No incident tells the times that this figure would show.
chart-columns-text = { $values } values are too many for dots: the height of a column says how many fell into that span of time, the tallest of all stands for { incidents }.
chart-dots = Each dot is one incident and leads to it.
chart-median = median
chart-middle-half = middle half
chart-severity-not-told = severity not told
chart-open = open: known within bounds only
chart-severity = severity { $step }
chart-median-of = median { $median }, { $known }
chart-strips = One strip each, on a logarithmic axis of time. { $groups }.
chart-bounds = as far as times are known within bounds only
chart-still-open = { percent } still open
chart-half = half { $what }
chart-rising = Rising step curves on a logarithmic axis of time.
chart-half-within = Half { $what } within { $time }, { $known }.
chart-share-within = { $number }% within
chart-not-reached = not reached
chart-incidents-known = Incidents known
chart-nothing-ended = There is nothing yet whose time to its end could be told.
chart-censored = still open when last looked at, or given up
chart-half-done = half done
chart-falling = A falling step curve over days.
chart-survival-unknown = { $done } done, { $waiting } still open or given up; within how many days half are done is not known yet.
chart-survival = { $done } done, { $waiting } still open or given up; half done within { $time }.
chart-within = within { $time }
chart-known-and-not = { $count } known, { $missing } not
chart-known = { $count } known
chart-years-on-axis = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
chart-the-same-figures-as-a = The same figures as a table

## Learn and reading paths

learn-description = Reading paths, drills and takeaways from incidents.
learn-of-term = The worst incidents, in the order in which they happened.
learn-first-week-about = One incident for each of the most frequent causes, the worst of its kind: one a day for a first week.
learn-year-ago-about = What happened in this month a year ago. Does what was changed then still hold?
learn-first-week = First week
learn-year-ago = One year ago: { $month }
learn-taught = What the incidents taught
learn-takeaways = { $taught }, in the words of their reports, the newest first.
learn-paths-by = Paths by { $group }
learn-reading-paths = Reading paths
learn-an-incident-replayed-step-by = An incident, replayed step by step to a group that does not know how it ends.
learn-play-first = You can play it before you read it, as a drill for a group that does not know how it ends: { $drill }.
learn-in-short = In short
learn-what-to-look-for = What to look for
learn-read-the-postmortem = Read the postmortem
learn-to-ask-yourself = To ask yourself
learn-along-the-path = Along the path
learn-previous = Previous
learn-next = Next
learn-the-end = The end
learn-for = For { $audience }
learn-progress = { $read } of { $count } read. It is kept in this browser and nowhere else.
learn-what-you-can-do-afterwards = What you can do afterwards
learn-on-this-path = On this path
learn-you-have-read-all-of = You have read all of it. There is no certificate; what you noticed is yours.
learn-to-talk-about = To talk about
learn-begin-with-the-first = Begin with the first
learn-all-of-it-as-a = All of it as a packet to print
learn-of-the-month = Postmortem of the month, { $month }
learn-tick = I have read this
learn-for-a-club = { $questions } for a review or a reading club
learn-on-path = On the reading path { $path }, { $number } of { $count }
learn-next-of-path = the next of them
learn-as-drill = Played as the drill { $drill }

## Questions to talk about

question-this-incident = This incident
question-gap = What would have shown it sooner, the report says, is this: “{ $text }” Which of it do you have?
question-detection = It took { $duration } from the start of the impact until somebody knew. Through what would you have noticed, and how soon?
question-decision = The decision: “{ $text }” What was known then, and what else could have been decided on it?
question-decision-at = The decision of { $time } UTC: “{ $text }” What was known then, and what else could have been decided on it?
question-cause = A root cause is “{ $cause }”. Where in what you work on could the same lie hidden, and what would tell you?
question-luck = The report says where luck decided. Which of it can you not count on a second time?
question-surprise = The report says what surprised those who responded. Would it have surprised you?
question-effects = Which action would have prevented the incident, which would only have made it shorter, and which would you do first?
question-only-one = If you could do only one of the actions, which one, and what would it leave open?
question-any = What in this surprised you, and who else should know of it?

## Takeaways

takeaways = Takeaways
takeaways-lead = What { $incidents } taught, in the words of their reports.
takeaways-all = all incidents
takeaways-more = { $count } more say what was learned: see { $all }.
takeaways-feed-of-takeaways = Feed of takeaways

## Packets to print

packet-title = { $title }: packet
packet-description = { $title } as a booklet to print: { incidents }.
packet-for = For
packet-level = Level
packet-reading-time = Reading time
packet-planned-time = Time to plan for
packet-as-of = As of
internal-edition = Internal edition · not for sharing outside the organisation
packet-public-edition = Public edition
packet-introduction = Introduction
packet-questions-on-the-whole = Questions on the whole
packet-contents = Contents
packet-hint = This page prints as a booklet, or as a PDF, with the print dialog of the browser.
packet-back = Back to { $page }
packet-part = Part { $number } of { $count }
packet-its-page-on-the-site = Its page on the site
packet-why-it-is-read-here = Why it is read here.
packet-questions = Questions

## Drills

drills-title = Drills
drill-description = Incidents replayed forward: what could be known, a question, and then what was done.
drill-step = Step { $number }
drill-ending = What came of it
drill-briefing = Briefing
drill-clock = It is
drill-what-was-done = What was done
drill-how-it-goes = Each step says what has become known and asks what you would do. Talk it over, then reveal what was done: nothing that came later is on the page.
drill-facilitator-sheet = facilitator sheet
drill-lead-it = Do you lead it for others? The { $sheet } has everything, to be printed. It tells how it ends: do not open it if you play.
drill-begin = Begin
drill-play = Play one in a group, or alone.
drill-back = Back: { $page }
drill-what-came-after = What came after
drill-what-nobody-knew-then = What nobody knew then
drill-the-incident = The incident
drill-talk-it-over = Talk it over
drill-afterwards-you-can = Afterwards you can
drill-what-is-known-now = What is known now
drill-nothing-else-has-come-in = Nothing else has come in.
drill-the-question = The question
drill-reveal-what-happened = Reveal what happened
drill-the-log-so-far = The log so far

## The facilitator sheet

facilitator-form-time = Time
facilitator-form-known = Known
facilitator-form-suspected = Suspected
facilitator-form-decided = Decided
facilitator-form-why = Why
facilitator-title = Facilitator sheet
facilitator-lead-reasoning = At the head of the report
facilitator-facilitator-sheet = Facilitator sheet
facilitator-the-scribes-form = The scribe’s form
facilitator-write-down = Write down what came of it, as a draft of a report of its own:
facilitator-when-it-is-over = When it is over
facilitator-what-responders-thought = What responders thought
facilitator-debrief = Debrief
facilitator-replays = It replays { $incident } in { $questions }. At each one, read out what is known, ask, let them decide, and only then say what was done. Answer what could be known at the time, and nothing else.
facilitator-for-whoever-leads-the-drill = For whoever leads the drill, and nobody else in the room: this tells everything.
facilitator-before-you-begin = Before you begin
facilitator-read-out = Read out
facilitator-hand-out = Hand out
facilitator-role = Role
facilitator-what-it-does = What it does
facilitator-who = Who
facilitator-step-by-step = Step by step
facilitator-known-now = Known now
facilitator-ask = Ask
facilitator-if-they-are-stuck = If they are stuck

## What scripts say: the search, the switch of colours. `{ "{" }count{ "}" }` is filled in by the script; -one and -other are plural forms, to which a language may add -two, -few and -many

js-placeholder = Service, symptom, cause, “exact words”
js-label = Search incidents
js-best-match = Best match
js-newest-first = Newest first
js-order = Order
js-filters = Filters
js-skip = Skip to results
js-results-list = Results
js-more-results = Show more results
js-nothing-has = Nothing has “{ "{" }typed{ "}" }”. Showing results for { "{" }taken{ "}" }.
js-not-found = Not found anywhere:
js-try-others = Try fewer or other words: a service, an error message, a cause.
js-take-off = Or take a filter off:
js-clear = Clear filters
js-more = { "{" }count{ "}" } more
js-loading = Loading…
js-results-one = { "{" }count{ "}" } result
js-results-other = { "{" }count{ "}" } results
js-no-results = No results
js-not-available = Search is not available: it needs the site’s own server and a current browser.
js-all = All results
js-key-move = move
js-key-open = open
js-key-close = close
js-show-more = Show more
js-incidents-one = { "{" }count{ "}" } incident
js-incidents-other = { "{" }count{ "}" } incidents
js-nothing-has-all = Nothing has all of these. Take one of them away:
js-close = Close search
js-dialog = Search
js-theme-auto = Theme: auto
js-theme-light = Theme: light
js-theme-dark = Theme: dark
