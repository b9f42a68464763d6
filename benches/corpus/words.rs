//! What the postmortems are made of, all of it made up. Lists are texts with a space or the end of a line between entries; names in braces are
//! places to fill.

pub(super) const SEVERITIES: &str = "sev1 sev2 sev2 sev2 sev3 sev3 sev3 sev3 sev3 sev4 sev4";

pub(super) const SERVICES: &str = "checkout billing ledger login sessions profiles search suggestions catalogue inventory pricing \
    shipping returns uploads thumbnails transcoder mail webhooks notifications feature-flags settings gateway edge-cache resolver scheduler \
    metrics tracing log-shipping backups registry builds secrets audit exports reports maps";

pub(super) const TAGS: &str = "alerting autoscaling batch-job cache canary certificates clock cold-start connection-pool container cron \
    data-pipeline deadlock deployment disk dns failover fan-out file-descriptors firewall garbage-collection hot-key index leader-election \
    load-balancing logging memory migration multi-region partial-outage queue quota rate-limit replication retries rollback routing sharding \
    timeout tls";

/// Paths of the built-in taxonomy.
pub(super) const CAUSES: &str = "change/code-defect change/config change/feature-flag change/release-compat change/schema-migration \
    change/rollout-plan software/latent-bug software/concurrency software/time software/resource-leak software/input-handling \
    capacity/saturation capacity/retry-storm capacity/quota-limit architecture/single-point architecture/failover-failed \
    architecture/hidden-coupling architecture/automation-runaway infrastructure/hardware infrastructure/network \
    infrastructure/certificate-expiry dependency/provider-outage dependency/provider-change dependency/upstream-library data/corruption \
    data/loss process/review-gap process/monitoring-gap process/documentation process/ownership";

pub(super) const REGIONS: &str = "north-1 north-2 south-1 east-1 east-2 west-1 west-2 central-1";

pub(super) const TEAMS: &str = "platform payments identity storage network delivery observability data mobile web accounts logistics";

pub(super) const TABLES: &str = "jobs orders events sessions invoices deliveries shards locks cursors snapshots";

pub(super) const SYMPTOMS: &str = "answered with errors
timed out
showed data of the day before
lost messages
refused logins
ran out of disk
restarted again and again
lost its leader
could not be reached
was slow
accepted no writes
sent everything twice";

pub(super) const OPENINGS: &str = "
at first\x20
in {region}\x20
according to the log of {host}\x20
before the change\x20
as far as we can tell\x20
when the {team} team joined\x20
while {service} was being drained\x20
as in the drill of last quarter\x20
for the whole incident\x20";

pub(super) const FACTS: &str = "the pool of connections on {host} was full within {minutes} minutes
{service} answered {percent} percent of requests with an error
build {build} had been running on {count} machines since the morning
the queue in front of {service} grew to {count} entries
a worker on {host} held its lock for {count} seconds
the dashboard of {service} showed nothing unusual
the limit of {count} open files was reached on {host}
{service} kept an old answer in its cache for {minutes} minutes
a second try after {count} milliseconds went to the same machine
the health check of {service} asked only whether the process was alive
the restore of shard {count} took {minutes} minutes longer than in the drill
the plan of the query changed once {table} had passed {count} thousand rows
the job that removes old files from {host} had not run since build {build}
the {team} team compared build {build} with the one before it
the certificate of {host} was accepted by {service} and refused by {service}
memory on {host} rose by {count} megabytes an hour
traffic from {region} was sent past the cache
the message format of build {build} was unknown to {count} readers
a replica in {region} was {minutes} minutes behind
the schedule of {service} started {count} copies of one job
the alert on {service} was set to {percent} percent, which was not reached
requests that {service} had given up were still being worked on by {host}
{count} sessions were opened again at the same moment
the rollout of build {build} went on while {percent} percent of its machines were unhealthy";

pub(super) const ENDINGS: &str = "
, and {service} waited for it
, so that customers in {region} saw errors for {minutes} minutes
; the runbook of {service} says nothing of this
, as {ticket} had said
, and {service} had room for {percent} percent more
, and the page of the {team} team came {minutes} minutes later
; build {build} behaves the same way
, and {count} requests were lost
, until {host} was taken out of service
, which was measured again on {host}";

pub(super) const EVENTS: &str = "Build `{build}` reaches {region}
The {team} team joins
{host} is restarted
Traffic moves away from {region}
{service} goes back to build `{build}`
The status page says that we investigate
Support has heard from {count} customers
The queue of {service} begins to shrink
{ticket} is opened for {host}
The limit of {service} is raised to {count}
A cache in {region} is emptied
{percent} percent of requests succeed";

pub(super) const ACTIONS: &str = "Alert when {service} waits longer than {count} milliseconds
Write a runbook for {service}
Try {percent} percent of machines first when {service} is rolled out
Limit how often {service} asks {service} again
Renew the certificates of {service} without a person
Practise the restore of {table} every quarter
Compare the answers of {service} in {region} and {region}
Let {service} go on without {service}
Remove the last step by hand from the rollout of {service}
Test {service} with {count} times as many rows in {table}
Give {service} a quota of its own in {region}
Say in the page of {service} who owns {table}";

pub(super) const LOG: &str = "ERROR {host} request={build} connection refused by {service}
WARN {host} queue={count} oldest={minutes}m
ERROR {host} deadline of {count}ms passed waiting for {service}
INFO {host} build={build} started in {region}
ERROR {host} no space left, wanted {count} MB
WARN {host} pool of {service} at {percent}%";
