"""What the form knows: the fields, patterns and words of the check, the tags, and the works that are in the log."""

from __future__ import annotations

from readinglog.citations import draft
from readinglog.model import formats, identifiers
from readinglog.model.html_policy import ID_PREFIX
from readinglog.model.messages import FIRST_LOG, FIRST_YEAR, MESSAGES, QUOTED_LENGTH
from readinglog.model.schema import FIELDS, RELATIONS, WORK_FIELDS, FieldType
from readinglog.model.slugs import KEBAB, LETTERS, RESERVED
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Site


def terms(notebook: Notebook, site: Site) -> dict[str, object]:
    """Everything that the form needs but the works; patterns are for the whole text, case ignored."""
    vocabulary = notebook.vocabulary
    weights = {rule.name: rule.severity for rule in site.manual}
    return {
        "fields": {name: _field(known) for name, known in FIELDS.items()},
        "works": WORK_FIELDS,
        "relations": RELATIONS,
        "sayings": {
            key: {**saying._asdict(), "severity": weights.get(saying.rule, "error")}
            for key, saying in MESSAGES.items()
        },
        "shown": QUOTED_LENGTH,
        "first": {"year": FIRST_YEAR, "log": FIRST_LOG},
        "names": {
            "kebab": KEBAB.pattern.removesuffix(r"\Z"),
            "letters": LETTERS,
            "reserved": sorted(RESERVED),
            "limit": draft.NAME_LIMIT,
        },
        "text": {
            "plain": formats.PLAIN,
            "bare": draft.BARE,
            "unshown": draft.UNSHOWN,
            "words": formats.WORDS_OF_YAML,
            "controls": draft.CONTROLS,
            "placeholder": formats.PLACEHOLDER,
            "body": draft.BODY,
        },
        "work": {
            "arxiv": identifiers.ARXIV,
            "doi": identifiers.DOI,
            "address": identifiers.ADDRESS,
            "tracking": identifiers.TRACKING,
        },
        "closed": vocabulary.is_closed,
        "tags": [_tag(tag, vocabulary) for tag in vocabulary.tags.values()],
        "new": site.new,
        "prefix": ID_PREFIX,
    }


def _field(known: FieldType) -> dict[str, object]:
    form = known.format
    slips = [slip._asdict() for slip in form.slips]
    told = {
        "many": known.many,
        "needed": known.needed,
        "topics": known.on_topics,
        "format": {**form._asdict(), "slips": slips},
    }
    return {key: value for key, value in told.items() if value}


def _tag(tag: Tag, vocabulary: Vocabulary) -> list[object]:
    """Key, name, aliases and the keys above it."""
    return [
        tag.key,
        tag.name,
        [alias.text for alias in tag.aliases],
        [step.key for step in vocabulary.path(tag)[:-1]],
        vocabulary.hue(tag),
    ]


def works(notebook: Notebook) -> list[list[object]]:
    """Of every published note: name, title, other names, former names, the keys of its work, and its path without the suffix."""
    return [
        [
            note.name,
            note.title,
            note.texts("aliases"),
            notebook.publication.former_names(note),
            [] if note.is_hub else sorted(notebook.names.work_keys[note]),
            note.path.rpartition(".")[0],
        ]
        for note in notebook.published
    ]
