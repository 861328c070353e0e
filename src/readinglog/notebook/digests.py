"""Digests of notes, by which a page knows that nothing it shows of them has changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from hashlib import blake2b

from readinglog.model.note import Link, Note
from readinglog.model.text import compute_digest
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.notebook.resolution import Resolution

_SIZE = 16  # bytes


@lru_cache(maxsize=1)
def get_digests(notebook: Notebook) -> NoteDigests:
    """Return the digests of the notes of a log, which are made once for all that ask."""
    return NoteDigests(notebook)


class NoteDigests:
    """Digests of the notes of a log."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._found: dict[Note, bytes] = {}
        self._texts: dict[Note, bytes] = {}
        self._fields: dict[Note, bytes] = {}
        self._labels: dict[Note, bytes] = {}
        self._facts: dict[Note, bytes] = {}
        self._links: dict[Note, bytes] = {}
        self._ties: dict[Note, bytes] = {}

    def get(self, note: Note) -> bytes:
        """Return a digest of the text of `note`, and of what its links show and lead to."""
        if note not in self._found:
            embedded = (target.source.digest for target in self.list_embedded(note))
            digest = blake2b(note.source.digest, digest_size=_SIZE, key=self._macros)
            digest.update(b"".join((self.get_links(note), *embedded)))
            self._found[note] = digest.digest()
        return self._found[note]

    def get_text(self, note: Note) -> bytes:
        """Return a digest of the text of `note` as it is read: with what its links show."""
        if note not in self._texts:
            digest = blake2b(note.source.digest, digest_size=_SIZE, key=self._macros)
            shown = self._notebook.links.list_labels(note)
            digest.update(repr(shown).encode(errors="surrogatepass"))
            self._texts[note] = digest.digest()
        return self._texts[note]

    def get_fields(self, note: Note) -> bytes:
        """Return a digest of what the front matter of `note` says, and of its name."""
        if note not in self._fields:
            said = (note.page_name, note.title, note.written_authors, note.values)
            self._fields[note] = compute_digest(repr(said))
        return self._fields[note]

    def get_label(self, note: Note) -> bytes:
        """Return a digest of what lists and maps show of `note`, besides the vocabulary."""
        if note not in self._labels:
            notebook = self._notebook
            shown = (
                note.address,
                note.title,
                note.texts("aliases")[:1],
                note.published,
                notebook.publication.join_names(note),
                estimate_minutes(note),
                [tag.key for tag in notebook.tags.get_tags(note)],
            )
            data = repr(shown).encode(errors="surrogatepass")
            self._labels[note] = blake2b(data, digest_size=_SIZE, key=self._macros).digest()
        return self._labels[note]

    def get_links(self, note: Note) -> bytes:
        """Return a digest of what links of `note` show, and where they and its relations lead."""
        if note not in self._links:
            shown = self._notebook.links.list_labels(note)
            links = (shown, list(self._describe_links(note)))
            self._links[note] = compute_digest(repr(links))
        return self._links[note]

    def get_facts(self, note: Note) -> bytes:
        """Return a digest of what `note` says besides its text: in its front matter and its claims,
        and how long it takes to read.
        """
        if note not in self._facts:
            claims = [
                (claim.id, [(field.name, field.value) for field in claim.fields])
                for claim in note.claims
            ]
            is_published = self._notebook.publication.is_published(note)
            label = self.get_label(note)
            facts = (note.path, self.get_fields(note), is_published, label, claims)
            self._facts[note] = compute_digest(repr(facts))
        return self._facts[note]

    def get_neighbourhood(self, note: Note) -> bytes:
        """Return digests of the facts of `note`, of its links and of what leads to it, and of the
        same of each note at the other end of a link.
        """
        graph, links = self._notebook.graph, self._notebook.links
        around = (
            note,
            *(resolution.target for _, resolution in links.list_links(note)),
            *(relation.resolution.target for relation in links.list_relations(note)),
            *graph.incoming_links.get(note, ()),
        )
        return b"".join(self._get_ties(each) for each in around if each)

    def _get_ties(self, note: Note) -> bytes:
        if note not in self._ties:
            incoming = [each.path for each in self._notebook.graph.incoming_links.get(note, ())]
            ties = (self.get_facts(note), self.get_links(note), incoming)
            self._ties[note] = compute_digest(repr(ties))
        return self._ties[note]

    def get_all_ties(self) -> bytes:
        """Return a digest of what ties all notes together: facts, links, and all tags."""
        return self._all_ties

    @cached_property
    def _all_ties(self) -> bytes:
        tied = [(self.get_facts(note), self.get_links(note)) for note in self._notebook.notes]
        return compute_digest(repr((self.vocabulary, tied)))

    @cached_property
    def claims(self) -> bytes:
        """A digest of the texts of all notes with claims."""
        texts = [self.get_text(note) for note in self._notebook.published if note.claims]
        return compute_digest(repr(texts))

    @cached_property
    def _macros(self) -> bytes:
        return compute_digest(repr(sorted(self._notebook.macros.values())))

    @cached_property
    def vocabulary(self) -> bytes:
        """A digest of all tags."""
        return compute_digest(repr(list(self._notebook.vocabulary.tags.values())))

    def list_embedded(self, note: Note) -> Iterator[Note]:
        """Yield the notes whose cards the text of `note` shows where it embeds them."""
        for link, resolution in self._notebook.links.list_links(note):
            if link.is_embed and resolution.target:
                yield resolution.target

    def _describe_links(self, note: Note) -> Iterator[object]:
        links = self._notebook.links
        for link, resolution in links.list_links(note):
            yield self._describe_target(resolution)
            if target := resolution.target:
                yield links.find_anchor(link, target) if link.heading else None
            else:
                yield self._describe_file(link, note)
        for relation in links.list_relations(note):
            yield self._describe_target(relation.resolution)

    def _describe_target(self, resolution: Resolution) -> object:
        target = resolution.target
        if target is None:
            name = self._notebook.publication.find_shared_name(resolution.candidates)
            return resolution.is_missing, name
        return target.page_name, target.title, self._notebook.publication.is_published(target)

    def _describe_file(self, link: Link, note: Note) -> object:
        """Return the file that a link leads to, and why it is not published, or what else it is."""
        path = self._notebook.links.find_file(link, note)
        if path is None:
            links = self._notebook.links
            return links.find_outside(link, note), links.is_folder(link, note)
        return path, self._notebook.files[path]
