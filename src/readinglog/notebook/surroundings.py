"""What a log has besides its notes and its vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from readinglog.model.removals import Removals
from readinglog.parsing.latex.macros import Macros

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Surroundings(NamedTuple):
    """What surrounds the notes of a log.

    `files` maps the path of each file that is no note to the reason why it may not be published, ''
    where it may. `macros` are those that formulas may use in every note. `excluded` has the paths
    that the settings of the site leave out: those notes can be linked to, but are neither checked
    nor published. `outside` maps the paths of files out of the notes folder, such as `../train.py`,
    to their addresses on the web, '' where the repository has none. `site_files` has the paths of
    files that the site itself uses, such as styles. `people` are those who may write notes, none
    where everybody may; `removals` are the notes that were removed.
    """

    files: Mapping[str, str] = _NOTHING
    macros: Macros = MappingProxyType({})
    excluded: Collection[str] = ()
    outside: Mapping[str, str] = _NOTHING
    site_files: Collection[str] = ()
    people: Collection[str] = ()
    removals: Removals = Removals()


NO_SURROUNDINGS = Surroundings()
