// What is asked of a page, and of a whole built site. Each check answers with what is wrong, one line each; the audit asks for figures as well.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { BASE, remove, watched } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] };

/** What axe finds on a page as it is shown now: WCAG 2.2 A and AA, and its best practices. */
export async function accessibility(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate((rules) => window.axe.run(rules), RULES);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
}

/** Opens a page and leads it to where it is looked at. A page that leads on is kept where it is. */
export async function visit(page, server, { path, leadsOn, open }) {
  if (leadsOn) await page.route((url) => url.href.startsWith(server.url) && !url.pathname.endsWith(path) && !url.pathname.includes('/assets/'), (route) => route.fulfill({ status: 204 }));
  await page.goto(server.url + path);
  await open?.(page);
}

/** What is found on a page in light and dark, in a window `width` wide, and then in one of `narrow`: by axe, on the console, and what does not fit. */
export async function findings({ browser, server }, one, width, narrow = width) {
  const { page, faults, close } = await watched(browser, server.url, { viewport: { width, height: 900 } });
  const found = [];
  await visit(page, server, one);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await accessibility(page)).map((finding) => `${colorScheme}: ${finding}`));
  }
  await page.setViewportSize({ width: narrow, height: 900 });
  const { width: needed } = await fit(page);
  if (needed > narrow) found.push(`needs ${needed} px`);
  await close();
  return [...found, ...faults].map((finding) => `${one.path}: ${one.name}: ${finding}`);
}

/** The width of the page, which is that of the window unless one has to scroll sideways; text that is cut off, and what stays in the way. */
export function fit(page) {
  return page.evaluate(() => {
    const hides = (style) => [style.overflowX, style.overflowY].some((way) => ['hidden', 'clip'].includes(way));
    const cut = [...document.querySelectorAll('body *')].filter((one) => {
      if (!(one instanceof HTMLElement) || one.clientWidth < 2 || !one.innerText?.trim() || !one.checkVisibility()) return false;
      const style = getComputedStyle(one);
      return hides(style) && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    });
    const stays = [...document.querySelectorAll('body *')].filter((one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position) && !one.closest('dialog') && one.clientHeight > innerHeight / 2);
    const name = (one) => `${one.tagName.toLowerCase()}.${one.className}`;
    return { width: document.documentElement.scrollWidth, faults: [...cut.map((one) => `text is cut off: ${name(one)}`), ...stays.map((one) => `covers half of the window: ${name(one)}`)] };
  });
}

/** What WCAG 1.4.12 lets a reader ask of the space around letters, words, lines and paragraphs. */
export async function spaceText(page) {
  // Through the engine, since a style of the page's own making would be against its policy.
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const { styleSheetId } = await session.send('CSS.createStyleSheet', { frameId: frameTree.frame.id });
  await session.send('CSS.setStyleSheetText', { styleSheetId, text: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }' });
}

/** The text of a page outside its controls, by lines, and where its links lead. */
export function said(page) {
  return page.evaluate(() => {
    const CONTROLS = 'script, noscript, button, dialog, [data-search], [data-search-open], [data-theme-toggle], [data-progress], .tick, .timeline-filter';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (walker.nextNode()) {
      const { parentElement: holder, data } = walker.currentNode;
      const folded = holder.closest('details:not([open])');
      if (data.trim() && !holder.closest(CONTROLS) && (folded?.checkVisibility() ?? holder.checkVisibility())) lines.push(data.trim().replace(/\s+/g, ' '));
    }
    return { lines, links: [...document.links].filter((link) => !link.closest('dialog, [data-search]')).map((link) => link.href) };
  });
}

/** Goes through a page by the Tab key: how many stops there are, and what is wrong with them. */
export async function walk(page) {
  const expected = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
    const stops = all.filter((one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !one.disabled && one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked));
    stops.forEach((one, number) => { one.stop = number; });
    getSelection().removeAllRanges();
    document.activeElement.blur();
    scrollTo(0, 0);
    return stops.length;
  });
  const reached = new Set();
  const faults = [];
  let stops = 0;
  for (; stops < expected + 200; stops++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const name = `${one.tagName.toLowerCase()} “${(one.innerText || one.ariaLabel || one.name || '').trim().slice(0, 40)}”`;
      const style = getComputedStyle(one);
      const [box] = one.getClientRects();
      const seen = box && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const across = seen && document.elementFromPoint((Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
      return { stop: one.stop, name, skip: one.matches('a.skip[href="#main"]'), outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1, seen, covered: Boolean(across) && !one.contains(across) && !across.contains(one) };
    });
    if (!at) break;
    if (reached.has(at.stop)) break;
    if (stops === 0 && !at.skip) faults.push(`the first stop is ${at.name}`);
    if (!at.outlined) faults.push(`focus is not shown: ${at.name}`);
    if (!at.seen) faults.push(`out of sight: ${at.name}`);
    else if (at.covered) faults.push(`covered: ${at.name}`);
    if (at.stop !== undefined) reached.add(at.stop);
  }
  const missed = await page.evaluate((reached) => [...document.querySelectorAll('*')].filter((one) => one.stop !== undefined && !reached.includes(one.stop)).map((one) => `${one.tagName.toLowerCase()} “${(one.innerText || one.ariaLabel || '').trim().slice(0, 40)}”`), [...reached]);
  return { stops, faults: [...faults, ...missed.map((name) => `never reached: ${name}`)] };
}

