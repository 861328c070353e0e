"""Colours as LaTeX writes them, in CSS."""

from __future__ import annotations

import re

from readinglog.parsing.latex import names

_HEX = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def make_colour(model: str | None, written: str) -> str | None:
    """Return a colour as CSS has it, or None where there is no such colour."""
    if model in ("rgb", "RGB"):
        try:
            parts = [float(part) for part in written.split(",")]
        except ValueError:
            return None
        scale = 255 if model == "rgb" else 1
        whole = [round(min(max(part * scale, 0), 255)) for part in parts]
        return "#" + "".join(f"{part:02x}" for part in whole) if len(whole) == 3 else None
    if model == "gray":
        return make_colour("rgb", ",".join([written] * 3))
    if model == "HTML" or written.startswith("#"):
        found = _HEX.fullmatch(written)
        return f"#{found[1].lower()}" if found else None
    if written.lower() in names.COLOURS:
        return written.lower()
    return written if re.fullmatch("[A-Za-z]+", written) else None
