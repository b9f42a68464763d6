// Search in the browser, over the bundle that src/search.rs writes. The first half needs no page and answers as the Rust side does, sum by
// sum; golden queries hold the two together. The second half is the form, the results and the dialog.

// ---- Terms of a text (src/search/token.rs) ----

const SPACELESS =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3134f}';
const LETTER = `(?![${SPACELESS}])[\\p{Alphabetic}\\p{N}\\p{M}]`;
const CONNECTOR = "\\-_.:'@&\\u00ad\\u2010\\u2011\\u2019";
const CHUNK = new RegExp(`([${SPACELESS}]+)|(?:${LETTER})+(?:[${CONNECTOR}]+(?:${LETTER})+)*`, 'gu');
const RUN = new RegExp(`[^${CONNECTOR}]+`, 'gu');
const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', þ: 'th', ð: 'd', đ: 'd', ł: 'l', ı: 'i', ς: 'σ' };

const characters = (text) => [...text].length;

const chunks = (text) => [...text.matchAll(CHUNK)].map((m) => ({ text: m[0], start: m.index, spaceless: !!m[1] }));

const foldAll = (text) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[ßæœøþðđłıς]/g, (c) => LETTERS[c]);

const fold = (text) => [...foldAll(text)].slice(0, 80).join('');

// [start, run] for each run of a chunk.
function runs(chunk) {
  const all = [...chunk.text.matchAll(RUN)].map((m) => [m.index, m[0]]);
  return all.length > 1 ? all.filter((run) => characters(run[1]) > 1) : all;
}

function joined(chunk, count) {
  const text = chunk.text.match(RUN).join('');
  return count <= 8 && text !== chunk.text ? fold(text) : null;
}

function pairs(text) {
  const all = [...foldAll(text)];
  return all.length < 2 ? all : all.slice(1).map((c, i) => all[i] + c);
}

function innerWords(run) {
  if (!/^[A-Za-z]+$/.test(run)) return [];
  const words = run.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return words.length > 1 && words.length <= 6 ? words.filter((word) => word.length > 2) : [];
}

// ---- Needles of a query (src/search/query.rs) ----

function word(chunk) {
  const typed = chunk.text;
  if (chunk.spaceless) {
    const parts = pairs(typed).slice(0, 12);
    if (parts.length > 1) return { typed, whole: null, parts, open: false };
    return { typed, whole: parts[0], parts: [], open: characters(parts[0]) < 2 };
  }
  const found = runs(chunk).map((run) => fold(run[1]));
  const whole = joined(chunk, found.length);
  if (whole !== null) return { typed, whole, parts: found, open: false };
  if (found.length === 1) return { typed, whole: found[0], parts: [], open: false };
  return { typed, whole: null, parts: found.slice(0, 12), open: false };
}

function phrase(text) {
  const terms = chunks(text).flatMap((chunk) => {
    if (chunk.spaceless) return pairs(chunk.text);
    const found = runs(chunk).map((run) => fold(run[1]));
    return found.length ? found : [joined(chunk, 0)];
  });
  return terms.slice(0, 12);
}