/** Prints a page for a reader who prefers dark: its pages, and what paper should not have or lacks. */
export async function paper(page) {
  const folder = mkdtempSync(join(tmpdir(), 'afterword-paper-'));
  try {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    const file = join(folder, 'page.pdf');
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    const run = (program, ...options) => execFileSync(program, options, { encoding: 'utf8', maxBuffer: 1 << 28 });
    const pages = Number(run('pdfinfo', file).match(/Pages:\s+(\d+)/)[1]);
    run('pdftoppm', '-gray', '-r', '20', '-singlefile', file, join(folder, 'first'));
    const faults = [];
    // A PGM ends in its pixels, one byte each: the first of them is the corner.
    const picture = readFileSync(join(folder, 'first.pgm'));
    const [head, width, height] = picture.toString('latin1', 0, 64).match(/^P5\s+(\d+)\s+(\d+)\s+\d+\s/);
    const pixels = picture.subarray(head.length, head.length + width * height);
    if (pixels[0] !== 255) faults.push('the corner of the first page is not white');
    if (pixels.reduce((sum, pixel) => sum + pixel, 0) < 200 * pixels.length) faults.push('the first page is not light');
    const letters = (text) => text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
    const text = run('pdftotext', '-raw', file, '-');
    const last = run('pdftotext', '-raw', '-f', String(pages), file, '-').split('\n');
    if (!last.some((line) => [`${pages}`, `${pages} / ${pages}`].includes(line.trim()))) faults.push('the last page has no number');
    if (text.includes('Skip to content')) faults.push('the skip link is printed');
    const printed = letters(text);
    await page.emulateMedia({ media: 'print' });
    const { folded, split } = await page.evaluate(() => ({
      folded: [...document.querySelectorAll('main details')].filter((one) => one.checkVisibility()).map((one) => [...one.querySelectorAll('p, li, td')].findLast((part) => part.textContent.trim() && part.closest('details') === one)?.textContent.trim().split('\n')[0] ?? ''),
      split: [...document.querySelectorAll('main :is(tr, pre, figure)')].filter((one) => one.checkVisibility() && getComputedStyle(one).breakInside !== 'avoid').length,
    }));
    for (const end of folded) if (!printed.includes(letters(end).slice(-24))) faults.push(`folded on paper: “${end.slice(0, 40)}”`);
    if (split) faults.push(`${split} rows, figures or pieces of code may be split`);
    return { pages, faults };
  } finally {
    await page.emulateMedia({ media: null, colorScheme: null });
    remove(folder);
  }
}

/** To be told of everything a page moves while it loads, before it is opened. */
export const watchShifts = (page) =>
  page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });

/** What a page costs before anybody touches it, in bytes as gzip sends them: `requests` are what it asked for, itself first. */
export function weight({ site, server }, requests) {
  const sum = { html: 0, css: 0, js: 0, requests: requests.length };
  for (const request of requests) {
    const part = { document: 'html', stylesheet: 'css', script: 'js' }[request.resourceType()];
    const file = new URL(request.url()).pathname.slice(new URL(server.url).pathname.length).replace(/(^|\/)$/, '$1index.html');
    if (part) sum[part] += gzipSync(readFileSync(join(site, file))).length;
  }
  return sum;
}

const pagesOf = (site) => readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html')).sort();

/** Links of a built site to itself that lead nowhere, whether to a file or to a place on a page. */
export function brokenLinks(site) {
  const texts = new Map(readdirSync(site, { recursive: true }).map((name) => [name, name.endsWith('.html') ? readFileSync(join(site, name), 'utf8') : '']));
  const broken = [];
  for (const file of pagesOf(site)) {
    for (const [, href] of texts.get(file).matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), BASE + file);
      if (!url.href.startsWith(BASE)) continue;
      let path = decodeURIComponent(url.pathname.slice(new URL(BASE).pathname.length));
      if (path === '' || path.endsWith('/')) path += 'index.html';
      const text = texts.get(path);
      const lost = text === undefined || (url.hash && path.endsWith('.html') && !text.includes(`id="${decodeURIComponent(url.hash.slice(1))}"`));
      if (lost) broken.push(`${file}: ${href}`);
    }
  }
  return broken;
}

