"""Patches: unified diffs as git writes them and `git apply` takes them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # not splitlines(), which also splits at U+0085 and U+2028
_NO_NEWLINE = "\n\\ No newline at end of file\n"
_NEEDS_ESCAPE = re.compile(r'[\x00-\x1f\x7f"\\]')


def format_patch(
    before: Mapping[str, str | None], after: Mapping[str, str | None], moves: Mapping[str, str]
) -> str:
    """Return the patch from `before` to `after`, '' where they are equal.

    Both map paths, relative to the repository, to whole texts with their byte order marks, None
    where there is no file. `moves` gives the old paths of renamed files by their new ones. The
    patch is raw: make its lines printable for a terminal.
    """
    parts: list[str] = []
    for path in sorted({*before, *after} - set(moves.values())):
        old = moves.get(path, path)
        parts += _format_file(old, before.get(old), path, after.get(path))
    return "".join(parts)


def _format_file(old: str, before: str | None, new: str, after: str | None) -> Iterator[str]:
    if before == after and old == new:
        return
    yield f"diff --git {_quote_path('a', old)} {_quote_path('b', new)}\n"
    if before is None:
        yield "new file mode 100644\n"
    elif after is None:
        yield "deleted file mode 100644\n"
    elif old != new:
        yield f"rename from {_quote_path('', old)}\nrename to {_quote_path('', new)}\n"
    headers = _format_header("a", old, before), _format_header("b", new, after)
    hunks = difflib.unified_diff(_LINE.findall(before or ""), _LINE.findall(after or ""), *headers)
    for line in hunks:
        yield line if line.endswith("\n") else line + _NO_NEWLINE


def _format_header(side: str, path: str, text: str | None) -> str:
    """Return what follows `---` or `+++`. A tab ends a path that has spaces."""
    if text is None:
        return "/dev/null"
    return _quote_path(side, path) + "\t" * (" " in path)


def _quote_path(side: str, path: str) -> str:
    """Return `path` below a/ or b/, quoted as in C where it has control characters or quotes."""
    whole = f"{side}/{path}" if side else path
    quoted = _NEEDS_ESCAPE.sub(lambda found: f"\\{ord(found[0]):03o}", whole)
    return whole if quoted == whole else f'"{quoted}"'