export function needles(query) {
  const text = [...query].slice(0, 200).join('').replace(/[“”„]/g, '"');
  const stretches = text.split('"');
  const all = [];
  stretches.forEach((stretch, i) => {
    if (i % 2 && i < stretches.length - 1) {
      const terms = phrase(stretch);
      if (terms.length) all.push({ typed: `"${terms.join(' ')}"`, phrase: terms });
    } else all.push(...chunks(stretch).map(word));
  });
  const last = all[all.length - 1];
  if (last && !last.phrase) last.open ||= !/[\s"]$/.test(text);
  const once = new Map();
  for (const needle of all) {
    const key = JSON.stringify([needle.phrase, needle.whole, needle.parts]);
    if (once.has(key)) once.get(key).open ||= needle.open;
    else once.set(key, needle);
  }
  return [...once.values()].slice(0, 12);
}

// ---- Files of the bundle (src/search/decode.rs) ----

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  get left() {
    return this.bytes.length - this.at;
  }
  take(length) {
    if (length > this.left) throw new Error('ends too early');
    return this.bytes.subarray(this.at, (this.at += length));
  }
  byte() {
    return this.take(1)[0];
  }
  number() {
    let number = 0;
    for (let scale = 1; scale < 2 ** 35; scale *= 128) {
      const byte = this.byte();
      number += (byte & 127) * scale;
      if (number >= 2 ** 32) break;
      if (byte < 128) return number;
    }
    throw new Error('has a number out of range');
  }
  length() {
    const length = this.number();
    if (length > this.left) throw new Error('promises more than it holds');
    return length;
  }
  text() {
    return utf8.decode(this.take(this.length()));
  }
  // The bytes of a term written as what differs from the one before.
  after(before) {
    const shared = this.number();
    const rest = this.length();
    if (shared > before.length || shared + rest > 320) throw new Error('has a term that is too long');
    const term = new Uint8Array(shared + rest);
    term.set(before.subarray(0, shared));
    term.set(this.take(rest), shared);
    return term;
  }
  name() {
    return [...this.take(6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  list(read) {
    return this.times(this.length(), read);
  }
  times(count, read) {
    const items = [];
    while (items.length < count) items.push(read());
    return items;
  }
}

function readMeta(bytes) {
  const from = new Reader(bytes);
  if (utf8.decode(from.take(4)) !== 'AWS\x01') throw new Error('is of another version');
  const lengths = from.take(from.length());
  const common = new Set(from.list(() => from.text()));
  let first = new Uint8Array();
  const shards = from.list(() => {
    first = from.after(first);
    return { first: utf8.decode(first), name: from.name() };
  });
  const rows = from.number();
  if (!rows) throw new Error('has blocks without rows');
  const blocks = from.times(Math.ceil(lengths.length / rows), () => from.name());
  const facets = from.list(() => ({ key: from.text(), title: from.text(), frequent: from.byte() === 1, name: from.name() }));
  const vocabulary = from.list(() => ({ length: from.number(), name: from.name() }));
  return { lengths, common, shards, rows, blocks, facets, vocabulary };
}

function readShard(bytes, documents) {
  const from = new Reader(bytes);
  let before = new Uint8Array();
  const terms = from.list(() => {
    before = from.after(before);
    const frequency = from.number();
    const length = from.length();
    return { text: utf8.decode(before), frequency, length, forms: from.list(() => utf8.decode(from.after(before))) };
  });
  for (const term of terms) Object.assign(term, readPostings(from.take(term.length), documents));
  return { terms, places: new Map(terms.map((term, place) => [term.text, place])) };
}

function readPostings(bytes, documents) {
  const from = new Reader(bytes);
  const [ids, details] = [[], []];
  for (let next = 0; from.left; next++) {
    const number = from.number();
    next += Math.floor(number / 2);
    if (next >= documents) throw new Error('names a document that is not there');
    ids.push(next);
    details.push(number % 2 ? from.byte() : 1);
  }
  return { ids, details };
}

function readPlaces(bytes, terms, wanted) {
  const from = new Reader(bytes);
  const all = from.times(terms, () => from.length()).map((length) => from.take(length));
  const one = new Reader(all[wanted]);
  const documents = [];
  for (let place = 0; one.left;) {
    const number = one.number();
    if (number % 2) {
      documents.push([]);
      place = 0;
    }
    place += Math.floor(number / 2);
    documents[documents.length - 1].push(place);
  }
  return documents;
}

function readBlock(bytes) {
  const from = new Reader(bytes);
  const rows = [];
  while (from.left) {
    const [url, title, date, note, summary] = from.times(5, () => from.text());
    rows.push({ url, title, date, note, summary, sections: from.list(() => ({ anchor: from.text(), heading: from.text() })) });
  }
  return rows;
}

function readColumn(bytes, documents) {
  const from = new Reader(bytes);
  const values = from.list(() => ({ id: from.text(), label: from.text() }));
  const of = from.times(documents, () => from.list(() => from.number()));
  if (of.some((list) => list.some((value) => value >= values.length))) throw new Error('names a value that is not there');
  return { values, of };
}

function readVocabulary(bytes) {
  const from = new Reader(bytes);
  const words = [];
  let word = new Uint8Array();
  while (from.left) {
    word = from.after(word);
    words.push([utf8.decode(word), from.number()]);
  }
  return words;
}

// The bytes of a file before compression, which it tells by its first two bytes.
export async function unfold(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

// ---- Answers (src/search/rank.rs) ----

const FIELDS = [
  [16, 8],
  [32, 2.5],
  [64, 4],
  [128, 2],
];

// Order by code points, which is the order of UTF-8 bytes.
function compare(a, b) {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i].codePointAt() - y[i].codePointAt();
  return x.length - y.length;
}

// The letters of a word as bits; each slip changes at most one of them on either side.
const letters = (word) => [...word].reduce((bits, c) => bits | (1 << (c.codePointAt() & 31)), 0);

function farApart(a, b, slips) {
  const more = (bits) => {
    let count = 0;
    for (let left = bits; left; left &= left - 1) count++;
    return count > slips;
  };
  return more(a & ~b) || more(b & ~a);
}

// Optimal string alignment distance.
function distance(a, b) {
  const [x, y] = [[...a], [...b]];
  let [before, last] = [[], y.map((_, j) => j).concat(y.length)];
  x.forEach((c, i) => {
    const row = [i + 1];
    y.forEach((d, j) => {
      row[j + 1] = Math.min(last[j + 1] + 1, row[j] + 1, last[j] + (c !== d));
      if (i && j && c === y[j - 1] && x[i - 1] === d) row[j + 1] = Math.min(row[j + 1], before[j - 1] + 1);
    });
    [before, last] = [last, row];
  });
  return last[y.length];
}

// An index whose files `load(path)` gives, as promises of plain bytes.
export async function open(load) {
  const meta = readMeta(await load('search/meta.bin'));
  const count = meta.lengths.length;
  const words = (length) => length * length;
  const average = Math.max(meta.lengths.reduce((sum, length) => sum + words(length), 0) / count, 1);
  const norms = Float64Array.from(meta.lengths, (length) => 1 - 0.5 + (0.5 * words(length)) / average);
  const files = new Map();

  function file(kind, name, read) {
    const path = `search/${kind}/${name}.bin`;
    if (!files.has(path)) {
      const promise = load(path).then(read);
      promise.catch(() => files.delete(path));
      files.set(path, promise);
    }
    return files.get(path);
  }

  const shard = async (i) =>
    i < meta.shards.length ? file('s', meta.shards[i].name, (bytes) => readShard(bytes, count)) : { terms: [], places: new Map() };

  function shardOf(term) {
    let [low, high] = [0, meta.shards.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(meta.shards[middle].first, term) <= 0) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  async function exact(text) {
    const i = shardOf(text);
    const { terms, places } = await shard(i);
    return places.has(text) ? { term: terms[places.get(text)], shard: i, place: places.get(text), terms: terms.length } : null;
  }

  // Terms with weights: the word, its other forms, the longer words it begins.
  async function find(text, open, weight) {
    const found = new Map();
    const own = await exact(text);
    if (own) {
      found.set(own.term, weight);
      for (const form of await Promise.all(own.term.forms.map(exact))) if (form) found.set(form.term, weight * 0.8);
    }
    if (open && (text.length > 1 || text > '\x7f')) {
      const longer = (await beginningWith(text)).filter((term) => term.text !== text && !found.has(term));
      for (const term of longer.slice(0, 40)) found.set(term, weight * (0.3 + 0.5 * (characters(text) / characters(term.text))));
    }
    return found;
  }

  async function beginningWith(letters) {
    const longer = [];
    const first = shardOf(letters);
    for (let i = first; i < first + 3 && (i === first || meta.shards[i]?.first.startsWith(letters)); i++) {
      longer.push(...(await shard(i)).terms.filter((term) => term.text.startsWith(letters)));
    }
    return longer.sort((a, b) => b.frequency - a.frequency || compare(a.text, b.text));
  }

  async function findOrMend(text, open) {
    let found = await find(text, open, 1);
    if (!found.size && !open) found = await find(text, true, 1);
    if (found.size) return { found };
    const { words, weight } = await meant(text);
    for (const other of words) for (const [term, w] of await find(other, false, weight)) if (!found.has(term)) found.set(term, w);
    return { found, mended: words.length && [text, words[0]] };
  }

  // The words that one which is not there may have been meant to be.
  async function meant(text) {
    const length = characters(text);
    let words = length < 4 ? [] : await near(text, length, 1);
    const weight = words.length ? 0.7 : 0.5;
    if (!words.length && length >= 6) {
      const alike = await beginningWith([...text].slice(0, Math.max(length - 3, 4)).join(''));
      words = alike.map((term) => term.text).filter((other) => characters(other) <= length + 3);
    }
    if (!words.length && length >= 8) words = await near(text, length, 2);
    return { words: words.slice(0, 3), weight };
  }

  async function near(text, length, wanted) {
    const lists = meta.vocabulary.filter((list) => Math.abs(list.length - length) <= wanted);
    const read = await Promise.all(lists.map((list) => file('v', list.name, readVocabulary)));
    const own = letters(text);
    const near = read.flat().filter(([word]) => !farApart(own, letters(word), wanted) && distance(text, word) === wanted);
    return near.sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([word]) => word);
  }

  function strength(id, detail) {
    let fields = 0;
    for (const [bit, worth] of FIELDS) if (detail & bit) fields += worth;
    return (detail & 15) / norms[id] + fields;
  }

  function strengths(found) {
    const sums = new Float64Array(count);
    for (const [term, weight] of found) term.ids.forEach((id, i) => (sums[id] += weight * strength(id, term.details[i])));
    return sums;
  }

  // How strongly each document has a word or a name, by what terms, and what was mended.
  async function ofWord({ whole, parts, open }) {
    const one = parts.length ? { found: whole === null ? new Map() : await find(whole, open, 1) } : findOrMend(whole, open);
    const all = await Promise.all([one, ...parts.map((part, i) => findOrMend(part, open && i === parts.length - 1))]);
    const [sums, ...ofParts] = all.map(({ found }) => strengths(found));
    if (ofParts.length) {
      const having = sums.map((_, id) => ofParts.reduce((having, part) => having + (part[id] > 0), 0));
      // Words that were written without a blank between them need not follow each other in the text.
      const loose = whole === null && having.every((had) => had < parts.length);
      having.forEach((had, id) => {
        const all = ofParts.map((part) => part[id]);
        if (had === parts.length) sums[id] += 0.7 * Math.min(...all);
        else if (loose && 2 * had > parts.length) sums[id] += 0.7 * (all.reduce((sum, one) => sum + one, 0) / parts.length);
      });
    }
    const terms = all.flatMap(({ found }) => [...found.keys()].map((term) => term.text));
    return { sums, terms, corrections: all.flatMap(({ mended }) => (mended ? [mended] : [])) };
  }

  // The same for terms that follow each other.
  async function ofPhrase(terms) {
    const sums = new Float64Array(count);
    const found = await Promise.all(terms.map(exact));
    if (found.includes(null)) return { sums, corrections: [], terms: [] };
    const members = await Promise.all(
      found.map(async ({ term, shard, place, terms }) => ({
        ...term,
        at: new Map(term.ids.map((id, i) => [id, i])),
        places: readPlaces(await file('p', meta.shards[shard].name, (bytes) => bytes), terms, place),
      })),
    );
    for (const id of members[0].ids) {
      if (!members.every((member) => member.at.has(id))) continue;
      const fields = members.reduce((bits, member) => bits & member.details[member.at.get(id)], 0xf0);
      const placed = members.flatMap((member, offset) =>
        member.places.length ? [{ offset, set: new Set(member.places[member.at.get(id)]) }] : [],
      );
      let times = 1;
      if (placed.length) {
        const [first, ...others] = placed;
        times = [...first.set]
          .filter((start) => others.every((other) => other.set.has(start + other.offset - first.offset)))
          .slice(0, 15).length;
      }
      if (times) sums[id] = strength(id, fields | times);
    }
    return { sums, corrections: [], terms };
  }

  return {
    facets: meta.facets.map((facet) => facet.key),
    // What answers a text: [document, score] by number, and what was learnt on the way.
    async match(text) {
      const seen = { corrections: [], missing: [], words: new Map() };
      let wanted = needles(text);
      const saysLittle = (needle) => !needle.phrase && !needle.parts.length && meta.common.has(needle.whole);
      if (!wanted.every(saysLittle)) wanted = wanted.filter((needle) => !saysLittle(needle));
      const matches = [];
      if (!wanted.length) {
        for (let id = 0; id < count; id++) matches.push([id, 0]);
        return { matches, ...seen };
      }
      const scores = new Float64Array(count);
      const coverage = new Float64Array(count);
      const refused = new Set();
      const frequent = [];
      let [all, telling] = [0, false];
      const answers = await Promise.all(wanted.map((needle) => (needle.phrase ? ofPhrase(needle.phrase) : ofWord(needle))));
      for (const [i, needle] of wanted.entries()) {
        const { sums, terms, corrections } = answers[i];
        seen.corrections.push(...corrections);
        for (const term of terms) if (!seen.words.has(term)) seen.words.set(term, i);
        const found = sums.reduce((number, sum) => number + (sum > 0), 0);
        if (!found) seen.missing.push(needle.typed);
        const rarity = Math.log(1 + (count - found + 0.5) / (found + 0.5));
        if (found) all += rarity;
        frequent.push(found * 5 > count * 4);
        telling ||= found > 0 && !frequent[i];
        sums.forEach((sum, id) => {
          if (sum > 0) {
            scores[id] += (rarity * sum * (2 + 1)) / (sum + 2);
            coverage[id] += rarity;
          } else if (needle.phrase) refused.add(id);
        });
      }
      // Beside words that tell documents apart, those that do not are no use to mark.
      for (const [term, needle] of seen.words) if (telling && frequent[needle]) seen.words.delete(term);
      const best = coverage.reduce((most, value, id) => (refused.has(id) ? most : Math.max(most, value)), 0);
      coverage.forEach((value, id) => {
        if (value > 0 && value >= 0.6 * best && !refused.has(id)) matches.push([id, (scores[id] * value) / all]);
      });
      return { matches, ...seen };
    },
    // The documents of those with the values wanted, in order; with counts of every facet's values if asked for.
    async narrow(matches, filters = [], sort = 'relevance', counts = false) {
      const facets = counts || filters.length ? meta.facets : [];
      const choices = await Promise.all(
        facets.map(async (facet) => {
          const column = await file('f', facet.name, (bytes) => readColumn(bytes, count));
          const wanted = filters.filter(([key]) => key === facet.key).map(([, value]) => value);
          const chosen = column.values.map((value) => wanted.includes(value.id));
          return { facet, column, chosen, narrows: wanted.length > 0, counts: column.values.map(() => 0) };
        }),
      );
      const results = [];
      for (const match of matches) {
        const refusing = choices.filter((choice) => choice.narrows && !choice.column.of[match[0]].some((value) => choice.chosen[value]));
        if (!refusing.length) results.push(match);
        for (const choice of choices) {
          if (refusing.every((other) => other === choice)) for (const value of choice.column.of[match[0]]) choice.counts[value]++;
        }
      }
      if (sort !== 'date') results.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      return {
        documents: results.map((match) => match[0]),
        facets: choices.map(({ facet, column, chosen, counts: of }) => {
          const values = column.values
            .map((value, i) => ({ ...value, count: of[i], chosen: chosen[i] }))
            .filter((value) => value.count || value.chosen);
          if (facet.frequent) values.sort((a, b) => b.count - a.count);
          return { key: facet.key, title: facet.title, values };
        }),
      };
    },
    // What is shown of some documents.
    rows: (ids) =>
      Promise.all(ids.map(async (id) => (await file('b', meta.blocks[Math.floor(id / meta.rows)], readBlock))[id % meta.rows])),
  };
}

// ---- Passages (src/search/passage.rs) ----

// [from, to, needle] for every place in `text` that has one of the words.
export function marks(text, words) {
  return chunks(text).flatMap((chunk) => {
    const whole = (needle) => [chunk.start, chunk.start + chunk.text.length, needle];
    if (chunk.spaceless) {
      const found = pairs(chunk.text);
      const starts = [];
      let at = chunk.start;
      for (const c of chunk.text) {
        starts.push(at);
        at += c.length;
      }
      const aligned = found.length === Math.max(starts.length - 1, 1);
      return found.flatMap((pair, i) => {
        if (!words.has(pair)) return [];
        return [aligned ? [starts[i], starts[i + 2] ?? at, words.get(pair)] : whole(words.get(pair))];
      });
    }
    const found = runs(chunk);
    const name = joined(chunk, found.length);
    if (words.has(name)) return [whole(words.get(name))];
    return found.flatMap(([start, run]) => {
      const term = [run, ...innerWords(run)].map(fold).find((text) => words.has(text));
      return term === undefined ? [] : [[chunk.start + start, chunk.start + start + run.length, words.get(term)]];
    });
  });
}

// `text` from one place to another in pieces [text, marked].
export function pieces(text, marked, from = 0, to = text.length) {
  const all = [];
  const add = (begin, end, mark) => {
    if (begin >= end) return;
    const last = all[all.length - 1];
    if (last && last[1] === mark) last[0] += text.slice(begin, end);
    else all.push([text.slice(begin, end), mark]);
  };
  let at = from;
  for (const [start, stop] of marked.filter((mark) => mark[0] >= from && mark[1] <= to)) {
    add(at, start, false);
    add(Math.max(start, at), stop, true);
    at = Math.max(stop, at);
  }
  add(at, to, false);
  return all;
}

function densest(marked) {
  let [best, at, end] = [[0, 0], 0, 0];
  const counts = new Map();
  marked.forEach(([start, , needle], i) => {
    for (; end < marked.length && marked[end][1] <= start + 130; end++) counts.set(marked[end][2], (counts.get(marked[end][2]) ?? 0) + 1);
    const weight = [[...counts.values()].filter(Boolean).length, Math.max(end - i, 0)];
    if (weight[0] > best[0] || (weight[0] === best[0] && weight[1] > best[1])) [best, at] = [weight, start];
    if (end > i) counts.set(needle, counts.get(needle) - 1);
    else end = i + 1;
  });
  return at;
}

function cut(text, marked) {
  const first = densest(marked);
  const begin = Math.max(first - 50, 0);
  const from = begin ? begin + text.slice(begin, first).indexOf(' ') + 1 : 0;
  const end = Math.min(from + 180, text.length);
  const tail = end - Math.floor((end - from) / 6);
  const blank = text.slice(tail, end).lastIndexOf(' ');
  const to = end === text.length || blank < 0 ? end : tail + blank;
  const all = pieces(text, marked, from, to);
  if (from) all.unshift(['…', false]);
  if (to < text.length) all.push(['…', false]);
  return all;
}

// The best sections of a page: `sections` as { anchor, heading, text }, `words` as match() gives them.
export function passages(sections, words, limit) {
  const found = sections.map(({ anchor, heading, text = '' }, i) => {
    const plain = text.split(/\s+/).filter(Boolean).join(' ');
    const inText = marks(plain, words);
    const needles = [...marks(heading, words), ...inText].map((mark) => mark[2]);
    return { anchor, heading, i, plain, inText, different: new Set(needles).size, times: needles.length };
  });
  return found
    .filter((section) => section.times)
    .sort((a, b) => b.different - a.different || b.times - a.times || a.i - b.i)
    .slice(0, limit)
    .map(({ anchor, heading, plain, inText }) => ({ anchor, heading, pieces: cut(plain, inText) }));
}

// ---- The page: a form, its results, and the dialog around it. Text goes in as text, never as markup. ----

const AT_ONCE = 10;
const EXCERPTS = 2;
const VALUES = 8;
const UNREAD = 'script,style,template,noscript,nav,form,button,[hidden],[aria-hidden=true],[data-pagefind-ignore]';
const INLINE = /^(A|ABBR|B|BDI|CITE|CODE|DEL|DFN|EM|I|INS|KBD|MARK|Q|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR|WBR)$/;

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== false && value !== undefined) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== ''));
  return node;
}