/** Pages without exactly one `h1` and one `main`, or on which headings skip a level. */
export function outlines(site) {
  return pagesOf(site).flatMap((file) => {
    const text = readFileSync(join(site, file), 'utf8');
    const levels = [...text.matchAll(/<h([1-6])[\s>]/g)].map((heading) => Number(heading[1]));
    const faults = [];
    if (levels.filter((level) => level === 1).length !== 1) faults.push('not one h1');
    if (text.match(/<main[\s>]/g)?.length !== 1) faults.push('not one main');
    levels.forEach((level, number) => { if (number && level > levels[number - 1] + 1) faults.push(`h${level} below h${levels[number - 1]}`); });
    return faults.map((fault) => `${file}: ${fault}`);
  });
}

/** What html-validate finds by its standard rules. */
export async function htmlValidate(site) {
  const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
  const faults = [];
  for (const file of pagesOf(site)) {
    const report = await validator.validateString(readFileSync(join(site, file), 'utf8'), file);
    for (const result of report.results) for (const message of result.messages) faults.push(`${file}:${message.line}:${message.column} ${message.ruleId} ${message.message}`);
  }
  return faults;
}

/**
 * What the Nu Html Checker finds, warnings included but for two kinds: it holds `role="list"` for needless, which lists without markers need in
 * VoiceOver, and takes `'self'` in a policy for nothing, since the files it reads have no host.
 */
export function nuHtmlChecker(site) {
  const passedOver = '.*role is unnecessary for element.*|.*violates Content Security Policy.*';
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
  const { stderr } = spawnSync('java', ['-jar', jar, '--exit-zero-always', '--skip-non-html', '--format', 'json', '--filterpattern', passedOver, site], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return JSON.parse(stderr).messages.map(({ url, lastLine, message }) => `${url.slice(url.indexOf(site) + site.length + 1)}:${lastLine} ${message}`);
}

/** Uses the search dialog by the keyboard alone: opened, asked, followed, closed, and back where the reader was. */
export async function searchDialog({ browser, server }) {
  const { page, faults, close } = await watched(browser, server.url, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const expect = async (what, question, argument) => { if (!(await page.evaluate(question, argument))) faults.push(what); };
  await page.goto(`${server.url}glossary/`);
  for (const [key, opener] of [['Enter', '[data-search-open]'], ['/', 'main a'], ['Control+k', 'main a']]) {
    await page.locator(opener).first().focus();
    await page.keyboard.press(key);
    await page.locator('dialog[open] input[type=search]').waitFor();
    await expect(`${key}: the field has no focus`, () => document.activeElement.matches('dialog[open] input[type=search]'));
    for (let stop = 0; stop < 30; stop++) await page.keyboard.press('Tab');
    await expect(`${key}: Tab leads out of the dialog to the page`, () => document.activeElement === document.body || document.activeElement.closest('dialog[open]'));
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await expect(`${key}: focus does not come back`, (opener) => document.activeElement === document.querySelector(opener), opener);
  }
  await page.keyboard.press('/');
  await page.keyboard.type('regular expression');
  await page.locator('dialog[open] [role=status]', { hasText: /^\d+ results?$/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect('the arrow does not lead to the first result', () => document.activeElement === document.querySelector('dialog[open] .search-title'));
  await page.keyboard.press('ArrowUp');
  await expect('the arrow does not lead back to the field', () => document.activeElement.matches('dialog[open] input[type=search]'));
  await page.keyboard.press('ArrowDown');
  const wanted = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press('Enter');
  await page.waitForURL(wanted);
  await close();
  return faults;
}

/** Narrows the results of the search page by the keyboard alone, and takes the filter off again. */
export async function facets({ browser, server }) {
  const { page, faults, close } = await watched(browser, server.url, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.url}search/?q=cloudflare`);
  await page.locator('.search-facets input').first().waitFor();
  const results = () => page.locator('[data-search] [role=status]').textContent();
  const all = await results();
  await page.locator('.search-filters summary').focus();
  for (let stop = 0; stop < 3 && !(await page.evaluate(() => document.activeElement.matches('.search-facets input'))); stop++) await page.keyboard.press('Tab');
  const filter = await page.evaluate(() => document.activeElement.value);
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('.search-filters summary').textContent === 'Filters (1)');
  if (!new URL(page.url()).searchParams.toString().includes(filter)) faults.push('the address does not hold the filter');
  if (!(await page.evaluate((filter) => document.activeElement.value === filter && document.activeElement.checked, filter))) faults.push('focus does not stay on the filter');
  const counted = await page.locator('label:has(:checked) > .search-count').first().textContent();
  if ((await results()).split(' ')[0] !== counted) faults.push(`the filter says ${counted}, and there are ${await results()}`);
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('.search-filters summary').textContent === 'Filters');
  if ((await results()) !== all) faults.push('the filter cannot be taken off');
  await close();
  return faults;
}
