// Runs before the first paint, so a chosen theme never flashes the other one. The same key is written by theme.ts.
{
  const theme = localStorage.getItem('mantel.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
}