const nodes = (all) => all.map(([text, mark]) => (mark ? el('mark', null, text) : text));
const marked = (text, words) => nodes(pieces(text, marks(text, words)));

// What is said, in the language of the page: the page brings what it says otherwise than in English.
const told = JSON.parse(globalThis.document?.querySelector('[data-words]')?.textContent ?? '{}');
const tell = (id, english) => told[`js-${id}`] ?? english;

function number(count, id, one, many) {
  const form = new Intl.PluralRules(document.documentElement.lang || undefined).select(count);
  const text = told[`js-${id}-${form}`] ?? tell(`${id}-other`, count === 1 ? one : many);
  return text.replace('{count}', count.toLocaleString());
}

// A text in parts, with values in the places of their names.
const filled = (text, values) => text.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? values[part] : part));

// Filters, each of a key and a value, but one.
const without = (filters, key, value) => filters.filter((other) => other[0] !== key || other[1] !== value);

// The root of the site: relative to the page as <html data-root> says, else from where this file is.
function site(path) {
  const { root } = document.documentElement.dataset;
  return new URL(`./${path}`, root === undefined ? new URL('../../', import.meta.url) : new URL(root || './', location.href));
}

// Resolves once the style sheet of search is there; without it search still works.
let styled;

function style() {
  const { searchStyle } = document.documentElement.dataset;
  if (!searchStyle || document.querySelector(`link[href="${searchStyle}"]`)) return Promise.resolve();
  styled ??= new Promise((done) => {
    const link = el('link', { rel: 'stylesheet', href: searchStyle });
    link.onload = link.onerror = done;
    document.head.append(link);
  });
  return styled;
}

