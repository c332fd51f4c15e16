"""The Dask client that does the work: the user's cluster, or processes on this machine. Knows no articles."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from timeline.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

AGAIN = "what is done is kept: run the same again to go on"
INSTALL = 'needs more packages: pip install "story-timeline[archive]"'
# a partition that has taken this many workers with it is given up (Dask's allowed-failures + 1)
KILLS = 4
PATIENCE = 30


def require_extras() -> None:
    """Nothing, if the packages of the extra `archive` are there.

    Raises InputError saying what to install.
    """
    # found, not loaded, which would take a second
    for name in ("distributed", "duckdb", "warcio", "zstandard"):
        if find_spec(name) is None:
            raise InputError(f"an archive {INSTALL} ({name} is missing)")


@contextlib.contextmanager
def connect(address: str | None) -> Iterator[Client | None]:
    """A client of the scheduler at `address`, or None without one.

    Raises InputError if no scheduler answers there, or if it has no worker.
    """
    if not address:
        yield None
        return
    require_extras()
    from distributed import Client

    # a lost scheduler is told in a sentence of ours
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        why = "it is not tcp://HOST:PORT" if isinstance(error, ValueError) else "nothing answers"
        raise InputError(
            f"no scheduler at {address!r} ({why}): start one with `dask scheduler`, and workers with `dask worker {address}`"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise InputError(
                f"the scheduler at {address} has no worker: start some with `dask worker {address}`"
            ) from None
        yield client


@contextlib.contextmanager
def engine_for(
    client: Client | None, workers: int | None, n_tasks: int, progress: bool
) -> Iterator[Client | None]:
    """`client`, or else one of local processes, one thread each, that end with it; None without tasks."""
    if not n_tasks:
        yield None
        return
    if client is not None:
        _say(client, progress)
        yield client
        return
    from distributed import Client, LocalCluster

    try:
        cluster = LocalCluster(
            n_workers=min(workers or os.cpu_count() or 1, n_tasks),
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
    except RuntimeError as error:
        raise InputError(
            'the local processes did not start: in a script, call it under `if __name__ == "__main__":`'
        ) from error
    with cluster, Client(cluster) as local:
        _say(local, progress)
        yield local


def _say(client: Client, progress: bool) -> None:
    # without bokeh the page is there, but empty
    if progress and find_spec("bokeh"):
        print(f"dashboard: {client.dashboard_link}", file=sys.stderr)
