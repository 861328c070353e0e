"""A report of code quality for GitLab, which marks problems on the lines of a merge request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from readinglog.lint.reporters.report import Report, get_positions
from readinglog.model.diagnostic import Severity
from readinglog.model.printable import make_printable, to_json

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """Return a list of issues, as GitLab documents them for its artifact `codequality`."""
    return to_json(list(_list_issues(report)))


def _list_issues(report: Report) -> Iterator[dict[str, object]]:
    seen: Counter[tuple[str, ...]] = Counter()
    for diagnostic in report.diagnostics:
        start, end = get_positions(diagnostic)
        path = report.get_path(diagnostic)
        key = (path, diagnostic.rule, diagnostic.message)
        seen[key] += 1
        parts = (diagnostic.message, diagnostic.help)
        yield {
            "description": ": ".join(make_printable(part) for part in parts if part),
            "check_name": diagnostic.rule,
            # The line is not part of it, so that a problem that moves stays the same one.
            "fingerprint": _make_digest((*key, str(seen[key]))),
            "severity": _SEVERITY[diagnostic.severity],
            "location": {"path": path, "lines": {"begin": start.line, "end": end.line}},
        }


def _make_digest(parts: tuple[str, ...]) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=16).hexdigest()
