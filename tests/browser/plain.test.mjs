// The second built-in theme, which is laid over the first: every kind of page of both sites is as usable in it.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brokenLinks, findings, htmlValidate, outlines } from './checks.mjs';
import { KINDS, chosen, house } from './pages.mjs';
import { copyOfSite, hosted, watched } from './site.mjs';

for (const [name, copy] of [['shipped', copyOfSite], ['house', house]]) {
  describe(`the theme plain (${name})`, () => {
    let its;
    before(async () => {
      const folder = copy();
      appendFileSync(join(folder, 'site.toml'), '\n[theme]\nname = "plain"\n');
      its = await hosted(folder);
    });
    after(() => its?.close());

    it('is valid HTML, with a heading, a main part and levels in order, and its links lead somewhere', async () => {
      assert.deepEqual([await htmlValidate(its.site), outlines(its.site), brokenLinks(its.site)], [[], [], []]);
    });

    for (const width of [1280, 390]) {
      it(`has no accessibility finding and fits the screen at ${width} px`, async () => {
        const found = [];
        for (const one of KINDS.filter((kind) => kind.site === name).flatMap((kind) => chosen(kind, its.site).map((path) => ({ ...kind, path })))) {
          found.push(...(await findings(its, one, width)));
        }
        assert.deepEqual(found, []);
      });
    }

    if (name === 'house') return;

    it('finds what is typed', async () => {
      const { page, faults, close } = await watched(its.browser, its.server.url);
      await page.goto(`${its.server.url}incidents/`);
      await page.keyboard.press('/');
      await page.locator('dialog[open] input').first().fill('regular expression');
      await page.locator('dialog[open]').getByRole('link', { name: /Cloudflare/ }).first().waitFor();
      assert.deepEqual(faults, []);
      await close();
    });

    it('prints a packet in light colours, each part from a new page, without what is for the screen', async () => {
      const { page, close } = await watched(its.browser, its.server.url, { colorScheme: 'dark' });
      await page.goto(`${its.server.url}packets/operations/`);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const style = (selector, name) => page.locator(selector).evaluateAll((all, name) => [...new Set(all.map((one) => getComputedStyle(one)[name]))], name);
      assert.deepEqual(await style('body', 'color'), ['rgb(34, 34, 34)']);
      assert.deepEqual(await style('.packet-part', 'breakBefore'), ['page']);
      for (const screen of ['.site-header nav', '.site-footer', '.crumbs', '.packet-hint', '.packet-way']) assert.deepEqual(await style(screen, 'display'), ['none'], screen);
      await close();
    });
  });
}
