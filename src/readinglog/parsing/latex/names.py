r"""Names of LaTeX: what math-core calls what authors write, and the kinds of commands."""

from __future__ import annotations

# Commands that are written by another. An empty one changes only the look of a printed page.
ALIASES = {
    r"\allowbreak": "",
    r"\allowdisplaybreaks": "",
    r"\angstrom": r"\text{Å}",
    r"\AA": r"\text{Å}",
    r"\aa": r"\text{å}",
    r"\centering": "",
    r"\centerdot": r"\cdot",
    r"\copyright": "©",
    r"\displaylimits": "",
    r"\DOTSB": "",
    r"\DOTSI": "",
    r"\DOTSX": "",
    r"\dotsb": r"\cdots",
    r"\dotsc": r"\ldots",
    r"\dotsi": r"\cdots",
    r"\dotsm": r"\cdots",
    r"\dotso": r"\ldots",
    r"\dotsx": r"\ldots",
    r"\enskip": r"\enspace",
    r"\euro": r"\text{€}",
    r"\footnotesize": "",
    r"\hdots": r"\ldots",
    r"\huge": "",
    r"\Huge": "",
    r"\intop": r"\int",
    r"\KaTeX": r"\text{KaTeX}",
    r"\large": "",
    r"\Large": "",
    r"\LARGE": "",
    r"\LaTeX": r"\text{LaTeX}",
    r"\mapsfrom": "↤",
    r"\mathbbm": r"\mathbb",
    r"\mathbfit": r"\boldsymbol",
    r"\mathds": r"\mathbb",
    r"\mathellipsis": r"\ldots",
    r"\mathsfit": r"\mathsf",
    r"\mit": r"\mathit",
    r"\nobreak": "",
    r"\noindent": "",
    r"\normalsize": "",
    r"\nshortmid": r"\nmid",
    r"\nshortparallel": r"\nparallel",
    r"\ordinarycolon": ":",
    r"\par": "",
    r"\protect": "",
    r"\sdot": r"\cdot",
    r"\scriptsize": "",
    r"\shortmid": r"\mid",
    r"\shortparallel": r"\parallel",
    r"\small": "",
    r"\smallfrown": r"\frown",
    r"\smallint": r"\int",
    r"\smallsetminus": r"\setminus",
    r"\smallsmile": r"\smile",
    r"\sout": r"\cancel",
    r"\strut": r"\mathstrut",
    r"\TeX": r"\text{TeX}",
    r"\textcopyright": "©",
    r"\textregistered": "®",
    r"\thickapprox": r"\approx",
    r"\thicksim": r"\sim",
    r"\tiny": "",
    r"\undertilde": r"\utilde",
    r"\upint": r"\int",
    r"\varinjlim": r"\underrightarrow{\lim}",
    r"\varliminf": r"\underline{\lim}",
    r"\varlimsup": r"\overline{\lim}",
    r"\varprojlim": r"\underleftarrow{\lim}",
    r"\varpropto": r"\propto",
    r"\varvdots": r"\vdots",
    r"\xleftequilibrium": r"\xrightleftharpoons",
    r"\xrightequilibrium": r"\xrightleftharpoons",
    # Accents of text, as KaTeX reads them in a formula.
    r"\'": r"\acute",
    r"\.": r"\dot",
    r"\=": r"\bar",
    r"\^": r"\hat",
    r"\`": r"\grave",
    r"\r": r"\mathring",
    r"\u": r"\breve",
    r"\v": r"\check",
    r"\~": r"\tilde",
    # A space, as at the end of a line.
    "\\\n": r"\ ",
    "\\\r": r"\ ",
    "\\\t": r"\ ",
}

