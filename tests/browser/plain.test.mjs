// The shipped site in the second built-in theme, which is laid over the first.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { hosted, watched } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// One of each kind.
const PAGES = [
  '', 'incidents/', 'incidents/2019/', 'incidents/2019-07-02-cloudflare-waf/', 'incidents/2017-11-06-parity-multisig-freeze/', 'causes/', 'causes/change/rollout-plan/',
  'services/cdn/', 'guide/writing/', 'glossary/', 'actions/', 'metrics/', 'patterns/', 'patterns/losses/', 'patterns/response/', 'learn/', 'learn/operations/', 'learn/operations/2/',
  'learn/takeaways/', 'packets/operations/', 'drills/', 'drills/cs-2019-001/', 'drills/cs-2019-001/1/', 'drills/cs-2019-001/6/', 'drills/cs-2019-001/facilitator/', 'search/', '404.html',
];

describe('the theme plain', () => {
  let site, server, browser, close;

  before(async () => ({ site, server, browser, close } = await hosted((folder) => appendFileSync(join(folder, 'site.toml'), '\n[theme]\nname = "plain"\n'))));
  after(() => close?.());

  for (const scheme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      it(`has no accessibility finding and fits the screen (${scheme}, ${width} px)`, async () => {
        const { page, faults, close } = await watched(browser, server.url, { colorScheme: scheme, viewport: { width, height: 900 }, bypassCSP: true });
        const found = [];
        for (const path of PAGES) {
          await page.goto(server.url + path);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
          for (const violation of violations) found.push(`${path}: ${violation.id}: ${violation.nodes.map((node) => node.target).join(' | ')}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          if (wide > width) found.push(`${path}: ${wide} px wide`);
        }
        assert.deepEqual(found, []);
        assert.deepEqual(faults.filter((fault) => !fault.includes('404')), []);
        await close();
      });
    }
  }

  it('is valid HTML on every page', async () => {
    const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
    const faults = [];
    for (const file of readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html'))) {
      const report = await validator.validateString(readFileSync(join(site, file), 'utf8'), file);
      for (const result of report.results) for (const message of result.messages) faults.push(`${file}:${message.line}:${message.column} ${message.ruleId} ${message.message}`);
    }
    assert.deepEqual(faults, []);
  });

  it('finds what is typed', async () => {
    const { page, faults, close } = await watched(browser, server.url);
    await page.goto(`${server.url}incidents/`);
    await page.keyboard.press('/');
    await page.locator('dialog[open] input').first().fill('regular expression');
    await page.locator('dialog[open]').getByRole('link', { name: /Cloudflare/ }).first().waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('prints a packet in light colours, each part from a new page, without what is for the screen', async () => {
    const { page, close } = await watched(browser, server.url, { colorScheme: 'dark' });
    await page.goto(`${server.url}packets/operations/`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const style = (selector, name) => page.locator(selector).evaluateAll((all, name) => [...new Set(all.map((one) => getComputedStyle(one)[name]))], name);
    assert.deepEqual(await style('body', 'color'), ['rgb(34, 34, 34)']);
    assert.deepEqual(await style('.packet-part', 'breakBefore'), ['page']);
    for (const screen of ['.site-header nav', '.site-footer', '.crumbs', '.packet-hint', '.packet-way']) assert.deepEqual(await style(screen, 'display'), ['none'], screen);
    await close();
  });
});
