"""Related notes, mentions without a link, reading paths and wanted notes."""

from __future__ import annotations

from readinglog.notebook.mentions import Mentions
from readinglog.notebook.reading_paths import estimate_minutes, find_reading_path, find_wanted_notes
from readinglog.notebook.related import Relatedness
from support.worlds import notebook, work


def test_what_is_related_comes_with_its_reasons() -> None:
    book = notebook(
        {
            "a.md": work("[[c]]", title="A", tags="[routing]", url="https://x.example/a"),
            "b.md": work("[[c]]", title="B", tags="[routing]", url="https://x.example/b"),
            "c.md": work(
                "Text.",
                title='"Long title: and more of it"',
                tags="[kernels]",
                url="https://x.example/c",
            ),
            **{
                f"n{i}.md": work(title=f"N{i}", tags="[other]", url=f"https://x.example/{i}")
                for i in range(8)
            },
        }
    )
    related = Relatedness(book).find_related(book.by_path["a.md"])
    assert related[0][::2] == (book.by_path["b.md"], ("shares routing", "both cite Long title"))
    assert ("c", ("linked",)) in [(r.note.name, r.reasons) for r in related]


def test_what_shares_nothing_is_not_related() -> None:
    book = notebook({"a.md": work(tags="[x]"), "b.md": work(tags="[y]", url="https://x.example/b")})
    assert Relatedness(book).find_related(book.by_path["a.md"]) == []


def test_notes_of_one_name_that_are_related_alike_come_in_the_order_of_their_paths() -> None:
    others = {
        f"{folder}/same.md": work(title=folder, tags="[other]", url=f"https://x.example/{folder}")
        for folder in "gcaebdfh"
    }
    links = " ".join(f"[[{path}]]" for path in others)
    book = notebook({"a.md": work(links, tags="[x]"), **others})
    related = Relatedness(book).find_related(book.by_path["a.md"])
    assert len(related) > 1
    assert [found.note.path for found in related] == sorted(others)[: len(related)]


def test_a_title_in_another_text_is_a_mention_unless_it_is_linked_or_code() -> None:
    book = notebook(
        {
            "a.md": work("Text.", title="Flash Attention", aliases="[FA2]"),
            "b.md": work(
                "As in flash attention, but slower.", title="B", url="https://x.example/b"
            ),
            "c.md": work(
                "`Flash Attention` is code and [[a|Flash Attention]] a link.",
                title="C",
                url="https://x.example/c",
            ),
            "d.md": work("The FA2 kernel.", title="D", url="https://x.example/d"),
        }
    )
    found = {
        mention.note.name: mention.note.text[slice(*mention.span)]
        for mention in Mentions(book).find_mentions(book.by_path["a.md"])
    }
    assert found == {"b": "flash attention", "d": "FA2"}


def test_a_reading_path_is_in_order_and_survives_a_circle() -> None:
    book = notebook(
        {
            "a.md": work(title="A", builds_on="[b, c]"),
            "b.md": work(title="B", builds_on="[c]", url="https://x.example/b"),
            "c.md": work(title="C", builds_on="[a]", url="https://x.example/c"),
        }
    )
    assert [note.name for note in find_reading_path(book, book.by_path["a.md"])] == ["c", "b"]


def test_reading_takes_at_least_a_minute() -> None:
    book = notebook({"a.md": work("word " * 660), "b.md": work("short", url="https://x.example/b")})
    assert [estimate_minutes(book.by_path[path]) for path in ("a.md", "b.md")] == [3, 1]


def test_wanted_counts_who_asks() -> None:
    book = notebook(
        {
            "a.md": work("[[Not there]] and [[doi:10.1000/x]] and [[b]]"),
            "b.md": work(
                "[[not-there]] ![](missing.png)", url="https://x.example/b", disputes="[nobody]"
            ),
        }
    )
    found = [(target, [note.name for note in askers]) for target, askers in find_wanted_notes(book)]
    assert found == [("Not there", ["a", "b"]), ("doi:10.1000/x", ["a"]), ("nobody", ["b"])]
