"""The worklist: which cases it shows, in which order, a page at a time, and what a list may say of people."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.cases.actions import assigning, closing
from commonweal.capabilities.cases.queries import opening
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, hidden_fields, next_page, references_in, search, text_of

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORKLIST = f"{LEEDS}cases/"


def test_a_row_says_how_far_off_its_date_is_and_masks_the_name(cast: Cast, sign_in: SignIn, report: Report) -> None:
    with at(MONDAY) as clock:
        report(name="Amina Yusuf")
        told = {}
        for day in (0, 1, 2, 3, 4):
            clock.move_to(MONDAY + timedelta(days=day))
            told[day] = text_of(sign_in(cast.priya).get(WORKLIST))
    expected = {0: "2 days left", 1: "1 day left", 2: "Due today", 3: "Overdue by 1 day", 4: "Overdue by 2 days"}
    assert {day: words for day, words in expected.items() if words in told[day]} == expected
    assert "Amina Y…" in told[0]
    assert "Yusuf" not in told[0]
    assert "12 Harewood Row, LS1 4HR" in told[0]


def test_each_tab_shows_its_cases(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya = sign_in(cast.priya)
    with at(MONDAY) as clock:
        late = report()
        clock.move_to(MONDAY + timedelta(days=3))
        mine, closed = report(), report()
        _assign(cast, mine)
        _close(cast, closed)
        shown = {tab: references_in(priya.get(f"{WORKLIST}?show={tab}")) for tab in _TABS}
    assert shown == {
        "open": [late, mine],
        "mine": [mine],
        "unassigned": [late],
        "overdue": [late],
        "closed": [closed],
        "nonsense": [late, mine],
    }


def test_pages_follow_each_other_without_gaps(cast: Cast, sign_in: SignIn, report: Report) -> None:
    with at(MONDAY) as clock:
        reported = []
        for number in range(27):
            clock.move_to(MONDAY + timedelta(hours=number))
            reported.append(report())
        priya = sign_in(cast.priya)
        assert _walk(priya, WORKLIST) == ([25, 2], reported)
        for number, reference in enumerate(reported):
            clock.move_to(MONDAY + timedelta(days=3, minutes=number))
            _close(cast, reference)
        assert _walk(sign_in(cast.priya), f"{WORKLIST}?show=closed") == ([25, 2], reported[::-1])


_READS = ("select ", "with ", "(select ", "insert ")
_STATEMENTS = 18
"""Six say who asks, ten make the list with its trace, and two end a scope, as only a test does."""


def test_a_list_asks_the_database_as_often_for_25_rows_as_for_5(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya, counts = sign_in(cast.priya), []
    for more in (5, 20):
        for _number in range(more):
            _assign(cast, report())
        priya.get(WORKLIST)
        with CaptureQueriesContext(connection) as asked:
            assert len(references_in(priya.get(WORKLIST))) == (5 if more == 5 else 25)
        counts.append(sum(each["sql"].lstrip().lower().startswith(_READS) for each in asked))
    assert counts == [_STATEMENTS, _STATEMENTS]


def test_a_list_is_traced_as_listed_and_never_as_opened(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    priya.get(WORKLIST)
    search(priya, "yusuf")
    assert _kinds(cast) == ["listed", "listed"]
    priya.get(f"{WORKLIST}{reported_case}/")
    assert _kinds(cast) == ["listed", "listed", "opened"]


def test_the_next_action_is_a_button_and_one_returns_to_the_row(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    priya = sign_in(cast.priya)
    page = priya.get(f"{WORKLIST}?show=unassigned")
    assert "Send the crew back" in text_of(page)
    answer = priya.post(f"{WORKLIST}?show=unassigned", {**hidden_fields(page), "do": "move.schedule"})
    assert answer["Location"] == f"{WORKLIST}?show=unassigned&done=move#{reported_case}"
    after = text_of(priya.get(WORKLIST))
    assert "Going back" in after
    assert "Close…" in after


def test_a_stale_list_moves_nothing_and_shows_what_is(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    seen = hidden_fields(priya.get(WORKLIST))
    _assign(cast, reported_case)
    answer = priya.post(WORKLIST, {**seen, "do": "move.schedule"})
    assert answer.status_code == 409
    assert f"Case {reported_case} was not moved" in text_of(answer)
    assert "Received" in text_of(answer)


def test_a_person_is_found_by_name_email_phone_or_reference(cast: Cast, sign_in: SignIn, report: Report) -> None:
    wanted, _other = report(name="Amina Yusuf"), report(name="Bo Larsen")
    priya = sign_in(cast.priya)
    for words in ("yusuf", "AMINA yusuf"):
        assert references_in(search(priya, words)) == [wanted], words
    answer = priya.post(f"{LEEDS}find/", {"q": wanted.lower().replace("-", " ")})
    assert answer["Location"] == f"{WORKLIST}{wanted}/"
    for words in ("amina@people.example", "01134960123"):
        assert len(references_in(search(priya, words))) == 2, words
    assert references_in(search(priya, "nobody at all")) == []
    assert "Type a reference" in text_of(search(priya, "\x00 "))


def test_at_most_20_are_found(cast: Cast, sign_in: SignIn, report: Report) -> None:
    for _number in range(22):
        report()
    page = search(sign_in(cast.priya), "yusuf")
    assert len(references_in(page)) == 20
    assert "There may be more" in text_of(page)


def test_addresses_that_make_no_sense_show_the_beginning(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    for query in (
        "after=x",
        "after=2026-11-23",
        "after=2026-99-99,1",
        "show=closed&after=2026-11-23,x",
        "show=&after=",
    ):
        assert priya.get(f"{WORKLIST}?{query}").status_code == 200, query


_TABS = ("open", "mine", "unassigned", "overdue", "closed", "nonsense")


def _walk(client: Client, address: str) -> tuple[list[int], list[str]]:
    """The sizes of all pages, and their references."""
    sizes, found = [], []
    while address:
        page = client.get(address)
        sizes.append(len(references_in(page)))
        found += references_in(page)
        address = next_page(page)
    return sizes, found


def _assign(cast: Cast, reference: str) -> None:
    case = opening.case_page(cast.priya, organisation=cast.leeds, reference=reference)
    assigning.assign(
        cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, assignee=cast.priya.account
    )


def _close(cast: Cast, reference: str) -> None:
    case = opening.case_page(cast.priya, organisation=cast.leeds, reference=reference)
    closing.close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")


def _kinds(cast: Cast) -> list[str]:
    with read_scope(SET_UP, (cast.leeds,)):
        return list(Trace.objects.filter(actor_kind="staff").order_by("id").values_list("kind", flat=True))
