// The preview as a writer uses it: a file is saved, the page shows it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { copyOfSite, launch, preview, remove, watched } from './site.mjs';

/** A preview of the folder that `prepare` makes and a browser, for as long as the tests of a group run. */
function previewed(prepare, options) {
  const its = {};
  before(async () => {
    its.folder = prepare();
    its.server = await preview(its.folder, options);
    its.browser = await launch();
  });
  after(async () => {
    await its.browser?.close();
    its.server?.close();
    remove(its.folder);
  });
  return its;
}

describe('the preview', () => {
  const its = previewed(() => {
    const folder = copyOfSite();
    // Folders that come to be would be a change of their own.
    for (const part of ['templates', 'assets/css']) mkdirSync(join(folder, 'themes/default', part), { recursive: true });
    return folder;
  });

  it('shows what was saved, without being asked', async () => {
    const { page, faults, close } = await watched(its.browser, its.server.url);
    const file = join(its.folder, 'content/postmortems/2019-07-02-cloudflare-waf.md');
    await page.goto(`${its.server.url}incidents/2019-07-02-cloudflare-waf/`);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
    writeFileSync(file, readFileSync(file, 'utf8').replace('## Impact', '## Impact\n\nA sentence that was just typed.'));
    await page.getByText('A sentence that was just typed.').waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('searches what was just written', async () => {
    const { page, close } = await watched(its.browser, its.server.url);
    writeFileSync(join(its.folder, 'content/postmortems/2026-01-01-quux.md'), '---\ntitle: Quuxification stopped\n---\n\nThe quuxifier ran dry.\n');
    await page.goto(`${its.server.url}incidents/2019-07-02-cloudflare-waf/`);
    await page.waitForTimeout(500);
    await page.goto(`${its.server.url}search/?q=quuxifier`);
    await page.locator('[data-search]').getByRole('link', { name: /Quuxification/ }).first().waitFor();
    await close();
  });

  it('tells of a broken document and keeps the page', async () => {
    const { page, close } = await watched(its.browser, its.server.url);
    await page.goto(`${its.server.url}incidents/2025-11-18-cloudflare-bot-management/`);
    const file = join(its.folder, 'content/postmortems/2025-11-18-cloudflare-bot-management.md');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('started_at:', 'started_at: someday #'));
    const panel = page.locator('.afterword-panel');
    await panel.getByText('someday cannot be read').waitFor();
    assert.equal(await panel.locator('summary').textContent(), '1 error');
    assert.equal(await panel.locator('mark').first().textContent(), 'someday');
    assert.ok(await page.locator('h1').first().isVisible());
    await panel.getByRole('link', { name: 'unreadable-date' }).click();
    await page.getByRole('heading', { name: 'unreadable-date' }).waitFor();
    await page.goto(`${its.server.url}.afterword/findings`);
    await page.getByRole('link', { name: 'content/postmortems/2025-11-18-cloudflare-bot-management.md' }).click();
    await panel.locator('summary').click();
    assert.equal(await panel.getAttribute('open'), null, 'who closes the panel');
    await page.reload();
    await panel.waitFor();
    assert.equal(await panel.getAttribute('open'), null, 'finds it closed');
    writeFileSync(file, text);
    await panel.and(page.locator('[data-errors]')).waitFor({ state: 'detached' });
    await close();
  });

  it('says where a template is broken, and shows the page again when it is not', async () => {
    const { page, close } = await watched(its.browser, its.server.url);
    await page.goto(`${its.server.url}about/`);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
    const file = join(its.folder, 'themes/default/templates/page.html');
    writeFileSync(file, '{% extends "base.html" %}{% block main %}<h1>{{ there_is_no_such_thing }}</h1>{% endblock %}');
    await page.getByRole('heading', { name: 'This page cannot be printed' }).waitFor();
    assert.equal(await page.locator('mark').textContent(), 'there_is_no_such_thing');
    rmSync(file);
    await page.getByRole('heading', { name: 'About' }).first().waitFor();
    await close();
  });

  it('keeps the last good site while settings or a template cannot be read', async () => {
    const { page, close } = await watched(its.browser, its.server.url);
    await page.goto(`${its.server.url}about/`);
    const title = await page.title();
    const settings = join(its.folder, 'site.toml');
    const text = readFileSync(settings, 'utf8');
    const panel = page.locator('.afterword-panel');
    writeFileSync(settings, text.replace('[site]', '[site'));
    await panel.getByText('is not TOML').waitFor();
    assert.equal(await page.title(), title);
    assert.ok(await panel.locator('.place').first().textContent().then((place) => place.includes('site.toml:')));
    // What is saved meanwhile is shown, and the finding stays.
    const about = join(its.folder, 'content/about.md');
    writeFileSync(about, `${readFileSync(about, 'utf8')}\nSaved meanwhile.\n`);
    await page.getByText('Saved meanwhile.').waitFor();
    assert.equal(await page.title(), title);
    await panel.getByText('is not TOML').waitFor();
    writeFileSync(settings, text);
    await panel.locator('.place').first().waitFor({ state: 'detached' });

    const template = join(its.folder, 'themes/default/templates/page.html');
    writeFileSync(template, '{% extends "base.html" %}{% block main %}<p>Ours.</p>{{ page.title }}{% endblock %}');
    await page.getByText('Ours.').waitFor();
    writeFileSync(template, '{% extends "base.html" %}{% block main %}{% if %}{% endblock %}');
    await panel.locator('mark').first().waitFor();
    assert.ok(await page.getByText('Ours.').isVisible(), 'the template as it was');
    rmSync(template);
    await panel.locator('.place').first().waitFor({ state: 'detached' });
    await page.getByText('Saved meanwhile.').waitFor();
    await close();
  });

  it('changes styles in place, in every tab', async () => {
    const { page, close } = await watched(its.browser, its.server.url);
    const other = await watched(its.browser, its.server.url);
    const style = join(its.folder, 'themes/default/assets/css/base.css');
    for (const tab of [page, other.page]) {
      await tab.goto(`${its.server.url}about/`);
      await tab.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
      await tab.evaluate(() => { window.wasHere = true; });
    }
    writeFileSync(style, 'h1 { outline: 3px solid rgb(1, 2, 3) }');
    for (const tab of [page, other.page]) {
      await tab.waitForFunction(() => getComputedStyle(document.querySelector('h1')).outlineColor === 'rgb(1, 2, 3)');
      assert.ok(await tab.evaluate(() => window.wasHere), 'not loaded anew');
    }
    rmSync(style);
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).outlineColor !== 'rgb(1, 2, 3)');
    await other.close();
    await close();
  });

  it('keeps the place on the page, and comes back after a restart', async () => {
    const { page, close } = await watched(its.browser, its.server.url);
    const file = join(its.folder, 'content/postmortems/2019-07-02-cloudflare-waf.md');
    await page.goto(`${its.server.url}incidents/2019-07-02-cloudflare-waf/`);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
    await page.evaluate(() => scrollTo({ top: 1500, behavior: 'instant' }));
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nAt the very end.\n`);
    await page.getByText('At the very end.').waitFor();
    await page.waitForFunction(() => Math.abs(scrollY - 1500) < 5);
    const { port } = new URL(its.server.url);
    await its.server.close();
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nWhile nobody served.\n`);
    its.server = await preview(its.folder, [], port);
    await page.getByText('While nobody served.').waitFor();
    await close();
  });
});

