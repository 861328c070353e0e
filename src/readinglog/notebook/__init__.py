"""The whole log: its names, links, tags and published notes, and what follows from them."""
