"""What the person reads about the erasure: what went and when, until when backups hold it, what stays and why."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from commonweal.capabilities.protection.models import Request
from commonweal.capabilities.protection.queries.erasing import Decided, Decisions
from commonweal.capabilities.protection.queries.withholding import withheld_cases
from commonweal.capabilities.protection.rules.fates import Fate
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data.ledger import backups_close_on

_DAY = "j F Y"


def letter_of(request: Request, decisions: Decisions, whys: Mapping[str, str], *, drafts: int) -> str:
    """The letter, in the language of whoever asked. Claims nothing beyond what the ledger and the rotation do."""
    with override(request.language):
        kept = [_kept(each, whys) for each in shown_cases(request, decisions) if each.fate is not Fate.ERASE]
        if decisions.held:
            kept.append(gettext("- everything: we need it for a legal claim (UK GDPR Article 17(3)(e))"))
        paragraphs = [_went(request, decisions, drafts)]
        if kept:
            paragraphs.append("\n".join([gettext("We keep this:"), *kept]))
        paragraphs.append(
            gettext(
                "What you asked for and our answer stay for six years, and so does the list of who opened your "
                "information, under a random number that names nobody (UK GDPR Article 17(3)(b))."
            )
        )
        return "\n\n".join(paragraphs)


def shown_cases(request: Request, decisions: Decisions) -> tuple[Decided, ...]:
    """The cases the person may be told of: not those of others in which openings are withheld (practice: tipping off).

    A withholding names the applicant, and whoever the case is about must not learn of it from their own letter.
    """
    others = [each.case.reference for each in decisions.cases if not each.case.is_own]
    withheld = withheld_cases(request.organisation_id, others)
    return tuple(each for each in decisions.cases if each.case.is_own or each.case.reference not in withheld)


def _went(request: Request, decisions: Decisions, drafts: int) -> str:
    if decisions.is_nothing and not drafts:
        if shown_cases(request, decisions) or decisions.held:
            return gettext("We have not erased anything, for the reasons below.")
        return gettext("We hold nothing about you that we could erase.")
    words = {"day": date_format(today(), _DAY), "until": date_format(backups_close_on(), _DAY)}
    erased = [
        f"- {each.case.title} ({each.case.reference})"
        for each in shown_cases(request, decisions)
        if each.fate is Fate.ERASE
    ]
    said = gettext(
        "We removed your information from our live systems on %(day)s. It is in protected backups, which we do not "
        "use, until %(until)s. If we have to restore a backup before then, we remove it again."
    )
    return "\n\n".join([said % words, *(["\n".join([gettext("We erased:"), *erased])] if erased else [])])


def _kept(each: Decided, whys: Mapping[str, str]) -> str:
    """One line: which case, why and how long, with the law of the nation."""
    case = each.case
    words = {
        "title": case.title,
        "reference": case.reference,
        "law": case.law,
        "until": date_format(case.kept_until, _DAY) if case.kept_until else "",
        "reason": case.kept_for,
        "why": whys.get(case.reference, ""),
    }
    if each.fate is Fate.HOLD:
        text = gettext("- %(title)s (%(reference)s): we need it for a legal claim (UK GDPR Article 17(3)(e))")
    elif each.fate is Fate.CHOSEN:
        text = gettext("- %(title)s (%(reference)s): %(why)s")
    elif each.fate is Fate.OPEN:
        text = gettext(
            "- %(title)s (%(reference)s): we are still dealing with it, and keep it until it is decided. %(law)s "
            "(UK GDPR Article 17(3)(b))"
        )
    elif not case.kept_until:
        text = gettext("- %(title)s (%(reference)s): the law gives us this task. %(law)s (UK GDPR Article 17(3)(b))")
    else:
        text = gettext("- %(title)s (%(reference)s), until %(until)s: %(reason)s. %(law)s (UK GDPR Article 17(3)(b))")
    return text % words
