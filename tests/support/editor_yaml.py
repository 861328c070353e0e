"""YAML as editors read it, whose check by a JSON Schema has to agree with ours: a day stays a text."""

from __future__ import annotations

import re

import yaml


class _Loader(yaml.SafeLoader):
    pass


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(text: str) -> object:
    return yaml.load(text, _Loader)  # noqa: S506 - a safe one


def load_front_matter(text: str) -> object:
    return load_yaml(re.split(r"^---$", text, flags=re.MULTILINE)[1])
