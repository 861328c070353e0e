"""Mentions of one note are those that a search for all notes finds of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.model.slugs import fold
from readinglog.model.yaml_values import to_quoted_yaml
from readinglog.notebook.mentions import Mentions
from support.worlds import notebook, work

# Letters that change with case, with composition, or with both.
NAMES = st.text(st.sampled_from("aBJk1 -_é\u030cÅ\u212aßİﬁ"), min_size=1, max_size=8)


@settings(max_examples=150)
@given(
    st.lists(NAMES, min_size=2, max_size=3, unique_by=lambda name: "".join(fold(name).split())),
    st.lists(NAMES, max_size=4),
)
def test_one_note_is_found_where_it_is_among_all(titles: list[str], words: list[str]) -> None:
    body = " ".join((*words, *titles, *map(str.swapcase, titles)))
    files = {
        f"n{at}.md": work(body, title=to_quoted_yaml(title), url=f"https://{at}.example/")
        for at, title in enumerate(titles)
    }
    log = notebook(files)
    found = Mentions(log)
    for note in log.published:
        expected = [(each.note.path, each.span) for each in found.find_mentions(note)]
        alone = Mentions(log, [note]).find_mentions(note)
        assert [(each.note.path, each.span) for each in alone] == expected
