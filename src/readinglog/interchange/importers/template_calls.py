"""Images and videos that a blog shows by a call of its templates, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PARAMETER = re.compile(r"(?<!\w)(\w++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|(\S+))")
_VIDEO_HOSTS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def read_parameters(text: str) -> Mapping[str, str]:
    """Return the parameters of a call, `src="a.png" alt="A"`, by their names in lower case."""
    return {
        each[1].lower(): next(filter(None, each.groups()[1:]), "")
        for each in _PARAMETER.finditer(text)
    }


def make_image(source: str, parameters: Mapping[str, str]) -> str:
    """Return an image with its caption, which leads to where the parameter `link` says."""
    texts = [parameters.get(name, "") for name in ("alt", "caption", "title")]
    label, *others = [*dict.fromkeys(filter(None, texts)), ""]
    caption = others[0].replace("\\", "\\\\").replace('"', '\\"') if others else ""
    title = f' "{caption}"' if caption else ""
    image = f"![{label.replace('[', '(').replace(']', ')')}]({make_path(source)}{title})"
    address = parameters.get("link")
    return f"[{image}]({make_path(address)})" if address else image


def make_video(host: str, video: str) -> str:
    """Return the address of a video, by its id or address, and the name of its host."""
    return f"<{video if video.startswith('https://') else _VIDEO_HOSTS[host] + video}>"


def make_path(reference: str) -> str:
    """Return a path as the destination of a link."""
    return reference.replace(" ", "%20")
