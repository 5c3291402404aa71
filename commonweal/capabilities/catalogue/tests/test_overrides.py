"""What a body says differently stands on top of the shared declaration, checked like it, and names its own lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.actions import keep_draft, make_live, offer_service
from commonweal.capabilities.catalogue.errors import BadDeclaration
from commonweal.capabilities.catalogue.queries.designing import draft, live_version
from commonweal.capabilities.catalogue.queries.services import service
from commonweal.capabilities.catalogue.rules.loading import DeclarationFaulty, load
from commonweal.capabilities.catalogue.tests.declared import MISSED_COLLECTION, SMALLEST, changed
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.scope.actors import Visitor

EVERYTHING = """\
title: {en: Lost on a bus, cy: Ar goll ar fws}
summary: {en: Ours., cy: Ein un ni.}
before:
  - {en: Look at home first., cy: Edrychwch gartref yn gyntaf.}
takes: {en: Half a minute., cy: Hanner munud.}
owner: {en: Buses, cy: Bysiau}
team: Parks
hints:
  email: {en: We write once., cy: Ysgrifennwn unwaith.}
keep:
  found:
    England:
      months: 24
      reason: {en: buses are slow, cy: mae bysiau yn araf}
messages:
  outcome:
    subject: {en: "{outcome}: {reference}", cy: "{outcome}: {reference}"}
