// Before the first paint, and from a file of its own: the page allows no inline scripts.
try {
  const theme = localStorage.getItem('hearth:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's preference holds.
}
