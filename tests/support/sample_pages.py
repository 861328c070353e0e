"""Where each kind of page of the sample log is."""

from __future__ import annotations

KINDS = {
    "home": "",
    "note": "notes/deadbeat-escapement/",
    "table": "notes/tower-clock-survey/",
    "code": "notes/moon-phase-display/",
    "long-title": "notes/restoring-a-turret-clock/",
    "long-formula": "notes/equation-of-time/",
    "right-to-left": "notes/elephant-clock/",
    "hub": "notes/clocks-that-tick/",
    "tag": "tags/mechanical-clocks/",
    "leaf-tag": "tags/pendulums/",
    "tags": "tags/",
    "authors": "authors/",
    "author": "authors/ada-adams/",
    "log": "log/",
    "month": "log/2025-06/",
    "search": "search/?q=escapement",
    "map": "graph/",
    "stats": "stats/",
    "wanted": "wanted/",
    "contribute": "contribute/",
    "rules": "rules/",
    "missing": "notes/deadbeat-escapment/",
}
