// Asks everything of checks.mjs of every kind of page and writes what came out as content/guide/audit.md. Run by `audit` beside this file.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { accessibility, brokenLinks, facets, fit, htmlValidate, nuHtmlChecker, outlines, paper, said, searchDialog, spaceText, visit, walk, watchShifts, weight } from './checks.mjs';
import { KINDS, STATES, addresses, chosen, house } from './pages.mjs';
import { copyOfSite, hosted, launch, project, watched } from './site.mjs';

/** One figure of the audit, how it is printed, and what is wrong with it. */
const cell = (figure, faults = [], print = String) => ({ figure, faults, print });
const count = (faults) => cell(faults.length, faults);
const KIB = 1024;
const kibibytes = (bytes) => (bytes / KIB).toFixed(1);
const limited = (figure, limit, what, print = String) => cell(figure, figure > limit ? [`${print(figure)} ${what}, at most ${print(limit)} wanted`] : [], print);

/** What the page of an incident may weigh. */
const BUDGET = { html: 15 * KIB, css: 8 * KIB, js: 2 * KIB, requests: 5 };

/** Opens a page in a window of its own, with what it asked for on the way, and closes it when `look` is done. */
async function at(its, one, options, look) {
  const { page, faults, close } = await watched(its.browser, its.server.url, { reducedMotion: 'reduce', ...options });
  const requests = [];
  page.on('request', (request) => { if (!request.isNavigationRequest() || request.url() === its.server.url + one.path) requests.push(request); });
  try {
    await watchShifts(page);
    await visit(page, its.server, one);
    return await look(page, faults, requests);
  } catch (error) {
    throw new Error(`${one.path}: ${error.message}`, { cause: error });
  } finally {
    await close();
  }
}

async function inWindow(its, one, width, row) {
  await at(its, one, { viewport: { width, height: 900 } }, async (page, faults, requests) => {
    if (!one.open) {
      await page.waitForLoadState('networkidle');
      row.shifts.push(await page.evaluate(() => window.shifted));
      if (width === 1280) row.weight = weight(its, requests);
    }
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      row.axe.push(...(await accessibility(page)).map((finding) => `${width} px, ${colorScheme}: ${finding}`));
    }
    if (width === 1280) {
      await page.emulateMedia({ colorScheme: null, forcedColors: 'active' });
      row.forced.push(...(await accessibility(page)));
      await page.emulateMedia({ forcedColors: null, contrast: 'more' });
      row.contrast.push(...(await accessibility(page)));
      await page.emulateMedia({ contrast: null });
      if (!one.open) {
        row.said = await said(page);
        row.walk = await walk(page);
        row.paper = await paper(page);
      }
    }
    row.noise.push(...faults);
  });
}

/** A page in a window of 320 px, made narrow once it is there: results of a search are read when they are in sight. */
function narrow(its, one, { height = 900, deviceScaleFactor = 1, spaced = false } = {}) {
  return at(its, one, { viewport: { width: 1280, height: 900 }, deviceScaleFactor }, async (page) => {
    await page.setViewportSize({ width: 320, height });
    if (spaced) await spaceText(page);
    const { width, faults } = await fit(page);
    return cell(width, width > 320 ? [`the page is ${width} px wide in a window of 320 px`, ...faults] : faults);
  });
}

/** Everything that is asked of one page. */
async function examine(its, one) {
  const row = { axe: [], forced: [], contrast: [], noise: [], shifts: [] };
  for (const width of [1280, 390]) await inWindow(its, one, width, row);
  const targets = row.axe.filter((finding) => finding.includes('target-size'));
  const cells = {
    axe: count(row.axe.filter((finding) => !targets.includes(finding))),
    Targets: count(targets),
    'Forced colours': count(row.forced),
    'More contrast': count(row.contrast),
    'Console, other hosts': count(row.noise),
    '320 px': await narrow(its, one),
    'Text spacing': await narrow(its, one, { spaced: true }),
    '400 % zoom': await narrow(its, one, { height: 256, deviceScaleFactor: 4 }),
  };
  if (one.open) return cells;
  const without = await at(its, one, { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }, said);
  const missing = [...row.said.lines.filter((line) => !without.lines.includes(line)), ...row.said.links.filter((link) => !without.links.includes(link))];
  const { html, css, js, requests } = row.weight;
  const budget = one.name === 'Incident' ? BUDGET : {};
  return {
    ...cells,
    'Without scripts': count(missing.map((what) => `not there: “${what}”`)),
    'Tab stops': cell(row.walk.stops, row.walk.faults),
    'Pages on paper': cell(row.paper.pages, row.paper.faults),
    'Layout shift': limited(Math.max(...row.shifts), 0, 'shifted', (shift) => String(Number(shift.toFixed(3)))),
    HTML: limited(html, budget.html, 'KiB of HTML', kibibytes),
    CSS: limited(css, budget.css, 'KiB of CSS', kibibytes),
    Scripts: limited(js, budget.js, 'KiB of scripts', kibibytes),
    Requests: limited(requests, budget.requests, 'requests'),
  };
}

