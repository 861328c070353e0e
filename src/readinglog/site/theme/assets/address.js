// Addresses: decoding them and fetching JSON from them.

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
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response.json();
}
