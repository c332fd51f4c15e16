"""Archives: the same steps for a million articles, on one machine or a Dask cluster."""

from timeline.archive.run import Summary, tag_archive

__all__ = ["Summary", "tag_archive"]
