"""Who writes a new note, where the settings say who may."""

from __future__ import annotations

from readinglog.model.slugs import fold
from readinglog.workspace.git import try_git
from readinglog.workspace.settings import Settings


def find_writer(settings: Settings) -> str:
    """Return which of the people of a log writes here, or "" where nothing tells.

    It is the only one, else the one who has the name that git has for commits.
    """
    if len(settings.people) == 1:
        return settings.people[0]
    if not settings.people:
        return ""
    name = fold(" ".join(try_git(settings.root, "config", "user.name").split()))
    return next((person for person in settings.people if fold(person) == name), "")
