"""What is asked when somebody has died: few words, and kind ones."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.queries.bereavement import BereavementPage
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Words
from commonweal.frontends.workspace.dates import DATE_PARTS

WRONG_DAY: Words = _("Enter a real date, for example 4 6 2026, or leave it empty")

CHOICES: dict[str, Promise] = {
    "representative": _("Continue with the person acting for the estate"),
    "keep": _("Keep it open for now"),
    "close": _("Close the case"),
}

CAPACITIES: dict[str, Promise] = {
    "executor": _("Executor, named in the will"),
    "administrator": _("Administrator, appointed by a court"),
    "family": _("Family, before anyone is appointed"),
}

DONE: dict[str, Promise] = {
    "record": _("It is recorded. No message is sent to them any more."),
    "confirm": _("It is confirmed."),
    "take_back": _("The record was withdrawn. New messages will be sent. Cancelled messages stay cancelled."),
    "choose": _("Your choice is kept."),
}


def death_fields(request: HttpRequest, wrong: Mapping[str, Words]) -> tuple[Field, ...]:
    """When, who told us, and how far it is known."""
    known = (
        Option("told", gettext("Somebody told us")),
        Option("confirmed", gettext("We have seen the register or a certificate")),
    )
    return (
        Field(
            "died_on",
            gettext("When did they die? (if you know)"),
            Kind.DATE,
            value={part: request.POST.get(f"died_on-{part}", "")[:4] for part in DATE_PARTS},
            error=wrong.get("died_on", ""),
        ),
        Field(
            "told_by",
            gettext("Who told us?"),
            hint=gettext("For example, their daughter, on the phone. Do not ask for proof on the phone."),
            value=request.POST.get("told_by", "")[:300],
            error=wrong.get("told_by", ""),
        ),
        Field(
            "certainty",
            gettext("How sure are we?"),
            Kind.ONE_OF,
            options=known,
            value=request.POST.get("certainty", ""),
            error=wrong.get("certainty", ""),
        ),
    )


def choice_fields(request: HttpRequest, page: BereavementPage, wrong: Mapping[str, Words]) -> tuple[Field, ...]:
    """What happens with the case, and who speaks for the estate."""
    spoken = page.representative
    kept = {
        "choice": page.choice,
        "name": spoken.name if spoken else "",
        "email": spoken.email if spoken else "",
        "phone": spoken.phone if spoken else "",
        "capacity": page.capacity,
    }
    given = {key: request.POST.get(key, value)[:300] for key, value in kept.items()}
    choices = tuple(Option(code, words) for code, words in CHOICES.items())
    capacities = tuple(Option(code, words) for code, words in CAPACITIES.items())

    def ask(name: str, label: str, kind: Kind = Kind.TEXT, options: tuple[Option, ...] = ()) -> Field:
        return Field(name, label, kind, options=options, value=given[name], error=wrong.get(name, ""))

    return (
        ask("choice", gettext("What happens with the case?"), Kind.ONE_OF, choices),
        ask("name", gettext("Their name")),
        ask("capacity", gettext("What is their role for the estate?"), Kind.ONE_OF, capacities),
        ask("email", gettext("Their email"), Kind.EMAIL),
        ask("phone", gettext("Their phone"), Kind.TELEPHONE),
    )
