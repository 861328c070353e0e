"""The diagnostics that an import gives, by name, each with its manual page as docstring.

They are listed and explained like the rules of the check, which does not give them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from readinglog.interchange.merging import conflicts
from readinglog.model.diagnostic import Severity


class ImportDiagnostic(Protocol):
    """A module that makes one kind of diagnostic."""

    __doc__: str | None
    RULE: str
    SEVERITY: Severity


_MODULES: tuple[ImportDiagnostic, ...] = (conflicts,)
IMPORT_DIAGNOSTICS: Mapping[str, ImportDiagnostic] = {module.RULE: module for module in _MODULES}
