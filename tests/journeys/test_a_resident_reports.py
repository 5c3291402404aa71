"""A resident reports a missed bin without an account, and follows what comes of it."""

from tests.journeys.residents import Resident
from tests.stack.reporting import MissedBin, Receipt


def test_a_resident_reports_a_missed_bin_and_follows_it(someone: Resident) -> None:
    told = MissedBin()

    receipt = someone.reports(told)

    someone.sees(receipt.reference, receipt.secret, "Secret code", "You will hear from us by", "What happens next")
    someone.asks_how_far_it_is(receipt)
    someone.sees(receipt.reference, "Received", "You will hear from us by")
    someone.does_not_see(told.name, told.email, told.phone, told.address, told.left_at)


def test_nothing_is_asked_before_it_is_said_why(someone: Resident) -> None:
    someone.opens("/leeds/missed-collection/")

    someone.sees("to collect the waste we missed and tell you what happened", "Environmental Protection Act 1990")


def test_a_wrong_secret_and_an_unknown_reference_get_the_same_answer(someone: Resident) -> None:
    receipt = someone.reports(MissedBin())

    someone.asks_how_far_it_is(Receipt(receipt.reference, "BBBBB-BBBBB"))
    wrong_secret = someone.text
    someone.asks_how_far_it_is(Receipt("BBBB-BBBB-B", receipt.secret))

    assert someone.text == wrong_secret
    someone.sees("We cannot find an application with this reference and secret code")
