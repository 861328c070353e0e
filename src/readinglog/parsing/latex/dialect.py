r"""LaTeX as authors write it, in what math-core sets.

What math-core does not know is written in what it does: `split` as `aligned`, `\substack` as
`subarray`, `\text{if $k$}` as text and formula in turn. Numbers of equations, references and
colours are put in when it is done: here each is a mark, which `apply_marks` replaces.
"""

from __future__ import annotations

from readinglog.parsing.latex.commands import HANDLERS
from readinglog.parsing.latex.environments import write_environment
from readinglog.parsing.latex.tokens import Node
from readinglog.parsing.latex.translation import Translation
from readinglog.parsing.latex.writer import Writer


def translate(nodes: list[Node], number: int, *, display: bool) -> Translation:
    """Return LaTeX for math-core; the first equation gets the number after `number`.

    Raise InvalidContentError for what can be set in no way.
    """
    writer = Writer(number, HANDLERS, write_environment, display=display)
    writer.write_formula(nodes)
    ends, end = [], 0
    for part, _ in writer.parts:
        end += len(part)
        ends.append(end)
    return Translation(
        "".join(part for part, _ in writer.parts),
        writer.equations,
        writer.references,
        {code: css for css, (_, code) in writer.colours.items()},
        writer.number,
        ends,
        [token for _, token in writer.parts],
    )
