"""What an archive run is to do and what is done: plan.json, manifest.jsonl and the lock. Tags nothing."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from timeline.archive.inputs import Slice, cut, find_inputs
from timeline.archive.records import Bad
from timeline.errors import InputError
from timeline.files import write_atomically
from timeline.reading.find import Paths

PLAN, MANIFEST, REJECTED = "plan.json", "manifest.jsonl", "rejected.jsonl"
MOST_BYTES = 16 * 1024 * 1024
LEAST_BYTES = 512 * 1024
MOST_FILES = 500
Done = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Plan:
    """All the work: `partitions` are lists of slices, numbered by their place; each is done once.

    `settings`: what the result depends on beside the files.  `files`: path -> [size, mtime in ns].
    `bad`: files, or rests of files, that cannot be read at all.
    """

    settings: dict[str, Any]
    files: dict[str, list[int]] = field(default_factory=dict)
    partitions: list[list[Slice]] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)

    def size(self, number: int) -> int:
        """Bytes of input in one partition."""
        return sum(one.size for one in self.partitions[number])


def make_plan(
    paths: Paths,
    out: Path,
    settings: dict[str, Any],
    most: int = MOST_BYTES,
    *,
    strict: bool = False,
    progress: Callable[[list[Path]], Iterable[Path]] = list,
) -> Plan:
    """The plan for these inputs: an earlier one of `out`, if there is, with partitions for new files added.

    `most`: bytes of input in a partition at most, roughly.  `strict`: raise if a file cannot be read.
    `progress`: wraps the files that must be looked through, as `tqdm` does.
    Raises InputError if the earlier one was made with other settings, or if one of its files changed.
    """
    found, passed_over = find_inputs(paths, out)
    files = {str(path): [path.stat().st_size, path.stat().st_mtime_ns] for path in found}
    plan = read_plan(out) if (out / PLAN).exists() else Plan(settings)
    for key, value in settings.items():
        if plan.settings.get(key) != value:
            raise InputError(
                f"{out} was begun with {key} {plan.settings.get(key)!r}, not {value!r}: "
                "give the same again, or another output folder"
            )
    for name, stamp in plan.files.items():
        if files.get(name, stamp) != stamp:
            raise InputError(
                f"{name} has changed since {out} was begun from it: use another output folder"
            )
    # small enough that a small archive keeps several workers busy, whatever their number
    most = min(most, max(sum(size for size, _ in files.values()) // 32, LEAST_BYTES))
    partitions, bad = list(plan.partitions), list(plan.bad)
    new = [path for path in found if str(path) not in plan.files]
    bad += [Bad(name, 0, why) for name, why in passed_over if name not in {b.file for b in bad}]
    gathered: list[Slice] = []
    for path in progress(new):
        slices, why = cut(path, most)
        if why:
            if strict:
                raise InputError(f"{path}: {why}")
            bad.append(Bad(str(path), 0, why))
        for one in slices:
            size = sum(g.size for g in gathered) + one.size
            if gathered and (size > most or len(gathered) >= MOST_FILES):
                partitions.append(gathered)
                gathered = []
            gathered.append(one)
    if gathered:
        partitions.append(gathered)
    return Plan(settings, {**plan.files, **files}, partitions, bad)


def write_plan(plan: Plan, out: Path) -> None:
    """Nothing; plan.json is in `out`, whole."""
    write_atomically(out / PLAN, json.dumps(plan.__dict__, ensure_ascii=False))


def read_plan(out: Path) -> Plan:
    """The plan of the archive in `out`.

    Raises InputError if `out` is no archive.
    """
    try:
        table = json.loads((out / PLAN).read_text("utf-8"))
        partitions = [[Slice(*one) for one in slices] for slices in table["partitions"]]
        bad = [Bad(*one) for one in table["bad"]]
        return Plan(table["settings"], table["files"], partitions, bad)
    except FileNotFoundError:
        raise InputError(
            f"{out} is no archive (it has no {PLAN}): make one with `timeline archive tag IN {out}`"
        ) from None
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{out / PLAN} is not a plan of ours ({error}): use another folder"
        ) from None


def read_done(out: Path, *, check: bool = True) -> dict[int, dict[str, Any]]:
    """Partition number -> its line of the manifest; with `check`, for each whose files are all there.

    A last line that a killed run left half-written counts as not written.
    """
    done: dict[int, dict[str, Any]] = {}
    try:
        lines = (out / MANIFEST).read_text("utf-8").split("\n")
    except FileNotFoundError:
        return done
    for line in lines:
        with contextlib.suppress(ValueError, KeyError):
            entry = json.loads(line)
            if not check or all(Path(f"{out}/{name}").exists() for name in entry["files"]):
                done[entry["partition"]] = entry
    return done


def write_done(done: Done, out: Path) -> None:
    """Nothing; the manifest holds exactly the lines of `done`, in order."""
    lines = [json.dumps(done[number]) + "\n" for number in sorted(done)]
    write_atomically(out / MANIFEST, "".join(lines))


def append_done(entry: Mapping[str, Any], out: Path) -> None:
    """Nothing; the manifest has one line more, and it is on the disk."""
    with (out / MANIFEST).open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
        file.flush()
        os.fsync(file.fileno())


def gather_rejected(plan: Plan, done: Done, out: Path) -> int:
    """How many records were rejected; rejected.jsonl lists them all, in the order of the plan."""
    temporary, n = out / f".{REJECTED}.tmp", 0
    with temporary.open("w", encoding="utf-8") as file:
        for bad in plan.bad:
            file.write(rejected_line(bad))
            n += 1
        for number in sorted(done):
            name = f"rejected/part-{number:06d}.jsonl"
            if name in done[number]["files"]:
                with (out / name).open(encoding="utf-8") as part:
                    for line in part:
                        file.write(line)
                        n += 1
    temporary.replace(out / REJECTED)
    return n


def rejected_line(bad: Bad) -> str:
    """One line of rejected.jsonl."""
    return json.dumps(bad._asdict(), ensure_ascii=False) + "\n"


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Nothing; while it lasts no other run can write to `out`. The system frees it if we are killed.

    Raises InputError if another run has it.
    """
    with (out / ".lock").open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass  # not on Windows
        except OSError:
            raise InputError(
                f"another run is writing to {out}: wait for it, or name another folder"
            ) from None
        yield
