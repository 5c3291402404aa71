"""How each type of question is shown."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from markupsafe import Markup

from commonweal.capabilities.catalogue.queries.examples import example_day
from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import NOTHING, Field, Kind, Option
from commonweal.frontends.asking.asked import Asked
from commonweal.frontends.asking.files import accepts_of
from commonweal.frontends.asking.prose import write_prose

_PARTS = ("day", "month", "year")
_WIDTHS = (2, 3, 4, 5, 10, 20)
_HEADING = Markup('<h2 class="govuk-heading-m">{}</h2>')


def ask_words(asked: Asked) -> Field:
    """A text on one line; of a name nothing is underlined as misspelt."""
    is_name = asked.question.type in {QuestionType.NAME, QuestionType.ORGANISATION}
    usual = {QuestionType.NAME: "name", QuestionType.ORGANISATION: "organization"}
    return asked.field(
        Kind.NAME if is_name else Kind.TEXT, autocomplete=asked.purpose(usual.get(asked.question.type, ""))
    )


def ask_long_text(asked: Asked) -> Field:
    """A text on several lines, which counts down to its bound where one is declared."""
    return asked.field(
        Kind.LONG_TEXT, autocomplete=asked.question.autocomplete or "", max_length=asked.question.max_length
    )


def ask_email(asked: Asked) -> Field:
    return asked.field(Kind.EMAIL, autocomplete=asked.purpose("email"))


def ask_phone(asked: Asked) -> Field:
    return asked.field(Kind.TELEPHONE, autocomplete=asked.purpose("tel"), width=20)


def ask_number(asked: Asked) -> Field:
    """A number as wide as the greatest that is taken, with its unit beside it."""
    question = asked.question
    digits = 5 if question.at_most is None else len(str(question.at_most)) + question.decimals
    is_whole = not question.decimals and (question.at_least or 0) >= 0
    return asked.field(
        Kind.NUMBER if is_whole else Kind.DECIMAL,
        width=next((width for width in _WIDTHS if width >= digits), 20),
        suffix=asked.say(question.unit),
    )


def ask_money(asked: Asked) -> Field:
    return asked.field(Kind.DECIMAL, width=10, prefix="£")


def ask_code(asked: Asked) -> Field:
    """A number or code with published rules, each with where to find it."""
    hints = {
        QuestionType.NATIONAL_INSURANCE_NUMBER: _(
            "It’s on your National Insurance card, benefit letter, payslip or P60. For example, QQ 12 34 56 C."
        ),
        QuestionType.NHS_NUMBER: _(
            "It has 10 numbers, like 999 123 4560. It’s on letters, prescriptions and appointments from the NHS."
        ),
        QuestionType.REFERENCE: _("It’s in what we wrote to you. For example, BCDF-2345-X."),
    }
    hint = asked.say(asked.question.hint) or hints.get(asked.question.type, "")
    return asked.field(Kind.CODE, hint=hint, width=10)


def ask_choice(asked: Asked) -> Field:
    """One of several, or yes or no."""
    yes_or_no = (Option("yes", _("Yes")), Option("no", _("No")))
    return asked.field(Kind.ONE_OF, options=_options(asked) or yes_or_no)


def ask_choices(asked: Asked) -> Field:
    """Any of several; the hint says so, as nothing else does without a look at the boxes."""
    hint = asked.say(asked.question.hint) or _("Select all that apply.")
    return asked.field(Kind.MANY_OF, hint=hint, options=_options(asked), value=tuple(asked.typed().split("\n")))


def ask_agreement(asked: Asked) -> Field:
    """What people declare, and the one box to tick below it."""
    return asked.field(Kind.AGREED, before=write_prose(asked.say(asked.question.body)))


def ask_date(asked: Asked) -> Field:
    """A date in three parts, with an example that would be taken."""
    day = example_day(asked.question, today())
    example = _("For example, %(day)s") % {"day": f"{day.day} {day.month} {day.year}"}
    if asked.question.type is QuestionType.PARTIAL_DATE:
        example = _("%(example)s. If you do not know the day or the month, leave it empty.") % {"example": example}
    wrong = [part for part in _PARTS if asked.error(part)]
    return asked.field(
        Kind.DATE,
        hint=asked.say(asked.question.hint) or example,
        value={part: asked.typed(part) for part in _PARTS},
        error=asked.error(wrong[0]) if wrong else "",
        focus=asked.name(wrong[0]) if wrong else "",
        autocomplete=asked.purpose(""),
    )


def ask_address(asked: Asked) -> Field:
    """An address in the lines of an envelope."""
    own = asked.is_own
    return asked.field(
        Kind.GROUP,
        value="",
        error="",
        parts=(
            asked.part("line1", _("Address line 1"), is_part=True, autocomplete="address-line1" if own else ""),
            asked.part(
                "line2", _("Address line 2 (optional)"), is_part=True, autocomplete="address-line2" if own else ""
            ),
            asked.part(
                "town", _("Town or city"), is_part=True, width=20, autocomplete="address-level2" if own else ""
            ),
            asked.part(
                "postcode", _("Postcode"), kind=Kind.CODE, is_part=True, width=10,
                autocomplete="postal-code" if own else "",
            ),
        ),
    )  # fmt: skip


def ask_place(asked: Asked) -> tuple[Field, ...]:
    """A place by its words and its postcode, and where there is a map, the point that a script lets people mark."""
    hint = asked.say(asked.question.hint) or _("House number or name, and street")
    in_words = (
        asked.part("address", asked.label, hint=hint, autocomplete="address-line1"),
        asked.part("postcode", _("Postcode"), kind=Kind.CODE, width=10, autocomplete="postal-code"),
    )
    has_point = asked.question.on_map and (settings.MAP is not None or asked.typed("point"))
    return (*in_words, _ask_point(asked)) if has_point else in_words


def _ask_point(asked: Asked) -> Field:
    """A wrong point is not shown again: whoever runs no script could not take it away."""
    error = asked.error("point")
    context = {"name": asked.name("point"), "value": "" if error else asked.typed("point"), "error": error}
    written = Markup(render_to_string("asking/point.html", context))  # noqa: S704 (our own template)
    return asked.part("point", "", kind=Kind.WORDS, before=written, focus=asked.name("address"))


def show_statement(asked: Asked) -> Field:
    """Words, and nothing to answer; its label is a heading among other questions."""
    heading = NOTHING if asked.is_alone else _HEADING.format(asked.say(asked.question.label))
    return asked.field(Kind.WORDS, before=heading + write_prose(asked.say(asked.question.body)))


def _options(asked: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(each.key, asked.say(each.label), asked.say(each.hint), each.is_exclusive)
        for each in asked.question.choices
    )


def ask_files(asked: Asked) -> Field:
    """Files to add; those given before are listed beside it, since no browser shows them."""
    attributes = {"accept": accepts_of(asked.question)}
    if asked.question.at_most != 1:
        attributes["multiple"] = "multiple"
    return asked.field(Kind.FILE, value="", attributes=attributes)
