"""A change of files as a patch: a unified diff as git writes it and `git apply` takes it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # not splitlines(), which also splits at U+0085 and U+2028
_ENDLESS = "\n\\ No newline at end of file\n"
_ODD = re.compile(r'[\x00-\x1f\x7f"\\]')


def format_patch(
    before: Mapping[str, str | None], after: Mapping[str, str | None], moves: Mapping[str, str]
) -> str:
    """What makes `after` of `before`, '' where they are equal.

    Both map paths, relative to the repository, to whole texts with their byte order marks, None where there is no file.
    `moves` gives the old paths of renamed files by their new ones. The text is raw: a terminal is to be shown `visible` lines.
    """
    parts: list[str] = []
    for path in sorted({*before, *after} - set(moves.values())):
        old = moves.get(path, path)
        parts += _file(old, before.get(old), path, after.get(path))
    return "".join(parts)


def _file(old: str, before: str | None, new: str, after: str | None) -> Iterator[str]:
    if before == after and old == new:
        return
    yield f"diff --git {_path('a', old)} {_path('b', new)}\n"
    if before is None:
        yield "new file mode 100644\n"
    elif after is None:
        yield "deleted file mode 100644\n"
    elif old != new:
        yield f"rename from {_path('', old)}\nrename to {_path('', new)}\n"
    from_, to = (_LINE.findall(text or "") for text in (before, after))
    hunks = difflib.unified_diff(from_, to, _header("a", old, before), _header("b", new, after))
    for line in hunks:
        yield line if line.endswith("\n") else line + _ENDLESS


def _header(side: str, path: str, text: str | None) -> str:
    """What stands behind `---` or `+++`; a tab ends a path that has spaces."""
    return "/dev/null" if text is None else _path(side, path) + "\t" * (" " in path)


def _path(side: str, path: str) -> str:
    """`path` below a/ or b/, in C's quotes where it would end the line or open a quote."""
    whole = f"{side}/{path}" if side else path
    quoted = _ODD.sub(lambda found: f"\\{ord(found[0]):03o}", whole)
    return whole if quoted == whole else f'"{quoted}"'
