"""An entry of `tags.yml` that is not valid.

`tags.yml` defines the tags. If an entry cannot be read, the notes with that tag lose it.

Bad:

    finches:
      parent: bird
      summry: Small birds whose beaks differ.

Good:

    finches:
      parent: birds
      summary: Small birds whose beaks differ.
"""

from __future__ import annotations

from collections.abc import Iterable

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check_files(notebook: Notebook) -> Iterable[Diagnostic]:
    return notebook.vocabulary.diagnostics
