// What a built site holds for other programs beside its pages, against the schemas and the tools of those formats: for the site that this
// repository is, and for one with hostile words in it. Each validator is shown once to refuse what is wrong.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseFeed } from '@rowanmanning/feed-parser';
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js';
import { csaf_2_0_strict } from '@secvisogram/csaf-validator-lib/schemaTests.js';
import validateStrict from '@secvisogram/csaf-validator-lib/validateStrict.js';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import jsonld from 'jsonld';
import { validateXML } from 'xmllint-wasm';
import { parse as parseYaml } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');
const program = join(project, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'afterword');
const folder = mkdtempSync(join(tmpdir(), 'afterword-copies-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const WORDS = '</script><!-- ]]> &amp; "\' \\ \u202e {{ x }} 停😀 `a` *b* [c](javascript:d) | # \u0085';
const INCIDENT = `---
id: "Ex ample: 2026/7"
title: ${JSON.stringify(WORDS)}
kind: security
severity: sev1
published_at: 2026-02-01
started_at: 2026-01-01T10:00Z
detected_at: 2026-01-01T10:03Z
resolved_at: 2026-01-01T12:00Z
services: [checkout]
tags: [${JSON.stringify(WORDS)}]
root_causes: [{cause: change/config, note: ${JSON.stringify(WORDS)}}]
aliases: [/old, "/caf%C3%A9.html"]
acknowledgements: [{name: ${JSON.stringify(WORDS)}, link: "https://example.org/", for: ${JSON.stringify(WORDS)}, consent: true}]
updates:
  - {at: 2026-01-01T10:30Z, state: investigating, text: ${JSON.stringify(WORDS)}}
  - {at: 2026-03-01T10:30Z, state: unheard-of, text: More was found.}
training:
  objectives: [${JSON.stringify(WORDS)}]
  audience: ${JSON.stringify(WORDS)}
  drill:
    title: ${JSON.stringify(WORDS)}
    briefing: ${JSON.stringify(WORDS)}
    from: "2026-01-01 10:00"
    prompts: [{before: "2026-01-01 23:50", ask: ${JSON.stringify(WORDS)}, hints: [${JSON.stringify(WORDS)}]}]
contracts: [{name: ${JSON.stringify(WORDS)}, chain: ethereum, address: "0x863DF6BFa4469f3ead0bE8f9F2AAE51c91A907b4"}]
---

${WORDS}

## Impact

${WORDS}

## Timeline

| Time | Event |
|---|---|
| 2026-01-01 10:00 UTC | [started] ${WORDS.replaceAll('|', '\\|')} |
| 2026-01-01 23:50-00:10 UTC | Later |
| someday | Unread |

## Action items

| ID | Action | Status | Due | Note |
|---|---|---|---|---|
| A1 | ${WORDS.replaceAll('|', '\\|')} | open | 2026-01-02 | ${WORDS.replaceAll('|', '\\|')} |
`;
const hostile = join(folder, 'hostile');
mkdirSync(join(hostile, 'content', 'postmortems'), { recursive: true });
writeFileSync(join(hostile, 'site.toml'), `[site]\ntitle = ${JSON.stringify(WORDS).replace('\u0085', '\\u0085').replace('\u202e', '\\u202e')}\ndescription = "What\\nwe learned"\n`);
writeFileSync(join(hostile, 'content', 'postmortems', 'a.md'), INCIDENT);
writeFileSync(join(hostile, 'content', 'postmortems', 'b.md'), '# Nothing is known\n');
writeFileSync(join(hostile, 'content', 'postmortems', 'c.md'), '---\ndate: 2025-12\nkind: smart-contract\n---\n\n# Only a month is known\n');
writeFileSync(join(hostile, 'content', 'about.md'), '# About\n\nText.\n');

const BASE = 'https://kb.example.org/team/';

