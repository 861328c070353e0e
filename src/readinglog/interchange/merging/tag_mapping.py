"""From the keywords of a source to the tags of a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from readinglog.citations.draft import clean_line
from readinglog.interchange.merging.field_merge import to_items
from readinglog.interchange.merging.import_base import ImportBase
from readinglog.model.slugs import fold, to_slug
from readinglog.model.text import Source, apply_edits, with_bom
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.model.yaml_values import to_yaml
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.vocabulary import parse_vocabulary
from readinglog.refactor.vocabulary_edits import add_entries

_LONGEST = 60  # characters of a keyword that can be a tag


def clean_keyword(keyword: str) -> str:
    """Return a keyword as the text of a tag."""
    return clean_line(keyword).strip().lstrip("#").strip(" /")


def find_adopted_keywords(base: ImportBase, notebook: Notebook) -> frozenset[str]:
    """Return the folded keywords that became tags of notes in the last import; those of notes that
    are not in the log any more do not count.
    """
    former = (name for note in notebook.notes for name in note.former_names)
    present = {*notebook.names.by_name, *map(fold, former)}
    adopted = set()
    for item in base.items.values():
        tags = item.fields.get("tags")
        if tags is None or not tags.written or fold(item.note) not in present:
            continue
        written = set(map(fold, to_items(tags.written)))
        for text in map(clean_keyword, to_items(tags.source)):
            name = text.rpartition("/")[2]
            if not written.isdisjoint((fold(text), make_tag_key(name), make_tag_key(text))):
                adopted.add(fold(text))
    return frozenset(adopted)


def make_tag_key(name: str) -> str:
    """Return the key of a tag in the vocabulary."""
    return to_slug(name).replace("/", "-")


class TagMapping:
    """Finds the tags that keywords mean; with `adds_tags`, new ones come into the vocabulary.

    `unknown` counts the keywords that are no tags, `removed` those of `adopted`, which were tags
    once and are not any more: somebody has taken them out, so that they do not come back.
    """

    def __init__(
        self, vocabulary: Vocabulary, adopted: Collection[str] = (), *, adds_tags: bool
    ) -> None:
        """`adopted` has folded keywords that became tags in an earlier import."""
        self.unknown: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()
        self._adopted = adopted
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
        text = clean_keyword(keyword)
        if not text or len(text) > _LONGEST:
            self.unknown[text[:_LONGEST]] += bool(text)
            return None
        if tag := self._look_up(text):
            return tag if self._vocabulary.is_closed else Tag(text, text)
        if fold(text) in self._adopted:
            self.removed[text] += 1
            return None
        if not self._vocabulary.is_closed:
            return Tag(text, text)
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
        key = make_tag_key(name)
        if parent and (self._look_up(name) or self._look_up(key)):
            name, key = path, make_tag_key(path)  # another tag has the name alone
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
        entries = {to_yaml(key): _list_parts(tag) for key, tag in self.added.items()}
        whole = apply_edits(source.text, add_entries(source.text, entries))
        return parse_vocabulary(Source(source.path, with_bom(source, whole).encode()))


def _list_parts(tag: Tag) -> dict[str, str]:
    name = {"name": tag.name}
    return name | {"parent": tag.parent} if tag.parent else name