let index;

function ready() {
  index ??= open(async (path) => {
    const response = await fetch(site(path), path.endsWith('meta.bin') ? { cache: 'no-cache' } : {});
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return unfold(new Uint8Array(await response.arrayBuffer()));
  });
  return index;
}

// The sections of another page of the site. Asking for a document parses it without running it.
const pages = new Map();
function sectionsOf(url) {
  if (!pages.has(url)) {
    pages.set(
      url,
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.responseType = 'document';
        request.onload = () =>
          request.status === 200 ? resolve(readPage(request.response)) : reject(new Error(`${url}: ${request.status}`));
        request.onerror = reject;
        request.open('GET', url);
        request.send();
      }),
    );
  }
  return pages.get(url);
}

function readPage(page) {
  const sections = [{ anchor: '', heading: '', text: '' }];
  const textOf = (node) => (node.nodeType === 3 ? node.data : node.matches?.(UNREAD) ? '' : [...node.childNodes].map(textOf).join(''));
  const walk = (node) => {
    for (const child of node.childNodes) {
      const last = sections[sections.length - 1];
      if (child.nodeType === 3) last.text += child.data;
      if (child.nodeType !== 1 || child.matches(UNREAD) || child.tagName === 'H1') continue;
      if (/^H[2-6]$/.test(child.tagName)) {
        sections.push({ anchor: child.id || child.closest('section[id]')?.id || last.anchor, heading: textOf(child).trim(), text: '' });
        continue;
      }
      const gap = INLINE.test(child.tagName) ? '' : ' ';
      last.text += gap;
      walk(child);
      sections[sections.length - 1].text += gap;
    }
  };
  const main = page?.querySelector('[data-pagefind-body], main');
  if (main) walk(main);
  return sections;
}

