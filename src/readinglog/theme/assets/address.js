// Addresses as they are read.

/** An address without its percent signs, or as it is where these stand for no text. */
export function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
