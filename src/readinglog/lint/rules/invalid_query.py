"""A query in a note that cannot be answered.

The page of a topic lists what its `query` finds, and a fenced `query` block in any text becomes a
table of what it finds. A query that cannot be parsed finds nothing, so the page would lack the
list. Queries are written as in `readinglog search`; in front matter, put one with quotes into
single quotes.

Bad:

    ```query
    tag:birds (finches OR "natural selection"
    ```

Good:

    ```query
    tag:birds (finches OR "natural selection")
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.queries import WrittenQuery, find_queries
from readinglog.search.examples import make_log_language
from readinglog.search.filters import ABOUT_MARKED
from readinglog.search.language import MARKED
from readinglog.search.parser import make_example, parse_query
from readinglog.search.query import Filter, list_leaves
from readinglog.search.query_errors import QuerySyntaxError

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for written in find_queries(note):
        yield from _check_query(written, notebook)


def _check_query(written: WrittenQuery, notebook: Notebook) -> Iterator[Diagnostic]:
    language = make_log_language(notebook)
    if not written.text:
        example = make_example("tag", language.fields["tag"])
        yield Diagnostic(written.place, "this query is empty", f"write one, such as `{example}`")
        return
    try:
        query = parse_query(written.text, language)
    except QuerySyntaxError as error:
        help_ = error.help
        if error.suggestion:
            help_ += f"; try `{error.suggestion}`"
        yield Diagnostic(written.locate(error.span), error.message, help_)
        return
    message, help_ = ABOUT_MARKED
    for leaf in list_leaves(query.tree):
        if leaf == Filter("is", MARKED):
            yield Diagnostic(written.locate(leaf.span), message, help_)