// Builds the search in `area`: on its own page, where the address says what is searched for, or in the dialog.
export function mount(area, inDialog = false) {
  const id = inDialog ? 'search-dialog-input' : 'search-input';
  const input = el('input', { id, type: 'search', name: 'q', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
  input.placeholder = tell('placeholder', 'Service, symptom, cause, “exact words”');
  const form = el('form', { role: 'search', class: 'search-form' }, el('label', { for: id }, tell('label', 'Search incidents')), input);
  const status = el('p', { role: 'status', class: 'search-status' });
  const orders = [
    ['relevance', tell('best-match', 'Best match')],
    ['date', tell('newest-first', 'Newest first')],
  ];
  const sort = el('select', { id: `${id}-sort` }, ...orders.map(([value, label]) => el('option', { value }, label)));
  const sorting = el('p', { class: 'search-sort' }, el('label', { for: sort.id }, tell('order', 'Order')), ' ', sort);
  const notes = el('div', { class: 'search-notes' });
  const summary = el('summary', null, tell('filters', 'Filters'));
  const facets = el('div', { class: 'search-facets' });
  const skip = el('a', { class: 'search-skip', href: `#${id}-results` }, tell('skip', 'Skip to results'));
  const filtering = el('details', { class: 'search-filters' }, summary, skip, facets);
  filtering.open = !inDialog && matchMedia('(min-width: 60rem)').matches;
  const list = el('ol', { class: 'search-results', id: `${id}-results`, tabindex: '-1', 'aria-label': tell('results-list', 'Results') });
  const more = el('button', { type: 'button', class: 'search-more', hidden: true }, tell('more-results', 'Show more results'));
  area.classList.add('search');
  const body = el('div', { class: 'search-body' }, filtering, el('div', null, list, more));
  area.replaceChildren(form, el('div', { class: 'search-bar' }, status, sorting), notes, body);

  // What is chosen, as [key, value].
  let [filters, last, words, documents, turns, timer] = [[], null, new Map(), [], 0, 0];
  const labels = new Map();
  const expanded = new Set();
  const everything = () => !input.value.trim() && !filters.length;

  function address() {
    const query = new URLSearchParams();
    if (input.value.trim()) query.set('q', input.value.trim());
    for (const [key, value] of filters) query.append(key, value);
    if (sort.value === 'date') query.set('sort', 'date');
    return `${query}` && `?${query}`;
  }

  function toggle(key, value, wanted) {
    filters = without(filters, key, value);
    if (wanted) filters.push([key, value]);
    return update();
  }

  function button(text, act, attributes) {
    const made = el('button', { type: 'button', class: 'search-chip', ...attributes }, text);
    made.addEventListener('click', act);
    return made;
  }

  // Passages come from the page itself, once a result is in view: the first few at once, the others when the reader moves.
  const inView = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      inView.unobserve(target);
      excerpt(target).catch(() => {});
    }
  });
  const look = (item) => {
    item.dataset.read = true;
    if (words.size && !navigator.connection?.saveData) inView.observe(item);
  };
  const moved = () => [...list.children].filter((item) => !item.dataset.read).forEach(look);

  async function excerpt(item) {
    const [link, of] = [item.querySelector('a'), words];
    const found = passages(await sectionsOf(link.href), of, inDialog ? 2 : 3);
    if (found.length && of === words) showPassages(item, link.href, found);
  }

  function showPassages(item, url, found) {
    const list = el('ul', { class: 'search-passages' });
    for (const { anchor, heading, pieces } of found) {
      const to = new URL(url);
      to.hash = anchor;
      const link = heading ? [el('a', { href: to.href }, ...marked(heading, words))] : [];
      list.append(el('li', null, ...link, el('span', null, ...nodes(pieces))));
    }
    item.querySelector('ul')?.remove();
    if (found.some((passage) => passage.pieces.length)) item.querySelector('.search-text')?.remove();
    item.append(list);
  }

  async function add() {
    const turn = turns;
    const from = list.children.length;
    const rows = await (await ready()).rows(documents.slice(from, from + AT_ONCE));
    if (turn !== turns) return;
    for (const row of rows) {
      const url = site(row.url).href;
      const date = row.date && el('time', { datetime: row.date }, row.date);
      const item = el(
        'li',
        null,
        el('a', { class: 'search-title', href: url }, ...marked(row.title, words)),
        el('p', { class: 'search-meta' }, date, row.date && row.note ? ' · ' : '', row.note),
        row.summary && el('p', { class: 'search-text' }, ...marked(row.summary, words)),
      );
      list.append(item);
      const headings = passages(row.sections, words, 3);
      if (headings.length) showPassages(item, url, headings);
      if (from || list.children.length <= EXCERPTS) look(item);
    }
    more.hidden = list.children.length >= documents.length;
  }

  function say() {
    notes.replaceChildren();
    const note = (...children) => notes.append(el('p', null, ...children));
    for (const [typed, taken] of last.corrections) note(...filled(tell('nothing-has', 'Nothing has “{typed}”. Showing results for {taken}.'), { typed, taken: el('strong', null, taken) }));
    if (documents.length) {
      if (last.missing.length) note(`${tell('not-found', 'Not found anywhere:')} `, last.missing.join(', '));
      return;
    }
    note(tell('try-others', 'Try fewer or other words: a service, an error message, a cause.'));
    if (filters.length) {
      const off = ([key, value]) => button(`${labels.get(key + value) ?? value} ✕`, () => toggle(key, value, false));
      note(`${tell('take-off', 'Or take a filter off:')} `, ...filters.map(off));
    } else suggest(note).catch(fail);
  }

  // Where nothing is found: the most frequent causes, or whatever the first facet is.
  async function suggest(note) {
    const turn = turns;
    const from = await ready();
    const { facets } = await from.narrow((await from.match('')).matches, [], 'date', true);
    const facet = facets.find((facet) => facet.key === 'causes') ?? facets[0];
    if (turn !== turns || !facet?.values.length) return;
    const choose = ({ id, label }) =>
      button(label, () => {
        [input.value, filters] = ['', [[facet.key, id]]];
        update();
        input.focus();
      });
    note(`${facet.title}: `, ...facet.values.slice(0, 6).map(choose));
  }

  // Counts are fetched once the filters are open or in use.
  async function recount() {
    summary.textContent = tell('filters', 'Filters') + (filters.length ? ` (${filters.length})` : '');
    if (!last || !(filtering.open || filters.length)) return;
    const turn = turns;
    const { facets } = await (await ready()).narrow(last.matches, filters, sort.value, true);
    if (turn !== turns) return;
    count(facets);
    if (filters.length) say();
  }

  function count(found) {
    const active = facets.contains(document.activeElement) ? document.activeElement : {};
    let focus;
    facets.replaceChildren();
    for (const facet of found.filter((facet) => facet.values.length)) {
      const box = el('fieldset', null, el('legend', null, facet.title));
      const shown = facet.values.filter((value, i) => i < VALUES || value.chosen || expanded.has(facet.key));
      for (const one of shown) {
        labels.set(facet.key + one.id, one.label);
        const check = el('input', { type: 'checkbox', name: facet.key, value: one.id, checked: one.chosen });
        check.addEventListener('change', () => toggle(facet.key, one.id, check.checked));
        const times = el('span', { class: 'search-count' }, one.count.toLocaleString());
        box.append(el('label', null, check, el('span', null, one.label), ' ', times));
        if (active.name === facet.key && [one.id, 'more'].includes(active.value)) focus ??= check;
      }
      const left = facet.values.length - shown.length;
      if (left) box.append(button(tell('more', '{count} more').replace('{count}', left), () => count(found, expanded.add(facet.key)), { name: facet.key, value: 'more' }));
      facets.append(box);
    }
    if (filters.length) facets.append(button(tell('clear', 'Clear filters'), clear));
    focus?.focus();
  }

  function clear() {
    filters = [];
    summary.focus();
    return update();
  }

  async function update(again = true) {
    clearTimeout(timer);
    const turn = ++turns;
    if (area.dataset.search === '') history.replaceState(history.state, '', address() || location.pathname);
    if (inDialog) all.href = site('search/').href + address();
    try {
      if (!list.children.length) status.textContent = tell('loading', 'Loading…');
      const from = await ready();
      filters = filters.filter(([key]) => from.facets.includes(key));
      filtering.hidden = !from.facets.length;
      const answer = await from.match(input.value);
      const found = await from.narrow(answer.matches, filters, sort.value);
      if (turn !== turns) return;
      [last, words, documents] = [answer, answer.words, found.documents];
      list.replaceChildren();
      status.textContent = everything() ? tell('newest-first', 'Newest first') : documents.length ? number(documents.length, 'results', '{count} result', '{count} results') : tell('no-results', 'No results');
      sorting.hidden = !input.value.trim();
      await add();
      if (turn !== turns) return;
      say();
      await recount();
    } catch (error) {
      index = undefined;
      // A new version of the site may have been published meanwhile.
      if (again) return update(false);
      if (turn === turns) fail(error);
    }
  }

  function fail(error) {
    status.textContent = tell('not-available', 'Search is not available: it needs the site’s own server and a current browser.');
    console.error(error);
  }

  const all = el('a', { href: site('search/').href }, tell('all', 'All results'));
  if (inDialog) {
    const keys = [
      ['↑ ↓', tell('key-move', 'move')],
      ['Enter', tell('key-open', 'open')],
      ['Esc', tell('key-close', 'close')],
    ];
    const hints = keys.map(([key, does]) => el('span', null, el('kbd', null, key), ` ${does}`));
    area.append(el('p', { class: 'search-hints' }, ...hints, all));
  } else if (area.dataset.search === 'address') {
    // Where nothing is at the address, what it says is looked for.
    const said = location.pathname.replace(/\/(index\.html)?$/, '').split('/').pop();
    input.value = decodeURIComponent(said).replace(/\.\w+$/, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  } else {
    for (const [key, value] of new URLSearchParams(location.search)) {
      if (key === 'q') input.value = value;
      else if (key === 'sort') sort.value = value === 'date' ? 'date' : 'relevance';
      else filters.push([key, value]);
    }
  }
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(update, 100);
  });
  sort.addEventListener('change', () => update());
  filtering.addEventListener('toggle', () => recount().catch(fail));
  more.addEventListener('click', async () => {
    const next = list.children.length;
    await add().catch(fail);
    list.children[next]?.querySelector('a').focus();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await update();
    if (inDialog) list.querySelector('a')?.click();
  });
  for (const type of ['scroll', 'pointermove', 'focusin']) document.addEventListener(type, moved, { capture: true, passive: true });
  area.addEventListener('keydown', (event) => {
    if (inDialog && event.key === 'Escape') {
      event.preventDefault();
      return area.closest('dialog').close();
    }
    const stops = [input, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  });
  update();
  const instead = document.querySelector('[data-search-instead]');
  if (instead && !inDialog) instead.hidden = true;
  return input;
}

