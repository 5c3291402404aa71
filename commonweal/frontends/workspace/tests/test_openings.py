"""The officer's page of the trace."""

from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.conftest import Cast
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, next_page, text_of

OPENINGS = f"{LEEDS}protection/openings/"


def test_the_officer_sees_openings_listings_and_refusals_with_names(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    sign_in(cast.priya).get(f"{LEEDS}cases/")
    sign_in(cast.priya).get(case_at(reported_case))
    sign_in(cast.tom).get(case_at(reported_case))
    olu = sign_in(cast.olu)
    shown = {kind: text_of(olu.get(OPENINGS, {"kind": kind})) for kind in ("", "opened", "listed", "refused")}
    for kind, words in (
        ("opened", f"Priya Nair Waste and recycling Opened Casework, on screen {reported_case}"),
        ("listed", "Priya Nair Waste and recycling Listed Casework, on screen"),
        ("refused", f"Tom Okafor Parks Refused Casework, on screen The case belongs to another team {reported_case}"),
    ):
        assert words in shown[kind]
        assert words in shown[""]
    assert "Tom Okafor" not in shown["opened"]
    assert "Amina" not in shown[""]


def test_one_look_at_a_list_is_one_entry(cast: Cast, sign_in: SignIn, report: Report) -> None:
    for _number in range(3):
        report()
    sign_in(cast.priya).get(f"{LEEDS}cases/")
    shown = text_of(sign_in(cast.olu).get(OPENINGS, {"kind": "listed"}))
    assert "3 people" in shown
    assert shown.count("Priya Nair") == 1


def test_the_trace_goes_on_page_after_page(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    for _number in range(51):
        case_page(cast.priya, organisation=cast.leeds, reference=reported_case)
    olu = sign_in(cast.olu)
    first = olu.get(OPENINGS, {"kind": "opened"})
    second = olu.get(next_page(first))
    rows = [text_of(page).count("Priya Nair Waste") for page in (first, second)]
    assert rows == [50, 1]


def test_only_the_officer_sees_it(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.priya).get(OPENINGS).status_code == 403
    assert sign_in(cast.huw).get(OPENINGS).status_code == 404


def test_an_address_that_makes_no_sense_shows_the_beginning(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.olu).get(OPENINGS, {"kind": "x", "after": "y"}).status_code == 200
