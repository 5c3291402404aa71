"""Typed values from the environment; a bad value stops the start with a sentence that names it."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from commonweal.foundations.design.tiles import Tiles, is_address_of_tiles

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Raises ImproperlyConfigured unless the value is a yes or a no."""
    value = text(name, "1" if default else "0").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Raises ImproperlyConfigured unless the value is a whole number within its bounds."""
    value = text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().absolute()


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str) -> dict[str, Any]:
    """The parts of a PostgreSQL address. Raises ImproperlyConfigured when it is none.

    What the query says besides host and port (sslmode, sslrootcert) goes to the driver as it is.
    """
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must be an address such as postgresql://login:password@host:5432/database.")
    options = dict(parse_qsl(url.query))
    # Not url.hostname, which is lower-cased: a folder of sockets is not.
    host = url.netloc.rpartition("@")[2].rpartition(":")[0] if url.port else url.netloc.rpartition("@")[2].rstrip(":")
    return {
        "NAME": unquote(url.path.lstrip("/")),
        "USER": options.pop("user", "") or unquote(url.username or ""),
        "PASSWORD": options.pop("password", "") or unquote(url.password or ""),
        "HOST": options.pop("host", "") or unquote(host).strip("[]"),
        "PORT": options.pop("port", "") or str(url.port or ""),
        "OPTIONS": options,
    }


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_server(name: str) -> dict[str, Any]:
    """Django's settings of the server that mail is handed to. Raises ImproperlyConfigured when the address is none.

    `smtp+tls` is encrypted from the first command (STARTTLS), `smtps` from the first byte; `smtp` is not.
    """
    url = urlsplit(text(name) or "smtp://localhost")
    try:
        port = url.port or _MAIL_PORTS.get(url.scheme)
    except ValueError:
        port = None
    if not port or not url.hostname or url.scheme not in _MAIL_PORTS:
        raise ImproperlyConfigured(f"{name} must be an address such as smtp+tls://login:password@host:587.")
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
    }


def tiles(name: str, *, credit: str, closest: int, is_https: bool) -> Tiles | None:
    """The squares of the map, None where none are named. Raises ImproperlyConfigured when it names no such thing."""
    address = text(name)
    if not address:
        return None
    if not is_address_of_tiles(address, is_https=is_https):
        raise ImproperlyConfigured(
            f"{name} must be an address of map tiles by {'https' if is_https else 'https or http'}, such as "
            "https://tiles.example/{z}/{x}/{y}.png, or a path of this site, such as /tiles/{z}/{x}/{y}.png, "
            f"not {address!r}."
        )
    if not credit:
        raise ImproperlyConfigured(f"{name} needs COMMONWEAL_MAP_CREDIT as well: whom the map names as its source.")
    return Tiles(address, credit, closest)
