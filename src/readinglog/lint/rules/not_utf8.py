"""A file that is not UTF-8 text.

Every tool on the way from the file to the page takes UTF-8; what is not becomes question marks, or stops a build.

Bad: a file saved as Latin-1 or UTF-16, or with a NUL byte in it.

Good: the same text saved as UTF-8. In most editors that is one choice in the "save as" window.
"""

from readinglog.lint.rules.rule import from_parsing
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check = from_parsing("not-utf8")
