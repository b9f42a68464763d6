// Asks the queries of golden.json, in the folder named on the command line, of the reader in the browser over the bundle in that folder;
// then gives it damaged files, which must end in an answer or an error, soon. Node 18 or later, nothing else.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, passages, unfold } from '../../themes/default/assets/js/search.js';

const here = (path) => new URL(path, import.meta.url);
const folder = process.argv[2];
const golden = JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8'));
const corpus = JSON.parse(await readFile(here('../search/corpus.json'), 'utf8'));

const files = new Map();
const read = async (path) => {
  if (!files.has(path)) files.set(path, await readFile(join(folder, path)));
  return files.get(path);
};
const load = async (path) => unfold(new Uint8Array(await read(path)));

const shown = (passage) => `#${passage.anchor}: ${passage.pieces.map(([text, marked]) => (marked ? `[${text}]` : text)).join('')}`;

async function ask(index, { query, filters, sort, counts }) {
  const { matches, corrections, missing, words } = await index.match(query);
  const chosen = Object.entries(filters ?? {}).flatMap(([key, values]) => values.map((value) => [key, value]));
  const { documents, facets } = await index.narrow(matches, chosen, sort, counts);
  const rows = await index.rows(documents.slice(0, 5));
  const answer = { total: documents.length, urls: rows.map((row) => row.url) };
  if (corrections.length) answer.corrections = corrections;
  if (missing.length) answer.missing = missing;
  const first = corpus.records.find((record) => record.url === answer.urls[0]);
  const sections = (first?.sections ?? []).map(([anchor, heading, text]) => ({ anchor, heading, text }));
  const found = passages(sections, words, 2).map(shown);
  if (found.length) answer.passages = found;
  if (counts) {
    const value = ({ label, count, chosen }) => `${chosen ? '+' : ''}${label} ${count}`;
    answer.facets = Object.fromEntries(facets.map(({ key, values }) => [key, values.map(value).join(', ')]));
  }
  return answer;
}

const index = await open(load);
for (const { shows, answer, ...query } of golden) {
  assert.deepEqual(await ask(index, query), answer, `${query.query}: ${shows}`);
}

// A generator of numbers that gives the same ones every time.
let state = 1;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

let refused = 0;
for (let round = 0; round < 200; round++) {
  const damaged = async (path) => {
    const bytes = new Uint8Array(await load(path));
    if (round % 3 && path.endsWith('meta.bin')) return bytes;
    if (round % 2) return bytes.slice(0, random(bytes.length));
    for (let i = 0; i < 3; i++) bytes[random(bytes.length)] ^= 1 << random(8);
    return bytes;
  };
  try {
    const broken = await open(damaged);
    for (const query of ['dns outage', '"split brain"', 'kubernets', 'payments-ap']) await ask(broken, { query, counts: true });
  } catch (error) {
    assert.ok(error instanceof Error);
    refused++;
  }
}
assert.ok(refused > 100, `${refused} of 200 damaged bundles were refused`);
await assert.rejects(unfold(new Uint8Array((await read('search/meta.bin')).subarray(0, 60))));
console.log(`${golden.length} golden queries, ${refused} of 200 damaged bundles refused`);
