"""The outputs of a site, listed only as far as somebody has asked for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readinglog.site.page import DataFolder, Output


class OutputList:
    """Outputs in order; each is taken from `outputs` once."""

    def __init__(self, outputs: Iterable[Output]) -> None:
        self._rest = iter(outputs)
        self._listed: dict[str, Output] = {}  # by path
        self._folders: list[DataFolder] = []

    def __iter__(self) -> Iterator[Output]:
        yield from tuple(self._listed.values())
        yield from self._list_rest()

    def find(self, path: str) -> Iterator[Output]:
        """Yield the outputs that may make the file at `path`: itself, or a folder around it."""
        if path in self._listed:
            yield self._listed[path]
        yield from [folder for folder in self._folders if path.startswith(folder.path)]
        for output in self._list_rest():
            is_around = isinstance(output, DataFolder) and path.startswith(output.path)
            if is_around or output.path == path:
                yield output

    def _list_rest(self) -> Iterator[Output]:
        for output in self._rest:
            self._listed[output.path] = output
            if isinstance(output, DataFolder):
                self._folders.append(output)
            yield output