/** Builds a project: gives what reads a file of it, and the paths of its files. */
function built(root, base = BASE) {
  const output = join(folder, `built-${readdirSync(folder).length}`);
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1772323200', AFTERWORD_BASE_URL: undefined }; // 2026-03-01
  const address = base ? ['--base-url', base] : [];
  const { status, stderr } = spawnSync(program, ['-C', root, 'build', '-q', '-o', output, ...address], { encoding: 'utf8', env });
  assert.equal(status, 0, stderr);
  const paths = readdirSync(output, { recursive: true }).filter((path) => !path.startsWith('.')).sort();
  const read = (path) => readFileSync(join(output, path), 'utf8');
  return { read, json: (path) => JSON.parse(read(path)), paths, incidents: paths.filter((path) => /^incidents\/[^/]+\/index\.json$/.test(path)) };
}

const sites = { shipped: built(project), hostile: built(hostile), unaddressed: built(hostile, null) };
const each = (run) => Object.entries(sites).forEach(([name, site]) => run(site, name));

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
for (const name of ['incidents', 'actions', 'incident', 'drill']) ajv.addSchema(sites.shipped.json(`schema/${name}.json`), `${name}.json`);
const own = (name) => ajv.addSchema(JSON.parse(readFileSync(join(here, `${name}.schema.json`), 'utf8')), name);
['statuspage-incidents', 'json-feed'].forEach(own);

function conforms(schema, value) {
  return ajv.validate(schema, value) ? [] : ajv.errors.map((error) => `${error.instancePath} ${error.message}`);
}

test('json: rows and documents are what the published schemas say', () => {
  each((site, name) => {
    assert.deepEqual(conforms('incidents.json', site.json('incidents.json')), [], name);
    assert.deepEqual(conforms('actions.json', site.json('actions.json')), [], name);
    assert.ok(site.incidents.length >= 3);
    for (const path of site.incidents) assert.deepEqual(conforms('incident.json', site.json(path)), [], path);
    for (const schema of ['incidents', 'actions', 'incident']) assert.ok(ajv.validateSchema(site.json(`schema/${schema}.json`)));
  });
  const rows = sites.shipped.json('incidents.json');
  delete rows[0].milestones.started_at;
  rows[1].status = 'done';
  rows[2].date = '1 May 2024';
  rows[3].measures.time_to_detect = -1;
  assert.equal(conforms('incidents.json', rows).length, 4);
  const document = sites.hostile.json('incidents/a/index.json');
  document.action_items[0].state = 'late';
  document.timeline[0].at = 'noon';
  delete document.sections[0].text;
  delete document.id;
  assert.equal(conforms('incident.json', document).length, 4);
});

