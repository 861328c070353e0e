"""Imports into a log in memory, as the command makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from readinglog.interchange.importers import IMPORTERS
from readinglog.interchange.merging.import_base import ImportBase, format_base, parse_base
from readinglog.interchange.merging.import_plan import ImportPlan, Options, make_plan
from readinglog.lint.linter import check_notebook
from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.diagnostic import Severity
from readinglog.model.schema import BUILT_IN, Schema
from support.worlds import notebook

BY_KIND = {importer.KIND: importer for importer in IMPORTERS}


@dataclass
class MemoryFiles:
    """A source in memory."""

    files: Mapping[str, str | bytes]
    name: str = "source"

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(path)
        data = self.files[path]
        return data.encode() if isinstance(data, str) else data


@dataclass
class MemoryLog:
    """A log in memory: its files, and what was imported last."""

    files: dict[str, str | bytes] = field(default_factory=dict)
    base: str = ""
    schema: Schema = BUILT_IN

    def plan(self, kind: str, source: Mapping[str, str | bytes], **options: object) -> ImportPlan:
        """Return the plan of an import."""
        importer = BY_KIND[kind]
        files = MemoryFiles(source)
        return make_plan(
            importer.read_proposals(files, self.schema),
            files,
            importer,
            notebook(self.files, self.schema),
            parse_base(self.base, "base.json") if self.base else ImportBase(),
            self._read,
            Options(importer.ADDS_TAGS, attachment_limit=SIZE_LIMIT)._replace(**options),
        )

    def run(self, kind: str, source: Mapping[str, str | bytes], **options: object) -> ImportPlan:
        """Import a source, and return the plan that was carried out."""
        plan = self.plan(kind, source, **options)
        for path, content in plan.after.items():
            assert self.files.get(path) == plan.before[path]
            if content is None:
                del self.files[path]
            else:
                self.files[path] = content
        self.base = format_base(plan.base)
        return plan

    def _read(self, path: str) -> bytes | None:
        content = self.files.get(path)
        return content.encode() if isinstance(content, str) else content

    def list_errors(self) -> list[str]:
        """Return what the check finds wrong, warnings aside."""
        found = check_notebook(notebook(self.files, self.schema))
        return [
            f"{each.source.path}: {each.message} [{each.rule}]"
            for each in found
            if each.severity is Severity.ERROR
        ]
