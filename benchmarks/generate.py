"""Makes a folder of notes that look like real ones: 5 kB each, linked, tagged, with code and formulas. Same seed, same notes."""

from __future__ import annotations

import random
import sys
from pathlib import Path

WORDS = (
    "attention expert router token gradient kernel tile warp register layout noise velocity score guidance latent prompt reward "
    "policy rubric teacher student logit entropy loss batch cache memory bandwidth precision format rounding schedule sampler solver "
    "flow path model layer residual stream depth width sparse dense balance auxiliary bias update shared routed capacity factor"
).split()
TAGS = [f"tag-{number}" for number in range(60)]
AUTHORS = [
    f"{first} {last}"
    for first in ("Ada", "Bo", "Chi", "Dan", "Eve", "Fei")
    for last in ("Adams", "Bell", "Chen", "Diaz", "Engel", "Fox", "Gupta")
]


def sentence(rng: random.Random) -> str:
    """A sentence of eight to twenty words."""
    return " ".join(rng.choices(WORDS, k=rng.randint(8, 20))).capitalize() + "."


def paragraph(rng: random.Random, count: int, number: int, link: str) -> str:
    """Some sentences, in the middle of them a link."""
    before = " ".join(sentence(rng) for _ in range(rng.randint(1, 3)))
    target = f"note-{rng.randrange(count)}" if count > 1 else f"note-{number}"
    return f"{before} See {link.format(target=target)} for `{rng.choice(WORDS)}` and $x_{{{number % 9}}}^2$. {sentence(rng)}"


def note(number: int, count: int, link: str = "[[{target}]]", size: int = 5_000) -> str:
    """One note of about `size` characters; `link` is how a link is written."""
    rng = random.Random(number)  # noqa: S311
    tags = ", ".join(rng.sample(TAGS, 3))
    authors = ", ".join(rng.sample(AUTHORS, 3))
    head = f"""---
title: "{sentence(rng)[:60].strip(".")} {number}"
kind: paper
authors: [{authors}]
published: {rng.randint(2012, 2026)}-0{rng.randint(1, 9)}
date: 2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}
url: https://example.org/works/{number}
venue: A workshop
tags: [{tags}]
summary: "{sentence(rng)[:150]}"
---
"""
    parts, length, section = [head], 0, 0
    while length < size - len(head):
        kind = rng.random()
        if kind < 0.12:
            section += 1
            text = f"## Section {section} on {rng.choice(WORDS)}"
        elif kind < 0.18:
            text = f"```python\ndef f(x):\n    return x ** {number % 7}  # {sentence(rng)}\n```"
        elif kind < 0.26:
            text = "\n".join(f"- {sentence(rng)}" for _ in range(3))
        elif kind < 0.3:
            text = f"$$\n\\mathcal{{L}} = \\sum_{{i=1}}^{{{number % 5 + 2}}} \\frac{{p_i}}{{q_i}}\n$$"
        else:
            text = paragraph(rng, count, number, link)
        parts.append(text)
        length += len(text) + 2
    return "\n\n".join(parts) + "\n"


def write(folder: Path, count: int, link: str = "[[{target}]]") -> None:
    """Write `count` notes into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"note-{number}.md").write_text(note(number, count, link), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
