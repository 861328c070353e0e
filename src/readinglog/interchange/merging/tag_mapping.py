"""From the keywords of a source to the tags of a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from readinglog.citations.draft import clean_line
from readinglog.model.slugs import fold, to_slug
from readinglog.model.text import Source, with_bom
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.model.yaml_values import to_yaml
from readinglog.parsing.vocabulary import parse_vocabulary

_LONGEST = 60  # characters of a keyword that can be a tag


class TagMapping:
    """Finds the tags that keywords mean; with `adds_tags`, new ones come into the vocabulary.

    `unknown` counts the keywords that are no tags.
    """

    def __init__(self, vocabulary: Vocabulary, *, adds_tags: bool) -> None:
        self.unknown: Counter[str] = Counter()
        self.added: dict[str, Tag] = {}
        self._vocabulary = vocabulary
        self._adds_tags = adds_tags and not vocabulary.diagnostics
        self._added_words: dict[str, Tag] = {}

    def map_keywords(self, keywords: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of the tags, each once, without those that are above another."""
        tags = [tag for keyword in keywords if (tag := self._find(keyword))]
        above = {parent for tag in tags for parent in self._list_parents(tag)}
        return tuple(dict.fromkeys(tag.key for tag in tags if tag.key not in above))

    def _find(self, keyword: str) -> Tag | None:
        text = clean_line(keyword).strip().lstrip("#").strip(" /")
        if not text or len(text) > _LONGEST:
            self.unknown[text[:_LONGEST]] += bool(text)
            return None
        if not self._vocabulary.is_closed:
            return Tag(text, text)
        if tag := self._look_up(text):
            return tag
        if self._adds_tags:
            return self._add(text)
        self.unknown[text] += 1
        return None

    def _look_up(self, text: str) -> Tag | None:
        """Return the tag that a keyword means by name, or by the way to it: `vision/detection`."""
        if tag := self._vocabulary.find(text) or self._added_words.get(fold(text)):
            return tag
        above, _, name = text.rpartition("/")
        if not above:
            return None
        parent, tag = self._look_up(above), self._look_up(name)
        return tag if parent and tag and tag.parent == parent.key else None

    def _add(self, path: str) -> Tag | None:
        """Add a tag, and those above it that `path` names."""
        above, _, name = path.rpartition("/")
        parent = self._find(above) if above else None
        key = to_slug(name).replace("/", "-")
        if parent and (self._look_up(name) or self._look_up(key)):
            name, key = path, to_slug(path).replace("/", "-")  # another tag has the name alone
        if key == "-" or self._look_up(name) or self._look_up(key):
            self.unknown[path] += 1
            return None
        tag = Tag(key, name, parent=parent.key if parent else None)
        self.added[key] = tag
        for word in (key, name, path):
            self._added_words.setdefault(fold(word), tag)
        return tag

    def _list_parents(self, tag: Tag) -> Iterator[str]:
        while tag.parent is not None:
            yield tag.parent
            above = self.added.get(tag.parent) or self._vocabulary.tags.get(tag.parent)
            if above is None:
                return
            tag = above

    def make_vocabulary(self) -> Vocabulary | None:
        """Return the vocabulary with the tags that were added, None for one of the notes alone."""
        source = self._vocabulary.source
        if source is None or not self.added:
            return self._vocabulary if source else None
        text = source.text.rstrip("\n")
        entries = "\n".join(map(_format_entry, self.added.values()))
        whole = f"{text}\n\n{entries}\n" if text else f"{entries}\n"
        return parse_vocabulary(Source(source.path, with_bom(source, whole).encode()))


def _format_entry(tag: Tag) -> str:
    lines = [f"{to_yaml(tag.key)}:", f"  name: {to_yaml(tag.name)}"]
    if tag.parent:
        lines.append(f"  parent: {to_yaml(tag.parent)}")
    return "\n".join(lines)
