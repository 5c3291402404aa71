"""A declaration with a fault never loads, and the sentence says in which file, line and field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.rules.loading import DeclarationFaulty, load
from commonweal.capabilities.catalogue.tests.declared import MISSED_COLLECTION, SMALLEST, changed, line_of
from commonweal.foundations.declaring.faults import Fault

FILE = "services/lost_property/service.yaml"


def faults_in(text: str) -> list[str]:
    with pytest.raises(DeclarationFaulty) as caught:
        load(text, file=FILE)
    return [str(fault) for fault in caught.value.faults]


def test_the_smallest_declaration_loads() -> None:
    service = load(SMALLEST, file=FILE)
    assert service.title.in_language("cy-gb") == "Rhoi gwybod am eiddo coll"
    assert [question.key for question in service.questions()] == ["name", "email"]


def test_missed_collection_loads_and_asks_on_four_pages() -> None:
    service = load(MISSED_COLLECTION.read_text(), file=str(MISSED_COLLECTION))
    assert [page.key for page in service.pages] == ["bin", "due", "where", "contact"]
    assert service.case.clocks[0].working_days == 2


def test_a_declaration_comes_back_from_its_stored_form() -> None:
    service = load(MISSED_COLLECTION.read_text(), file="service.yaml")
    assert Service.model_validate_json(service.model_dump_json()) == service


@pytest.mark.parametrize(
    ("old", "new", "field", "sentence"),
    [
        ("takes: {en: A minute., cy: Munud.}\n", "", "takes", "This field is missing."),
        ("A minute., cy: Munud.}", "A minute.}", "takes.cy", "This field is missing."),
        ("cy: Munud.", "cy: ''", "takes.cy", "This is empty, or not written as it must be"),
        ("key: name", "key: Name", "pages[0].questions[0].key", "This is empty, or not written as it must be"),
        ("type: email", "type: mail", "pages[0].questions[1].type", "This must be 'text', "),
        ("holds: contact", "holds: secrets", "pages[0].questions[1].holds", "This must be one of name, contact,"),
        ("holds: contact\n", "holds: contact\n        colour: red\n", "pages[0].questions[1].colour", "no such field"),
        ("working_days: 5", "working_days: five", "case.clocks[0].working_days", "This must be a whole number."),
        ("working_days: 5", "working_days: 0", "case.clocks[0].working_days", "This must be 1 or more."),
        ("is_final: true", "is_final: yes", "case.stages[1].is_final", "This must be true or false."),
        ("nations: [England]", "nations: [Narnia]", "offered_by.nations[0]", "This must be 'England', "),
        ("nations: [England]", "nations: []", "offered_by.nations", "This must have at least 1."),
    ],
)
def test_a_part_of_the_wrong_kind_is_named(old: str, new: str, field: str, sentence: str) -> None:
    (fault,) = faults_in(changed(old, new))
    assert fault.startswith(f"{FILE}, line ")
    assert f", {field}: " in fault
    assert sentence in fault


@pytest.mark.parametrize(
    ("old", "new", "field", "sentence"),
    [
        ("key: email\n", "key: name\n", "pages[0].questions[1].key", "Another question is called name."),
        ("key: you", "key: check", "pages[0].key", "a page that every form has"),
        ("key: done", "key: received", "case.stages[1].key", "received is used twice here."),
        ("type: email", "type: choice", "pages[0].questions[1].choices", "at least two answers"),
        (
            "if_missing: {en: Enter your full name, cy: Nodwch eich enw llawn}\n",
            "max_length: 10\n",
            "pages[0].questions[0].if_missing",
            "A question that must be answered",
        ),
        (
            "why: {en: to write to you, cy: i ysgrifennu atoch}\n",
            "whose: applicant\n",
            "pages[0].questions[1].why",
            "says why",
        ),
        (
            "holds: contact",
            "holds: free_text",
            "pages[0].questions[1].holds",
            "Only a long text or a file holds free_text",
        ),
        ("holds: contact", "holds: nothing_personal", "pages[0].questions[1].why", "needs no reason"),
        ("fills: person.email", "fills: person.phone", "pages[0].questions[1].fills", "a question of type phone"),
        ("type: email", "max_length: 9\n        type: email", "pages[0].questions[1].max_length", "has no max_length"),
        ("      is_final: true\n", "", "case.stages[1]", "The last stage is final, and no other."),
        ("nations: [England]", "nations: [England, Wales]", "lawfulness.law", "The law for Wales is missing."),
        ("nations: [England]", "nations: [England, Wales]", "case.outcomes[0].keep", "kept in Wales is missing."),
        ("    England: {en: Local", "    Wales: {en: Local", "lawfulness.law.Wales", "not offered in Wales"),
        ('en: "{outcome}"', 'en: "{name}"', "messages.outcome.body.en", "A message cannot hold {name}"),
        ('en: "{outcome}"', 'en: "{outcome"', "messages.outcome.body.en", "A brace is not closed."),
        ('en: "{outcome}"', 'en: "{outcome:>2000000000}"', "messages.outcome.body.en", "Write {outcome} alone"),
        ('en: "{outcome}"', 'en: "{due_on:%Y}"', "messages.outcome.body.en", "Write {due_on} alone"),
        ('en: "{outcome}"', 'en: "{outcome!r}"', "messages.outcome.body.en", "Write {outcome} alone"),
        ('en: "{outcome}"', 'en: "{outcome.__class__}"', "messages.outcome.body.en", "cannot hold {outcome.__class__}"),
        (
            "moves: []",
            "moves: [{key: a, label: {en: A, cy: A}, leaves: received, enters: lost, roles: [case_worker]}]",
            "case.moves[0].enters",
            "There is no stage lost.",
        ),
        (
            "moves: []",
            "moves: [{key: a, label: {en: A, cy: A}, leaves: received, enters: done, roles: [case_worker]}]",
            "case.moves[0].enters",
            "by an outcome, not by a move",
        ),
    ],
)
def test_parts_that_do_not_fit_together_are_named(old: str, new: str, field: str, sentence: str) -> None:
    assert [fault for fault in faults_in(changed(old, new)) if f", {field}: " in fault and sentence in fault]


def test_a_stage_that_nothing_leads_to_is_named() -> None:
    lost = "    - key: lost\n      label: {en: A, cy: A}\n      words: {en: A, cy: A}\n    - key: done\n"
    assert "case.stages[1]: No move leads to lost." in faults_in(changed("    - key: done\n", lost))[0]


def test_the_limitation_act_is_not_cited_where_it_does_not_extend() -> None:
    """Practice notes: the Limitation Act 1980 does not extend to Scotland or Northern Ireland."""
    scottish = changed("en: Article 5,", "en: Limitation Act 1980,").replace("England", "Scotland")
    assert "The Limitation Act 1980 does not extend to Scotland." in faults_in(scottish)[0]


def test_a_fault_names_its_own_line() -> None:
    (fault,) = faults_in(changed("working_days: 5", "working_days: five"))
    assert fault.startswith(f"{FILE}, line {line_of('working_days: 5')}, case.clocks[0].working_days: ")


def test_every_fault_is_told_at_once_in_the_order_of_the_lines() -> None:
    found = faults_in(changed("holds: contact", "holds: secrets", changed("cy: Munud.", "cy: ''")))
    assert [fault.split(":")[0].split(", ")[2] for fault in found] == ["takes.cy", "pages[0].questions[1].holds"]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "The file is empty."),
        ("name: [a\ntitle: b", 2, "This is not YAML"),
        ("name: a\nname: b", 2, "name is given twice."),
        ("name: a\n? [b]\n: c", 2, "A field name must be a word."),
        ("name: !!python/object:os.system a", 1, "This kind of value is not used in declarations."),
        ("name: a\ntitle: \x07", 2, "a character that YAML does not allow"),
        ("a: " + "[" * 40 + "]" * 40, 1, "nested too deeply"),
        ("a: &a {a: *a}", 1, "nested too deeply"),
        ("- " * 2000, 1, "nested too deeply"),
        ('a: 1\nb: "\\ud800"', 2, "a character that no text may have"),
        ('a: 1\n"\\0": b', 2, "a character that no text may have"),
        ("[" * 250_000, 1, "nested too deeply"),
        ("a" * 600_000, 1, "longer than a declaration may be"),
    ],
)
def test_what_is_no_declaration_at_all_is_said(text: str, line: int, sentence: str) -> None:
    (fault,) = faults_in(text)
    assert fault.startswith(f"{FILE}, line {line}: ")
    assert sentence in fault


def test_a_tower_of_aliases_is_refused_quickly() -> None:
    tower = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert "repeats too much" in faults_in(tower)[0]


@pytest.mark.parametrize("long", ["x" * 400_000, "{ %s: 1 }" % ("x" * 1000)])
def test_a_long_text_that_aliases_repeat_is_refused_before_it_fills_the_memory(long: str) -> None:
    assert "repeats too much" in faults_in(f"a: &a {long}\nb: [{'*a,' * 9000}]")[0]


@given(st.text(max_size=200))
def test_any_text_is_loaded_or_refused_with_a_place(text: str) -> None:
    with pytest.raises(DeclarationFaulty) as caught:
        load(text, file=FILE)
    assert all(fault.line >= 1 and fault.sentence for fault in caught.value.faults)


@given(st.data())
def test_a_declaration_without_one_of_its_lines_is_whole_or_told(data: st.DataObject) -> None:
    lines = SMALLEST.splitlines(keepends=True)
    gone = data.draw(st.integers(0, len(lines) - 1))
    faults: tuple[Fault, ...] = ()
    try:
        load("".join(lines[:gone] + lines[gone + 1 :]), file=FILE)
    except DeclarationFaulty as faulty:
        faults = faulty.faults
    assert all(1 <= fault.line <= len(lines) for fault in faults)
