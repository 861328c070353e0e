"""Runs of words, by which it is seen that a text was copied: `python tests/library/fingerprints.py
FACTS` writes those of a list of facts.

FACTS is YAML: a list of works with `name`, the name of the note, and `facts`, sentences. The facts
themselves are not kept here, only hashes of their runs of words, in `facts.txt` beside this: a line
a work, its name and then the hashes.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

RUN = 12  # words in a row that no two texts have by chance
FACTS = Path(__file__).with_name("facts.txt")
_MARKS = re.compile(
    r"\[\[[^\]|]*\||\]\([^)]*\)|\[\^[^\]]*\]|<[^>]*>|\$\$[^$]*\$\$|\$[^$\n]*\$"
)  # targets, footnotes, HTML tags, formulas


def split_into_runs(text: str) -> list[str]:
    """Return every run of `RUN` words in `text`, in lower case; marks, formulas and the targets of
    links do not count.
    """
    words = re.findall(r"[^\W_]+", _MARKS.sub(" ", text).lower())
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def fingerprint(run: str) -> str:
    return hashlib.blake2b(run.encode(), digest_size=5).hexdigest()


def load_fingerprints() -> Mapping[str, frozenset[str]]:
    """Return the fingerprints of the facts about each work, by the name of its note."""
    lines = (line.split() for line in FACTS.read_text(encoding="utf-8").splitlines())
    return {name: frozenset(found) for name, *found in lines}


def format_fingerprints(works: Iterable[Mapping[str, object]]) -> Iterable[str]:
    for work in works:
        facts = work["facts"]
        assert isinstance(facts, list)
        yield " ".join(
            (
                str(work["name"]),
                *sorted({fingerprint(run) for fact in facts for run in split_into_runs(fact)}),
            )
        )


if __name__ == "__main__":
    listed = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    FACTS.write_text("".join(f"{line}\n" for line in format_fingerprints(listed)), encoding="utf-8")
