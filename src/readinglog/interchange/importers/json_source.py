"""JSON of a source, which may be anything."""

from __future__ import annotations

import json

from readinglog.interchange.importers.importer import ImportFormatError
from readinglog.model.text import BOM


def decode_text(data: bytes, name: str) -> str:
    """Return a text without byte order mark. Raise ImportFormatError if it is not UTF-8."""
    try:
        return data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError:
        message = f"{name} is not UTF-8"
        raise ImportFormatError(message, "save it as UTF-8") from None


def parse_json(data: bytes, name: str) -> object:
    """Return what a JSON file holds. Raise ImportFormatError where it is none."""
    try:
        return json.loads(decode_text(data, name))
    except (ValueError, RecursionError) as error:
        reason = f": {error}" if isinstance(error, json.JSONDecodeError) else ""
        message = f"{name} is not JSON{reason}"
        raise ImportFormatError(
            message, "export it again, and check that the file is whole"
        ) from None
