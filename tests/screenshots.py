"""Pictures of every kind of page of the built site, for looking at: `python tests/screenshots.py [FOLDER]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from support.browsing import KINDS, SCHEMES, go, real_site, running_browser, served

WIDTHS = {"phone": 390, "desktop": 1400}


def take(site: Path, folder: Path) -> None:
    """Write a picture of each whole page, in both schemes and at both widths: `note-light-phone.png` and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    with running_browser() as browser, served(site) as root:
        for scheme in SCHEMES:
            for device, width in WIDTHS.items():
                context = browser.new_context(
                    color_scheme=scheme,
                    viewport={"width": width, "height": 900},
                    reduced_motion="reduce",
                )
                page = context.new_page()
                for kind in KINDS:
                    go(page, root, kind)
                    page.screenshot(path=folder / f"{kind}-{scheme}-{device}.png", full_page=True)
                context.close()


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".cache/screenshots")
    with tempfile.TemporaryDirectory() as temporary:
        take(real_site(Path(temporary) / "real"), folder)
    print(folder)  # noqa: T201 - what was asked for


if __name__ == "__main__":
    main()
