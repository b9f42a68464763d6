// On every page: opens search (button, `/`, Ctrl-K) and switches the colour theme. Search itself is fetched when it is first opened.

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

const THEMES = ['auto', 'light', 'dark'];

function setTheme(theme, button) {
  if (theme === 'auto') delete html.dataset.theme;
  else html.dataset.theme = theme;
  const name = button.querySelector('[data-theme-name]') ?? button;
  name.textContent = `Theme: ${theme}`;
  try {
    localStorage.setItem('afterword-theme', theme);
  } catch {
    // Storage may be forbidden; the choice then holds for this page.
  }
}

document.addEventListener('click', (event) => {
  const target = event.target.closest?.('[data-search-open], [data-theme-toggle]');
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (target.matches('[data-search-open]')) openSearch();
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

const area = document.querySelector('[data-search]');
if (area) search().then((module) => module.mount(area));
