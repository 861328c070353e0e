"""What stands on the pages: each case some notes, and the pages that come of them as a reader finds
them.

The info string of an outcome names an address of the site, and perhaps a part of that page:
`/notes/a/ Cite`, `/notes/a/ head`.
"""

from __future__ import annotations

import pytest

from readinglog.site.compiler import compile_site
from readinglog.site.page import Attachment, CardImage, DataFolder, Page, Site
from support.case_pages import Case, read_cases, verify
from support.page_outline import outline_page
from support.pages import read_folder
from support.worlds import notebook

SITE = Site(
    "A log",
    "https://example.org/log/",
    "What was read.",
    "https://forge.example/edit/main/notes/{path}",
    "https://forge.example/issues/new?title={title}",
)


@pytest.mark.parametrize(
    "case", list(read_cases("pages")), ids=lambda case: f"{case.page.stem}: {case.title}"
)
def test_case(case: Case, update: bool) -> None:
    outputs = list(compile_site(notebook(case.files), SITE))
    pages = {page.address: page for page in outputs if isinstance(page, Page)}
    files = {file.path: file for file in outputs if not isinstance(file, (Page, DataFolder))}
    folders = [folder for folder in outputs if isinstance(folder, DataFolder)]

    def outcome(info: str) -> str:
        address, _, part = info.removeprefix("/").partition(" ")
        if address in pages:
            return outline_page(pages[address], SITE, part)
        match files.get(address):
            case None:
                return _find_in_folder(folders, address) or "(nothing)"
            case Attachment() as file:
                return f"(the file {file.source})"
            case CardImage() as card:
                return "\n".join(
                    filter(
                        None,
                        (card.site, card.title, card.byline, card.summary, " ".join(card.tags)),
                    )
                )
            case file:
                return file.text

    verify(case, outcome, update=update)


def _find_in_folder(folders: list[DataFolder], address: str) -> str:
    """Return the text of a file of one of these folders, or ''."""
    for folder in folders:
        if address.startswith(folder.path):
            return read_folder(folder).get(address.removeprefix(folder.path), "")
    return ""
