"""Why an action was refused, in words for the person who asked for it."""

from __future__ import annotations


class Refused(Exception):
    """The action cannot be done; nothing was written. `str()` is a Russian sentence: what happened and what to do."""
