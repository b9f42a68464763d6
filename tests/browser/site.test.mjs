// The shipped site as a reader meets it: on a static host below a sub-path, under its own content security policy.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { accessibility } from './checks.mjs';
import { copyOfSite, hosted, watched } from './site.mjs';

describe('the built site', () => {
  let server, browser, close;

  before(async () => ({ server, browser, close } = await hosted()));
  after(() => close?.());

  it('keeps ticks of a reading path in the browser, and shows them on each of its pages', async () => {
    const { page, faults, close } = await watched(browser, server.url);
    await page.goto(`${server.url}learn/operations/2/`);
    await page.getByLabel('I have read this').check();
    await page.goto(`${server.url}learn/operations/`);
    assert.match(await page.locator('[data-progress]').innerText(), /^1 of 4 read/);
    assert.deepEqual(await page.getByLabel('I have read this').evaluateAll((ticks) => ticks.map((tick) => tick.checked)), [false, true, false, false]);
    assert.equal(await page.locator('[data-done]').isVisible(), false);
    for (const tick of await page.getByLabel('I have read this').all()) await tick.check();
    assert.equal(await page.locator('[data-done]').isVisible(), true);
    await page.goto(`${server.url}learn/security-and-contracts/`);
    assert.deepEqual(await page.getByLabel('I have read this').evaluateAll((ticks) => ticks.map((tick) => tick.checked)), [false, false, false, true]);
    assert.deepEqual(faults, []);
    await close();
  });

  it('finds what is typed and leads there', async () => {
    const { page, faults, close } = await watched(browser, server.url);
    await page.goto(`${server.url}search/`);
    await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill('regular expression');
    const result = page.getByRole('link', { name: /cloudflare|regular expression|CPU/i }).first();
    await page.locator('[data-search] mark').first().waitFor();
    await result.click();
    await page.waitForURL(/incidents\/2019-07-02-cloudflare-waf/);
    assert.match(await page.locator('h1').innerText(), /\S/);
    assert.deepEqual(faults, []);
    await close();
  });

  it('opens the search dialog with a key and closes it with another', async () => {
    const { page, faults, close } = await watched(browser, server.url);
    await page.goto(`${server.url}incidents/`);
    await page.keyboard.press('/');
    await page.locator('dialog[open] input').first().fill('multisg');
    await page.locator('dialog[open]').getByRole('link', { name: /shared Ethereum wallets/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' }).catch(() => {});
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });

  it('loads nothing of the search before it is used', async () => {
    const { page, close } = await watched(browser, server.url);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${server.url}incidents/2019-07-02-cloudflare-waf/`, { waitUntil: 'networkidle' });
    assert.deepEqual(asked.filter((url) => /\/search\/|search\.[0-9a-f]+\.(js|css)/.test(url)), []);
    assert.ok(asked.length <= 5, `${asked.length} requests: ${asked.join(' ')}`);
    await close();
  });

  it('narrows a list by several facets, and keeps what is chosen in the address', async () => {
    const { page, faults, close } = await watched(browser, server.url);
    const titles = () => page.locator('.card h3').allInnerTexts();
    const facet = (key, name) => page.locator(`[data-facet=${key}]`).getByRole('link', { name });
    const count = async (key, name) => Number((await facet(key, name).innerText()).match(/\d+$/)[0]);
    const shown = (count) => page.getByRole('heading', { name: `${count} incidents`, exact: true }).waitFor();
    await page.goto(`${server.url}incidents/`);
    const whole = (await titles()).length;
    const [severe, unreviewed] = [await count('severity', /SEV1/), await count('causes', /Review gap/)];
    await facet('severity', /SEV1/).click();
    await shown(severe);
    const both = await count('causes', /Review gap/);
    assert.ok(both > 1 && both < severe && both < unreviewed && severe < whole, `${both}, ${severe}, ${unreviewed} of ${whole}`);
    await facet('causes', /Review gap/).click();
    await shown(both);
    assert.equal(new URL(page.url()).search, '?severity=sev1&causes=process%2Freview-gap');
    const narrowed = await titles();
    assert.equal(narrowed.length, both);
    assert.ok(narrowed.includes('587 shared Ethereum wallets frozen for good') && !narrowed.some((title) => /Okta/.test(title)), `${narrowed}`);
    await page.reload();
    await shown(both);
    assert.deepEqual(await page.locator('[data-facet] [aria-current=true] > :first-child').allInnerTexts(), ['SEV1', 'Review gap']);
    await page.locator('.chosen').getByRole('link', { name: 'SEV1' }).click();
    await shown(unreviewed);
    await page.goBack();
    await shown(both);
    await page.goto(`${server.url}incidents/`);
    assert.equal((await titles()).length, whole);
    const storms = await count('causes', /Retry storm/);
    // What nothing has is said, with the way out.
    await page.goto(`${server.url}incidents/?severity=sev2&causes=capacity%2Fretry-storm`);
    await page.getByRole('heading', { name: 'Nothing has all of these' }).waitFor();
    await page.locator('.chosen').getByRole('link').first().click();
    await shown(storms);
    assert.deepEqual(faults, []);
    await close();
  });

  it('looks for what was meant where nothing is at the address', async () => {
    const { page, close } = await watched(browser, server.url);
    await page.goto(`${server.url}incidents/2019-07-02-cloudflre-waf/`);
    await page.locator('[data-search]').getByRole('link', { name: /502 errors worldwide/ }).first().waitFor();
    assert.equal(await page.locator('[data-search] input').first().inputValue(), '2019 07 02 cloudflre waf');
    await close();
  });

  it('says what a time is where the reader is', async () => {
    const { page, faults, close } = await watched(browser, server.url, { timezoneId: 'America/New_York', locale: 'en-US' });
    await page.goto(`${server.url}incidents/2019-07-02-cloudflare-waf/`);
    const time = page.locator('.timeline time, .facts time').first();
    await time.hover();
    assert.match(await time.getAttribute('title'), /^Jul 2, 2019, 9:42:00 AM (EDT|GMT-4)$/);
    assert.deepEqual(faults, []);
    await close();
  });

  it('says everything without JavaScript', async () => {
    const { page, faults, close } = await watched(browser, server.url, { javaScriptEnabled: false });
    await page.goto(`${server.url}incidents/2019-07-02-cloudflare-waf/`);
    for (const heading of ['Summary', 'Timeline', 'Root cause', 'Action items']) {
      assert.ok(await page.getByRole('heading', { name: heading, exact: false }).first().isVisible(), heading);
    }
    await page.goto(`${server.url}search/`);
    assert.ok((await page.locator('main a').count()) > 5, 'the search page leads on by lists');
    assert.deepEqual(faults, []);
    await close();
  });

  it('plays a drill by the keyboard, whether or not scripts run', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, faults, close } = await watched(browser, server.url, { javaScriptEnabled });
      await page.goto(`${server.url}drills/cs-2019-001/`);
      await page.getByRole('link', { name: 'Begin' }).focus();
      await page.keyboard.press('Enter');
      for (const step of ['1/', '2/', '3/', '4/', '5/', '6/']) {
        await page.waitForURL(`${server.url}drills/cs-2019-001/${step}#step_`);
        await page.locator('article:target').waitFor();
        if (step === '6/') break;
        // The heading is where the reader is, and the next thing to press is the way on.
        await page.keyboard.press('Tab');
        assert.equal(await page.locator(':focus').innerText(), 'Reveal what happened');
        await page.keyboard.press('Enter');
      }
      assert.equal(await page.locator('h1').innerText(), 'What came of it');
      assert.deepEqual(faults, []);
      await close();
    }
  });

  it('prints a packet in light colours, each incident from a new page, without what is for the screen', async () => {
    const { page, faults, close } = await watched(browser, server.url, { colorScheme: 'dark' });
    await page.goto(`${server.url}packets/first-week/`);
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const style = (selector, name) => page.locator(selector).evaluateAll((all, name) => [...new Set(all.map((one) => getComputedStyle(one)[name]))], name);
    assert.deepEqual(await style('body', 'backgroundColor'), ['rgb(255, 255, 255)']);
    assert.deepEqual(await style('body', 'color'), ['rgb(27, 29, 33)']);
    assert.ok((await page.locator('.packet-part').count()) >= 3);
    assert.deepEqual(await style('.packet-part', 'breakBefore'), ['page']);
    assert.deepEqual(await style('.packet-cover', 'breakAfter'), ['page']);
    for (const screen of ['.site-header', '.site-footer', '.crumbs', '.packet-hint', '.packet-way', '.anchor', '.timeline-filter']) {
      assert.deepEqual(await style(screen, 'display'), ['none'], screen);
    }
    assert.deepEqual(faults, []);
    await close();
  });
});