describe('the preview of two editions', () => {
  const its = previewed(() => {
    const folder = mkdtempSync(join(tmpdir(), 'afterword-editions-'));
    mkdirSync(join(folder, 'content/postmortems'), { recursive: true });
    writeFileSync(join(folder, 'site.toml'), '[site]\ntitle = "House"\n[editions.public]\ntitle = "House in public"\n');
    writeFileSync(join(folder, 'content/postmortems/a.md'), '---\ntitle: Checkout fails\nvisibility: public\nowner: ada\n---\n\nA pool ran dry.\n\n> [!INTERNAL]\n> The vendor paid.\n');
    writeFileSync(join(folder, 'content/postmortems/b.md'), '---\ntitle: Login is slow\n---\n\nNobody told.\n');
    return folder;
  });

  it('shows them side by side, and what the public does not see', async () => {
    const file = join(its.folder, 'content/postmortems/a.md');
    const { page, faults, close } = await watched(its.browser, its.server.url);
    await page.goto(`${its.server.url}incidents/a/`);
    const panel = page.locator('.afterword-panel');
    await panel.waitFor();
    if (await panel.getAttribute('open') === null) await panel.locator('summary').click();
    await panel.getByRole('link', { name: 'Side by side' }).click();
    const [internal, published] = ['Internal edition', 'Public edition'].map((title) => page.frameLocator(`iframe[title="${title}"]`));
    await internal.getByText('The vendor paid.').waitFor();
    await published.getByText('A pool ran dry.').waitFor();
    assert.equal(await published.getByText('The vendor paid.').count(), 0);
    assert.ok((await published.locator('title').textContent()).endsWith('House in public'));
    // A save is seen in both.
    writeFileSync(file, readFileSync(file, 'utf8').replace('A pool', 'The pool').replace('paid', 'paid twice'));
    await internal.getByText('The vendor paid twice.').waitFor();
    await published.getByText('The pool ran dry.').waitFor();
    await page.goto(`${its.server.url}.afterword/withheld/incidents/a/`);
    await page.getByText('does not read 2 parts').waitFor();
    assert.match(await page.locator('main').textContent(), /owner: ada[^]*The vendor paid twice/);
    await page.goto(`${its.server.url}.afterword/withheld/incidents/b/`);
    await page.getByText('it does not say visibility: public').waitFor();
    assert.equal((await page.request.get(`${its.server.url}@public/incidents/b/`)).status(), 404);
    assert.deepEqual(faults, []);
    await close();
  });
});

describe('the preview that follows', () => {
  const its = previewed(copyOfSite, ['--follow']);

  it('takes the its.browser to the page of the file that was saved', async () => {
    const { page, close } = await watched(its.browser, its.server.url);
    await page.goto(its.server.url);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
    const file = join(its.folder, 'content/glossary.md');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nA word more.\n`);
    await page.waitForURL(`${its.server.url}glossary/`);
    await page.getByText('A word more.').waitFor();
    await close();
  });
});
