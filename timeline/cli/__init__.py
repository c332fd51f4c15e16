"""The `timeline` command: reads arguments, calls the steps, prints what happened."""

from timeline.cli.main import main

__all__ = ["main"]
