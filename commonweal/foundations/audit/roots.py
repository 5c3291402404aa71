"""Exported roots: a signed file that is kept where the owner of the database cannot write.

Signed with Ed25519 by a key beside the keyring, made on first use. Whoever checks trusts the public key, not the file.
"""

import base64
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import connection

from commonweal.foundations.audit import statements
from commonweal.foundations.audit.sealing import SEALER
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.scopes import PLATFORM, read_scope

_FORMAT = "commonweal.audit.roots"
_AT_MOST = 10_000


class BadRoots(Exception):
    """The file of roots cannot be relied on; the text says why."""


@dataclass(frozen=True)
class Published:
    """One exported root."""

    number: int
    epoch: int
    at: datetime
    root: bytes


def export_roots(key: Ed25519PrivateKey) -> str:
    """The text of a signed file of the roots up to now."""
    with read_scope(SEALER, (PLATFORM,)), connection.cursor() as cursor:
        cursor.execute(statements.ROOTS, {"platform": PLATFORM, "at_most": _AT_MOST})
        rows = [Published(number, epoch, at, bytes(root)) for number, epoch, at, root in cursor.fetchall()]
    return sign_roots(rows, key)


def sign_roots(rows: Iterable[Published], key: Ed25519PrivateKey) -> str:
    """The text of a signed file of these roots."""
    document: dict[str, Any] = {
        "format": _FORMAT,
        "made_at": now().isoformat(),
        "roots": [[row.number, row.epoch, row.at.isoformat(), row.root.hex()] for row in rows],
        "public_key": public_key_of(key),
    }
    document["signature"] = base64.b64encode(key.sign(_signed(document))).decode()
    return json.dumps(document, indent=1) + "\n"


def read_roots(text: str, *, trusted: str) -> list[Published]:
    """The roots of a file that `trusted` (a public key) signed. Raises BadRoots."""
    try:
        document = json.loads(text)
        signature = base64.b64decode(document.pop("signature"))
        if document["format"] != _FORMAT:
            raise BadRoots("It is no file of roots.")
        if document["public_key"] != trusted:
            raise BadRoots(f"It was signed with the key {document['public_key']}, not with {trusted}.")
        Ed25519PublicKey.from_public_bytes(base64.b64decode(trusted)).verify(signature, _signed(document))
        return [
            Published(int(number), int(epoch), datetime.fromisoformat(at), bytes.fromhex(root))
            for number, epoch, at, root in document["roots"]
        ]
    except InvalidSignature:
        raise BadRoots("Its signature is wrong: it was changed after it was exported.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadRoots("It is no file of roots, or it is damaged.") from None


def signing_key() -> Ed25519PrivateKey:
    """The key that signs roots, beside the keyring; made on first use. Raises OSError, ValueError when damaged."""
    path = signing_key_path()
    if not path.exists():
        _make_key(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds no Ed25519 key.")
    return key


def signing_key_path() -> Path:
    """Where the signing key lies."""
    return Path(settings.KEYRING).with_name("audit-signing-key.pem")


def public_key_of(key: Ed25519PrivateKey) -> str:
    """The public key, as it is printed and given to those who check."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _make_key(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def _signed(document: dict[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
