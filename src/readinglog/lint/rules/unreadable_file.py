"""A file that cannot be read.

The system denies access, or a symbolic link goes in a circle or points outside the notes folder.
Nothing outside that folder is read.

Bad: `notes/elsewhere.md`, a symbolic link to `/etc/hosts`.

Good: a file in the notes folder that whoever builds the site may read.
"""

from readinglog.lint.rules.rule import make_parsing_check
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check_alone = make_parsing_check("unreadable-file")
