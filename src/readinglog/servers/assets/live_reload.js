// Reloads a page of `readinglog serve` when the server has other bytes for it. Only a page that is
// seen holds a connection, for a browser allows few of them to a host.

{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const address = /** @type {string} */ (script.dataset.changes);
  /** @type {EventSource | undefined} */
  let source;

  const listen = () => {
    source?.close();
    source = undefined;
    if (document.visibilityState !== "visible") return;
    source = new EventSource(address);
    source.addEventListener("change", () => location.reload());
  };

  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", listen);
  addEventListener("pagehide", () => source?.close());
}
