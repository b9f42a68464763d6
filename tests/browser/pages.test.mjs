// One page of every kind, and what it becomes when it is used: no finding on accessibility in light and dark, wide and narrow; nothing on the
// console under the site's own policy; nothing asked of another host; nothing to scroll sideways for. And of every page of both sites, whether
// it is valid and its links lead somewhere.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brokenLinks, findings, htmlValidate, outlines } from './checks.mjs';
import { KINDS, STATES, addresses, chosen, house } from './pages.mjs';
import { copyOfSite, hosted, project } from './site.mjs';

for (const [name, folder] of [['shipped', copyOfSite], ['house', house]]) {
  describe(`every kind of page (${name})`, { concurrency: true }, () => {
    let its;
    before(async () => { its = await hosted(folder()); });
    after(() => its?.close());

    it('is listed, with pages that are there', () => {
      const all = addresses(its.site);
      const unlisted = all.map((path) => [path, KINDS.filter((kind) => kind.shape.test(path)).map((kind) => kind.name)]).filter(([, kinds]) => kinds.length !== 1);
      assert.deepEqual(unlisted, []);
      for (const kind of KINDS.filter((kind) => kind.site === name)) {
        assert.deepEqual(kind.paths.filter((path) => !all.includes(path) || !kind.shape.test(path)), [], kind.name);
        assert.ok(chosen(kind, its.site).length, kind.name);
      }
    });

    it('is valid HTML, with a heading, a main part and levels in order, and its links lead somewhere', async () => {
      assert.deepEqual([await htmlValidate(its.site), outlines(its.site), brokenLinks(its.site)], [[], [], []]);
    });

    for (const width of [1280, 390]) {
      it(`has no finding at ${width} px`, async () => {
        const found = [];
        const pages = KINDS.filter((kind) => kind.site === name).flatMap((kind) => chosen(kind, its.site).map((path) => ({ ...kind, path })));
        for (const one of [...pages, ...(name === 'shipped' ? STATES : [])]) {
          found.push(...(await findings(its, one, width, 320)));
        }
        assert.deepEqual(found, []);
      });
    }
  });
}

describe('the list of kinds', () => {
  it('has every template that prints a page', () => {
    const templates = readdirSync(join(project, 'themes/default/templates')).filter((name) => name.endsWith('.html') && name !== 'base.html');
    assert.deepEqual([...new Set(KINDS.map((kind) => kind.template))].sort(), templates.sort());
  });
});
