"""Tags: their names, which is below which, and what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, cycle
from types import MappingProxyType
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.digraph import find_cycle
from readinglog.model.fuzzy_index import FuzzyIndex
from readinglog.model.slugs import fold, make_unique, to_slug
from readinglog.model.text import Source
from readinglog.model.yaml_values import Scalar

# By which settings give colours to root tags.
HUE_NAMES = (
    *("red", "purple", "green", "blue", "maroon", "amber", "plum", "grass"),
    *("violet", "clay", "navy", "indigo", "mauve", "ochre", "orchid", "crimson"),
    *("slate", "mulberry", "teal", "moss", "olive", "amethyst", "fuchsia", "rose"),
)
HUE_COUNT = len(HUE_NAMES)


class Tag(NamedTuple):
    """One tag: `key` names it in the vocabulary, `name` is what is shown, `parent` another key."""

    key: str
    name: str
    summary: str = ""
    aliases: tuple[Scalar, ...] = ()
    parent: str | None = None


class Vocabulary:
    """All tags of a log: closed if they come from `tags.yml`, open if from the notes themselves.

    `diagnostics` is what is wrong in `tags.yml`, each with its rule and file.
    """

    def __init__(
        self,
        tags: Iterable[Tag] = (),
        source: Source | None = None,
        diagnostics: Iterable[Diagnostic] = (),
        colours: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.tags = {tag.key: tag for tag in tags}
        self.source = source
        self.diagnostics = tuple(diagnostics)
        self._colours = colours

    def with_colours(self, colours: Mapping[str, int]) -> Vocabulary:
        """Return this vocabulary with the numbers of the colours that root tags are to have."""
        if colours == self._colours:
            return self
        return Vocabulary(self.tags.values(), self.source, self.diagnostics, colours)

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> Vocabulary:
        """Return the open vocabulary of tags as notes write them.

        `a/b` is below `a`; the commonest spelling is the name.
        """
        spelled: dict[str, dict[str, int]] = {}
        for text in texts:
            parts = text.strip().lstrip("#").split("/")
            for depth, part in enumerate(parts, 1):
                counts = spelled.setdefault(fold("/".join(parts[:depth])), {})
                counts[part] = counts.get(part, 0) + 1
        # By frequency, since one more note changes little of this order.
        frequent = sorted(spelled, key=lambda key: (-sum(spelled[key].values()), key))
        names = {
            key: min(spelled[key], key=lambda name: (-spelled[key][name], name)) for key in frequent
        }
        return cls(
            Tag(key, name, parent=key.rpartition("/")[0] or None) for key, name in names.items()
        )

    @property
    def is_closed(self) -> bool:
        """Whether only the tags that are here may be used."""
        return self.source is not None

    @cached_property
    def by_fold(self) -> dict[str, Tag]:
        """Tags by all that they may be called, folded."""
        found: dict[str, Tag] = {}
        for tag in self.tags.values():
            path = "/".join(step.key for step in self.get_path(tag))
            aliases = (alias.text for alias in tag.aliases)
            for word in (tag.key, tag.name, path, *aliases):
                found.setdefault(fold(word), tag)
        return found | {fold(tag.key): tag for tag in self.tags.values()}

    @cached_property
    def slugs(self) -> dict[str, str]:
        """The address of each tag, by key; different tags never share one."""
        taken: dict[str, int] = {}
        return {key: make_unique(to_slug(key), taken) for key in sorted(self.tags)}

    @cached_property
    def _parents(self) -> dict[str, str]:
        """The parent of each tag that has one; a tag that is below itself has none."""
        above = {
            tag.key: [tag.parent]
            for tag in self.tags.values()
            if tag.parent is not None and tag.parent in self.tags
        }
        return {key: parent for key, [parent] in above.items() if not find_cycle(above, key)}

    @cached_property
    def _children(self) -> dict[str | None, list[Tag]]:
        below: dict[str | None, list[Tag]] = {}
        for tag in self.tags.values():
            below.setdefault(self._parents.get(tag.key), []).append(tag)
        return below

    def find(self, text: str) -> Tag | None:
        """Return the tag that `text` names by key, name, alias or path, in any case, or None."""
        return self.by_fold.get(fold(text.strip().lstrip("#")))

    def suggestion(self, text: str) -> Tag | None:
        """Return the tag that `text` may mean, or None."""
        word = self._names.find_nearest(text.strip().lstrip("#"))
        return self.by_fold[word] if word else None

    @cached_property
    def _names(self) -> FuzzyIndex:
        return FuzzyIndex(self.by_fold)

    def list_children(self, tag: Tag | None) -> list[Tag]:
        """Return the tags right below `tag`, or the roots for None."""
        return self._children.get(tag.key if tag else None, [])

    def get_hue(self, tag: Tag) -> int:
        """Return the number of the colour of `tag`'s root, from 1 to `HUE_COUNT`.

        Roots to which the settings give no colour get those that are left, in order; where there
        are more roots than colours, the colours come again.
        """
        return self._hues[self.get_path(tag)[0].key]

    @cached_property
    def _hues(self) -> dict[str, int]:
        roots = self.list_children(None)
        given = {fold(tag): number for tag, number in self._colours.items()}
        chosen = {
            root.key: given[name]
            for root in roots
            for name in (fold(root.key), fold(root.name))
            if name in given
        }
        numbers = range(1, HUE_COUNT + 1)
        free = (number for number in numbers if number not in chosen.values())
        others = [root.key for root in roots if root.key not in chosen]
        return chosen | dict(zip(others, chain(free, cycle(numbers)), strict=False))

    def get_path(self, tag: Tag) -> list[Tag]:
        """Return the tags from the root to `tag`."""
        steps = [tag]
        while parent := self._parents.get(steps[-1].key):
            steps.append(self.tags[parent])
        return steps[::-1]

    def list_subtree(self, tag: Tag) -> Iterator[Tag]:
        """Yield `tag` and every tag below it, depth first."""
        stack = [tag]
        while stack:
            tag = stack.pop()
            yield tag
            stack += reversed(self.list_children(tag))
