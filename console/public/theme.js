// Runs before the first paint, so that a dark page never flashes white. A file of its own, because
// a content security policy may refuse inline scripts.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('millrace.theme');
  } catch {
    chosen = null;
  }
  var dark =
    chosen === 'dark' ||
    (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
