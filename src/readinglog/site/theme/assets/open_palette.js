// Opening the palette, which is loaded when it is first opened.

/**
 * Open the palette, or the search page where the palette cannot be loaded. Keys that are pressed
 * until it is there are kept for it.
 * @param {URL} root The address of the site.
 */
export async function openPalette(root) {
  let typed = "";
  const keep = (/** @type {KeyboardEvent} */ event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("keydown", keep, true);
  try {
    const { showPalette } = await import("./completion/palette.js");
    await showPalette(root, () => typed);
  } catch (error) {
    console.error(error);
    location.assign(new URL("search/", root));
  }
  removeEventListener("keydown", keep, true);
}
