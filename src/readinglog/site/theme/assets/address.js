// Addresses: decoding them, and fetching files from them.

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
 * Fetch JSON that the build has compressed; throw where the server has none, or it is cut. The
 * caller knows its shape.
 * @param {URL} url
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function fetchPacked(url, options) {
  const { body } = await fetchFile(url, options);
  return new Response(body?.pipeThrough(new DecompressionStream("deflate"))).json();
}

/**
 * Fetch a file; throw where the server has none.
 * @param {URL} url
 * @param {RequestInit} [options]
 */
export async function fetchFile(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response;
}
