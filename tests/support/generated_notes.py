"""The made-up notes of the benchmarks, and what else those have."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from support.paths import ROOT


def load_benchmark(name: str) -> ModuleType:
    """Return a module of the benchmarks, which are not a package."""
    known = f"benchmarks_{name}"
    if known not in sys.modules:
        spec = spec_from_file_location(known, ROOT / "benchmarks" / f"{name}.py")
        assert spec
        assert spec.loader
        sys.modules[known] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


def generate_notes(count: int, seed: int) -> dict[str, str]:
    """Return the files of a folder of notes, with their texts."""
    files: dict[str, str] = load_benchmark("generate").Generator(count, seed).generate()
    return files


def write_notes(folder: Path, count: int, seed: int) -> list[Path]:
    """Write a folder of notes, and return the files of those."""
    load_benchmark("generate").write(folder, count, seed)
    return sorted(folder.glob("*.md"))
