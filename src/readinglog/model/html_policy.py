"""The HTML that a note may use: what is known but not allowed is an error, the rest is text."""

from __future__ import annotations

_INLINE = (
    "a abbr audio b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp "
    "small source span strong sub sup time u var video wbr"
)
_BLOCK = (
    "address article aside blockquote caption col colgroup dd details div dl dt figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section summary table tbody td "
    "tfoot th thead tr ul"
)
_FORBIDDEN = (
    "applet base basefont body button canvas datalist dialog embed fieldset font form "
    "frame frameset head html iframe input label legend link map marquee math meta meter "
    "noembed noframes noscript object optgroup option output param picture plaintext portal "
    "progress script select slot style svg template textarea title track xmp"
)
_MATH = (
    "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover"
)

BLOCK_TAGS = frozenset(_BLOCK.split())
SAFE_TAGS = frozenset(_INLINE.split()) | BLOCK_TAGS
KNOWN_TAGS = SAFE_TAGS | frozenset(_FORBIDDEN.split())
MEDIA_TAGS = frozenset({"audio", "source", "video"})  # of the log alone, not of other hosts
VERBATIM_TAGS = frozenset({"code", "pre"})  # what they hold is no Markdown
VOID_TAGS = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
MATH_TAGS = frozenset(_MATH.split())

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset(
        {
            "class",
            "id",
            "title",
            "lang",
            "dir",
            "role",
            "aria-label",
            "aria-hidden",
            "aria-describedby",
        }
    ),
    "a": frozenset({"href", "rel", "hreflang", "name"}),
    "img": frozenset({"src", "alt", "width", "height", "loading"}),
    "audio": frozenset({"src", "controls", "preload", "loop", "muted"}),
    "video": frozenset({"src", "controls", "preload", "loop", "muted", "width", "height"}),
    "source": frozenset({"src", "type"}),
    "td": frozenset({"colspan", "rowspan", "align"}),
    "th": frozenset({"colspan", "rowspan", "align", "scope"}),
    "col": frozenset({"span"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "li": frozenset({"value"}),
    "details": frozenset({"open", "markdown"}),
    "div": frozenset({"markdown"}),
    "time": frozenset({"datetime"}),
    "data": frozenset({"value"}),
    "q": frozenset({"cite"}),
    "blockquote": frozenset({"cite"}),
    "ins": frozenset({"datetime"}),
    "del": frozenset({"datetime"}),
}
URL_ATTRIBUTES = frozenset({"href", "src", "cite"})
ID_PREFIX = "rl:"  # of the ids of our own: no heading gives one with a colon
