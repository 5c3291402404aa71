"""The header of a seal, and the root that makes each seal answer for all before it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from commonweal.foundations.audit.merkle import NOTHING

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Header:
    """What a seal says of its batch; see `models.Seal`. `cluster` names the server that numbered the transactions."""

    number: int
    epoch: int
    cluster: int
    at: datetime
    size: int
    first: int | None
    last: int | None
    floor: int
    upto_transaction: int
    upto_id: int
    previous: bytes
    tree: bytes

    def find_root(self) -> bytes:
        """SHA-256 over every part of the header, the tree of its batch and the root before it."""
        parts = (
            self.number,
            self.epoch,
            self.cluster,
            (self.at - _BEGINNING) // timedelta(microseconds=1),
            self.size,
            self.first,
            self.last,
            self.floor,
            self.upto_transaction,
            self.upto_id,
            self.previous.hex(),
            self.tree.hex(),
        )
        text = "\n".join(["commonweal.audit.seal", *(str(part) for part in parts)])
        return sha256(b"\x02" + text.encode()).digest()


@dataclass(frozen=True)
class Link:
    """A seal as the next one needs it."""

    header: Header
    root: bytes


def beginning(cluster: int) -> Link:
    """The link that comes before the first seal."""
    return Link(Header(0, 1, cluster, _BEGINNING, 0, None, None, 0, 0, 0, NOTHING, NOTHING), NOTHING)
