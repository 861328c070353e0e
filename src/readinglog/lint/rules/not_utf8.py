"""A file that is not UTF-8 text.

Everything that reads a note expects UTF-8. Other encodings turn into question marks, or stop the
build.

Bad: a file saved as Latin-1 or UTF-16, or one that contains a NUL byte.

Good: the same text saved as UTF-8. Most editors offer this under "Save as".
"""

from readinglog.lint.rules.rule import make_parsing_check
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check_alone = make_parsing_check("not-utf8")
