"""What is asked of whoever decides."""

from django.utils.translation import gettext

from commonweal.capabilities.cases.queries.closing import ClosingPage, OutcomeRow
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Refusal
from commonweal.frontends.workspace.cases.parts import error_of


def outcome_field(page: ClosingPage, chosen: str, refusal: Refusal | None) -> Field:
    """The outcomes, each with what the applicant will be told."""
    options = tuple(Option(outcome.key, outcome.label, outcome.words) for outcome in page.possible)
    return Field(
        "outcome",
        gettext("What was the result?"),
        Kind.ONE_OF,
        hint=gettext("Below each outcome is what the applicant will be told."),
        options=options,
        value=chosen,
        error=error_of("outcome", refusal),
    )


def reasons_field(outcome: OutcomeRow, chosen: tuple[str, ...], refusal: Refusal | None) -> Field:
    """The reasons of an outcome, each with the words the applicant reads."""
    return Field(
        "reasons",
        gettext("Why?"),
        Kind.MANY_OF,
        hint=gettext("Choose all that apply. Below each reason is what the applicant will read."),
        options=tuple(Option(reason.key, reason.label, reason.words) for reason in outcome.reasons),
        value=chosen,
        error=error_of("reasons", refusal),
    )


def letter_field(body: str, refusal: Refusal | None) -> Field:
    """The letter, to be edited."""
    return Field(
        "letter",
        gettext("The letter"),
        Kind.LONG_TEXT,
        hint=gettext(
            "Leave an empty line between paragraphs. Start a line with a dash to make a list. Put words between two "
            "asterisks to make them bold."
        ),
        value=body,
        error=error_of("letter", refusal),
        rows=18,
    )
