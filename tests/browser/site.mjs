// What the browser tests share: the program, a built site, a host that serves it as a static host would, and Chromium.
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const program = join(project, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'afterword');
/** Where the sites say they are published. */
export const BASE = 'https://example.org/team/kb/';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.bin': 'application/octet-stream',
};

/** A copy of the shipped site in a folder of its own. */
export function copyOfSite() {
  const folder = mkdtempSync(join(tmpdir(), 'afterword-site-'));
  for (const part of ['content', 'site.toml']) cpSync(join(project, part), join(folder, part), { recursive: true });
  return folder;
}

export function remove(folder) {
  rmSync(folder, { recursive: true, force: true });
}

/** Builds the site in `folder` and returns where it was written. */
function build(folder, options) {
  const site = join(folder, '_site');
  execFileSync(program, ['-C', folder, 'build', '--quiet', '--output', site, ...options], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, SOURCE_DATE_EPOCH: '1767225600', AFTERWORD_BASE_URL: BASE } });
  return site;
}

/** Serves a built site below `prefix`, with the headers its own `_headers` asks for, as a static host does. */
async function host(site, prefix = '/') {
  const policy = readFileSync(join(site, '_headers'), 'utf8').match(/Content-Security-Policy: (.*)/)[1];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    let file = path.startsWith(prefix) ? normalize(join(site, path.slice(prefix.length))) : '';
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    const found = file.startsWith(site) && existsSync(file);
    const sent = found ? file : join(site, '404.html');
    response.writeHead(found ? 200 : 404, { 'Content-Type': TYPES[extname(sent)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
    response.end(readFileSync(sent));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}

/** The site in a folder that goes away afterwards, built and on a host below a sub-path, and a browser. */
export async function hosted(folder = copyOfSite(), options = []) {
  let server, browser;
  const close = async () => {
    await browser?.close();
    server?.close();
    remove(folder);
  };
  try {
    const site = build(folder, options);
    server = await host(site, new URL(BASE).pathname);
    browser = await launch();
    return { site, server, browser, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs `afterword serve` on `folder`, at a port if one is named, and waits for the address it prints. */
export async function preview(folder, options = [], port = '0') {
  const child = spawn(program, ['-C', folder, 'serve', '--port', port, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const listen = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/(?:localhost|127\.0\.0\.1):\d+\//);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return { url, close: () => (child.kill('SIGKILL'), ended) };
}

export function launch(options = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...options],
  });
}

/** Opens a page that collects what must not happen: anything on the console, refused policies, requests to other hosts. */
export async function watched(browser, origin, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => { if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) faults.push(`request: ${request.url()}`); });
  return { page, faults, close: () => context.close() };
}
