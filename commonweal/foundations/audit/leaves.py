"""The canonical bytes of an audit entry in its place: what a leaf of the tree is the hash of."""

from commonweal.foundations.audit.merkle import hash_leaf

COLUMNS: dict[str, str] = {
    "id": "id",
    "organisation_id": "organisation_id",
    "at": "(extract(epoch from at) * 1000000)::bigint",
    "action": "action",
    "about": "about",
    "about_id": "about_id",
    "changed": "changed",
    "facts": "facts",
    "actor_kind": "actor_kind",
    "actor_id": "actor_id",
    "channel": "channel",
    "transaction": "transaction",
}
"""Every column of an entry in the order of its line, and how it is written there: moments as microseconds."""

LINE = ", ".join(COLUMNS.values())
"""For `copy (select LINE from audit_entry ...) to stdout`.

PostgreSQL's copy writes a row as one line whose columns are divided by tabs; tabs, newlines and backslashes within them
are escaped and null is told from empty, so different rows never give the same line. JSON is in its normal form.
"""


def leaf_of(position: int, line: bytes) -> bytes:
    """The leaf of the entry that `line` is, in its place within its batch (from 0)."""
    return hash_leaf(position.to_bytes(8, "big") + line)


def id_of(line: bytes) -> int:
    """The id of the entry that `line` is."""
    return int(line.split(b"\t", 1)[0])


def transaction_of(line: bytes) -> int:
    """The transaction that wrote the entry that `line` is."""
    return int(line.rsplit(b"\t", 1)[1])
