// Patterns of the package, which are for a whole text, case ignored.

/** A pattern as a regular expression. */
export const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "is");