# Commands with text as their argument, and how they are written.
TEXT = {
    r"\clap": r"\text",
    r"\emph": r"\emph",
    r"\hbox": r"\text",
    r"\llap": r"\text",
    r"\mbox": r"\text",
    r"\rlap": r"\text",
    r"\text": r"\text",
    r"\textbf": r"\textbf",
    r"\textit": r"\textit",
    r"\textmd": r"\text",
    r"\textnormal": r"\text",
    r"\textrm": r"\textrm",
    r"\textsc": r"\textsc",
    r"\textsf": r"\textsf",
    r"\texttt": r"\texttt",
    r"\textup": r"\text",
}
# What text may hold; other commands in it are set as formulas.
IN_TEXT = frozenset(
    r"\AA \AE \H \L \O \OE \P \S \aa \ae \c \checkmark \dag \ddag \degree \dots \enspace \i \j \l "
    r"\ldots \lq \o \oe \quad \r \rq \space \ss \textasciicircum \textasciitilde \textbackslash "
    r"\textbar \textbf \textbraceleft \textbraceright \textdagger \textdegree \textdollar "
    r"\textellipsis \textemdash \textendash \textgreater \textit \textless \textquotedblleft "
    r"\textquotedblright \textquoteleft \textquoteright \textregistered \textrm \textsc \textsf "
    r"\texttt \textunderscore \thinspace \u \v \emph".split()
)
# Signs that mean something in a formula, and nothing in text.
LITERAL = {
    "_": r"\_{}",
    "^": r"\textasciicircum{}",
    "&": r"\&{}",
    "#": r"\#{}",
    "\\\\": " ",
    r"\!": "",
    r"\-": "",
    r"\/": "",
    r"\@": "",
}
LINE_BREAKS = frozenset({"\\\\", r"\newline", r"\cr"})
COLOURED = frozenset({r"\textcolor", r"\colorbox"})
# Groups that take no room in print; here they take theirs.
CONTENT_ALONE = (
    r"\ensuremath",
    r"\mathclap",
    r"\mathllap",
    r"\mathnormal",
    r"\mathrlap",
    r"\vcenter",
)
UPRIGHT = frozenset(
    {r"\mathrm", r"\text", r"\textrm", r"\textnormal", r"\operatorname", r"\mbox", r"\hbox"}
)
_SIZES = r"\big \Big \bigg \Bigg".split()
DELIMITED = frozenset(
    {r"\left", r"\middle", r"\right"}
    | {size + side for size in _SIZES for side in ("", "l", "m", "r")}
)
ANGLES = {"<": r"\langle", ">": r"\rangle"}
# Of tags.
PLAIN = {
    r"\ast": "*",
    r"\dagger": "†",
    r"\ddagger": "‡",
    r"\prime": "′",
    r"\star": "⋆",
    r"\text": "",
    r"\textbf": "",
    r"\textrm": "",
    r"\mathrm": "",
    r"\ ": " ",
    r"\,": " ",
    "~": " ",
    r"\&": "&",
    r"\#": "#",
    r"\_": "_",
    r"\%": "%",
    r"\$": "$",
}

# Environments with numbered rows; those with a star have none of their own.
_BASES = ("align", "alignat", "eqnarray", "equation", "flalign", "gather", "multline", "xalignat")
NUMBERED = frozenset(name + star for name in _BASES for star in ("", "*"))
WITH_ROWS = frozenset(_BASES) - {"equation"}
WITH_COLUMN_COUNT = frozenset({"alignat", "alignat*", "alignedat", "xalignat", "xalignat*"})
PLACED = frozenset({"aligned", "alignedat", "gathered", "split"})  # with `[t]`
ARRAYS = frozenset({"array", "darray", "tabular"})
ENVIRONMENTS = {
    "alignat": "align",
    "alignedat": "aligned",
    "eqnarray": "align",
    "flalign": "align",
    "split": "aligned",
    "xalignat": "align",
}
# What an environment with numbers is within a formula that has one itself.
INNER = {
    "align": "aligned",
    "alignat": "alignedat",
    "eqnarray": "aligned",
    "equation": "",
    "flalign": "aligned",
    "gather": "gathered",
    "multline": "gathered",
    "xalignat": "alignedat",
}
STARRED_MATRICES = {
    "matrix*": ("", ""),
    "pmatrix*": ("(", ")"),
    "bmatrix*": ("[", "]"),
    "Bmatrix*": (r"\{", r"\}"),
    "vmatrix*": (r"\vert", r"\vert"),
    "Vmatrix*": (r"\Vert", r"\Vert"),
}
# What math-core sets, but not as is meant here; all else it is asked first.
REWRITTEN = {rf"\begin{{{name}}}" for name in _BASES} | {
    r"\mathop",
    r"\operatorname",
    r"\tag",
    r"\label",
    r"\eqref",
    r"\ref",
    r"\color",
    r"\textcolor",
    r"\newline",
}

# Colours of math-core and the code it writes for each; they stand for those of a formula.
PLACEHOLDERS = (
    ("red", "#FF0000"),
    ("blue", "#0000FF"),
    ("green", "#03FF00"),
    ("cyan", "#00B9F2"),
    ("magenta", "#FB3199"),
    ("yellow", "#FFEB3D"),
    ("gray", "#808080"),
    ("darkgray", "#404040"),
    ("lightgray", "#BFBFBF"),
    ("brown", "#BF803F"),
    ("lime", "#BFFF04"),
    ("olive", "#9F8C18"),
    ("orange", "#FF8001"),
    ("pink", "#FFBFBF"),
    ("purple", "#BF0140"),
    ("teal", "#008080"),
    ("violet", "#800080"),
)
COLOURS = frozenset(
    (
        "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue "
        "blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk "
        "crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki "
        "darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen "
        "darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue "
        "dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro "
        "ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo "
        "ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan "
        "lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen "
        "lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen "
        "linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple "
        "mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred "
        "midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab "
        "orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip "
        "peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue "
        "saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue "
        "slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet "
        "wheat white whitesmoke yellow yellowgreen "
    ).split()
)
