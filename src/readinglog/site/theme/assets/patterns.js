// Patterns that Python writes into the data: they are for a whole text, and case does not count.

/**
 * Return a pattern as a regular expression.
 * @param {string} pattern
 */
export const compilePattern = (pattern) => new RegExp(`^(?:${pattern})$`, "is");
