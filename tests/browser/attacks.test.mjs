// What others have written to run in a browser, in every place of a document where an author may write, on pages without any content security
// policy: nothing of it runs. Some of the rows in every run; all of them with ATTACKS=all.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { hosted } from './site.mjs';

const collections = process.env.AFTERWORD_ATTACKS;
const EACH = process.env.ATTACKS === 'all' ? 1 : 12;
const FIELDS = { 'xss-h5sc': 'payload', 'xss-payloadbox-500': 'payload', 'xss-markdown-own': 'markdown' };
const EVENTS = ['click', 'dblclick', 'mouseover', 'mouseenter', 'mousedown', 'mouseup', 'focus', 'focusin', 'blur', 'input', 'change', 'keydown', 'keyup', 'pointerover', 'toggle', 'animationstart'];

const rows = (name) =>
  readFileSync(join(collections, `${name}.jsonl`), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)).map((row) => ({ id: row.id, attack: row[FIELDS[name]] }));

/** A document with an attack in the title, in metadata, a heading, a paragraph, a link, a picture, a table, a code block, a timeline and an action. */
function document({ attack }) {
  const [quoted, line] = [JSON.stringify(attack), attack.replace(/[\r\n]+/g, ' ')];
  const cell = line.replaceAll('|', '\\|');
  return `---
title: ${quoted}
summary: ${quoted}
tags: [${quoted}]
services: [${quoted}]
severity: sev1
started_at: 2025-01-01T10:00Z
---

## Summary

${attack}

[${line}](https://example.org/ "${line}") [words](${line}) ![${line}](picture.png)

[reference]

[reference]: ${line}

## ${line}

| ${cell} | Column |
|---|---|
| ${cell} | ${cell} |

\`\`\`${line}
${attack}
\`\`\`

## Timeline

- 10:00Z ${line}

## Action items

- [ ] ${line}
`;
}

/** Waits for what runs by itself, then does to each element what a reader may do. */
async function provoke(page) {
  await page.waitForTimeout(20);
  await page.evaluate((events) => {
    for (const element of [...document.querySelectorAll('body *')].slice(0, 400)) {
      for (const name of events) element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
    }
    for (const link of [...document.querySelectorAll('main a[href]')].slice(0, 60)) {
      if (!/^https?:|^mailto:/.test(link.href)) link.click();
    }
  }, EVENTS);
  await page.waitForTimeout(20);
}

/** Elements and attributes that no text of an author may become. */
const unsafe = () => {
  const tags = [...document.querySelectorAll('main :is(script, iframe, object, embed, base, form:not(.search-form), style, link, meta, frame, math)')].map((node) => node.outerHTML.slice(0, 120));
  const all = [...document.querySelectorAll('main *')];
  const handlers = all.flatMap((node) => [...node.attributes].filter(({ name }) => /^on|^style$|^srcdoc$|^formaction$/i.test(name)).map(({ name }) => `${node.tagName} ${name}`));
  const addresses = all.flatMap((node) => ['href', 'src', 'action', 'data', 'poster', 'xlink:href'].map((name) => node.getAttribute(name)).filter((to) => to !== null && !/^(https?|mailto):$/.test(new URL(to, location.href).protocol)));
  return [...tags, ...handlers, ...addresses];
};

/** A browser's page that tells what ran. */
async function listening(browser) {
  const context = await browser.newContext({ bypassCSP: true });
  await context.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => (window.__ran = name);
  });
  // Nothing outside is there.
  await context.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => route.abort());
  const page = await context.newPage();
  page.on('dialog', (dialog) => dialog.dismiss());
  return { page, close: () => context.close() };
}

it('runs nothing that an author writes, with no policy to stop it', { skip: !collections && 'AFTERWORD_ATTACKS is not set', timeout: 3_600_000 }, async (test) => {
  const all = Object.keys(FIELDS).flatMap(rows).filter((_, at) => at % EACH === 0);
  const folder = mkdtempSync(join(tmpdir(), 'afterword-attacks-'));
  mkdirSync(join(folder, 'content', 'postmortems'), { recursive: true });
  writeFileSync(join(folder, 'site.toml'), '[site]\ntitle = "Attacks"\n');
  for (const [at, row] of all.entries()) writeFileSync(join(folder, 'content', 'postmortems', `attack-${at}.md`), document(row));
  const { site, server, browser, close } = await hosted(folder);
  const { page } = await listening(browser);
  const found = [];
  const look = async (path, what) => {
    await page.goto(`${server.url}${path}`).catch((error) => found.push(`${what}: ${error.message}`));
    const before = await page.evaluate(unsafe);
    await provoke(page);
    const ran = await page.evaluate(() => window.__ran).catch(() => undefined);
    if (ran || before.length) found.push(`${what}: ${ran ? `ran ${ran}` : before.join(', ')}`);
  };
  try {
    let looked = 0;
    for (const [at, row] of all.entries()) {
      if (!existsSync(join(site, 'incidents', `attack-${at}`, 'index.html'))) continue;
      looked += 1;
      await look(`incidents/attack-${at}/`, row.id);
    }
    assert.ok(looked >= all.length * 0.9, `${looked} of ${all.length} have a page`);
    for (const path of ['', 'incidents/', 'tags/', 'services/', 'search/?q=alert', 'actions/', '404.html']) await look(path, path || 'home');
    assert.deepEqual(found, []);

    // The same rows, put into a page as they are, do run: else none of this says anything.
    const raw = createServer((request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><title>raw</title><main>${controls[Number(request.url.slice(1))]?.attack ?? ''}</main>`);
    });
    const controls = rows('xss-h5sc');
    await new Promise((done) => raw.listen(0, '127.0.0.1', done));
    let ran = 0;
    for (const [at] of controls.entries()) {
      const own = await listening(browser);
      await own.page.goto(`http://127.0.0.1:${raw.address().port}/${at}`).catch(() => {});
      await provoke(own.page).catch(() => {});
      ran += (await own.page.evaluate(() => window.__ran).catch(() => undefined)) ? 1 : 0;
      await own.close();
      if (EACH > 1 && ran >= 5) break;
    }
    raw.close();
    assert.ok(ran >= (EACH > 1 ? 5 : 20), `only ${ran} of ${controls.length} run as they are`);
    test.diagnostic(`${looked} pages of ${all.length} attacks: 0 ran; as they are, ${ran} of ${controls.length} did`);
  } finally {
    await close();
  }
});
