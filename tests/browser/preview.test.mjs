// The preview as a writer uses it: a file is saved, the page shows it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { copyOfSite, launch, preview, remove, watched } from './site.mjs';

describe('the preview', () => {
  let folder, server, browser;

  before(async () => {
    folder = copyOfSite();
    server = await preview(folder);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.close();
    remove(folder);
  });

  it('shows what was saved, without being asked', async () => {
    const { page, faults, close } = await watched(browser, server.url);
    const file = join(folder, 'content/postmortems/2019-07-02-cloudflare-waf.md');
    await page.goto(`${server.url}incidents/2019-07-02-cloudflare-waf/`);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
    writeFileSync(file, readFileSync(file, 'utf8').replace('## Impact', '## Impact\n\nA sentence that was just typed.'));
    await page.getByText('A sentence that was just typed.').waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('searches what was just written', async () => {
    const { page, close } = await watched(browser, server.url);
    writeFileSync(join(folder, 'content/postmortems/2026-01-01-quux.md'), '---\ntitle: Quuxification stopped\n---\n\nThe quuxifier ran dry.\n');
    await page.goto(`${server.url}incidents/2019-07-02-cloudflare-waf/`);
    await page.waitForTimeout(500);
    await page.goto(`${server.url}search/?q=quuxifier`);
    await page.locator('[data-search]').getByRole('link', { name: /Quuxification/ }).first().waitFor();
    await close();
  });

  it('tells of a broken document and keeps the page', async () => {
    const { page, close } = await watched(browser, server.url);
    await page.goto(`${server.url}incidents/2025-11-18-cloudflare-bot-management/`);
    const file = join(folder, 'content/postmortems/2025-11-18-cloudflare-bot-management.md');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('started_at:', 'started_at: someday #'));
    const panel = page.locator('.afterword-panel');
    await panel.getByText('someday cannot be read').waitFor();
    assert.equal(await panel.locator('summary').textContent(), '1 error');
    assert.equal(await panel.locator('mark').first().textContent(), 'someday');
    assert.ok(await page.locator('h1').first().isVisible());
    await panel.getByRole('link', { name: 'unreadable-date' }).click();
    await page.getByRole('heading', { name: 'unreadable-date' }).waitFor();
    await page.goto(`${server.url}.afterword/findings`);
    await page.getByRole('link', { name: 'content/postmortems/2025-11-18-cloudflare-bot-management.md' }).click();
    await panel.locator('summary').click();
    assert.equal(await panel.getAttribute('open'), null, 'who closes the panel');
    await page.reload();
    await panel.waitFor();
    assert.equal(await panel.getAttribute('open'), null, 'finds it closed');
    writeFileSync(file, text);
    await panel.waitFor({ state: 'detached' });
    await close();
  });

  it('says where a template is broken, and shows the page again when it is not', async () => {
    const { page, close } = await watched(browser, server.url);
    await page.goto(`${server.url}about/`);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
    const file = join(folder, 'themes/default/templates/page.html');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{% extends "base.html" %}{% block main %}<h1>{{ there_is_no_such_thing }}</h1>{% endblock %}');
    await page.getByRole('heading', { name: 'This page cannot be printed' }).waitFor();
    assert.equal(await page.locator('mark').textContent(), 'there_is_no_such_thing');
    rmSync(file);
    await page.getByRole('heading', { name: 'About' }).first().waitFor();
    await close();
  });
});

describe('the preview that follows', () => {
  it('takes the browser to the page of the file that was saved', async () => {
    const folder = copyOfSite();
    const server = await preview(folder, ['--follow']);
    const browser = await launch();
    const { page, close } = await watched(browser, server.url);
    await page.goto(server.url);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/.afterword/')));
    const file = join(folder, 'content/glossary.md');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nA word more.\n`);
    await page.waitForURL(`${server.url}glossary/`);
    await page.getByText('A word more.').waitFor();
    await close();
    await browser.close();
    server.close();
    remove(folder);
  });
});
