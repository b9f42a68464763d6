// On reading paths: ticks for what has been read, by the names of incidents, so that they hold on every path. They are kept in this browser.

const path = document.querySelector('[data-path]');
const key = `afterword-read:${new URL(document.documentElement.dataset.root, location.href).pathname}`;
const ticks = [...path.querySelectorAll('[data-tick]')];

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? '[]'));
  } catch {
    return new Set();
  }
}

function show(done) {
  for (const tick of ticks) tick.checked = done.has(tick.dataset.tick);
  const count = ticks.filter((tick) => tick.checked).length;
  const progress = path.querySelector('[data-progress]');
  if (!progress) return;
  progress.hidden = false;
  progress.querySelector('[data-count]').value = count;
  path.querySelector('[data-done]').hidden = count < ticks.length;
}

path.addEventListener('change', (event) => {
  const name = event.target.dataset.tick;
  if (!name) return;
  const done = read();
  if (event.target.checked) done.add(name);
  else done.delete(name);
  try {
    localStorage.setItem(key, JSON.stringify([...done]));
  } catch {
    // Storage may be forbidden; the ticks then hold for this page.
  }
  show(done);
});

for (const tick of ticks) tick.closest('.tick').hidden = false;
show(read());
addEventListener('pageshow', () => show(read()));
