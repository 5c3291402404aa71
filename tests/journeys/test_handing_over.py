"""A case goes to another team with what it needs to know; before leave, all one's cases go to a colleague at once."""

from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, report
from tests.stack.stack import Stack

KNOWN = "The bin stands in the park: it is yours to collect"


def test_a_case_goes_to_another_team(priya: Colleague, tom: Colleague, stack: Stack) -> None:
    reference = report(stack.address, MissedBin()).reference
    priya.opens_the_case(reference)
    priya.presses("Hand over")
    priya.sees("There is a problem")
    priya.fills("For the person who deals with it next", KNOWN)
    priya.page.get_by_label("Another team").select_option(label="Parks")
    priya.presses("Hand over")
    priya.sees("The case was handed over to the other team.")
    priya.opens_the_case(reference)
    priya.sees("This case belongs to another team.")
    priya.does_not_see(KNOWN)

    tom.opens_the_worklist("unassigned", reaching=reference)
    tom.reads_in_a_row(reference)
    tom.opens_the_case(reference)
    tom.sees(KNOWN, "Handed over to: Parks")
    tom.takes_the_case()


def test_before_leave_all_cases_go_to_a_colleague_in_one_step(priya: Colleague, grace: Colleague, stack: Stack) -> None:
    references = [report(stack.address, MissedBin()).reference for _number in range(2)]
    for reference in references:
        priya.opens_the_case(reference)
        priya.takes_the_case()
    priya.opens_the_worklist("mine", reaching=references[-1])
    priya.chooses_cases(*references)
    priya.chooses("Assign them")
    priya.page.get_by_label("If you assign them, who to?").select_option(label="Grace Bell")
    priya.presses("See what will happen")
    for reference in references:
        priya.reads_in_a_row(reference, "Is assigned to Grace Bell")
    priya.presses("Change 2 cases")
    priya.sees("The chosen cases were changed.")
    priya.opens_the_worklist("mine")
    priya.does_not_see(*references)
    for reference in references:
        grace.opens_the_worklist("mine", reaching=reference)
        grace.reads_in_a_row(reference)
