"""The archive's Parquet files as tables that DuckDB can be asked about. Knows no question."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd

from timeline.archive import plan as plans
from timeline.archive.cluster import require_extras
from timeline.errors import InputError

StrPath = str | os.PathLike[str]


def files_of(out: StrPath, dataset: str) -> list[str]:
    """The dataset's files in partitions that are done; the plan is read so that it is surely an archive."""
    require_extras()
    plans.read_plan(Path(out))
    done = plans.read_done(Path(out), check=False)
    names = (name for entry in done.values() for name in entry["files"])
    return sorted(f"{out}/{name}" for name in names if name.startswith(f"{dataset}/"))


def ask(out: StrPath, sql: str, values: list[Any]) -> pd.DataFrame:
    """The answer, as a frame.

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
            return engine.execute(sql, values).df()
        except duckdb.Error as error:
            raise InputError(f"{out} cannot be read: {str(error).splitlines()[0]}") from None
