"""Terms of the log at hand, which messages show as examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from readinglog.model.field import Field, SearchWords
from readinglog.model.yaml_values import to_yaml
from readinglog.notebook.notebook import Notebook
from readinglog.search.language import COMMON_WORDS, Name, SearchLanguage, make_language
from readinglog.search.query import Filter
from readinglog.search.words import split_words

_LONGEST = 40  # characters of an example
_SHORTEST_WORD = 4  # letters of a word of a title
_LANGUAGES: WeakKeyDictionary[Notebook, SearchLanguage] = WeakKeyDictionary()


def make_log_language(notebook: Notebook) -> SearchLanguage:
    """Return the query language of a log, with its own names as examples."""
    if notebook not in _LANGUAGES:
        _LANGUAGES[notebook] = make_language(notebook.schema, dict(_list_examples(notebook)))
    return _LANGUAGES[notebook]


def make_required_example(field: Field, notebook: Notebook) -> str:
    """Return how a required field is written, a list of tags with a tag of the log."""
    if field.type.completes_from != "tags":
        return field.required_example
    known = make_log_language(notebook).fields["tag"]
    tag = known.example.partition(":")[2].strip('"') if isinstance(known, Name) else ""
    return f"{field.name}: [{to_yaml(tag)}]"


def _list_examples(notebook: Notebook) -> Iterator[tuple[str, str]]:
    """Yield fields of a query, each with a term that has the commonest of its names."""
    notes = notebook.published
    tags = Counter(tag.key for note in notes for tag in notebook.tags.get_tags(note))
    words = Counter(
        word
        for note in notes
        for word in split_words(note.title)
        if len(word) >= _SHORTEST_WORD and word.isalpha() and word not in COMMON_WORDS
    )
    named = [("tag", tags), ("title", words), ("links", _count_links(notebook))]
    for field in notebook.schema.fields.values():
        if isinstance(field.search, SearchWords):
            found = (text for note in notes for text in set(note.list_texts(field.name)))
            named.append((field.search.name, Counter(found)))
    for name, counts in named:
        fitting = (text for text, _ in _sort_by_count(counts) if _is_short(text))
        if text := next(fitting, ""):
            yield name, str(Filter(name, text))


def _count_links(notebook: Notebook) -> Counter[str]:
    """Return how many links lead to each published note, by name."""
    backlinks = notebook.graph.backlinks
    return Counter({note.page_name: len(backlinks.get(note, ())) for note in notebook.published})


def _sort_by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and '"' not in text
