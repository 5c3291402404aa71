"""A journey with names that nobody has, through every page that takes or shows what somebody typed."""

import re
from dataclasses import replace

from commonweal.frontends.demo_people import PASSWORD
from tests.stack.people import sign_in
from tests.stack.reporting import MissedBin, Receipt, fill_in, read_receipt, send
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor
from tests.stack.waiting import wait_until

SIGN_IN_EMAIL = "ottoline.marchbanks-vane@canary.example"
"""The one named exception: the sign-in package keeps it in the clear."""

UNCONFIRMED_EMAIL = "barnabas.flitterwick@canary.example"
"""Of an account that was asked for and never confirmed."""

TOLD = MissedBin(
    name="Zephyrine Quillfeather",
    email="zephyrine.quillfeather@canary.example",
    phone="07700 900871",
    left_at="Under the lopsided gazebo beside Barnaby Snodgrass-Wimpole",
)
WRONG_EMAIL = "zephyrine.misspelt.canary"
UNFINISHED = replace(TOLD, name="Thaddeus Umberstone", left_at="In the forgotten pergola")
NOTE = "Mrs Quillfeather keeps a one-eyed marmoset"
NOTE_ON_CLOSING = "The marmoset signed for the caddy"
NEVER_FOUND = "Cornelius Vanderplank"

CANARIES: tuple[str, ...] = (
    *(TOLD.name, TOLD.email, TOLD.left_at, "Quillfeather", "Snodgrass-Wimpole", "lopsided gazebo"),
    *("07700 900871", "07700900871", "+447700900871", "7700900871"),
    *(WRONG_EMAIL, UNFINISHED.name, UNFINISHED.left_at, "Umberstone"),
    *(NOTE, NOTE_ON_CLOSING, "marmoset", NEVER_FOUND, "Vanderplank"),
)
"""What must be nowhere in the clear. The place is not among it: rounds are planned by it."""


def fly(stack: Stack) -> Receipt:
    """An account is made and a bin reported with it; staff find, open, annotate and close; the resident looks."""
    resident = Visitor(stack.address)
    _make_account(stack, resident)
    _ask_for_an_account_and_leave(stack)
    receipt = _report(resident)
    _deal_with(stack, receipt)
    _start_and_leave(stack)
    assert TOLD.name not in resident.get("/leeds/your/").html
    assert "Waste and recycling" in resident.get("/leeds/your/openings/").text
    _wait_until_told(stack, receipt)
    assert TOLD.email in Visitor(stack.address).get("/demo/inbox/?from=leeds").html
    return receipt


def _make_account(stack: Stack, resident: Visitor) -> None:
    resident.get("/account/signup/")
    resident.post({"email": SIGN_IN_EMAIL, "password1": "wrong"})
    resident.post({"email": SIGN_IN_EMAIL, "password1": PASSWORD})
    inbox = Visitor(stack.address).get("/demo/inbox/").text
    code = re.search(rf"To {re.escape(SIGN_IN_EMAIL)}.*?Your code is: ([A-Z0-9-]+)", inbox)
    assert code, inbox
    answer = resident.post({"code": code.group(1)})
    assert "Sign out" in answer.text, answer.text


def _ask_for_an_account_and_leave(stack: Stack) -> None:
    """Somebody never enters the code they were sent, and never that for a new password either."""
    other = Visitor(stack.address)
    other.get("/account/signup/")
    other.post({"email": UNCONFIRMED_EMAIL, "password1": PASSWORD})
    forgetful = Visitor(stack.address)
    forgetful.get("/account/password/reset/")
    forgetful.post({"email": SIGN_IN_EMAIL})


def _report(resident: Visitor) -> Receipt:
    """With a mistake on the way: what is wrong is shown again, and must not be noted anywhere."""
    fill_in(resident, TOLD)
    check = resident.at.path
    resident.get(check.replace("/check/", "/contact/") + "?change")
    wrong = resident.post({"name": TOLD.name, "email": WRONG_EMAIL, "phone": TOLD.phone})
    assert wrong.status == 422
    assert WRONG_EMAIL in wrong.html
    resident.post({"name": TOLD.name, "email": TOLD.email, "phone": TOLD.phone}, check.replace("check", "contact"))
    resident.get(check)
    return read_receipt(send(resident))


def _deal_with(stack: Stack, receipt: Receipt) -> None:
    priya = sign_in(Visitor(stack.address), "grace@leeds.example")
    for words in ("Quillfeather", TOLD.email, "07700 900871", "Cornelius Vanderplank"):
        priya.post({"q": words}, "/workspace/leeds/find/")
    case = priya.get(f"/workspace/leeds/cases/{receipt.reference}/")
    assert all(text in case.html for text in TOLD.secrets)
    priya.post({**_hidden(case.html), "do": "note", "text": NOTE})
    case = priya.get(f"/workspace/leeds/cases/{receipt.reference}/")
    assert NOTE in case.html
    closing = {**_hidden(case.html), "do": "close", "outcome": "collected", "text": NOTE_ON_CLOSING}
    answer = priya.post(closing, f"/workspace/leeds/cases/{receipt.reference}/close/")
    assert "The case is closed" in answer.text, answer.text


def _start_and_leave(stack: Stack) -> None:
    """Somebody fills in everything and never sends it."""
    fill_in(Visitor(stack.address), UNFINISHED)


def _wait_until_told(stack: Stack, receipt: Receipt) -> None:
    told = "select count(*) = 2 from messages_message where reference = %s and status = 'sent'"
    wait_until(lambda: stack.database.value(told, receipt.reference), "both letters")


def _hidden(html: str) -> dict[str, str]:
    """The hidden fields of the form, but for its token."""
    fields = re.findall(r'<input type="hidden" name="(case|revision|note)" value="([^"]*)"', html)
    return dict(fields)
