// On every page: opens search (button, `/`, Ctrl-K), narrows a list by its facets, switches the colour theme, copies the address of a heading and
// says what a time is where the reader is. Search itself is fetched when it is first needed.

const html = document.documentElement;
const search = () => import(new URL(html.dataset.searchModule, location.href));

function openSearch() {
  const field = document.querySelector('[data-search] input');
  if (field) return field.focus();
  const page = new URL('search/', new URL(html.dataset.root || './', location.href));
  search().then(
    (module) => module.openDialog(),
    () => location.assign(page),
  );
}

// The page brings what it says otherwise than in English.
const told = JSON.parse(document.querySelector('[data-words]')?.textContent ?? '{}');
const THEMES = ['auto', 'light', 'dark'];

function setTheme(theme, button) {
  if (theme === 'auto') delete html.dataset.theme;
  else html.dataset.theme = theme;
  const name = button.querySelector('[data-theme-name]') ?? button;
  name.textContent = told[`js-theme-${theme}`] ?? `Theme: ${theme}`;
  try {
    localStorage.setItem('afterword-theme', theme);
  } catch {
    // Storage may be forbidden; the choice then holds for this page.
  }
}

const list = document.querySelector('[data-narrow]');
const narrow = (link) =>
  search().then(
    (module) => module.narrow(list, link),
    () => link && location.assign(link.href),
  );

document.addEventListener('click', (event) => {
  const target = event.target.closest?.('[data-search-open], [data-theme-toggle], [data-narrow] [data-facet] li a, .anchor');
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.matches('.anchor')) {
    navigator.clipboard?.writeText(target.href).then(() => (target.dataset.copied = ''), () => {});
    return;
  }
  event.preventDefault();
  if (target.matches('[data-search-open]')) openSearch();
  else if (target.matches('[data-facet] a')) narrow(target);
  else setTheme(THEMES[(THEMES.indexOf(html.dataset.theme ?? 'auto') + 1) % 3], target);
});

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
  const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!html.dataset.searchModule || !(command || slash)) return;
  event.preventDefault();
  openSearch();
});

for (const button of document.querySelectorAll('[data-search-open], [data-theme-toggle]')) button.hidden = false;
for (const button of document.querySelectorAll('[data-theme-toggle]')) setTheme(html.dataset.theme ?? 'auto', button);

document.addEventListener('pointerover', ({ target }) => {
  if (target.matches?.('time[datetime*="T"]:not([title])')) {
    const format = { dateStyle: 'medium', timeStyle: 'long' };
    target.title = new Date(target.dateTime).toLocaleString(html.lang || undefined, format);
  }
});

if (list && location.search) narrow();
const area = document.querySelector('[data-search]');
if (area) search().then((module) => module.mount(area));
