"""What a declaration of a hard service may not get wrong: routing, parties, clocks, outcomes, health data."""

import pytest

from commonweal.capabilities.catalogue.rules.loading import DeclarationFaulty, load
from commonweal.capabilities.catalogue.tests.declared import SMALLEST, changed

PAGE = "  - key: you\n"
WORDS = "{en: A, cy: A}"
CLOCK = "    - key: answer\n"


def faults_in(text: str) -> list[str]:
    with pytest.raises(DeclarationFaulty) as caught:
        load(text, file="service.yaml")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "field", "sentence"),
    [
        (PAGE, f"{PAGE}    shown_when: answers.name == 'Ada'\n", "pages[0].shown_when", "undeclared reference"),
        (PAGE, f"{PAGE}    shown_when: today\n", "pages[0].shown_when", "This must give yes or no."),
        (
            PAGE,
            f"{PAGE}    exits: [{{key: out, when: 'true', title: {WORDS}, words: {WORDS}, may_go_on: false}}]\n",
            "pages[0].exits[0]",
            "a form decides nothing",
        ),
        (
            PAGE,
            f"{PAGE}    repeats: {{called: {WORDS}, add: {WORDS}, at_most: 3}}\n",
            "pages[0].questions[0]",
            "A page that repeats fills nothing",
        ),
        (
            "    - key: found\n",
            f"    - key: found\n      lasts: {{months: 12, remind_days: 30, "
            f"reminder: {{subject: {WORDS}, body: {WORDS}}},"
            " again: {answers: {nowhere: green}}}\n",
            "case.outcomes[0].lasts.again.answers",
            "There is no question of one choice called nowhere.",
        ),
        ("type: email", "is_recalled: true\n        type: email", "pages[0].questions[1].is_recalled", "are told anew"),
        ("type: email", "unit: {en: m, cy: m}\n        type: email", "pages[0].questions[1].unit", "has no unit"),
        ("type: email", "on_map: true\n        type: email", "pages[0].questions[1].on_map", "has no on_map"),
        ("holds: contact", "holds: health", "lawfulness.special", "a condition of Article 9(2)"),
        ("working_days: 5", "working_days: 5\n      days: 5", "case.clocks[0]", "one of working_days, days and months"),
        ("source: service_standard", "source: law", "case.clocks[0].law", "says which law"),
        (CLOCK, f"{CLOCK}      starts_in: nowhere\n", "case.clocks[0]", "There is no stage nowhere."),
        (
            CLOCK,
            f"{CLOCK}      extension: {{reasons: [{{key: a, label: {WORDS}, words: {WORDS}}}]}}\n",
            "case.clocks[0].extension",
            "either working_days or months",
        ),
        ("moves: []", "moves: []\n  reviews: [{key: a, label: {en: A, cy: A}, words: {en: A, cy: A}, enters: done,"
            " roles: [team_manager]}]", "case.reviews[0].enters", "There is no stage that is not final called done."),
        ("moves: []", "moves: []\n  proposals: [{key: a, when: facts.score > 8, outcome: lost, words: {en: A, cy: A}}]",
            "case.proposals[0].when", "undeclared reference"),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_together_are_named(old: str, new: str, field: str, sentence: str) -> None:
    assert [fault for fault in faults_in(changed(old, new)) if f", {field}: " in fault and sentence in fault]


def test_a_significant_refusal_gives_reasons() -> None:
    refusal = changed("  outcomes:\n", "  outcomes:\n").replace(
        "      roles: [case_worker]", "      is_refusal: true\n      is_significant: true\n      roles: [case_worker]"
    )
    assert any("A significant refusal gives reasons" in fault for fault in faults_in(refusal))


def test_a_party_has_a_question_that_names_them() -> None:
    party = SMALLEST.replace("pages:\n", "parties: [{key: child, label: {en: A, cy: A}, whose: child}]\npages:\n", 1)
    assert any("fills person.name of child" in fault for fault in faults_in(party))


@pytest.mark.parametrize(("on_map", "is_fault"), [("false", False), ("true", True)])
def test_letters_go_to_no_answer_with_a_point_of_a_map_in_it(on_map: str, is_fault: bool) -> None:
    where = (
        f"      - {{key: home, type: place, on_map: {on_map}, label: {WORDS}, called: {WORDS}, if_missing: {WORDS}, "
        f"holds: address, why: {WORDS}}}\n"
    )
    posted = SMALLEST.replace("    questions:\n", f"    questions:\n{where}", 1)
    posted = posted.replace("pages:\n", "post: {question: home}\npages:\n", 1)
    told = "There is no address or place called home."
    assert any(told in fault for fault in faults_in(posted)) if is_fault else load(posted, file="service.yaml")
