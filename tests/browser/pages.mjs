// Every kind of page there is: what it is called, the template that prints it, the addresses it has, and pages of it to look at. Most are in the
// shipped site; what it has no use for is in a made-up house. A test compares this list with the templates and with both sites as built.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { project } from './site.mjs';

const SLUG = '[^/]+';
const shape = (text) => new RegExp(`^${text.replaceAll('*', SLUG)}$`);
const kind = (name, template, address, ...paths) => ({ name, template, shape: shape(address), site: 'shipped', paths });
const inHouse = (...all) => ({ ...kind(...all), site: 'house' });

/** Kinds of page. `each`: every page of the kind is looked at, since each is of its own making. */
export const KINDS = [
  kind('Home', 'home.html', '', ''),
  kind('Incidents', 'incidents.html', 'incidents/', 'incidents/'),
  inHouse('Later page of a list', 'incidents.html', '(?:.+/)?page/\\d+/', 'incidents/page/2/'),
  kind('Incident', 'incident.html', 'incidents/(?!\\d{4}/)*/', 'incidents/2019-07-02-cloudflare-waf/', 'incidents/2017-11-06-parity-multisig-freeze/', 'incidents/2026-10-06-worked-example/'),
  kind('Year', 'term.html', 'incidents/\\d{4}/', 'incidents/2019/'),
  kind('Causes', 'taxonomy.html', 'causes/', 'causes/'),
  kind('Class of causes', 'term.html', 'causes/*/', 'causes/change/'),
  kind('Cause', 'cause.html', 'causes/*/*/', 'causes/change/rollout-plan/'),
  kind('Services', 'taxonomy.html', 'services/', 'services/'),
  kind('Service', 'term.html', 'services/*/', 'services/cdn/'),
  kind('Severities', 'taxonomy.html', 'severity/', 'severity/'),
  kind('Severity', 'term.html', 'severity/*/', 'severity/sev1/'),
  kind('Owners', 'taxonomy.html', 'owners/', 'owners/'),
  kind('Owner', 'term.html', 'owners/*/', 'owners/cloudflare/'),
  kind('Triggers', 'taxonomy.html', 'triggers/', 'triggers/'),
  kind('Trigger', 'term.html', 'triggers/*/', 'triggers/attacker/'),
  kind('Tags', 'taxonomy.html', 'tags/', 'tags/'),
  kind('Tag', 'term.html', 'tags/*/', 'tags/multisig/'),
  kind('Actions', 'actions.html', 'actions/', 'actions/'),
  kind('Metrics', 'metrics.html', 'metrics/', 'metrics/'),
  kind('Patterns', 'patterns.html', 'patterns/', 'patterns/'),
  { ...inHouse('Pattern', 'pattern.html', 'patterns/*/'), each: true },
  kind('Learn', 'learn.html', 'learn/', 'learn/'),
  kind('Reading path', 'path.html', 'learn/(?!takeaways/)(?:causes/*/)?*/', 'learn/operations/', 'learn/causes/process/review-gap/'),
  kind('Step of a path', 'path-step.html', 'learn/(?:causes/*/)?*/\\d+/', 'learn/operations/2/'),
  kind('Takeaways', 'takeaways.html', 'learn/takeaways/', 'learn/takeaways/'),
  kind('Packet', 'packet.html', 'packets/*/', 'packets/operations/'),
  kind('Drills', 'drills.html', 'drills/', 'drills/'),
  kind('Briefing of a drill', 'drill.html', 'drills/*/', 'drills/cs-2019-001/'),
  kind('Step of a drill', 'drill-step.html', 'drills/*/\\d+/', 'drills/cs-2019-001/1/', 'drills/cs-2019-001/4/', 'drills/cs-2019-001/6/'),
  kind('Facilitator sheet', 'facilitator.html', 'drills/*/facilitator/', 'drills/cs-2019-001/facilitator/'),
  kind('Guide', 'page.html', 'guide/(?:*/){0,2}', 'guide/', 'guide/settings/', 'guide/audit/', 'guide/reference/commands/'),
  kind('Glossary', 'page.html', 'glossary/', 'glossary/'),
  kind('About', 'page.html', 'about/', 'about/'),
  kind('Rules', 'page.html', 'rules/', 'rules/'),
  kind('Rule', 'page.html', 'rules/*/', 'rules/missing-section/'),
  kind('Search', 'search.html', 'search/', 'search/'),
  kind('Not found', 'not-found.html', '404\\.html', '404.html'),
  { ...inHouse('Old address', 'redirect.html', '2020/old-place/', '2020/old-place/'), leadsOn: true },
];

const passages = (page) => page.locator('.search-passages mark').first().waitFor();
const dialog = (text, ready) => async (page) => {
  await page.keyboard.press('/');
  await page.locator('dialog[open] input').first().fill(text);
  await ready(page);
};

/** What a page becomes when it is used: `open` leads there. */
export const STATES = [
  { name: 'Incidents, narrowed', path: 'incidents/?severity=sev1&causes=process%2Freview-gap', open: (page) => page.getByRole('heading', { name: /^\d+ incidents$/ }).waitFor() },
  { name: 'Search with results', path: 'search/?q=regular+expression', open: passages },
  { name: 'Search with nothing found', path: 'search/?q=xylophone', open: (page) => page.locator('.search-notes .search-chip').first().waitFor() },
  { name: 'Search dialog, empty', path: 'incidents/', open: dialog('', (page) => page.locator('dialog[open] .search-title').first().waitFor()) },
  { name: 'Search dialog with results', path: 'incidents/', open: dialog('regular expression', passages) },
];

/** The addresses of the pages in a built site. */
export function addresses(site) {
  return readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html')).map((name) => name.replace(/(^|\/)index\.html$/, '$1')).sort();
}

/** The pages of a kind to look at, in a built site that need not be ours. */
export function chosen(kind, site) {
  const all = addresses(site).filter((path) => kind.shape.test(path));
  const listed = kind.paths.filter((path) => all.includes(path));
  return kind.each ? all : listed.length ? listed : all.slice(0, 1);
}

/** A folder with the made-up house of the tests on what the whole can tell, a list too long for one page, and an old address. */
export function house() {
  const folder = mkdtempSync(join(tmpdir(), 'afterword-house-'));
  const write = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const archive = readFileSync(join(project, 'tests/knowledge/house.txt'), 'utf8');
  for (const file of archive.split(/^-- (?=.* --$)/m).slice(1)) {
    const end = file.indexOf(' --\n');
    write(file.slice(0, end), file.slice(end + ' --\n'.length));
  }
  write('content/postmortems/moved.md', '---\ndate: 2020-01-01\naliases: [/2020/old-place]\n---\n\n# Moved\n\nText.\n');
  for (let day = 0; day < 100; day++) {
    const date = new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10);
    write(`content/postmortems/${date}-queue.md`, `---\ndate: ${date}\n---\n\n# The queue of ${date} ran full\n\nText.\n`);
  }
  return folder;
}
