"""Fuzz every reader of strangers' input and print what was run: `python benchmarks/fuzz.py --seconds 600`.

With atheris installed (`pip install atheris`) and --atheris, libFuzzer leads; else the mutator of
tests/trust, which keeps an input that reaches new lines. Crashes are printed as lines for
tests/trust/crashes.jsonl, and so is the slowest input if it is slow. Writes nothing else.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
import traceback
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "trust"))
SLOW = 2.0
"""Seconds from which on an input is printed too."""


def lead_by_atheris(name: str, seconds: int) -> None:
    """libFuzzer on one target; it ends the process by itself, and leaves a file for a crash."""
    import atheris

    with atheris.instrument_imports(include=["timeline"]):
        from trust_targets import TARGETS, scratch

    seeds = scratch() / f"seeds-{name}"
    seeds.mkdir(exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds):
        (seeds / str(number)).write_text(seed, encoding="utf-8")
    prefix = f"-artifact_prefix={scratch()}/crash-{name}-"
    atheris.Setup(
        [sys.argv[0], str(seeds), f"-max_total_time={seconds}", prefix], TARGETS[name].run
    )
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help="which targets; all of them if none is named")
    parser.add_argument("--seconds", type=int, default=600, help="for each target (600)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true", help="one target, led by libFuzzer")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.atheris:
        lead_by_atheris(given.targets[0], given.seconds)
        return 0
    from trust_targets import TARGETS, fuzz

    n_crashes = 0
    print("| target | seconds, of processor | inputs | lines reached | slowest input | crashes |")
    print("|---|---|---|---|---|---|")
    for name in given.targets or TARGETS:
        run = fuzz(name, given.seconds, given.seed)
        n_crashes += len(run.crashes)
        print(
            f"| {name} | {given.seconds}, {run.processor:.0f} | {run.inputs:,} | {run.lines:,} | {run.slowest:.2f} s "
            f"| {len(run.crashes)} |",
            flush=True,
        )
        if run.slowest > SLOW:
            print(
                json.dumps({"slow": name, "input": base64.b64encode(run.slow).decode()}),
                file=sys.stderr,
            )
        for crash in run.crashes:
            packed = base64.b64encode(crash.data).decode()
            print(json.dumps({"target": name, "input": packed}), file=sys.stderr)
            traceback.print_exception(crash.error, limit=-4, file=sys.stderr)
    return min(n_crashes, 1)


if __name__ == "__main__":
    raise SystemExit(main())
