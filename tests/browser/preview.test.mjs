// The preview as a writer uses it: a file is saved, the page shows it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    await page.getByText(/someday/).first().waitFor();
    assert.ok(await page.locator('h1').first().isVisible());
    writeFileSync(file, text);
    await page.getByText(/someday/).first().waitFor({ state: 'detached' });
    await close();
  });
});
