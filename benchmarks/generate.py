"""Makes a folder of notes that look like real ones: 5 kB each, linked, tagged, with code and
formulas.

Same seed, same notes.
"""

from __future__ import annotations

import random
import sys
from functools import cache
from itertools import accumulate
from pathlib import Path

WORDS = (
    "attention expert router token gradient kernel tile warp register layout noise velocity score guidance latent prompt reward "
    "policy rubric teacher student logit entropy loss batch cache memory bandwidth precision format rounding schedule sampler solver "
    "flow path model layer residual stream depth width sparse dense balance auxiliary bias update shared routed capacity factor"
).split()
TOPIC = 10  # of these words stand in a note
TAGS = [f"tag-{number}" for number in range(60)]
AUTHORS = [
    f"{first} {last}"
    for first in "Ada Bo Chi Dan Eve Fei Gil Hana Ivo Jia Kai Lin Mei Nur Ola Pia Qi Rui Sam Tom Uma Vik Wei Xin Yan Zoe".split()
    for last in "Adams Bell Chen Diaz Engel Fox Gupta Hill Ito Jung Kim Lee Moss Nair Ono Park Quinn Rao Sato Tran Vos Xu Yang Zhu".split()
]


SYLLABLES = [consonant + vowel for consonant in "bcdfghklmnprstv" for vowel in "aeio"]
RARE = 20_000  # words that stand in few notes, by Zipf's law


@cache
def rare_words() -> tuple[list[str], list[float]]:
    """Made-up words, and the running sum of how often each stands."""
    rng = random.Random(0)  # noqa: S311
    words = {"".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(2 * RARE)}
    return sorted(words)[:RARE], list(accumulate(1 / rank for rank in range(1, RARE + 1)))


def sentence(rng: random.Random, topic: list[str]) -> str:
    """A sentence of eight to twenty words, a third of them from a long tail of rare ones, the
    others from the note's topic.
    """
    words, shares = rare_words()
    length = rng.randint(8, 20)
    chosen = [
        *rng.choices(topic, k=length - length // 3),
        *rng.choices(words, cum_weights=shares, k=length // 3),
    ]
    rng.shuffle(chosen)
    return " ".join(chosen).capitalize() + "."


def paragraph(rng: random.Random, topic: list[str], count: int, number: int, link: str) -> str:
    """Some sentences, in the middle of them a link."""
    before = " ".join(sentence(rng, topic) for _ in range(rng.randint(1, 3)))
    target = f"note-{rng.randrange(count)}" if count > 1 else f"note-{number}"
    return f"{before} See {link.format(target=target)} for `{rng.choice(topic)}` and $x_{{{number % 9}}}^2$. {sentence(rng, topic)}"


def note(number: int, count: int, link: str = "[[{target}]]", size: int = 5_000) -> str:
    """One note of about `size` characters; `link` is how a link is written."""
    rng = random.Random(number)  # noqa: S311
    topic = rng.sample(WORDS, TOPIC)
    tags = ", ".join(rng.sample(TAGS, 3))
    authors = ", ".join(rng.sample(AUTHORS, 3))
    head = f"""---
title: "{sentence(rng, topic)[:60].strip(".")} {number}"
kind: paper
authors: [{authors}]
published: {rng.randint(2012, 2026)}-0{rng.randint(1, 9)}
date: 2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}
url: https://example.org/works/{number}
venue: A workshop
tags: [{tags}]
summary: "{sentence(rng, topic)[:150]}"
---
"""
    parts, length, section = [head], 0, 0
    while length < size - len(head):
        kind = rng.random()
        if kind < 0.12:
            section += 1
            text = f"## Section {section} on {rng.choice(topic)}"
        elif kind < 0.18:
            text = (
                f"```python\ndef f(x):\n    return x ** {number % 7}  # {sentence(rng, topic)}\n```"
            )
        elif kind < 0.26:
            text = "\n".join(f"- {sentence(rng, topic)}" for _ in range(3))
        elif kind < 0.3:
            text = (
                f"$$\n\\mathcal{{L}} = \\sum_{{i=1}}^{{{number % 5 + 2}}} \\frac{{p_i}}{{q_i}}\n$$"
            )
        else:
            text = paragraph(rng, topic, count, number, link)
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
