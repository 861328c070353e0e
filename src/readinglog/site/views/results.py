"""What was measured, as tables: one for each metric on each data set that several claims report,
and one of all that a single claim does; also for other programs.

The tables rank nothing: settings differ. Works stand in order of their year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from readinglog.model.claim import parse_number
from readinglog.model.csv_text import format_csv
from readinglog.model.slugs import make_unique, to_slug
from readinglog.notebook.claim_json import result_to_json
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.results import ResultRow, ResultTable
from readinglog.site.addresses import make_note_address
from readinglog.site.messages import translate
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.views.claim_rows import ClaimLink, link_claim, name_basis
from readinglog.site.views.data import to_json_lines
from readinglog.site.views.list_files import ListFile
from readinglog.site.views.pagination import ListPage, PageLinks, paginate

ADDRESS = "results/"
_PER_PAGE = 500  # tables, which are folded, or single results
_FEW = 3  # tables of a page that are not folded
_COLUMNS = ("data", "metric", "value", "against", "setting", "note", "year", "at", "checked", "url")


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A result in a table; sort keys are the numbers of values, as text, '' where there is none."""

    work: ClaimLink
    data: str
    metric: str
    year: str
    value: str
    sort_key: str
    against: str
    against_sort_key: str
    setting: str
    place: str
    checked: str
    state: str


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """The results by a metric on a data set, under the id `anchor`, and the file that has them."""

    metric: str
    data: str
    anchor: str
    file: ListFile
    rows: tuple[MeasuredRow, ...]


@dataclass(frozen=True, slots=True)
class ResultsView:
    """A page of tables, with the results that stand alone; `results` counts those of all pages.

    Where there are many tables, they are folded: what is seen is the list of them.
    """

    results: int
    is_folded: bool
    tables: tuple[MeasuredTable, ...]
    alone: tuple[MeasuredRow, ...]
    page_links: PageLinks | None
    files: tuple[ListFile, ...]


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    if not site.has_claims:
        return
    tables = notebook.results.tables
    names = _name_tables(tables)
    for part in paginate(ADDRESS, sorted(tables, key=_stands_alone), _PER_PAGE):
        make = partial(_make_view, part, names, notebook)
        about = translate("What works measured, a table for each metric on each data set.")
        yield Page(
            part.address, translate("Results"), "results.html", make, wide=True, description=about
        )
    if tables:
        list_records = partial(_list_records, tables, notebook, site)
        yield DataFile(f"{ADDRESS}results.json", lambda: _write_json(list_records()))
        yield DataFile(f"{ADDRESS}results.csv", lambda: _write_csv(list_records()))
    for table, name in names.items():
        make_file = partial(_write_table, table, notebook, site)
        yield DataFile(_make_file(name).address, make_file)


def _name_tables(tables: Sequence[ResultTable]) -> dict[ResultTable, str]:
    """Return the names of the tables with several rows, which are their ids and those of files."""
    taken = {"results": 0}  # the file of all
    return {
        table: make_unique(to_slug(f"{table.data} {table.metric}").replace("/", "-"), taken)
        for table in tables
        if not _stands_alone(table)
    }


def _make_file(name: str) -> ListFile:
    return ListFile("CSV", "text/csv", f"{ADDRESS}{name}.csv")


def _stands_alone(table: ResultTable) -> bool:
    return len(table.rows) == 1


def _make_view(
    part: ListPage[ResultTable], names: Mapping[ResultTable, str], notebook: Notebook
) -> ResultsView:
    tables = notebook.results.tables
    shown = [table for table in part.items if table in names]
    files = (
        ListFile("CSV", "text/csv", f"{ADDRESS}results.csv"),
        ListFile("JSON", "application/json", f"{ADDRESS}results.json"),
    )
    return ResultsView(
        results=sum(len(table.rows) for table in tables),
        is_folded=len(shown) > _FEW,
        tables=tuple(_make_table(table, names[table], notebook) for table in shown),
        alone=tuple(
            _make_row(table.rows[0], table, notebook)
            for table in part.items
            if _stands_alone(table)
        ),
        page_links=part.links,
        files=files if tables else (),
    )


def _make_table(table: ResultTable, name: str, notebook: Notebook) -> MeasuredTable:
    rows = tuple(_make_row(row, table, notebook) for row in table.rows)
    return MeasuredTable(table.metric, table.data, name, _make_file(name), rows)


def _make_row(row: ResultRow, table: ResultTable, notebook: Notebook) -> MeasuredRow:
    note, claim = row.source
    return MeasuredRow(
        work=link_claim("", note, claim),
        data=table.data,
        metric=table.metric,
        year=note.published[:4],
        value=row.result.value,
        sort_key=_make_sort_key(row.result.value),
        against=row.result.against,
        against_sort_key=_make_sort_key(row.result.against),
        setting=row.result.setting,
        place=notebook.claims.extract_value(row.source, "at"),
        checked=name_basis(claim.get("checked")),
        state=notebook.claims.get_state(row.source),
    )


def _make_sort_key(value: str) -> str:
    return f"{parse_number(value):.17g}" if value else ""


def _list_records(
    tables: Sequence[ResultTable], notebook: Notebook, site: Site
) -> list[dict[str, object]]:
    """Return a record for each result, in the order of the tables."""
    records = []
    for row in (row for table in tables for row in table.rows):
        note, claim = row.source
        address = make_note_address(note)
        page_url = site.make_absolute(address) if site.url else f"/{address}"
        record: dict[str, object] = {
            **(result_to_json(row.result) or {}),
            "note": note.page_name,
            "year": note.published[:4],
            "at": notebook.claims.extract_value(row.source, "at"),
            "checked": claim.get("checked"),
            "url": f"{page_url}#^{claim.id}",
        }
        records.append({column: record[column] for column in _COLUMNS})
    return records


def _write_json(records: list[dict[str, object]]) -> str:
    return to_json_lines({"results": records}, "results")


def _write_table(table: ResultTable, notebook: Notebook, site: Site) -> str:
    return _write_csv(_list_records([table], notebook, site))


def _write_csv(records: list[dict[str, object]]) -> str:
    return format_csv(_COLUMNS, (tuple(record.values()) for record in records))
