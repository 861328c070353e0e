"""What links mean is taken over from the notebook before, where no name that they use has changed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.note import Note
from readinglog.notebook.links import Links
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from support.worlds import notebook, source, work

NAMES = ("alpha", "beta", "gamma")
DAY = date(2026, 11, 29)
# A note that another takes the place of: its text, its title, an alias, a relation, its name.
TEXTS = st.builds(
    "{0}{1}".format,
    st.sampled_from(
        (
            *("", "aliases: [beta-two]\n", "redirect_from: [beta]\n", "builds_on: [alpha]\n"),
            *('arxiv: "2401.00001"\n', "builds_on: [arxiv:2401.00001]\n", "aliases: [B#]\n"),
        )
    ),
    st.sampled_from(("---\n", "title: Beta\n---\n", "title: Beta#two\n---\n")),
)
BODIES = st.lists(
    st.sampled_from(
        (
            *("[[alpha]]", "[[Beta]]", "[[beta-two]]", "[g](gamma.md)", "[[nowhere]]", "x"),
            *("[[deep/gamma]]", "[[arxiv:2401.00001]]", "[[Beta#two]]", "[[B#]]", "[[B#part]]"),
            *("[d](../notes/delta.md#part)", "[d](deep/../delta.md)", "[[alpha.md]]"),
        )
    ),
    max_size=4,
).map(" ".join)
FILES = st.dictionaries(
    st.sampled_from(("alpha.md", "beta.md", "deep/gamma.md", "gamma.md", "delta.md", "B#.md")),
    st.builds(lambda head, body: f"---\n{head}\n{body}\n", TEXTS, BODIES),
    max_size=4,
)


def list_meanings(book: Notebook) -> dict[str, list[object]]:
    """Return what each link and relation of a notebook means, by paths, and what leads to each
    note.
    """
    return {
        note.path: [
            [
                [candidate.path for candidate in resolved.resolution.candidates]
                for resolved in (*book.links.list_links(note), *book.links.list_relations(note))
            ],
            [(back.note.path, back.span) for back in book.graph.backlinks.get(note, ())],
            [other.path for other in book.graph.incoming_links.get(note, ())],
        ]
        for note in book.notes
    }


@given(FILES, FILES)
def test_links_mean_the_same_whatever_notebook_was_before(
    before: dict[str, str], after: dict[str, str]
) -> None:
    old = {path: parse_note(source(path, text)) for path, text in before.items()}
    first = Notebook(old.values(), today=DAY)
    list_meanings(first)
    notes = [
        old[path] if before.get(path) == text else parse_note(source(path, text))
        for path, text in after.items()
    ]
    second = Notebook(notes, today=DAY, previous=first)
    assert list_meanings(second) == list_meanings(Notebook(notes, today=DAY))


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        (work("Other words, and [[alpha]].", title="Beta"), ["beta.md"]),
        (work("", title="Another title"), ["beta.md"]),
        (work("", title="Gamma"), ["alpha.md", "beta.md"]),
    ],
)
def test_only_links_that_may_mean_something_else_are_resolved_again(
    text: str, resolved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"alpha.md": work("[[gamma]]"), "beta.md": work("", title="Beta"), "gamma.md": work("")}
    old = {path: parse_note(source(path, text)) for path, text in texts.items()}
    first = Notebook(old.values(), today=DAY)
    list_meanings(first)
    asked: set[str] = set()
    resolve = Links.resolve

    def watch(self: Links, link: object, note: Note) -> object:
        asked.add(note.path)
        return resolve(self, link, note)  # type: ignore[arg-type]

    monkeypatch.setattr(Links, "resolve", watch)
    notes = [*old.values()]
    notes[1] = parse_note(source("beta.md", text))
    list_meanings(Notebook(notes, today=DAY, previous=first))
    assert asked <= {*resolved}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One. See [[b]] here. Three.", ("See ", "B", " here.")),
        (f"{'so ' * 700}[[b]]{' so' * 700}", (f"… {'so ' * 100}", "B", f"{' so' * 100} …")),
        (f"{'好' * 3_000}[[b]]{'好' * 3_000}", (f"… {'好' * 300}", "B", f"{'好' * 300} …")),
        (
            "By [[b]] the reward is its ratio,\n\n$$\nr = 1\n$$",
            ("By ", "B", " the reward is its ratio …"),
        ),
        ("By [[b]] the loss is\n\n$$\nr = 1\n$$\n\nas said.", ("By ", "B", " the loss is …")),
        ("Three follow [[b]]:\n\n- one", ("Three follow ", "B", " …")),
        ("So says [[b]].\n\n$$\nr = 1\n$$", ("So says ", "B", ".")),
        ("- so does [[b]]\n- others", ("so does ", "B", "")),
    ],
)
def test_an_excerpt_is_the_sentence_as_far_as_there_is_room_or_says_that_it_goes_on(
    text: str, shown: tuple[str, str, str]
) -> None:
    book = notebook({"a.md": work(text, title="A"), "b.md": work(title="B")})
    note = book.by_path["a.md"]
    link = next(link for link in note.links if link.target == "b")
    assert book.links.extract_excerpt(note, link.span) == shown
