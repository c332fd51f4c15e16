"""Where the example stories lie, whatever folder a notebook runs in. May not read them."""

from __future__ import annotations

from pathlib import Path

import timeline
from timeline.errors import TEXT, InputError, expect


def example(name: str) -> Path:
    """The folder of one of the project's example stories, found from any working directory.

    Looks for `data/NAME/story.toml` in the working directory, in each folder above it, and beside
    the package (a clone that was installed editable). The stories are in the repository, not in
    the installed package.
    Raises InputError naming the stories that there are, or saying that a clone is needed.

    >>> example("iran-letters").name
    'iran-letters'
    """
    expect(name=(name, TEXT))
    here = Path.cwd()
    places = [folder / "data" for folder in (here, *here.parents)]
    places.append(Path(timeline.__file__).parent.parent / "data")
    found = [path for place in places for path in sorted(place.glob("*/story.toml"))]
    for path in found:
        if path.parent.name == name:
            return path.parent
    if not found:
        raise InputError(
            f"no example story {name!r}: they are in the repository's data folder; run this in a clone of it"
        )
    names = ", ".join(sorted({path.parent.name for path in found}))
    raise InputError(f"no example story {name!r}; there are {names}")
