"""A file that is too large or too deeply nested to render.

A line of ten megabytes or ten thousand open brackets can keep a Markdown renderer busy for
minutes, and block the build of the whole site. No note written for readers comes close to these
limits.

Bad: an image pasted into the text as base64.

Good: the image in a file beside the note: `![the curve](curve.png)`.
"""

from readinglog.lint.rules.rule import make_parsing_check
from readinglog.model.diagnostic import Severity

SEVERITY = Severity.ERROR
check_alone = make_parsing_check("too-large")