const FINDINGS = ['axe', 'Targets', 'Forced colours', 'More contrast', 'Console, other hosts', 'Without scripts'];

/** Of several pages of a kind, findings are added up and of sizes the largest is told. */
const together = (rows) =>
  Object.fromEntries(Object.entries(rows[0]).map(([name, { print }]) => {
    const cells = rows.map((row) => row[name]);
    const figure = FINDINGS.includes(name) ? cells.reduce((sum, one) => sum + one.figure, 0) : Math.max(...cells.map((one) => one.figure));
    return [name, cell(figure, cells.flatMap((one) => one.faults), print)];
  }));

/** Two at a time, in order. */
async function each(list, act) {
  const results = [];
  let next = 0;
  const worker = async () => { while (next < list.length) { const mine = next++; results[mine] = await act(list[mine]); } };
  await Promise.all([worker(), worker()]);
  return results;
}

async function rows(its, kinds) {
  const found = await each(kinds, async (kind) => {
    const paths = kind.open ? [kind.path] : chosen(kind, its.site);
    const pages = [];
    for (const path of paths) pages.push(await examine(its, { ...kind, path }));
    process.stderr.write(`  ${kind.name}\n`);
    return pages.length ? { name: kind.name, pages: pages.length, cells: together(pages) } : null;
  });
  return found.filter(Boolean);
}

/** What is asked of every page of a site rather than of each kind. */
async function whole(its) {
  return {
    pages: cell(addresses(its.site).length),
    vnu: count(nuHtmlChecker(its.site)),
    'html-validate': count(await htmlValidate(its.site)),
    'Broken links': count(brokenLinks(its.site)),
    'Headings, main': count(outlines(its.site)),
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Lighthouse's four scores of a page, from the run in the middle of three by performance. */
async function scores(url, port, config) {
  const runs = [];
  for (let run = 0; run < 3; run++) {
    const { lhr } = await lighthouse(url, { port, logLevel: 'silent', output: 'json' }, config);
    const faults = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 0.9 && Object.values(lhr.categories).some((category) => category.auditRefs.some((ref) => ref.id === audit.id && ref.weight > 0)));
    runs.push({ scores: Object.values(lhr.categories).map((category) => Math.round(category.score * 100)), faults: faults.map((audit) => `${audit.id}: ${audit.displayValue ?? audit.title}`) });
  }
  const middle = runs.sort((a, b) => a.scores[0] - b.scores[0])[1];
  return middle.scores.map((score) => cell(score, score < 100 ? middle.faults : []));
}

async function lighthouseRows(its) {
  const port = await freePort();
  const browser = await launch([`--remote-debugging-port=${port}`]);
  try {
    const all = [];
    for (const [name, path] of [['Home', ''], ['Incidents', 'incidents/'], ['Incident', KINDS.find((kind) => kind.name === 'Incident').paths[0]]]) {
      for (const [form, config] of [['mobile', undefined], ['desktop', desktopConfig]]) {
        const found = await scores(its.server.url + path, port, config);
        all.push({ name: `${name}, ${form}`, cells: Object.fromEntries(['Performance', 'Accessibility', 'Best practices', 'SEO'].map((title, place) => [title, found[place]])) });
      }
    }
    return all;
  } finally {
    await browser.close();
  }
}

/** The folder of `AFTERWORD_CORPORA` with texts that nobody wrote for us, or nothing. */
function foreign() {
  const from = join(process.env.AFTERWORD_CORPORA ?? '', 'icco-postmortems');
  if (!process.env.AFTERWORD_CORPORA || !existsSync(from)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'afterword-foreign-'));
  for (const name of readdirSync(from).filter((name) => name.endsWith('.md'))) copyFileSync(join(from, name), join(folder, name));
  copyFileSync(join(project, 'tests/corpora/icco-postmortems.toml'), join(folder, 'site.toml'));
  return folder;
}

const OWN_FIELDS = ['Companies', 'Keywords'].flatMap((title) => [
  { name: title, shape: new RegExp(`^${title.toLowerCase()}/$`), paths: [] },
  { name: `One of ${title.toLowerCase()}`, shape: new RegExp(`^${title.toLowerCase()}/[^/]+/$`), paths: [] },
]);

// ---- The page ----

const failing = [];

function shown(where, name, { figure, faults, print }) {
  failing.push(...faults.map((fault) => ({ where: `${where}, ${name}`, fault })));
  return faults.length ? `**${print(figure)}**` : print(figure);
}

