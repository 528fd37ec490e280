// Before the first paint, so that a dark page does not flash white.
(function () {
  const chosen = localStorage.getItem('pupil.theme') || 'auto';
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
