"""Callouts, as Obsidian, GitHub and Material write them."""

from __future__ import annotations

from typing import NamedTuple

from readinglog.parsing.block_tree import Block

_KINDS = "note abstract info tip success question warning failure danger bug example quote".split()
_ALIASES = {
    "summary": "abstract",
    "tldr": "abstract",
    "todo": "info",
    "hint": "tip",
    "important": "tip",
    "check": "success",
    "done": "success",
    "help": "question",
    "faq": "question",
    "caution": "warning",
    "attention": "warning",
    "fail": "failure",
    "missing": "failure",
    "error": "danger",
    "snippet": "example",
    "cite": "quote",
}
KINDS = (*_KINDS, *_ALIASES)


class Callout(NamedTuple):
    """How a callout is shown: the classes of its kind, its title where it names none, and whether
    it can be folded: '' where not, '-' folded, '+' open.
    """

    classes: str
    title: str
    fold: str


def read_callout(block: Block) -> Callout | None:
    """Return what a quote or an admonition says of itself, or None where a quote is only that.

    An admonition whose title is empty has none.
    """
    if not block.detail:
        return None
    fold = block.detail[0] if block.detail[0] in "+-" else ""
    name, *more = block.detail.removeprefix(fold).split()
    kind = _ALIASES.get(name.lower(), name.lower())
    is_untitled = block.kind == "admonition" and _has_empty_title(block)
    title = "" if is_untitled else name.replace("-", " ").capitalize()
    return Callout(" ".join([kind if kind in _KINDS else "note", *more]), title, fold)


def _has_empty_title(block: Block) -> bool:
    first = block.children[0] if block.children else None
    if first is None or first.kind != "title":
        return False
    return first.rows[0].start == first.rows[0].end
