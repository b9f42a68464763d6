// The schemas of what people write, against what people write: the settings and front matter of this repository, and every example of the guide.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = join(project, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'afterword');

function schema(of, folder = project) {
  const asked = spawnSync(program, ['schema', of, '-C', folder], { encoding: 'utf8' });
  assert.equal(asked.status, 0, asked.stderr);
  return addFormats(new Ajv({ strict: false, allErrors: true })).compile(JSON.parse(asked.stdout));
}

const said = (validate) => validate.errors?.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);

test('settings: of this repository, and every example of the guide', () => {
  const validate = schema('config');
  const guide = readFileSync(join(project, 'content', 'guide', 'settings.md'), 'utf8');
  const examples = [...guide.matchAll(/^```toml\n(.*?)^```/gms)].map((found) => found[1]);
  assert.ok(examples.length > 15, `${examples.length}`);
  // Each example alone: they are of different sites, so what one of them names another need not know.
  const vocabulary = /must be equal to one of the allowed values/;
  for (const text of examples) {
    validate(parseToml(text));
    assert.deepEqual((said(validate) ?? []).filter((error) => !vocabulary.test(error)), [], text);
  }
  assert.ok(validate(parseToml(readFileSync(join(project, 'site.toml'), 'utf8'))), said(validate)?.join('\n'));
});

test('settings that are wrong are refused', () => {
  const validate = schema('config');
  const wrong = [
    "[site]\ntitel = 'x'",
    '[site]\nrules = "yes"',
    "[site]\nhistory = 'all'",
    "[rules]\nbroken-link = 'loud'",
    "[rules]\nbroken-lnk = 'off'",
    "[[nav]]\ntitle = 'A'",
    "[theme]\naccent = 'teal'",
    "[[training.of_the_month]]\nmonth = 'May'\nincident = 'A'\nwhy = 'B'",
    '[metrics]\nrecurrence_months = -1',
    "[profiles.outage]\nrequired = ['sumary']",
  ];
  assert.deepEqual(wrong.filter((text) => validate(parseToml(text))), []);
});

test('front matter: of every postmortem of this repository', () => {
  const validate = schema('postmortem');
  const folder = join(project, 'content', 'postmortems');
  const files = readdirSync(folder).map((name) => (statSync(join(folder, name)).isDirectory() ? join(folder, name, 'index.md') : join(folder, name)));
  assert.ok(files.length >= 19);
  for (const file of files) {
    const [, text] = readFileSync(file, 'utf8').split(/^---$/m);
    // As JSON a date is a text.
    assert.ok(validate(JSON.parse(JSON.stringify(parseYaml(text)))), `${file}: ${said(validate)?.join('\n')}`);
  }
  assert.ok(!validate({ title: 'A', severity: 'sev9', draft: 'yes' }));
  assert.deepEqual(validate.errors.map((error) => error.instancePath).sort(), ['/draft', '/severity']);
});
