"""What an erasure keeps, and under which ground (UK GDPR Article 17(3); data-protection.md section 3). Pure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.protection.rules.fates import Fate, fate_of, may_object
from commonweal.capabilities.protection.rules.names import names_anyone, without_names

TODAY = date(2026, 11, 23)
BASES = ("consent", "contract", "legal_obligation", "vital_interests", "public_task")
DAYS = st.sampled_from([None, *(TODAY + timedelta(days=days) for days in (-2000, -30, -1, 0, 1, 30, 2000))])


@given(st.booleans(), st.sampled_from(BASES), DAYS)
def test_what_is_held_for_a_claim_always_stays(is_open: bool, basis: str, until: date | None) -> None:
    fate = fate_of(is_held=True, is_open=is_open, basis=basis, kept_until=until, today=TODAY)
    assert (fate, fate.ground) == (Fate.HOLD, "legal_claims")


@given(st.sampled_from(BASES), DAYS)
def test_what_is_still_dealt_with_stays(basis: str, until: date | None) -> None:
    assert fate_of(is_held=False, is_open=True, basis=basis, kept_until=until, today=TODAY) is Fate.OPEN


@given(st.sampled_from(BASES), DAYS)
def test_a_task_of_law_stays_to_its_last_day_and_all_else_goes(basis: str, until: date | None) -> None:
    fate = fate_of(is_held=False, is_open=False, basis=basis, kept_until=until, today=TODAY)
    is_of_task = basis in ("public_task", "legal_obligation")
    is_within = until is None or until >= TODAY
    assert fate is (Fate.TASK if is_of_task and is_within else Fate.ERASE)
    assert fate.ground == ("legal_obligation" if fate is Fate.TASK else "")


def test_only_a_public_task_is_objected_to() -> None:
    """Article 21(1): consent is withdrawn, a duty goes on."""
    assert [basis for basis in BASES if may_object(basis)] == ["public_task"]


NAMES = st.lists(st.sampled_from(["Noor", "Haddad", "Zephyrine", "O’Neill", "Ana-Maria", "Sørensen"]), min_size=1).map(
    " ".join
)


@given(NAMES, st.lists(st.sampled_from(["saw", "the", "crew", "Noor", "HADDAD", "Zephyrine’s", "haddad,"])))
def test_what_is_proposed_names_the_person_no_more(name: str, words: list[str]) -> None:
    text = " ".join([name, *words, name.upper()])
    proposed = without_names(text, [name], "[…]")
    assert not names_anyone(proposed, name)
    assert proposed.count("crew") == text.count("crew")
