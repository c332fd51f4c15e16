"""The archive's Parquet files as tables that DuckDB can be asked about. Knows no question."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow.parquet import ParquetFile

from timeline.archive import plan as plans
from timeline.archive.cluster import require_extras
from timeline.errors import InputError

StrPath = str | os.PathLike[str]


def done_in(out: StrPath) -> dict[int, dict[str, Any]]:
    """The partitions that are done; the plan is read so that it is surely an archive."""
    require_extras()
    plans.read_plan(Path(out))
    return plans.read_done(Path(out), check=False)


def files_of(out: StrPath, dataset: str, done: plans.Done | None = None) -> list[str]:
    """The dataset's files in the partitions that are `done`."""
    entries = (done_in(out) if done is None else done).values()
    names = (name for entry in entries for name in entry["files"])
    return sorted(f"{out}/{name}" for name in names if name.startswith(f"{dataset}/"))


def ask(out: StrPath, sql: str, values: list[Any], **tables: pa.Table) -> pd.DataFrame:
    """The answer, as a frame; `tables` are known to the question by name.

    Raises InputError if the files cannot be read.
    """
    import duckdb

    # nothing is ever fetched
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(":memory:", config=settings) as engine:
        try:
            for name, table in tables.items():
                engine.register(name, table)
            return engine.execute(sql, values).df()
        except duckdb.Error as error:
            raise InputError(f"{out} cannot be read: {str(error).splitlines()[0]}") from None


def read_rows(rows: Iterable[tuple[str, int]], columns: list[str]) -> pa.Table:
    """These rows (file, number) with these columns, and `filename`; only their row groups are read.

    Raises InputError if a file cannot be read.
    """
    wanted: dict[str, list[int]] = {}
    for name, row in rows:
        wanted.setdefault(name, []).append(row)

    def read(name: str) -> pa.Table:
        with ParquetFile(name) as file:
            sizes = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
            firsts = np.cumsum([0, *sizes])
            numbers = np.array(sorted(wanted[name]))
            groups = np.searchsorted(firsts, numbers, side="right") - 1
            taken = [
                file.read_row_group(group, columns, use_threads=False).take(numbers[groups == group] - firsts[group])
                for group in np.unique(groups).tolist()
            ]  # fmt: skip
        table = pa.concat_tables(taken)
        return table.append_column("filename", pa.repeat(name, len(table)))

    try:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return pa.concat_tables(threads.map(read, sorted(wanted)))
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"the archive cannot be read: {error}") from None
