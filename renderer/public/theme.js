// Runs before the first paint, so a chosen theme never flashes the other one. The same key is written by theme.ts.
{
  // a visitor's holds for the tab alone
  const theme = sessionStorage.getItem('mantel.theme') ?? localStorage.getItem('mantel.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
}
