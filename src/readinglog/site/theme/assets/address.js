// Addresses: decoding them, and fetching text and JSON from them.

/**
 * Return an address without percent-encoding, or as it is where the encoding is not valid UTF-8.
 * @param {string} address
 */
export function decodeAddress(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * Fetch JSON; throw where the server has none. The caller knows its shape.
 * @param {URL} url
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function fetchJson(url, options) {
  return JSON.parse(await fetchText(url, options));
}

/**
 * Fetch JSON that the build has compressed; throw where the server has none, or it is cut.
 * @param {URL} url
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function fetchPacked(url, options) {
  const packed = await (await fetchFile(url, options)).blob();
  return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

/**
 * Fetch text; throw where the server has none.
 * @param {URL} url
 * @param {RequestInit} [options]
 */
export async function fetchText(url, options) {
  return (await fetchFile(url, options)).text();
}

/**
 * @param {URL} url
 * @param {RequestInit} [options]
 */
async function fetchFile(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response;
}
