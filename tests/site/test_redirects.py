"""Pages at addresses that are no longer in use."""

from __future__ import annotations

from readinglog.site.page import DataFile, Site
from readinglog.site.views.redirects import list_unusable_redirects, make_outputs
from support.worlds import notebook, work

LOG = notebook(
    {
        "new.md": work(title="New", redirect_from="[old]"),
        "vision/attention.md": work(title="Seeing", url="https://a.example/2"),
        "hidden.md": work(title="Hidden", url="https://a.example/3", draft="true"),
    }
)
REDIRECTS = (
    ("older.md", "new.md#results"),
    ("deep/oldest.md", "vision/attention.md"),
    ("elsewhere.md", "https://b.example/x"),
    ("old.md", "vision/attention.md"),
    ("tags.md", "new.md"),
    ("gone.md", "hidden.md"),
    ("page.html", "new.md"),
    ("../out.md", "new.md"),
)


def list_redirects() -> dict[str, str]:
    """Return where each page leads."""
    outputs = make_outputs(LOG, Site("A log", redirects=REDIRECTS))
    files = [output for output in outputs if isinstance(output, DataFile)]
    return {file.path: file.text.partition("url=")[2].partition('"')[0] for file in files}


def test_what_the_plugin_redirects_is_set_to_leads_to_notes_and_to_the_web() -> None:
    assert list_redirects() == {
        "notes/old/index.html": "../new/",  # a former name comes first
        "notes/older/index.html": "../new/#results",
        "older/index.html": "../notes/new/#results",
        "notes/oldest/index.html": "../attention/",
        "notes/deep/oldest/index.html": "../../attention/",
        "deep/oldest/index.html": "../../notes/attention/",
        "notes/elsewhere/index.html": "https://b.example/x",
        "elsewhere/index.html": "https://b.example/x",
        "old/index.html": "../notes/attention/",
        "notes/tags/index.html": "../new/",
    }


def test_those_that_lead_nowhere_are_told() -> None:
    unusable = dict(list_unusable_redirects(LOG, Site("A log", redirects=REDIRECTS)))
    assert list(unusable) == ["gone.md", "page.html", "../out.md"]
