"""The size of a context pack in tokens, apart from all that it takes to write one."""

from __future__ import annotations

DEFAULT_TOKENS = 8_000
FEWEST_TOKENS = 100  # the head of a pack has room in them
CHARACTERS_PER_TOKEN = 4
