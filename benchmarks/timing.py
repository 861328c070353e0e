"""Ratios of two commands, run in turn so that a noisy machine is unfair to both alike."""

from __future__ import annotations

import subprocess
import time
from statistics import median


def seconds(command: list[str], output: int | None = subprocess.DEVNULL) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=output, stderr=output)
    return time.perf_counter() - start


def ratio(
    name: str,
    command: list[str],
    base_name: str,
    base: list[str],
    output: int | None = subprocess.DEVNULL,
    runs: int = 3,
) -> float:
    """Run both `runs` times in turn and print the medians and their ratio."""
    pairs = [(seconds(command, output), seconds(base, output)) for _ in range(runs)]
    ours, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    print(f"{name}: {ours:.2f} s; {base_name}: {theirs:.2f} s; ratio {ours / theirs:.2f}")
    return ours / theirs
