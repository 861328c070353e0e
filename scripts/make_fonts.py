"""Make the fonts of the site, and the style sheet that names them, from those that others publish.

    python scripts/make_fonts.py SOURCE_SERIF TEX_GYRE

SOURCE_SERIF is the folder of the npm package `@fontsource/source-serif-4`, TEX_GYRE that of the
unpacked Debian package `fonts-texgyre-math`. `fonttools[woff]` has to be installed.

Source Serif 4 is taken as it is there, for its licence wants another name for what is changed. TeX
Gyre Termes Math has thousands of glyphs, of which formulas in notes need hundreds: those that
nearly all need are in one file, rarer ones in another, which browsers fetch by `unicode-range`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).parents[1] / "src/readinglog/site/theme/assets"
FONTS = ASSETS / "fonts"
LATIN = (
    "0-FF,131,152,153,2BB,2BC,2C6,2DA,2DC,304,308,329,2000-206F,20AC,2122,2191,2193,2212,2215,"
    "FEFF,FFFD"
)
LATIN_EXT = (
    "100-130,132-151,154-2BA,2BD-2C5,2C7-2CC,2CE-2D7,2DD-2FF,1D00-1DBF,1E00-1E9F,1EF2-1EFF,"
    "20A0-20AB,20AD-20C4,2113,2C60-2C7F,A720-A7FF"
)
SERIF = {  # the file of each, with its weight, style and characters
    "latin-400-normal": ("400", "normal", LATIN),
    "latin-ext-400-normal": ("400", "normal", LATIN_EXT),
    "latin-400-italic": ("400", "italic", LATIN),
    "latin-600-normal": ("600 900", "normal", LATIN),
}
FACE = """@font-face {{
  font-display: optional;
  font-family: "{family}";
  font-style: {style};
  font-weight: {weight};
  src: url("fonts/{file}.woff2") format("woff2");{unicode_range}
}}
"""
MATH = "usr/share/texmf/fonts/opentype/public/tex-gyre-math/texgyretermes-math.otf"
MATH_LICENCE = "usr/share/texmf/doc/fonts/tex-gyre-math/GUST-FONT-LICENSE.txt"
COMMON = (
    "20-7E,A0,A7,AC,AF,B0,B1,B4,B7,D7,F7,131,237,2C6,2C7,2D8-2DD,300-338,391-3C9,3D1,3D5,3D6,3F1,"
    "3F5,2010-2026,2032-2037,203E,2057,2061-2064,20D7,2102,210B-2113,2115,2119-211E,2124,212C,"
    "2130-2133,2135,2190-2199,21A6,21D0-21D5,2200-2223,2225-223D,2243-224D,2254,2260-226B,"
    "2272,2273,227A,227B,2282-2287,228E-2299,22A2-22A8,22C0-22C6,22EE-22F1,2308-230B,239B-23B5,"
    "23DC-23E1,25A1,2713,27E6-27EB,27F5-27FA,2A00-2A06,2A7D,2A7E,2AAF,2AB0,1D400-1D467,"
    "1D49C-1D4B5,1D538-1D551,1D6E2-1D71B,1D7CE,1D7CF,1D7D8,1D7D9"
)
RARE = (
    "2100-2101,2103-210A,2114,2116-2118,211F-2123,2125-212B,212D-212F,2134,2136-214F,219A-21A5,"
    "21A7-21CF,21D6-21FF,2224,223E-2242,224E-2253,2255-225F,226C-2271,2274-2279,227C-2281,"
    "2288-228D,229A-22A1,22A9-22BF,22C7-22ED,2322,2323,25B2-25CA,2660-2667,27EC-27EF,2A0C,2A3F,"
    "2A7F-2AAE,2AB1-2ABF,1D468-1D49B,1D4B6-1D537,1D552-1D6A5,1D6A8-1D6E1,1D71C-1D7CD,1D7D0-1D7D7,"
    "1D7DA-1D7FF"
)


def make_math_font(source: Path, unicodes: str, name: str) -> None:
    """Write the characters of a font, with what stretches and places them, under another name."""
    font = TTFont(source)
    options = Options(layout_features=[], hinting=False, drop_tables=["FFTM"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(unicodes))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "ReadinglogMath"
    font.flavor = "woff2"
    font.save(FONTS / name)


def make_face(family: str, file: str, weight: str, style: str, unicodes: str) -> str:
    """Return the rule of a font; a page does not wait for it, so that nothing moves."""
    ranges = f"\n  unicode-range:\n    U+{unicodes.replace(',', ', U+')};" if unicodes else ""
    return FACE.format(family=family, file=file, weight=weight, style=style, unicode_range=ranges)


def main(serif: Path, tex_gyre: Path) -> None:
    """Write all fonts and their licences."""
    for style in SERIF:
        shutil.copy(serif / f"files/source-serif-4-{style}.woff2", FONTS)
    shutil.copy(serif / "LICENSE", FONTS / "LICENSE-source-serif-4.txt")
    shutil.copy(tex_gyre / MATH_LICENCE, FONTS / "LICENSE-tex-gyre-math.txt")
    make_math_font(tex_gyre / MATH, COMMON, "math.woff2")
    make_math_font(tex_gyre / MATH, RARE, "math-rare.woff2")
    faces = [
        make_face("Source Serif 4", f"source-serif-4-{file}", weight, style, unicodes)
        for file, (weight, style, unicodes) in SERIF.items()
    ]
    # What is in no other file is looked for in the first.
    faces += [make_face("ReadinglogMath", "math", "400", "normal", "")]
    faces += [make_face("ReadinglogMath", "math-rare", "400", "normal", RARE)]
    about = "/* Made by scripts/make_fonts.py, with addresses from readinglog.css. */\n"
    (ASSETS / "style/fonts.css").write_text(about + "".join(faces), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