/** Rows as a Markdown table; `site` is put before what fails, where it is not the first. */
function table(first, all, columns, site = '') {
  const lines = all.map(({ name, cells }) => `| ${name} | ${columns.map((column) => (cells[column] ? shown(site + name, column, cells[column]) : '–')).join(' | ')} |`);
  return [`| ${first} | ${columns.join(' | ')} |`, `|---${'|--:'.repeat(columns.length)}|`, ...lines].join('\n');
}

const USE = ['axe', 'Targets', 'Forced colours', 'More contrast', 'Console, other hosts', '320 px', 'Text spacing', '400 % zoom', 'Without scripts', 'Tab stops', 'Pages on paper', 'Layout shift'];
const WEIGHT = ['HTML', 'CSS', 'Scripts', 'Requests'];

function failures() {
  if (!failing.length) return 'Nothing fails.';
  const grouped = failing.reduce((all, one) => all.set(one.where, [...(all.get(one.where) ?? []), one]), new Map());
  return [...grouped].map(([where, all]) => {
    const told = all.slice(0, 4).map(({ fault }) => `\`${fault.replaceAll('`', '').replace(/\s+/g, ' ')}\``).join('; ');
    return `- ${where}: ${told}${all.length > 4 ? `; and ${all.length - 4} more` : ''}`;
  }).join('\n');
}

async function main() {
  const sections = [];
  const wholes = [];
  const search = [];
  const all = [];

  process.stderr.write('The shipped site\n');
  const shipped = await hosted(copyOfSite());
  const version = shipped.browser.version();
  all.push(...(await rows(shipped, KINDS.filter((kind) => kind.site === 'shipped'))), ...(await rows(shipped, STATES)));
  search.push({ name: 'Search dialog', cells: { Faults: count(await searchDialog(shipped)) } }, { name: 'Filters of the search page', cells: { Faults: count(await facets(shipped)) } });
  wholes.push({ name: 'Shipped site', cells: await whole(shipped) });
  await shipped.close();

  process.stderr.write('The made-up house\n');
  const made = await hosted(house());
  all.push(...(await rows(made, KINDS.filter((kind) => kind.site === 'house'))));
  wholes.push({ name: 'Made-up house', cells: await whole(made) });
  await made.close();

  process.stderr.write('The public edition\n');
  const open = await hosted(copyOfSite(), ['--edition', 'public']);
  wholes.splice(1, 0, { name: 'Its public edition', cells: await whole(open) });
  const lights = await lighthouseRows(open);
  await open.close();

  const folder = foreign();
  let others;
  if (folder) {
    process.stderr.write('Texts of others\n');
    const its = await hosted(folder);
    others = await rows(its, [...KINDS, ...OWN_FIELDS]);
    wholes.push({ name: 'Texts of others', cells: await whole(its) });
    await its.close();
  }

  const order = [...KINDS, ...STATES].map((kind) => kind.name);
  all.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  sections.push(
    ['Reading and using', `Findings are counted, widths and pages are as they came out; where several pages of a kind were looked at, findings are added up and of the rest the largest is told.\n\n${table('Page', all, USE)}`],
    ['Search by the keyboard', table('What', search, ['Faults'])],
    ['Weight', `In KiB (1,024 bytes) as gzip sends them, before anybody touches the page.\n\n${table('Page', all.filter((row) => row.cells.HTML), WEIGHT)}`],
    ['Lighthouse', `Of three runs the one in the middle, on the public edition (the internal one asks search engines to stay away, which Lighthouse counts against it).\n\n${table('Page', lights, ['Performance', 'Accessibility', 'Best practices', 'SEO'])}`],
    ['Every page', table('Site', wholes, ['pages', 'vnu', 'html-validate', 'Broken links', 'Headings, main'])],
  );
  if (others) sections.push(['Texts of others', `242 short entries that nobody wrote for Afterword, many without a title of their own, as \`tests/corpora.rs\` reads them.\n\n${table('Page', others, [...USE, 'HTML'], 'Texts of others: ')}`]);

  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
  const tools = Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => `${name} ${version}`);
  sections.push(['Versions', `Chromium ${version}, ${tools.join(', ')}.`]);
  const text = readFileSync(new URL('audit.md', import.meta.url), 'utf8')
    .replace('{{failures}}', () => failures())
    .replace('{{kinds}}', String(all.length))
    .replace('{{results}}', () => sections.map(([title, body]) => `## ${title}\n\n${body}\n`).join('\n'));
  writeFileSync(join(project, 'content/guide/audit.md'), text);
  process.stderr.write(failing.length ? `${failing.length} findings: content/guide/audit.md\n` : 'Nothing fails: content/guide/audit.md\n');
  process.exitCode = failing.length ? 1 : 0;
}

await main();
