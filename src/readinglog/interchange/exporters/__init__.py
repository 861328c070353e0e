"""Works in the formats of other programs."""
