"""The worklist in a browser: letters move and open, undo counts down, colleagues see who is writing."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack

LIST = "/workspace/leeds/cases/"


@pytest.fixture
def receipt(stack: Stack) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, MissedBin())


def test_letters_move_between_cases_and_open_one(priya: Colleague, stack: Stack) -> None:
    for _number in range(3):
        report(stack.address, MissedBin())
    priya.opens(f"{LIST}?show=unassigned")
    page = priya.page
    links = page.locator(".cw-cases [role=rowheader] a")
    links.first.focus()
    for key, number in (("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(number)).to_be_focused()
    reference = links.nth(1).inner_text()
    page.keyboard.press("o")
    page.wait_for_url(f"**{LIST}{reference}/**")
    priya.goes_back()
    assert "show=unassigned" in page.url


def test_one_comes_back_to_the_row_and_the_filters(priya: Colleague, receipt: Receipt) -> None:
    priya.opens(f"{LIST}?show=unassigned&service=missed_collection")
    priya.turns_pages_to(receipt.reference)
    listed = priya.page.url
    priya.follows(receipt.reference)
    priya.page.locator(".govuk-back-link").click()
    priya.page.wait_for_url(f"**{LIST}**")
    assert priya.page.url == f"{listed}#{receipt.reference}"


def test_undo_counts_down_and_takes_it_back(priya: Colleague, receipt: Receipt) -> None:
    priya.opens_the_case(receipt.reference)
    priya.takes_the_case()
    button = priya.page.get_by_role("button", name=re.compile("Undo"))
    expect(button).to_contain_text(re.compile(r"\([1-9]\)"))
    button.click()
    priya.sees("The change was undone.")


def test_undo_goes_when_its_time_is_over(priya: Colleague, receipt: Receipt) -> None:
    priya.opens_the_case(receipt.reference)
    priya.takes_the_case()
    expect(priya.page.get_by_role("button", name=re.compile("Undo"))).to_have_count(0, timeout=15_000)
    priya.sees("The case is yours.")


def test_a_colleague_sees_who_is_writing(priya: Colleague, grace: Colleague, receipt: Receipt) -> None:
    priya.opens_the_case(receipt.reference)
    with priya.page.expect_response("**/writing/"):
        priya.page.get_by_label("For the person who deals with it next").press_sequentially("They")
    grace.opens_the_case(receipt.reference)
    grace.sees("Priya Nair has just started writing on this case")


def test_a_manager_gives_out_work_from_the_numbers(priya: Colleague, grace: Colleague, receipt: Receipt) -> None:
    grace.opens("/workspace/leeds/workload/")
    grace.sees("Priya Nair", "Nobody", "The whole team")
    grace.opens_the_worklist("unassigned", reaching=receipt.reference)
    grace.chooses_cases(receipt.reference)
    grace.chooses("Assign them")
    grace.page.get_by_label("If you assign them, who to?").select_option(label="Priya Nair")
    grace.presses("See what will happen")
    grace.reads_in_a_row(receipt.reference, "Is assigned to Priya Nair")
    grace.presses("Change 1 case")
    grace.sees("The chosen cases were changed.")
    priya.opens_the_worklist("mine", reaching=receipt.reference)
    priya.reads_in_a_row(receipt.reference)
