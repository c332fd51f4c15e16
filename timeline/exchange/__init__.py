"""Exchange: events out to files that other tools read, and other people's tables and timelines in."""

from timeline.exchange.read import read_events
from timeline.exchange.tables import write_frame
from timeline.exchange.timeml import read_timeml, write_timeml
from timeline.exchange.write import write_events

__all__ = ["read_events", "read_timeml", "write_events", "write_frame", "write_timeml"]
