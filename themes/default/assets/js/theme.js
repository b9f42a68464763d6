// Sets the colour theme that the reader chose before anything is painted; without a choice the system's holds.
try {
  const theme = localStorage.getItem('afterword-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden.
}