test('json: a drill is what its schema says', () => {
  const drills = (site) => site.paths.filter((path) => /^drills\/[^/]+\/drill\.json$/.test(path));
  each((site, name) => {
    assert.ok(drills(site).length > 0, name);
    for (const path of drills(site)) assert.deepEqual(conforms('drill.json', site.json(path)), [], `${name}: ${path}`);
    assert.ok(ajv.validateSchema(site.json('schema/drill.json')));
  });
  const [path] = drills(sites.hostile);
  const drill = sites.hostile.json(path);
  const plain = WORDS.replaceAll(/[\u202e\u0085]/g, '').trim();
  assert.deepEqual([drill.title, drill.briefing, drill.steps[0].prompt, drill.steps[0].hints], [plain, [plain], plain, [plain]]);
  const { status, stdout, stderr } = spawnSync(program, ['-C', hostile, 'export', 'Ex ample: 2026/7', '--as', 'drill'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, sites.hostile.read(path), 'the command prints the file of the site');
  drill.level = 'hard';
  drill.minutes = 0;
  drill.steps[0].reveal = [];
  delete drill.steps[0].shown[0].reasoning;
  drill.roles[0].task = null;
  assert.equal(conforms('drill.json', drill).length, 5);
});

test('json: a document is its row, with what is written of the incident', () => {
  const document = sites.hostile.json('incidents/a/index.json');
  const row = sites.hostile.json('incidents.json').find((one) => one.id === document.id);
  assert.deepEqual(Object.fromEntries(Object.keys(row).map((key) => [key, document[key]])), row);
  assert.deepEqual(document.action_items, sites.hostile.json('actions.json').filter((one) => one.incident === document.id));
  assert.equal(document.updated, '2026-03-01T10:30:00Z');
  assert.deepEqual(document.sections.map((section) => [section.key, section.title]), [['impact', 'Impact'], ['timeline', 'Timeline'], ['actions', 'Action items']]);
  assert.deepEqual(document.timeline.map(({ at, until, written }) => [at, until, written]), [
    ['2026-01-01T10:00:00Z', null, '2026-01-01 10:00 UTC'],
    ['2026-01-01T23:50:00Z', '2026-01-02T00:10:00Z', '2026-01-01 23:50-00:10 UTC'],
    [null, null, 'someday'],
  ]);
});

test('markdown: the front matter is YAML, and nothing of the text is HTML', () => {
  each((site, name) => {
    const copies = site.paths.filter((path) => path.endsWith('index.md'));
    assert.ok(copies.length > site.incidents.length, 'pages have one, too');
    for (const path of copies) {
      const text = site.read(path);
      assert.doesNotMatch(text.replaceAll(/```[^]*?```|`[^`\n]*`|^---\n[^]*?\n---\n/gm, ''), /(^|[^\\])<(?!https?:)/, `${name}: ${path}`);
      if (!path.startsWith('incidents/')) continue;
      const [, front, body] = text.match(/^---\n([^]*?)\n---\n\n([^]*)$/);
      const known = parseYaml(front, { strict: true, version: '1.2' });
      const document = site.json(path.replace(/md$/, 'json'));
      assert.deepEqual([known.title, known.id, known.services ?? []], [document.title, document.id, document.services]);
      assert.match(body, /^# \S/);
    }
  });
  assert.throws(() => parseYaml('title: "a" b\n', { strict: true }), 'the parser refuses what is wrong');
});

/** What libxml2 says of texts by a schema. */
async function xml(texts, schema) {
  const files = texts.map((contents, n) => ({ fileName: `${n}.xml`, contents }));
  const { errors } = await validateXML({ xml: files, schema: [readFileSync(join(here, schema), 'utf8')] });
  return errors.map((error) => error.message);
}

test('sitemap: the schema of sitemaps.org, with the day of the last change', async () => {
  const schema = join('node_modules', 'sitemap', 'schema', 'sitemap.xsd');
  for (const site of [sites.shipped, sites.hostile]) assert.deepEqual(await xml([site.read('sitemap.xml')], schema), []);
  assert.ok(!sites.unaddressed.paths.includes('sitemap.xml'), 'its addresses must be whole');
  const text = sites.hostile.read('sitemap.xml');
  assert.match(text, /<loc>https:\/\/kb\.example\.org\/team\/incidents\/a\/<\/loc>\s*<lastmod>2026-03-01T10:30:00Z<\/lastmod>/);
  assert.match(text, /incidents\/c\/<\/loc>\s*<\/url>/, 'a month is no day');
  assert.doesNotMatch(text, /index\.(md|json)|old|caf/);
  assert.notDeepEqual(await xml([text.replace('2026-03-01T', '1 March ')], schema), []);
});

test('atom: the elements of RFC 4287, and a reader of feeds finds every entry', async () => {
  for (const site of [sites.shipped, sites.hostile]) {
    const paths = site.paths.filter((path) => path.endsWith('feed.xml'));
    assert.deepEqual(await xml(paths.map(site.read), 'atom.xsd'), []);
    for (const path of paths) {
      const text = site.read(path);
      const feed = parseFeed(text);
      assert.equal(feed.meta.type, 'atom', path);
      assert.equal(feed.self, `${BASE}${path}`);
      assert.equal(new Set(feed.items.map((item) => item.id)).size, feed.items.length);
      for (const entry of [text.replaceAll(/<entry>[^]*?<\/entry>/g, ''), ...text.match(/<entry>[^]*?<\/entry>/g)]) {
        for (const once of ['id', 'title', 'updated']) assert.equal(entry.match(new RegExp(`<${once}>`, 'g')).length, 1, `${path}: ${once}`);
      }
      for (const item of feed.items) assert.ok(item.url.startsWith(`${BASE}incidents/`) && item.updated && item.title, path);
    }
  }
  const [first] = parseFeed(sites.hostile.read('feed.xml')).items;
  assert.deepEqual([first.id, first.updated.toISOString(), first.published.toISOString()], [`${BASE}incidents/a/`, '2026-03-01T10:30:00.000Z', '2026-02-01T00:00:00.000Z']);
  const broken = sites.hostile.read('feed.xml').replace(/<updated>[^<]*/, '<updated>2026-03-01').replace('<summary>', '<sumary>').replace('</summary>', '</sumary>');
  assert.ok((await xml([broken], 'atom.xsd')).length >= 2, 'the schema refuses what is wrong');
});

test('json feed: what version 1.1 says', () => {
  for (const site of [sites.shipped, sites.hostile]) {
    for (const path of site.paths.filter((path) => path.endsWith('feed.json'))) assert.deepEqual(conforms('json-feed', site.json(path)), [], path);
  }
  const feed = sites.hostile.json('feed.json');
  assert.deepEqual([feed.items[0].date_published, feed.items[0].date_modified], ['2026-02-01T00:00:00Z', '2026-03-01T10:30:00Z']);
  feed.items[0].date_modified = 'yesterday';
  delete feed.items[1].id;
  feed.items[2].author = {};
  assert.equal(conforms('json-feed', feed).length, 3);
});

/** The graph of a page, every word of it an address of schema.org. The context of schema.org says the same of each of our words. */
function expanded(html) {
  const scripts = [...html.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g)];
  assert.equal(scripts.length, 1);
  const context = { '@context': { '@vocab': 'https://schema.org/', url: { '@type': '@id' }, item: { '@type': '@id' } } };
  const documentLoader = async (url) => {
    assert.equal(url, 'https://schema.org');
    return { contextUrl: null, documentUrl: url, document: context };
  };
  return jsonld.expand(JSON.parse(scripts[0][1]), { documentLoader, safe: true });
}

test('json-ld: an article about an event, and the way to it', async () => {
  for (const site of Object.values(sites)) {
    for (const path of site.incidents) {
      const html = site.read(path.replace('.json', '.html'));
      const [article, trail] = await expanded(html);
      const of = (node, name) => node[`https://schema.org/${name}`]?.[0];
      const [event] = article['https://schema.org/about'];
      assert.deepEqual([article['@type'], event['@type']], [['https://schema.org/TechArticle'], ['https://schema.org/Event']]);
      assert.equal(of(article, 'headline')['@value'], site.json(path).title);
      assert.equal(of(event, 'startDate')?.['@value'] ?? null, site.json(path).milestones.started_at ?? site.json(path).date);
      if (site === sites.unaddressed) {
        assert.deepEqual([trail, of(article, 'url')], [undefined, undefined]);
      } else {
        assert.equal(of(article, 'url')['@id'], BASE + path.replace('index.json', ''));
        assert.deepEqual(trail['@type'], ['https://schema.org/BreadcrumbList']);
        assert.ok(trail['https://schema.org/itemListElement'].every((item) => of(item, 'item')['@id'].startsWith(BASE)));
      }
    }
  }
  const html = sites.hostile.read('incidents/a/index.html');
  assert.equal(html.match(/<\/script>/g).length, 3, 'no word of the title ends the element');
  await assert.rejects(expanded(html.replace('"@type":"TechArticle"', '"@type":5')), 'the processor refuses what is wrong');
});

/** What the validator of the BSI says of a CSAF document: the schema, and every mandatory test of the standard. */
async function csaf(document) {
  const { tests } = await validateStrict([csaf_2_0_strict, ...Object.values(mandatory)], document);
  return tests.flatMap((one) => one.errors.map((error) => `${one.name} ${error.instancePath} ${error.message}`));
}

test('csaf: the schema and every mandatory test', async () => {
  const of = (site) => site.paths.filter((path) => /^csaf\/.+/.test(path));
  assert.deepEqual(of(sites.hostile), ['csaf/c.json', 'csaf/ex_ample_2026_7.json']);
  assert.equal(of(sites.shipped).length, 7);
  assert.deepEqual(of(sites.unaddressed), [], 'a publisher has an address');
  for (const site of [sites.shipped, sites.hostile]) {
    for (const path of of(site)) assert.deepEqual(await csaf(site.json(path)), [], path);
  }
  const document = sites.hostile.json('csaf/ex_ample_2026_7.json');
  assert.deepEqual(document.document.tracking.revision_history.map(({ number, date }) => [number, date]), [
    ['1', '2026-02-01T00:00:00Z'],
    ['2', '2026-03-01T10:30:00Z'],
  ]);
  const broken = structuredClone(document);
  broken.document.references.pop();
  broken.document.notes = [];
  broken.document.tracking.version = '1';
  assert.ok((await csaf(broken)).length >= 3, 'the validator refuses what is wrong');
});

test('statuspage: the shape of its public interface', () => {
  each((site, name) => assert.deepEqual(conforms('statuspage-incidents', site.json('api/v2/incidents.json')), [], name));
  const { incidents } = sites.hostile.json('api/v2/incidents.json');
  assert.deepEqual(incidents.map((incident) => [incident.status, incident.impact]), [['postmortem', 'critical'], ['postmortem', 'none']]);
  assert.deepEqual(incidents[0].incident_updates.map((update) => [update.id, update.status, update.display_at]), [
    ['Ex ample: 2026/7-3', 'investigating', '2026-03-01T10:30:00Z'],
    ['Ex ample: 2026/7-2', 'postmortem', '2026-02-01T00:00:00Z'],
    ['Ex ample: 2026/7-1', 'investigating', '2026-01-01T10:30:00Z'],
  ]);
  const broken = sites.hostile.json('api/v2/incidents.json');
  broken.incidents[0].impact = 'sev1';
  broken.incidents[1].created_at = '2025-12';
  delete broken.page.id;
  assert.equal(conforms('statuspage-incidents', broken).length, 3);
});

/** Takes an llms.txt apart as llmstxt.org describes it: a title, a quote, then sections of links. */
function llms(text) {
  const found = text.match(/^# (.+)\n(?:\n> (.+)\n)?((?:\n## .+\n\n(?:- \[.+\]\(\S+\)(?:: .+)?\n)+)*)$/);
  assert.ok(found, text);
  return [...found[3].matchAll(/^- \[.+?\]\((\S+)\)(?:: .+)?$/gm)].map(([, url]) => url);
}

test('llms.txt: a title, a quote, and links that lead to files', () => {
  for (const site of Object.values(sites)) {
    const links = llms(site.read('llms.txt'));
    assert.ok(links.some((url) => url.endsWith('about/index.md')) && links.some((url) => /incidents\/.+\/index\.md$/.test(url)));
    for (const url of links) {
      const path = url.replace(BASE, '');
      assert.ok(site.paths.includes(path.endsWith('/') ? `${path}index.html` : path), url);
    }
  }
  assert.throws(() => llms('Title\n'));
});

test('old addresses: a page that leads on, and a line for hosts', () => {
  assert.equal(
    sites.hostile.read('_redirects'),
    ['/team/old /team/incidents/a/ 301', '/team/old/ /team/incidents/a/ 301', '/team/caf%C3%A9.html /team/incidents/a/ 301', ''].join('\n'),
  );
  const page = sites.hostile.read('old/index.html');
  assert.match(page, /<meta http-equiv="refresh" content="0; url=\.\.\/incidents\/a\/">/);
  assert.match(page, /<meta name="robots" content="noindex">/);
  assert.match(page, /<link rel="canonical" href="https:\/\/kb\.example\.org\/team\/incidents\/a\/">/);
  assert.match(page, /<main [^]*<a href="\.\.\/incidents\/a\/">/);
  assert.match(sites.hostile.read('café.html'), /url=\.\/incidents\/a\/"/);
  assert.ok(!sites.shipped.paths.includes('_redirects'));
});
