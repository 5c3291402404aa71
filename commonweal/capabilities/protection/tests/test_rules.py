"""Entries are made of lines as practice says: the same actor, person and case within 60 minutes is one."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.protection import rules
from commonweal.capabilities.protection.rules.names import names_anyone
from commonweal.capabilities.protection.rules.openings import WITHIN, Opened, merged
from commonweal.capabilities.protection.rules.withholding import EXEMPTIONS, is_within_limit, last_review_on
from commonweal.capabilities.protection.words import EXEMPTIONS_SAID
from commonweal.foundations.clocks.now import local_date

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PRIYA, GRACE = UUID(int=1), UUID(int=2)


def line(
    minutes: float,
    *,
    actor: UUID | None = PRIYA,
    reference: str = "BCDF-GHJK-B",
    purpose: str = "casework",
    channel: str = "online",
    number: int = 0,
) -> Opened:
    moment = START + timedelta(minutes=minutes)
    return Opened(
        lines=(UUID(int=number or int(minutes * 60_000) + 10**15),),
        first=moment,
        last=moment,
        actor=None if channel == "automatic" else actor,
        actor_kind="system" if channel == "automatic" else "staff",
        role="case_worker",
        team=None,
        purposes=(purpose,),
        channels=(channel,),
        references=(reference,),
    )


def test_sixty_minutes_are_one_entry_and_a_moment_more_is_another() -> None:
    entries = merged([line(0), line(30), line(60), line(60.001)])
    assert [(entry.times, entry.first, entry.last) for entry in entries] == [
        (3, START, START + timedelta(minutes=60)),
        (1, START + timedelta(minutes=60.001), START + timedelta(minutes=60.001)),
    ]


def test_another_actor_or_another_case_is_another_entry() -> None:
    entries = merged([line(0), line(1, actor=GRACE), line(2, reference="XXXX-YYYY-Z"), line(3)])
    assert [entry.times for entry in entries] == [2, 1, 1]


def test_another_purpose_or_channel_is_the_same_entry_and_says_both() -> None:
    (entry,) = merged([line(0), line(5, purpose="oversight", channel="phone"), line(9)])
    assert entry.purposes == ("casework", "oversight")
    assert entry.channels == ("online", "phone")


def test_automatic_openings_are_one_entry_a_day_of_whatever_case() -> None:
    """The night between is London's: 23:30 UTC in summer is the next day already."""
    day = [line(0, channel="automatic", purpose="sending"), line(600, channel="automatic", reference="XXXX-YYYY-Z")]
    next_day = [line(15 * 60 + 1, channel="automatic")]
    entries = merged([*day, *next_day])
    assert [entry.times for entry in entries] == [2, 1]
    assert entries[0].references == ("BCDF-GHJK-B", "XXXX-YYYY-Z")
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    late = [line((summer - START).total_seconds() / 60 + hours * 60, channel="automatic") for hours in (0, 1)]
    assert len(merged(late)) == 2


def test_automatic_and_looked_at_are_never_one_entry() -> None:
    assert len(merged([line(0), line(1, channel="automatic"), line(2)])) == 2


def test_the_longest_day_is_still_one_day() -> None:
    """25 October 2026 has 25 hours: an entry between must not hide the first automatic one."""
    base = (datetime(2026, 10, 24, 23, 5, tzinfo=UTC) - START).total_seconds() / 60
    lines = [
        line(base, channel="automatic"),
        line(base + 1),
        line(base + 24 * 60 + 50, channel="automatic"),
    ]
    assert [entry.times for entry in merged(lines)] == [2, 1]


moments = st.lists(
    st.tuples(
        st.integers(0, 4 * 24 * 60),
        st.sampled_from([PRIYA, GRACE]),
        st.sampled_from(["BCDF-GHJK-B", "XXXX-YYYY-Z", ""]),
        st.sampled_from(["casework", "oversight"]),
        st.sampled_from(["online", "phone", "automatic"]),
    ),
    max_size=60,
)


def lines_of(drawn: list[tuple[int, UUID, str, str, str]]) -> list[Opened]:
    ordered = sorted(drawn, key=lambda one: one[0])
    return [
        line(minutes, actor=actor, reference=reference, purpose=purpose, channel=channel, number=number)
        for number, (minutes, actor, reference, purpose, channel) in enumerate(ordered, 1)
    ]


