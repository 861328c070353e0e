"""Tables of settings, read key by key; what is wrong is told with its place and what to write."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from readinglog.model.errors import ReadinglogError
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.printable import remove_hidden

_SHOWN = 60  # characters of a value that a message repeats


class SettingsError(ReadinglogError):
    """A setting that cannot be read. The message says where it is and what to write."""


class SettingsTable:
    """One table of the settings in `file`, below the tables `path`."""

    def __init__(self, values: Mapping[str, object], file: str, path: tuple[str, ...] = ()) -> None:
        self._values = values
        self._file = file
        self._path = path

    @property
    def place(self) -> str:
        """What messages call the table."""
        return f"{self._file}: [{'.'.join(self._path)}]" if self._path else f"{self._file}:"

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the settings."""
        return iter(self._values)

    def __contains__(self, name: str) -> bool:
        """Return whether a setting is there."""
        return name in self._values

    def fail(self, message: str) -> SettingsError:
        """Return the error that says `message` of this table."""
        return SettingsError(f"{self.place} {message}")

    def fail_value(self, name: str, remedy: str) -> SettingsError:
        """Return the error that the value of a setting is not right."""
        shown = str(self._values[name])
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        return self.fail(f"`{name}` is `{shown}`; {remedy}")

    def check_names(self, known: Sequence[str]) -> None:
        """Raise SettingsError for the first setting that is not one of those known."""
        for name in self._values:
            if name not in known:
                near = find_nearest(name, known)
                suggestion = f"did you mean `{near}`? " if near else ""
                raise self.fail(
                    f"has no setting `{name[:_SHOWN]}`; {suggestion}it has {join(known)}"
                )

    def get_table(self, name: str) -> SettingsTable:
        """Return a table in this one, empty where it is missing."""
        value = self._values.get(name, {})
        if not isinstance(value, dict):
            raise self.fail_value(name, "write it as a table")
        return SettingsTable(value, self._file, (*self._path, name))

    def get_text(
        self, name: str, default: str, *, limit: int = 200, remedy: str = "write a text, in quotes"
    ) -> str:
        """Return a text on one line."""
        value = self._values.get(name, default)
        if not isinstance(value, str) or (name in self and not value.strip()):
            raise self.fail_value(name, remedy)
        if len(value) > limit:
            raise self.fail_value(name, f"write at most {limit} characters")
        return " ".join(remove_hidden(value).split())

    def get_flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._values.get(name, default)
        if not isinstance(value, bool):
            raise self.fail_value(name, "write `true` or `false`")
        return value

    def get_number(self, name: str, default: float, *, example: str) -> float:
        """Return a number that is not below 0."""
        value = self._values.get(name, default)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= cast("float", value) < math.inf:
            raise self.fail_value(name, f"write a number, such as {example}")
        return cast("float", value)

    def get_choice(self, name: str, default: str, choices: Sequence[str]) -> str:
        """Return one of some texts."""
        value = self._values.get(name, default)
        if value not in choices:
            raise self.fail_value(name, f"write one of {', '.join(choices)}")
        return str(value)

    def get_texts(
        self, name: str, *, remedy: str = 'write a list of texts, such as `["one", "another"]`'
    ) -> tuple[str, ...] | None:
        """Return a list of texts, or None where it is missing."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail_value(name, remedy)
        return tuple(value)

    def describe(self) -> str:
        """Return a text that tells tables apart."""
        return repr(self._values)


def join(names: Sequence[str]) -> str:
    """Return names as a message lists them."""
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}" if others else last