// ---- A list of incidents that its facets narrow. What is chosen stands in the address, so that it can be sent and gone back to. ----

let showNarrowed;

// Narrows the list in `area` to what the address says, or first to what `link`, one of its facets, leads to.
export function narrow(area, link) {
  showNarrowed ??= narrowing(area);
  return showNarrowed(link);
}

function narrowing(area) {
  const list = area.querySelector('[data-narrowed]');
  const groups = new Map();
  for (const group of area.querySelectorAll('[data-facet]')) {
    const terms = group.querySelector('ul');
    groups.set(group.dataset.facet, { terms, whole: [...terms.children] });
  }
  const whole = [...list.childNodes];
  const built = new Map([...list.querySelectorAll('.card')].map((card) => [card.querySelector('a').href, card]));
  const heading = el('h2', { class: 'results', tabindex: '-1', 'aria-live': 'polite' });
  const chips = el('p', { class: 'chosen' });
  const cards = el('ol', { class: 'cards', role: 'list' });
  const more = el('button', { type: 'button', class: 'tool' }, tell('show-more', 'Show more'));
  let [turns, documents] = [0, []];

  const chosen = () => [...new URLSearchParams(location.search)].filter(([key]) => groups.has(key));
  const address = (filters) => (filters.length ? `?${new URLSearchParams(filters)}` : location.pathname);

  // The facet of a link of the page as it was built, and its value: the address of its list says both.
  function facetOf({ href, pathname }) {
    const key = [...groups].find(([, { whole }]) => whole.some((item) => item.querySelector('a').href === href))?.[0];
    return [key, pathname.slice(site('').pathname.length).split('/').slice(1, -1).join('/')];
  }

  function go(filters) {
    history.pushState(null, '', address(filters));
    return show();
  }

  // As it stands in the list already, or else with what search knows of it.
  function card({ url, title, date, note, summary }) {
    const whole = built.get(site(url).href);
    if (whole) return whole.cloneNode(true);
    const facts = [date && el('time', { datetime: date }, date), note && el('span', { class: 'badge' }, note)].filter(Boolean);
    return el(
      'li',
      { class: 'card' },
      el('h3', null, el('a', { href: site(url).href }, title)),
      el('p', { class: 'card-facts' }, ...facts),
      summary && el('p', { class: 'card-summary' }, summary),
    );
  }

  async function add() {
    const turn = turns;
    const rows = await (await ready()).rows(documents.slice(cards.children.length, cards.children.length + 2 * AT_ONCE));
    if (turn !== turns) return;
    cards.append(...rows.map(card));
    more.hidden = cards.children.length >= documents.length;
  }

  function showFacets(facets, filters) {
    const active = document.activeElement?.dataset?.narrows;
    const labels = new Map();
    for (const { key, values } of facets.filter((facet) => groups.has(facet.key))) {
      for (const { id, label } of values) labels.set(`${key} ${id}`, label);
      const shown = values.filter((value, at) => value.chosen || at < groups.get(key).whole.length);
      const items = shown.map(({ id, label, count, chosen }) => {
        const to = chosen ? without(filters, key, id) : [...filters, [key, id]];
        const times = el('span', { class: 'count' }, count.toLocaleString());
        const current = chosen && 'true';
        return el('li', null, el('a', { href: address(to), 'data-narrows': `${key} ${id}`, 'aria-current': current }, el('span', null, label), ' ', times));
      });
      groups.get(key).terms.replaceChildren(...items);
    }
    if (active) area.querySelector(`[data-narrows="${CSS.escape(active)}"]`)?.focus();
    return labels;
  }

  async function show() {
    const turn = ++turns;
    const filters = chosen();
    if (!filters.length) {
      list.replaceChildren(...whole);
      for (const { terms, whole } of groups.values()) terms.replaceChildren(...whole);
      return;
    }
    const from = await ready();
    const found = await from.narrow((await from.match('')).matches, filters, 'date', true);
    if (turn !== turns) return;
    documents = found.documents;
    const labels = showFacets(found.facets, filters);
    const off = ([key, id]) =>
      el('a', { href: address(without(filters, key, id)), 'data-narrows': '' }, labels.get(`${key} ${id}`) ?? id);
    chips.replaceChildren(...filters.map(off));
    cards.replaceChildren();
    heading.textContent = documents.length ? number(documents.length, 'incidents', '{count} incident', '{count} incidents') : tell('nothing-has-all', 'Nothing has all of these. Take one of them away:');
    list.replaceChildren(heading, chips, cards, more);
    await add();
  }

  area.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-narrows]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const wasChip = chips.contains(link);
    go([...new URLSearchParams(link.search)]).then(() => wasChip && list.querySelector('h2').focus());
  });
  more.addEventListener('click', async () => {
    const next = cards.children.length;
    await add();
    cards.children[next]?.querySelector('a').focus();
  });
  addEventListener('popstate', () => show());
  return (link) => (link ? go([...chosen(), facetOf(link)]) : show());
}

let dialog, field;

// Opens the dialog over the page.
export async function openDialog() {
  await style();
  if (!dialog) {
    const close = el('button', { type: 'button', class: 'search-close', 'aria-label': tell('close', 'Close search') }, '✕');
    const area = el('div');
    dialog = el('dialog', { class: 'search-dialog', 'aria-label': tell('dialog', 'Search') }, el('div', { class: 'search-panel' }, close, area));
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => {
      const followed = event.target.closest?.('a') && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (event.target === dialog || followed) dialog.close();
    });
    document.body.append(dialog);
    field = mount(area, true);
  }
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
}
