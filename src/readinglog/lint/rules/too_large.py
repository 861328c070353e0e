"""A file that is too large, or nested too deep, to be rendered.

A line of ten megabytes or ten thousand open brackets keep a Markdown renderer busy for minutes and with it everyone
who waits for the site. No note that people read comes near these limits.

Bad: an image pasted as base64 into the text.

Good: the image as a file beside the note: `![the curve](curve.png)`.
"""

from readinglog.lint.rules.rule import from_parsing
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check = from_parsing("too-large")
