"""`python -m timeline` is the same as the `timeline` command."""

import sys

from timeline.cli import main

sys.exit(main())
