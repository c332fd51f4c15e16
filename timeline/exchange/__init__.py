"""Exchange: frames out to files that other tools read, and other people's tables in."""

from timeline.exchange.tables import write_frame

__all__ = ["write_frame"]