@given(moments)
def test_merging_loses_no_opening_and_invents_none(drawn: list[tuple[int, UUID, str, str, str]]) -> None:
    lines = lines_of(drawn)
    entries = merged(lines)
    kept = [one for entry in entries for one in entry.lines]
    assert sorted(kept, key=lambda one: one.int) == [one.lines[0] for one in lines]
    assert sum(entry.times for entry in entries) == len(lines)


@given(moments)
def test_entries_come_in_the_order_of_their_first_lines(drawn: list[tuple[int, UUID, str, str, str]]) -> None:
    entries = merged(lines_of(drawn))
    firsts = [(entry.first, entry.lines[0].int) for entry in entries]
    assert firsts == sorted(firsts)
    assert all(entry.lines == tuple(sorted(entry.lines, key=lambda one: one.int)) for entry in entries)


@given(moments)
def test_an_entry_is_of_one_actor_and_case_and_no_longer_than_it_may_be(
    drawn: list[tuple[int, UUID, str, str, str]],
) -> None:
    lines = {one.lines[0]: one for one in lines_of(drawn)}
    for entry in merged(lines.values()):
        its = [lines[one] for one in entry.lines]
        assert entry.first == its[0].first
        assert entry.last == its[-1].last
        if entry.is_automatic:
            assert {local_date(one.first) for one in its} == {local_date(entry.first)}
        else:
            assert {(one.actor, one.references) for one in its} == {(entry.actor, entry.references)}
            assert entry.last - entry.first <= WITHIN


@given(moments)
def test_no_two_entries_could_have_been_one(drawn: list[tuple[int, UUID, str, str, str]]) -> None:
    latest: dict[object, Opened] = {}
    for entry in merged(lines_of(drawn)):
        before = latest.get(entry.key())
        assert before is None or not before.is_continued_by(entry)
        latest[entry.key()] = entry


@given(moments, st.integers(0, 60))
def test_what_comes_later_changes_no_entry_but_the_open_ones(
    drawn: list[tuple[int, UUID, str, str, str]], number: int
) -> None:
    lines = lines_of(drawn)
    before, after = merged(lines[:number]), merged(lines)
    assert [entry.first for entry in after[: len(before)]] == [entry.first for entry in before]


@given(moments, st.sampled_from(["BCDF-GHJK-B", "XXXX-YYYY-Z", ""]))
def test_leaving_a_case_out_leaves_no_hole(drawn: list[tuple[int, UUID, str, str, str]], withheld: str) -> None:
    """Entries of the others are as if the case had never been opened: it is left out before anything is merged."""
    others = [one for one in lines_of(drawn) if one.references != (withheld,)]
    assert all(withheld not in entry.references for entry in merged(others))


@pytest.mark.parametrize(
    ("review_on", "is_lawful"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_a_review_is_at_most_six_months_away(review_on: date, is_lawful: bool) -> None:
    """Six months after 31 August end on the last day of February."""
    assert is_within_limit(review_on, date(2026, 8, 31)) is is_lawful
    assert last_review_on(date(2026, 8, 31)) == date(2027, 2, 28)


def test_the_exemptions_are_the_closed_list_of_the_law() -> None:
    """Data protection reference, section 2: nineteen, each with words."""
    assert len(EXEMPTIONS) == 19
    assert tuple(EXEMPTIONS_SAID) == EXEMPTIONS
    assert all(str(words) for words in EXEMPTIONS_SAID.values())


def test_the_rules_know_nothing_of_django() -> None:
    for file in Path(rules.__path__[0]).glob("*.py"):
        assert "django" not in file.read_text().lower(), file.name


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("It was the waste team.", False),
        ("It was Priya.", True),
        ("it was priya's colleague", True),
        ("NAIR, of the waste team", True),
        ("ask P.N. about it", True),
        ("ask P. N. about it", True),
        ("ask PN about it", True),
        ("The priyanka festival", False),
    ],
)
def test_an_answer_that_names_someone_is_noticed(text: str, is_named: bool) -> None:
    assert names_anyone(text, "Priya Nair") is is_named


def test_a_short_name_that_is_a_word_needs_its_capital() -> None:
    assert not names_anyone("we will tell you", "Will May")
    assert names_anyone("it was Will", "Will May")
