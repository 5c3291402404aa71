"""What is done with a restriction, an objection and a question about an automated decision."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonweal.capabilities.protection.actions import objecting, restricting
from commonweal.capabilities.protection.queries.objecting import objection_page
from commonweal.foundations.errors import Words
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.requests.acts import Act
from commonweal.frontends.workspace.protection.sections import show_section

BASES: dict[str, Promise] = {
    "consent": _("consent: they take it back instead of objecting"),
    "contract": _("a contract: it cannot be objected to"),
    "legal_obligation": _("a legal obligation: it cannot be objected to"),
    "vital_interests": _("somebody’s life: it cannot be objected to"),
    "public_task": _("a public task: it can be objected to"),
}

_WHILE: Mapping[str, Words] = {
    "accuracy": _("They say it is wrong, and we check it"),
    "unlawful": _("We should not have it, and they do not want it erased"),
    "claims": _("We no longer need it, and they need it for a legal claim"),
    "objection": _("They object, and we weigh whose reasons count for more"),
}
_REFUSED: Mapping[str, Words] = {
    "compelling": _("We have compelling reasons that outweigh theirs"),
    "claims": _("It is needed for legal claims"),
}

ACTS: dict[str, Act] = {
    "restrict": Act(
        _("Restrict their information"),
        _("Restrict"),
        restricting.restrict,
        _(
            "It is kept and not used: nobody opens it without one of four lawful grounds, and messages to them wait. "
            "If the request names a case, only that case is restricted. They are told."
        ),
        choice=("ground", _("Why is it restricted?")),
        options=lambda: _WHILE,
    ),
    "announce-lifting": Act(
        _("Tell them that it will be lifted"),
        _("Tell them"),
        restricting.announce_lifting,
        _("The law says that you must tell them before you lift a restriction (UK GDPR Article 18(3))."),
        day=("lifts_on", _("On which day will it be lifted?")),
    ),
    "lift": Act(
        _("Lift the restriction"),
        _("Lift it"),
        restricting.lift_restriction,
        _("You can lift it on the day you told them, not before. Waiting messages are then sent."),
        is_warning=True,
    ),
    "uphold": Act(
        _("Agree with the objection"),
        _("Agree"),
        objecting.uphold_objection,
        _("What we hold for this is restricted, and may be erased after. They are told."),
    ),
    "refuse-objection": Act(
        _("Refuse the objection"),
        _("Refuse"),
        objecting.refuse_objection,
        _("Only for compelling grounds or legal claims. The letter automatically explains how they can complain."),
        choice=("ground", _("Why do we continue to use it?")),
        options=lambda: _REFUSED,
        text=("why", _("The grounds, as they will read them")),
        is_letter=True,
        is_warning=True,
    ),
    "look-again": Act(
        _("Have a person look at it again"),
        _("Ask for a review"),
        objecting.look_again,
        _(
            "A review of the case begins, or its team gets a note. Nothing is decided by a machine alone here: tell "
            "them which rule made a proposal, what it looked at, and that a person decides."
        ),
        text=("words", _("What part the rule played, as they will read it")),
        is_letter=True,
    ),
}


@require_safe
@at_desk
def objection(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """What is objected to and on which basis it is used; or what rules proposed. Raises NotTheOfficer."""
    page = objection_page(desk.actor, organisation=desk.organisation, reference=reference)
    context = {
        "page": page,
        "bases": BASES,
        "back": reverse("officer_request", args=[desk.slug, page.reference]),
        "words": words,
    }
    return show_section(request, desk, "requests/objection", context)
