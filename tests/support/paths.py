"""Where things are in this repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
SAMPLE = (
    CASES / "sample"
)  # a log about clocks, with its configuration: the one that the tests look at
