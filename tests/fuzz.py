"""Read texts at random for SECONDS; print the seed, and each text that raises or takes too long.

`python tests/fuzz.py [SECONDS [SEED]]`, or `make fuzz`.
"""

from __future__ import annotations

import secrets
import sys

from support.fuzzing import TARGETS, fuzz, shorten


def main() -> int:
    """Return the exit status: 1 where something is wrong."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbelow(1 << 32)
    print(f"seed {seed}, {seconds:g} s", flush=True)
    failures = fuzz(seed, seconds)
    for name, what, text in failures:
        shown = text if " s for " in what else shorten(TARGETS[name], text)
        print(f"\n{name}: {what}\n{shown!r}")
    print(f"{len(failures)} texts failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
