"""Where map tiles come from: a server that was chosen, or a path of this site."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise

_NUMBERS = ("{z}", "{x}", "{y}")
_ADDRESS = re.compile(r"[!-~]+")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
"""Nothing else may come into a content security policy."""


@dataclass(frozen=True)
class Tiles:
    """Map tiles: their address with {z}, {x} and {y}, who to credit, and the closest zoom they have."""

    address: str
    credit: str | Promise
    closest: int

    @property
    def origin(self) -> str:
        """What a page must be allowed to load pictures from; empty when it is this site."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def is_address_of_tiles(address: str, *, is_https: bool) -> bool:
    """Whether it names each of zoom, column and row once, on a server by https (where the site is) or on this site."""
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}"
    if not _ADDRESS.fullmatch(address) or any(path.count(number) != 1 for number in _NUMBERS):
        return False
    if parts.fragment or path.count("{") != len(_NUMBERS) or path.count("}") != len(_NUMBERS):
        return False
    if not parts.scheme:
        return address.startswith("/") and not parts.netloc
    return parts.scheme in ({"https"} if is_https else {"https", "http"}) and bool(_HOST.fullmatch(parts.netloc))
