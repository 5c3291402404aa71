"""What a service may be called. Pure."""

import re

_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")


def is_name(text: str) -> bool:
    """Whether a service may be called so: lower case letters, digits and underscores."""
    return _NAME.fullmatch(text) is not None
