"""The tree of blocks that a body is made of."""

from __future__ import annotations

from typing import NamedTuple

from readinglog.model.note import Region
from readinglog.parsing.regions import get_language

REGION_KINDS = frozenset({"fence", "code", "html", "comment"})  # of leaves that are one region


class Row(NamedTuple):
    """A line of a leaf without the marks and the indent of the containers that it is in.

    `pad` is how many columns of a tab before it belong to it.
    """

    start: int
    end: int
    pad: int = 0


class Block:
    """A container with `children`, or a leaf with `rows`.

    Containers: document · quote · list · item · footnote · admonition · tab · definitions ·
    definition. Leaves: paragraph · heading · rule · table · fence · code · html · comment · title
    · term.

    `start` and `end` span its lines, the marks of containers before the first one not counted.
    `level` is that of a heading, the number of a list's first item, or the indent of a fence.
    `detail` is the mark of a list, the info of a fence, the id of a footnote, the name of an
    element, and what follows the marks of an admonition or tab. `width` is how many columns what
    continues a container is indented by. `is_spaced` is true after a blank line. `regions` are
    those within a leaf.
    """

    __slots__ = (
        "children",
        "detail",
        "end",
        "is_spaced",
        "kind",
        "level",
        "regions",
        "rows",
        "start",
        "width",
    )

    def __init__(self, kind: str, start: int, *, is_spaced: bool = False) -> None:
        self.kind = kind
        self.start = self.end = start
        self.is_spaced = is_spaced
        self.children: list[Block] = []
        self.rows: list[Row] = []
        self.regions: list[Region] = []
        self.level = self.width = 0
        self.detail = ""

    def walk(self) -> list[Block]:
        """Return this block and all within it, in order."""
        found = [self]
        for child in self.children:
            if child.children:
                found += child.walk()
            else:
                found.append(child)
        return found

    def list_regions(self) -> list[Region]:
        """Return the regions of all leaves within this block, in order."""
        regions: list[Region] = []
        for block in self.walk():
            if block.kind in REGION_KINDS:
                regions.append(block.make_region())
            else:
                regions += block.regions
        return regions

    def make_region(self) -> Region:
        """Return the region that a leaf is."""
        kind = "display" if self.is_formula else self.kind
        return Region(kind, self.start, self.end, self.detail)

    @property
    def is_formula(self) -> bool:
        """Whether this is a fence that holds a formula."""
        return self.kind == "fence" and get_language(self.detail) == "math"

    @property
    def is_tight(self) -> bool:
        """Whether no blank line is between the items of a list, nor between the blocks of one."""
        if any(item.is_spaced for item in self.children[1:]):
            return False
        return not any(child.is_spaced for item in self.children for child in item.children[1:])
