"""A file that cannot be read.

Nothing can be said of a file that the system does not hand out, and nothing outside of the notes folder is read:
a symbolic link may not lead out of it, nor round in a circle.

Bad: `notes/elsewhere.md`, a symbolic link to `/etc/hosts`.

Good: a file in the folder, readable by whoever builds the site.
"""

from readinglog.lint.rules.rule import from_parsing
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check = from_parsing("unreadable-file")
