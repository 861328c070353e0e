"""The whole log: what leads from one note to another, and what follows from that."""
