"""People go back, change their minds, make mistakes, press twice and use two windows: nothing is lost or doubled."""

from playwright.sync_api import expect

from tests.journeys.residents import Resident
from tests.stack.reporting import MissedBin
from tests.stack.stack import Stack


def _cases(stack: Stack) -> int:
    return int(stack.database.value("select count(*) from cases_case"))


def test_back_and_change_lose_no_answer(someone: Resident) -> None:
    told = MissedBin()
    someone.begins_a_report()
    someone.answers_everything(told)

    someone.follows("Back")
    someone.sees_filled_in("Full name", told.name)
    someone.sees_filled_in("Phone number (optional)", told.phone)
    someone.follows("Back")
    someone.sees_filled_in("Address the bin belongs to", told.address)
    someone.sees_filled_in("Where you left it (optional)", told.left_at)
    someone.goes_on()
    someone.goes_on()
    someone.changes("Full name")
    someone.fills("Full name", "Marian Thistlewood-Grey")
    someone.goes_on()

    someone.sees_heading("Check your answers")
    someone.sees("Marian Thistlewood-Grey", told.email, told.phone, told.address, told.left_at, told.bin)


def test_the_browsers_back_button_shows_what_was_answered(someone: Resident) -> None:
    told = MissedBin()
    someone.begins_a_report()
    someone.says_which_bin(told)
    someone.says_when(told)
    someone.says_where(told)

    someone.goes_back()
    someone.sees_filled_in("Postcode", told.postcode)
    someone.goes_back()
    someone.sees_filled_in("Day", str(told.due.day))
    someone.goes_back()
    expect(someone.page.get_by_label(told.bin, exact=True)).to_be_checked()


def test_wrong_answers_keep_everything_that_was_typed(someone: Resident) -> None:
    told = MissedBin()
    someone.begins_a_report()
    someone.goes_on()
    someone.sees("There is a problem", "Select which bin was missed")
    someone.says_which_bin(told)
    someone.fills("Day", "31")
    someone.fills("Month", "2")
    someone.fills("Year", "2026")
    someone.goes_on()
    someone.sees("There is a problem")
    for part, typed in (("Day", "31"), ("Month", "2"), ("Year", "2026")):
        someone.sees_filled_in(part, typed)
    someone.says_when(told)
    someone.fills("Postcode", "not one")
    someone.fills("Where you left it (optional)", told.left_at)
    someone.goes_on()
    someone.sees("There is a problem", "Enter the house number or name and the street")
    someone.sees_filled_in("Postcode", "not one")
    someone.sees_filled_in("Where you left it (optional)", told.left_at)
    someone.says_where(told)
    someone.fills("Full name", told.name)
    someone.fills("Email address", "marian at people")
    someone.fills("Phone number (optional)", "07700 900123 ext. <b>")
    someone.goes_on()

    assert someone.status == 422
    someone.sees("There is a problem")
    someone.sees_filled_in("Full name", told.name)
    someone.sees_filled_in("Email address", "marian at people")
    someone.sees_filled_in("Phone number (optional)", "07700 900123 ext. <b>")
    assert someone.page.title().startswith("Error:")


def test_each_mistake_leads_to_where_it_was_made(someone: Resident) -> None:
    someone.begins_a_report()
    someone.goes_on()

    someone.page.get_by_role("link", name="Select which bin was missed").click()

    expect(someone.page.get_by_label("General waste", exact=True)).to_be_focused()


def test_going_back_after_sending_shows_the_same_receipt(someone: Resident, stack: Stack) -> None:
    receipt = someone.reports(MissedBin())
    after = _cases(stack)

    someone.goes_back()

    assert someone.reads_the_receipt() == receipt
    someone.reloads()
    assert someone.reads_the_receipt() == receipt
    assert _cases(stack) == after


def test_sent_from_two_windows_it_is_one_case_with_one_receipt(someone: Resident, stack: Stack) -> None:
    someone.begins_a_report()
    someone.answers_everything(MissedBin())
    other, before = someone.in_another_tab(), _cases(stack)

    assert someone.sends_it() == other.sends_it()

    assert _cases(stack) == before + 1


def test_pressed_twice_it_is_sent_once(someone: Resident, stack: Stack) -> None:
    someone.begins_a_report()
    someone.answers_everything(MissedBin())
    before = _cases(stack)

    with someone.page.expect_navigation(url="**/done/"):
        someone.page.get_by_role("button", name="Send").dblclick()

    someone.reads_the_receipt()
    assert _cases(stack) == before + 1


def test_what_changed_in_another_window_is_not_sent_unseen(someone: Resident) -> None:
    told = MissedBin()
    someone.begins_a_report()
    someone.answers_everything(told)
    other = someone.in_another_tab()
    other.changes("Full name")
    other.fills("Full name", "Somebody Else")
    other.goes_on()

    someone.presses("Send")

    someone.sees_heading("Check your answers")
    someone.sees("Somebody Else")
