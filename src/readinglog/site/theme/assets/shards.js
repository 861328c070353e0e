// Entries in files by their sorted keys, as packing.py splits them.

/**
 * Return the number of the last of some sorted starts that is not after a key, or -1.
 * @template {string | number} Key
 * @param {Key[]} starts
 * @param {Key} key
 */
export function findShard(starts, key) {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
