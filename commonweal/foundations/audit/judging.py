"""What a verification finds about one seal and its batch, in sentences that name what is wrong. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from commonweal.foundations.audit.chain import Link
from commonweal.foundations.audit.leaves import leaf_of
from commonweal.foundations.audit.merkle import find_root
from commonweal.foundations.audit.roots import Published


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a sentence that names it, and its batch and entry where they are known."""

    sentence: str
    batch: int | None = None
    entry: int | None = None


@dataclass(frozen=True)
class Batch:
    """A seal with the ids of its entries and their leaves, in their order."""

    link: Link
    ids: list[int]
    leaves: list[bytes]


def judge_link(previous: Link, link: Link) -> Iterator[Finding]:
    """A seal alone, and beside the one before."""
    header, expected = link.header, previous.header.number + 1
    number = header.number
    if number < expected:
        yield Finding(f"There are two seals with the number {number}.", batch=number)
    elif number > expected:
        named = f"Batch {expected} is" if number == expected + 1 else f"Batches {expected} to {number - 1} are"
        yield Finding(f"{named} missing: the seals go from {previous.header.number} to {number}.", batch=expected)
    elif header.previous != previous.root:
        yield Finding(f"The seal of batch {number} does not follow from the one before it.", batch=number)
    if header.find_root() != link.root:
        yield Finding(f"The seal of batch {number} was changed.", batch=number)


def judge_entries(batch: Batch, lines: Mapping[int, bytes]) -> Iterator[Finding]:
    """The entries of a batch, as the lines they are now by their ids, beside what was sealed."""
    header = batch.link.header
    ends = (batch.ids[0], batch.ids[-1]) if batch.ids else (None, None)
    is_whole = len(batch.ids) == len(batch.leaves) == header.size and ends == (header.first, header.last)
    if not is_whole or find_root(batch.leaves) != header.tree:
        words = (
            f"The seal of batch {header.number} (entries {header.first} to {header.last}) does not fit its own root."
        )
        yield Finding(words, batch=header.number)
        return
    for position, (entry, leaf) in enumerate(zip(batch.ids, batch.leaves, strict=True)):
        line = lines.get(entry)
        if line is None:
            yield _find(batch, entry, f"Entry {entry} is missing from batch {header.number}.")
        elif leaf_of(position, line) != leaf:
            other = _sealed_as(line, position, batch)
            words = f"holds what was sealed as entry {other}: their order was changed" if other else "was changed"
            yield _find(batch, entry, f"Entry {entry} of batch {header.number} {words}.")


def judge_published(link: Link, known: Published | None) -> Iterator[Finding]:
    """A seal beside what was exported of it."""
    header = link.header
    if known is not None and known.root != link.root:
        yield Finding(
            f"Batch {header.number} (entries {header.first} to {header.last}) is not what was exported of "
            f"{known.at:%Y-%m-%d %H:%M}: it, or one before it, was rewritten.",
            batch=header.number,
        )


def _find(batch: Batch, entry: int, sentence: str) -> Finding:
    return Finding(sentence, batch=batch.link.header.number, entry=entry)


def _sealed_as(line: bytes, position: int, batch: Batch) -> int | None:
    """The entry of the batch whose contents this one has now."""
    _own, _tab, contents = line.partition(b"\t")
    for place, (entry, leaf) in enumerate(zip(batch.ids, batch.leaves, strict=True)):
        if place != position and leaf_of(place, b"%d\t%s" % (entry, contents)) == leaf:
            return entry
    return None
