// Addresses as they are read, and what stands at them.

/** An address without its percent signs, or as it is where these stand for no text. */
export function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The JSON at an address; an error where there is none. */
export async function fetched(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer.json();
}