describe('an internal edition beside a public one', () => {
  let server, browser, close;

  const moved = () => {
    const folder = copyOfSite();
    writeFileSync(join(folder, 'content', 'postmortems', 'moved.md'), '---\ndate: 2026-01-01\naliases: [/2020/old-place]\n---\n\n# Moved\n\nText.\n');
    return folder;
  };
  before(async () => ({ server, browser, close } = await hosted(moved())));
  after(() => close?.());

  it('says for whom it is, on the screen and on paper, once', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, faults, close } = await watched(browser, server.url, { colorScheme, viewport: { width: 320, height: 800 } });
      await page.goto(`${server.url}incidents/moved/`);
      const note = page.getByText('Internal edition');
      assert.equal(await note.count(), 1);
      assert.ok(await note.isVisible());
      assert.deepEqual(await accessibility(page), []);
      await page.emulateMedia({ media: 'print' });
      assert.ok(await note.isVisible());
      assert.equal(await page.locator('.site-bar').isVisible(), false);
      assert.deepEqual(faults, []);
      await close();
    }
  });

  it('leads on from an old address, whether or not scripts run', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, faults, close } = await watched(browser, server.url, { javaScriptEnabled });
      await page.goto(`${server.url}2020/old-place/`);
      await page.waitForURL(`${server.url}incidents/moved/`);
      assert.equal(await page.locator('h1').innerText(), 'Moved');
      assert.deepEqual(faults, []);
      await close();
    }
  });
});
