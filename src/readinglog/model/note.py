"""A note: one work, as its author wrote it, with all that parsing finds in it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from readinglog.model.claim import Claim, InlineField
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.folded_words import list_folded_words
from readinglog.model.kinds import PAGE, Kind
from readinglog.model.note_fields import NoteFields
from readinglog.model.printable import remove_hidden
from readinglog.model.slugs import fold
from readinglog.model.text import Span, blank_out, compute_digest

# The kinds of files that a site publishes: none that a browser would run. To a wikilink, names of
# other kinds are no files.
IMAGE_SUFFIXES = frozenset("png apng jpg jpeg gif svg webp avif bmp ico".split())
SOUND_SUFFIXES = frozenset("mp3 wav ogg flac m4a opus".split())
VIDEO_SUFFIXES = frozenset("mp4 webm mov".split())
_DATA = frozenset("csv tsv json txt bib zip ipynb npz npy parquet canvas".split())
FILE_SUFFIXES = IMAGE_SUFFIXES | SOUND_SUFFIXES | VIDEO_SUFFIXES | _DATA | {"pdf"}
_SHOWN = frozenset({"math", "display", "html", "unsafe"})  # regions that are more than words
HOME = "index.md"  # without front matter, or with `kind: page`, no note
_LONGEST_NAME = 80  # letters of what lists and links call a note
_UNTITLED = "Untitled"  # where nothing can be seen of a name


class Heading(NamedTuple):
    """A heading of the body; `span` is that of its text without marks."""

    level: int
    text: str
    anchor: str
    span: Span
    block: Span


class Region(NamedTuple):
    """A part of the body that holds no links: code, math, a comment or raw HTML."""

    kind: str  # fence · code · span · math · display · comment · html · unsafe
    start: int
    end: int
    detail: str = ""  # a fence's info string, an element's name


def mask_text(
    text: str, body: Span, regions: Iterable[Region], claims: Iterable[Claim] = ()
) -> str:
    """Return `text` at equal length, with front matter and regions blanked out.

    Of the fields of claims, the brackets and names are, too: no link can begin there.
    """
    fields = (field for claim in claims for field in claim.fields)
    marks = (part for field in fields for part in field.list_marks())
    spans = (Span(region.start, region.end) for region in regions)
    return blank_out(text, sorted((Span(0, body.start), *spans, *marks)))


@lru_cache(maxsize=8)
def _mask_note(note: Note) -> str:
    return mask_text(note.text, note.body, note.regions, note.claims)


class Footnote(NamedTuple):
    """The mark of a footnote, `[^name]`: a use of it, or its definition."""

    name: str
    span: Span
    is_definition: bool


class Link(NamedTuple):
    """A link within the log: `[[target#heading|label]]`, `[label](target#heading)`, a reference, or
    the `href` or `src` of an element of HTML.

    `span` is the whole link, of HTML the attribute, `address_span` what a rewrite replaces. `label`
    and `heading` are None where there is none; `heading` is '' where nothing is behind the `#`.
    """

    kind: str  # wikilink · markdown · reference · html
    target: str
    heading: str | None
    label: str | None
    is_embed: bool
    span: Span
    address_span: Span

    @property
    def is_empty(self) -> bool:
        """Whether this has no address at all, as `[code]()`."""
        return not self.target and self.heading is None

    @property
    def is_file_link(self) -> bool:
        """Whether this means an image or other file, not a note."""
        suffix = self.target.rpartition(".")[2].lower()
        is_image = self.is_embed and self.kind != "wikilink"
        return suffix in FILE_SUFFIXES or (is_image and suffix != "md")


class ExternalLink(NamedTuple):
    """A link out of the log, or an `is_image` from outside of it."""

    url: str
    span: Span
    is_image: bool = False


class Outline(NamedTuple):
    """Digests of what the diagnostics of other notes may depend on: `targets` of all that their
    links may find in this note, `links` of what this note links to.
    """

    targets: bytes
    links: bytes


@dataclass(frozen=True, eq=False)
class Note(NoteFields):
    """A parsed note.

    `values` holds the fields that could be read, as the schema types them; `diagnostics` is what
    parsing finds wrong, each with its rule and file.
    """

    body: Span
    regions: tuple[Region, ...] = ()
    headings: tuple[Heading, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    links: tuple[Link, ...] = ()
    addresses: tuple[ExternalLink, ...] = ()
    blocks: Mapping[str, Span] = field(default_factory=dict)  # Obsidian's `^block` marks
    repeated_blocks: tuple[Span, ...] = ()  # marks of a name that another block has before
    claims: tuple[Claim, ...] = ()
    stray_fields: tuple[InlineField, ...] = ()  # of claims, which stand in none
    ids: frozenset[str] = frozenset()  # of elements of HTML
    diagnostics: tuple[Diagnostic, ...] = ()
    shared_name: str = ""  # what the address has in place of a name that other notes have too

    @cached_property
    def path(self) -> str:
        """POSIX path below the notes folder."""
        return self.source.path

    @cached_property
    def name(self) -> str:
        """The stem of the file's name."""
        return posixpath.splitext(posixpath.basename(self.path))[0]

    @cached_property
    def address(self) -> str:
        """The address of the page, relative to the site's root."""
        if self.is_home:
            return ""
        return f"{self.name}/" if self.is_page else f"notes/{self.page_name}/"

    @property
    def page_name(self) -> str:
        """What tells the note's page from all others: its name, with its folder where others share
        the name, as `assign_page_names` finds.
        """
        return self.shared_name or self.name

    @property
    def page_url(self) -> str:
        """The address of the page below the site's root."""
        return f"/{self.address}"

    @property
    def text(self) -> str:
        """The whole file."""
        return self.source.text

    @cached_property
    def region_kinds(self) -> frozenset[str]:
        """The kinds of the regions."""
        return frozenset(region.kind for region in self.regions)

    @property
    def masked(self) -> str:
        """The text without what holds no links, at equal length: see `mask_text`.

        It is made when it is asked for: that of all notes together would take much memory.
        """
        return _mask_note(self)

    @cached_property
    def title(self) -> str:
        """The title, else the first top heading, else the name."""
        tops = (found.text for found in self.headings if found.level == 1 and found.text)
        return self._text("title") or remove_hidden(next(tops, self.name)).strip() or _UNTITLED

    @property
    def short_title(self) -> str:
        """The title up to its colon, for where there is little room."""
        return shorten_title(self.title)

    @cached_property
    def short_name(self) -> str:
        """What lists and links call the note: the title up to its colon, or the first alias where
        that is shorter; of a very long one the beginning.
        """
        aliases = self.texts("aliases")
        return cut_name(min((self.short_title, *aliases[:1]), key=len))

    @property
    def title_heading(self) -> Heading | None:
        """The first heading where it repeats the title, which the page shows in its place.

        One that holds what the title does not have, such as a link, is shown too.
        """
        first = next(iter(self.headings), None)
        if first is None or first.level != 1 or fold(first.text) != fold(self.title):
            return None
        return None if self._holds_more_than_words(first.block) else first

    def _holds_more_than_words(self, block: Span) -> bool:
        """Return whether a link, a formula, HTML, a footnote or a mark is in a part of the note."""
        spans = [
            *(link.span for link in self.links),
            *(link.span for link in self.addresses),
            *(footnote.span for footnote in self.footnotes),
            *self.blocks.values(),
            *(Span(region.start, region.end) for region in self.regions if region.kind in _SHOWN),
        ]
        if any(block.start <= span.start < block.end for span in spans):
            return True
        return "==" in self.masked[block.start : block.end].partition("\n")[0]

    @property
    def is_unparsed(self) -> bool:
        """Whether not one field could be read, for a reason that parsing gives."""
        return bool(self.diagnostics) and not self.fields

    @cached_property
    def kind(self) -> str:
        if self.is_home:
            return PAGE.name
        return self._text("kind") or self.schema.fields["kind"].default

    @property
    def kind_record(self) -> Kind:
        """What the schema says of the note's kind."""
        return self.schema.kinds[self.kind]

    @cached_property
    def is_home(self) -> bool:
        """Whether this is the text at the top of the home page."""
        if self.path != HOME:
            return False
        return not (self.fields or self.diagnostics) or self._text("kind") == PAGE.name

    @cached_property
    def is_page(self) -> bool:
        """Whether this is a page of the site beside the notes."""
        return self.kind_record.is_page

    @cached_property
    def is_hub(self) -> bool:
        """Whether this is a hub: prose about a tag, not about a work."""
        return self.kind_record.is_hub

    @cached_property
    def is_work(self) -> bool:
        """Whether this is about a work, which can be cited."""
        return self.kind_record.is_work

    @property
    def query(self) -> str:
        """The query whose results the page of a hub lists, or ''."""
        return self._text("query") if self.is_hub else ""

    @cached_property
    def word_count(self) -> int:
        """How many words the body has."""
        return len(self.text[self.body.start :].split())

    def list_words(self) -> tuple[str, ...]:
        """Return the words of the body's prose, folded."""
        return tuple(self.folded_words.split())

    @cached_property
    def folded_words(self) -> str:
        """The words of the body's prose, folded, with a space before and after each."""
        return f" {' '.join(list_folded_words(self.masked[self.body.start :]))} "

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of the title and the aliases, folded."""
        names = (self.title, *self.texts("aliases"))
        return frozenset(word for name in names for word in list_folded_words(name))

    @cached_property
    def repeated_words(self) -> Mapping[str, int]:
        """The words that are more than once in the summary and the body, with how often."""
        return self.count_repeated_words()

    def count_repeated_words(self) -> Mapping[str, int]:
        """Return the words that are more than once in the summary and the body, with how often."""
        counts = Counter(list_folded_words(f"{self.masked[self.body.start :]}\n{self.summary}"))
        return {word: number for word, number in counts.items() if number > 1}

    @cached_property
    def outside_paths(self) -> frozenset[str]:
        """The paths of what the note links to out of the notes folder."""
        return frozenset(filter(None, map(self.make_outside_path, self.links)))

    def make_outside_path(self, link: Link) -> str:
        """Return the path of what `link` leads to out of the notes folder, '' where it does not."""
        if link.kind == "wikilink" or ".." not in link.target or link.target.startswith("/"):
            return ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), link.target))
        return path if path.startswith("../") else ""

    @cached_property
    def outline(self) -> Outline:
        """What the diagnostics of other notes may depend on: all but the prose of this one."""
        headings = [(heading.level, heading.text, heading.anchor) for heading in self.headings]
        is_unparsed, unreadable = bool(self.diagnostics), self.source.unreadable
        links = [(link.kind, link.target, link.heading, link.is_embed) for link in self.links]
        front_matter = self.text[: self.body.start] if self.fields else ""
        targets = (
            *(self.path, unreadable, is_unparsed, front_matter, headings),
            *(sorted(self.blocks), sorted(self.ids)),
            # Of claims, other notes are told the places.
            (self.claims, self.links) if self.claims else (),
        )
        return Outline(compute_digest(repr(targets)), compute_digest(repr(links)))

    def get_diagnostics(self, rule: str) -> list[Diagnostic]:
        """Return what parsing found for the rule of that name."""
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.rule == rule]


def cut_name(name: str) -> str:
    """Return a name, or of a very long one the whole words and formulas it begins with."""
    if len(name) <= _LONGEST_NAME:
        return name
    start = name[:_LONGEST_NAME]
    if start.count("$") % 2:  # within a formula
        start = start[: start.rindex("$")]
    elif " " in start:
        start = start[: start.rindex(" ")]
    return f"{start.rstrip()}…"


def shorten_title(title: str) -> str:
    """Return a title up to its colon."""
    return title.partition(": ")[0]
