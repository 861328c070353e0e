"""Pictures of every kind of page of the sample log, for looking at: `python tests/screenshots.py
[FOLDER]`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from support.browsing import SCHEMES, open_page, run_browser, serve_folder
from support.paths import SAMPLE
from support.sample_pages import KINDS
from support.site_builds import build_log

WIDTHS = {"phone": 390, "desktop": 1400}


def take(site: Path, folder: Path) -> None:
    """Write a picture of each whole page, in both schemes and at both widths:
    `note-light-phone.png` and so on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with run_browser() as browser, serve_folder(site) as root:
        for scheme in SCHEMES:
            for device, width in WIDTHS.items():
                viewport = {"width": width, "height": 900}
                context = browser.new_context(
                    color_scheme=scheme, viewport=viewport, reduced_motion="reduce"
                )
                page = context.new_page()
                for kind, address in KINDS.items():
                    open_page(page, root + address, kind)
                    page.screenshot(path=folder / f"{kind}-{scheme}-{device}.png", full_page=True)
                context.close()


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".cache/screenshots")
    with tempfile.TemporaryDirectory() as temporary:
        take(build_log(SAMPLE, Path(temporary)), folder)
    print(folder)  # noqa: T201 - what was asked for


if __name__ == "__main__":
    main()