"""


def faults_in(overrides: str, text: str = SMALLEST) -> list[str]:
    with pytest.raises(DeclarationFaulty) as caught:
        load(text, file="service.yaml", overrides=overrides)
    return [str(fault) for fault in caught.value.faults]


def test_every_part_that_may_be_replaced_is() -> None:
    merged = load(SMALLEST, file="service.yaml", overrides=EVERYTHING)
    assert (merged.title.en, merged.summary.cy, merged.before[0].en) == (
        "Lost on a bus",
        "Ein un ni.",
        "Look at home first.",
    )
    assert (merged.takes.en, merged.owner.cy, merged.team) == ("Half a minute.", "Bysiau", "Parks")
    email = merged.question("email")
    assert email is not None
    assert email.hint is not None
    assert email.hint.en == "We write once."
    (kept,) = merged.case.outcomes[0].keep.values()
    assert (kept.months, kept.reason.en, kept.basis.en) == (24, "buses are slow", "Article 5")
    assert merged.messages.outcome.subject.en == "{outcome}: {reference}"
    assert merged.messages.outcome.body.en == "{outcome}"


FEE = 'fee: {pence: "3000", words: {en: Collection, cy: Casgliad}}\npages:\n'


def test_a_body_sets_its_own_fee() -> None:
    shared = changed("pages:\n", FEE)
    merged = load(shared, file="service.yaml", overrides='fee: {pence: "4500"}')
    assert merged.fee is not None
    assert (merged.fee.pence, merged.fee.words.en) == ("4500", "Collection")
    (fault,) = faults_in("fee: {pence: answers.nothing}", shared)
    assert fault.startswith("overrides.yaml, line 1, fee.pence: ")
    (fault,) = faults_in('fee: {pence: "4500"}')
    assert fault.startswith("overrides.yaml, line 1, fee.pence: The service costs nothing any more.")


def test_a_body_promises_what_it_can_keep_and_not_less_than_the_law() -> None:
    overrides = "clocks: {answer: {working_days: 8, words: {en: In 8 days., cy: Mewn 8 diwrnod.}}}"
    (clock,) = load(SMALLEST, file="service.yaml", overrides=overrides).case.clocks
    assert (clock.working_days, clock.words.en) == (8, "In 8 days.")
    set_by_law = changed("source: service_standard", "source: law\n      law: {England: {en: An Act, cy: Deddf}}")
    (first, _words) = sorted(faults_in(overrides, set_by_law), reverse=True)
    assert first.startswith("overrides.yaml, line 1, clocks.answer.working_days: The law sets the clock answer.")
    (fault,) = faults_in("clocks: {answer: {days: 8}}")
    assert "one of working_days, days and months" in fault


def test_a_body_has_its_own_hint_on_a_page() -> None:
    overrides = "page_hints: {you: {en: As on your bill., cy: Fel ar eich bil.}}"
    hint = load(SMALLEST, file="service.yaml", overrides=overrides).pages[0].hint
    assert hint is not None
    assert hint.en == "As on your bill."
    (fault,) = faults_in("page_hints: {them: {en: A, cy: A}}")
    assert fault.startswith("overrides.yaml, line 1, page_hints.them: There is no page them any more.")


def test_what_is_not_replaced_is_as_shared() -> None:
    shared = load(SMALLEST, file="service.yaml")
    merged = load(SMALLEST, file="service.yaml", overrides="team: Parks")
    assert merged == shared.model_copy(update={"team": "Parks"})
    assert load(SMALLEST, file="service.yaml", overrides="# nothing yet\n\n") == shared


def test_a_part_shared_by_an_alias_is_replaced_in_one_place_only() -> None:
    text = MISSED_COLLECTION.read_text()
    overrides = "keep: {not_out: {Wales: {months: 12, reason: {en: we are quick, cy: rydym yn gyflym}}}}"
    merged, shared = load(text, file="service.yaml", overrides=overrides), load(text, file="service.yaml")
    changed_months = {
        (outcome.key, nation): keep.months
        for outcome, before in zip(merged.case.outcomes, shared.case.outcomes, strict=True)
        for nation, keep in outcome.keep.items()
        if keep != before.keep[nation]
    }
    assert changed_months == {("not_out", "Wales"): 12}


@pytest.mark.parametrize(
    ("overrides", "fault"),
    [
        ("team: ''", "overrides.yaml, line 1, team: This must not be empty."),
        ("\nlawfulness: {basis: consent}", "overrides.yaml, line 2, lawfulness: A declaration has no such field."),
        ("title: {en: Ours}", "overrides.yaml, line 1, title.cy: This field is missing."),
        ("title: [", "overrides.yaml, line 1: This is not YAML"),
        (
            "team: Parks\nhints:\n  phone: {en: A, cy: A}",
            "overrides.yaml, line 3, hints.phone: There is no question phone any more.",
        ),
        (
            "keep: {found: {Wales: {months: 1, reason: {en: a, cy: b}}}}",
            "keep.found.Wales.months: There is no outcome found that is kept in Wales any more.",
        ),
        (
            "messages: {moved: {body: {en: a, cy: b}}}",
            "overrides.yaml, line 1, messages.moved.body: There is no message moved any more.",
        ),
        (
            'messages:\n  outcome:\n    body: {en: "{name}", cy: "Dim"}',
            "overrides.yaml, line 3, messages.outcome.body.en: A message cannot hold {name}",
        ),
    ],
)
def test_a_fault_of_an_override_names_the_override(overrides: str, fault: str) -> None:
    assert fault in faults_in(overrides)[0]


def test_a_fault_of_the_shared_declaration_names_that() -> None:
    assert faults_in("team: Parks", changed("working_days: 5", "working_days: 0"))[0].startswith("service.yaml, line ")


def test_a_period_that_is_not_allowed_here_is_told_at_the_override() -> None:
    scottish = SMALLEST.replace("England", "Scotland")
    overrides = "keep: {found: {Scotland: {months: 72, reason: {en: the Limitation Act 1980, cy: Deddf Cyfyngu 1980}}}}"
    (fault,) = faults_in(overrides, scottish)
    assert fault.startswith("overrides.yaml, line 1, keep.found.Scotland")


@given(st.sampled_from(EVERYTHING.splitlines()))
def test_overrides_without_one_of_their_lines_are_whole_or_told(gone: str) -> None:
    left = "\n".join(line for line in EVERYTHING.splitlines() if line != gone)
    files = {"overrides.yaml"}
    try:
        load(SMALLEST, file="service.yaml", overrides=left)
    except DeclarationFaulty as faulty:
        files |= {fault.file for fault in faulty.faults}
    assert files == {"overrides.yaml"}


def test_a_version_is_both_together_and_both_stay_to_be_seen(cast: Cast) -> None:
    keep_draft(SET_UP, organisation=cast.leeds, name="lost_property", text=SMALLEST, overrides="team: Parks")
    make_live(SET_UP, organisation=cast.leeds, name="lost_property", seen=1, seen_live=0)
    live = live_version(SET_UP, organisation=cast.leeds, name="lost_property")
    assert live is not None
    assert (live.text, live.overrides, live.service.team) == (SMALLEST, "team: Parks", "Parks")


def test_a_new_shared_declaration_keeps_the_overrides(cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST, overrides="team: Parks")
    newer = changed("Report lost property", "Tell us what you lost")
    offer_service(SET_UP, organisation=cast.leeds, declaration=newer)
    found = service(Visitor(), organisation=cast.leeds, name="lost_property")
    assert (found.number, found.service.title.en, found.service.team) == (2, "Tell us what you lost", "Parks")


def test_a_new_shared_declaration_says_which_override_no_longer_fits(cast: Cast) -> None:
    overrides = "team: Parks\nhints:\n  email: {en: A, cy: A}\n"
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST, overrides=overrides)
    newer = changed("key: email", "key: email_address")
    with pytest.raises(BadDeclaration) as refused:
        offer_service(SET_UP, organisation=cast.leeds, declaration=newer)
    assert refused.value.faults[0].startswith("overrides.yaml, line 3, hints.email: There is no question email")
    assert service(Visitor(), organisation=cast.leeds, name="lost_property").number == 1
    kept = keep_draft(SET_UP, organisation=cast.leeds, name="lost_property", text=newer, overrides=overrides)
    (fault,) = draft(SET_UP, organisation=cast.leeds, name="lost_property").faults
    assert (kept, fault.is_override, fault.line) == (1, True, 3)
