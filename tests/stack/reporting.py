"""A resident's report of a missed bin, as a form is filled in and sent."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from commonweal.foundations.clocks.now import today
from tests.stack.visiting import Answer, Visitor


def _yesterday() -> date:
    return today() - timedelta(days=1)


@dataclass(frozen=True)
class MissedBin:
    """What somebody tells about a bin that was not emptied. `bin` is what the page calls it."""

    bin: str = "Food waste"
    due: date = field(default_factory=_yesterday)
    address: str = "14 Otter Row"
    postcode: str = "LS99 2AB"
    left_at: str = "Beside the green gate"
    name: str = "Marian Thistlewood"
    email: str = "marian.thistlewood@people.example"
    phone: str = "07700 900123"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What only those who deal with it may read. The place is not among it: rounds are planned by it."""
        return self.name, self.email, self.phone, self.left_at


@dataclass(frozen=True)
class Receipt:
    """What the last page shows: with both one can follow what comes of it."""

    reference: str
    secret: str


def fill_in(visitor: Visitor, told: MissedBin, *, council: str = "leeds") -> None:
    """Answer every page, up to the last look at all of it."""
    visitor.get(f"/{council}/missed-collection/apply/")
    due = {"due-day": str(told.due.day), "due-month": str(told.due.month), "due-year": str(told.due.year)}
    place = {"place-address": told.address, "place-postcode": told.postcode, "left_at": told.left_at}
    contact = {"name": told.name, "email": told.email, "phone": told.phone}
    for given in ({"bin": told.bin.partition(" ")[0].lower()}, due, place, contact):
        answer = visitor.post(given)
        assert answer.status == 200, answer.text
    assert visitor.at.path.endswith("/check/"), visitor.at.path


def send(visitor: Visitor) -> Answer:
    """Send what is filled in, from the last look at it."""
    seen = re.search(r'name="seen" value="([^"]+)"', visitor.at.html)
    return visitor.post({"seen": seen.group(1)} if seen else {})


def read_receipt(answer: Answer) -> Receipt:
    """The receipt on the last page."""
    assert answer.status == 200, answer.text
    assert answer.path.endswith("/done/"), answer.path
    reference, secret = re.findall(r'class="cw-code">([^<]+)<', answer.html)[:2]
    return Receipt(reference, secret)


def report(address: str, told: MissedBin) -> Receipt:
    """Somebody without an account reports it at the stack that answers at `address`."""
    visitor = Visitor(address)
    fill_in(visitor, told)
    return read_receipt(send(visitor))
