"""When a silence becomes uncertain. Pure."""

from datetime import timedelta

ANSWER_LOST_AFTER = timedelta(minutes=10)
"""A provider that has not answered for so long has lost our call, or we its answer."""
