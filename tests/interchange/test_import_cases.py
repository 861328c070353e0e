"""Imports of each format, as pages of cases: `from/…` is the source, `/…` a note that comes of it.

Between two imports, `edit/…` is what the reader writes, an empty block what is deleted; `then/…` is
the source the second time. The block without a path tells what was done, and what was told.
"""

from __future__ import annotations

import pytest

from readinglog.interchange.importers.importer import ImportFormatError
from readinglog.interchange.merging.removals import ImportRefusedError
from support.case_pages import Case, read_cases, verify
from support.imports import MemoryLog

CASES = list(read_cases("imports"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page.stem}: {case.title}")
def test_case(case: Case, *, update: bool) -> None:
    log = MemoryLog({path: str(text) for path, text in case.files.items() if "/" not in path})
    told = _run(log, case, "from/")
    errors = log.list_errors()
    if edits := _list_files(case, "edit/"):
        log.files |= edits
        log.files = {path: text for path, text in log.files.items() if text}
    if _list_files(case, "then/"):
        told += _run(log, case, "then/")
    outcomes = {f"/{path}": str(text) for path, text in log.files.items()}
    verify(
        case,
        lambda info: outcomes.get(info, "(nothing)") if info else "\n".join([*told, *errors]),
        update=update,
    )
    assert not errors


def _list_files(case: Case, prefix: str) -> dict[str, str | bytes]:
    return {
        path.removeprefix(prefix): text if isinstance(text, bytes) else str(text)
        for path, text in case.files.items()
        if path.startswith(prefix)
    }


def _run(log: MemoryLog, case: Case, prefix: str) -> list[str]:
    """Import, twice, as the second import changes nothing, and return what is told."""
    kind, source = case.page.stem, _list_files(case, prefix)
    try:
        plan = log.run(kind, source)
    except (ImportFormatError, ImportRefusedError) as error:
        return [str(error)]
    again = log.plan(kind, source)
    assert again.is_empty
    assert not again.conflicts
    counts = ", ".join(f"{count} {name}" for name, count in plan.counts.items() if count)
    conflicts = (f"{each.source.path}: {each.message}: {each.help}" for each in plan.conflicts)
    return [counts, *plan.remarks, *conflicts]
