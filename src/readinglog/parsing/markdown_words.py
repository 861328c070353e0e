"""The words that the Markdown extension itself writes, in English; a site may have others."""

from __future__ import annotations

from collections.abc import Mapping

from readinglog.parsing.callouts import KINDS

TO_HEADING = "Link to this section"
TO_FOOTNOTE = "Jump back to footnote {} in the text"
DONE = "done"
TO_DO = "to do"
DIAGRAM = "Source of a diagram ({})"
CALLOUT = "callout {}"  # the title of one that has none, by its kind
WORDS = (TO_HEADING, TO_FOOTNOTE, DONE, TO_DO, DIAGRAM, *map(CALLOUT.format, KINDS))

Words = Mapping[str, str]  # those of a site, by the English ones
