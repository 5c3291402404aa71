"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Words


class NotTheOfficer(Forbidden):
    """Only the data protection officer of the organisation may see or decide this."""

    code = "not_the_officer"
    message: Words = _("Only the data protection officer of this organisation can see this page.")


class NoSuchOpening(Missing):
    """No such opening of the asker's information, or it is not shown to them: both are answered alike."""

    code = "no_such_opening"


class NoSuchQuestion(Missing):
    """Nobody asked this here."""

    code = "no_such_question"


class NoSuchWithholding(Missing):
    """No such decision, or it no longer stands."""

    code = "no_such_withholding"


class AlreadyAnswered(Conflict):
    """The question was answered meanwhile; the first answer stands."""

    code = "already_answered"
    title: Words = _("This question has been answered")
    message: Words = _("Someone answered it while you were writing. The first answer stands.")


class NoSuchRequest(Missing):
    """No such request, or it is not the asker's: both are answered alike."""

    code = "no_such_request"


class AlreadyClosed(Conflict):
    """The request was answered meanwhile."""

    code = "request_closed"
    title: Words = _("This request has been answered")
    message: Words = _("It was closed while you were writing. What was decided stands.")


class AlreadyWaiting(Conflict):
    """Something was asked of whoever made the request and has not come: the clock waits for it."""

    code = "request_waiting"
    title: Words = _("We are already waiting for them")
    message: Words = _("You have already asked them for something. Record their response first.")


class NoAuthority(Conflict):
    """They ask for somebody else, and nothing says that anybody saw what lets them (UK GDPR Articles 5(1)(f), 15)."""

    code = "no_authority"
    title: Words = _("We have no evidence that they can ask")
    message: Words = _("They are asking for someone else. Record the evidence you saw, or ask them for it first.")


class NothingAsked(Conflict):
    """An answer to what nobody asks, or asks no more."""

    code = "nothing_asked"
    title: Words = _("We are not waiting for anything")
    message: Words = _("This has been answered before, or is no longer needed.")


class NotNeeded(Conflict):
    """Evidence is asked only where it is needed (UK GDPR Article 12(6))."""

    code = "evidence_not_needed"
    title: Words = _("We know who they are")
    message: Words = _(
        "They are asking for themselves and were signed in. Asking for more would only delay the answer."
    )


class NotNow(Conflict):
    """The clock has moved past the point where this changes anything."""

    code = "not_now"
    title: Words = _("This cannot be done now")
    message: Words = _(
        "This has already been done, the time has since been extended, or it does not apply to this kind of request."
    )


class NotACopy(Conflict):
    """The request asks for something else than a copy."""

    code = "not_a_copy"
    title: Words = _("This request does not ask for a copy")
    message: Words = _("Only a request for a copy has a search, items to decide and a pack.")


class NotMatched(Conflict):
    """Nobody has found yet whom the request is about."""

    code = "not_matched"
    title: Words = _("We do not know who this is about yet")
    message: Words = _("Find the person before you search.")


class NotSearched(Conflict):
    """The search has not begun."""

    code = "not_searched"
    title: Words = _("The search has not started")
    message: Words = _("Start the search first. It finds the items to decide.")


class SearchIsOld(Conflict):
    """Something came to the person's records after the search: nobody has looked at it yet."""

    code = "search_is_old"
    title: Words = _("There is something new since the search")
    message: Words = _("Search again to add the new items.")


class NoSuchItem(Missing):
    """No such item of this request."""

    code = "no_such_item"


class TextChanged(Conflict):
    """What is decided about is not what was shown: a decision is about the text that was read."""

    code = "text_changed"
    title: Words = _("This changed while you were looking at it")
    message: Words = _("Nothing was decided. Read it as it is now, then decide.")


class ItemsLeft(Conflict):
    """Items of the copy are not decided, or a professional has not looked for serious harm."""

    code = "items_left"
    title: Words = _("You have not decided everything")
    message: Words = _("Decide every item, and record the check for serious harm where a service needs one.")


class StillThere(Conflict):
    """A finished file was opened again and holds something that was removed: nothing is kept of it."""

    code = "still_there"
    title: Words = _("The pack still includes something that was removed")

    def __init__(self, items: tuple[str, ...]) -> None:
        self.items = items
        words = _("It is still in %(items)s. Remove it there too, or withhold it, and make the pack again.")
        super().__init__(words % {"items": "; ".join(items)})


class NoSuchPack(Missing):
    """No pack of this request, or it is not the asker's, or no longer there: all are answered alike."""

    code = "no_such_pack"


class PackIsOld(Conflict):
    """Something was decided since the pack was made, or it has left already."""

    code = "pack_is_old"
    title: Words = _("This pack is no longer the latest")
    message: Words = _("Something was decided after it was made, or it has already been sent. Make the pack again.")


class CannotBeMade(Conflict):
    """A file of the pack is damaged, locked, too long or holds letters that no font has: it cannot be made anew."""

    code = "cannot_be_made"
    title: Words = _("The pack cannot be made")
    message: Words = _("A file is damaged, locked or too long to redact. Withhold it, or disclose it as it is.")


class NoSuchCopy(Missing):
    """No such copy of the asker's, or its half hour is over: both are answered alike."""

    code = "no_such_copy"


class PlanChanged(Conflict):
    """What would be erased is not what the officer saw."""

    code = "plan_changed"
    title: Words = _("Something has changed since you looked")
    message: Words = _(
        "A case was opened, closed or decided in the meantime. Nothing was erased. Look again, then decide."
    )


class HeldForClaim(Conflict):
    """A legal hold blocks it (UK GDPR Article 17(3)(e))."""

    code = "held_for_claim"
    title: Words = _("It is held for a legal claim")
    message: Words = _("You cannot erase or dispose of it. If the claim is over, end the hold first.")


class MarkedForSafety(Conflict):
    """A safety marker stands on the record: staff would meet the person unwarned (UK GDPR Article 17(3)(b))."""

    code = "marked_for_safety"
    title: Words = _("There is a safety instruction about this person")
    message: Words = _(
        "This person’s record has a safety marker. End it first, or keep the case it is based on and say why."
    )


class NoSuchHold(Missing):
    """No such hold, or it has ended."""

    code = "no_such_hold"


class NoSuchRedaction(Missing):
    """No such text on the list of this request."""

    code = "no_such_redaction"


class AlreadyDecided(Conflict):
    """Somebody decided it before."""

    code = "already_decided"
    title: Words = _("This has been decided")
    message: Words = _("Someone decided it while you were looking. What was decided stands.")


class NotAllDecided(Conflict):
    """A text that names whoever was erased waits for a decision: the erasure is not done until it is decided."""

    code = "not_all_decided"
    title: Words = _("Some texts are not decided yet")
    message: Words = _("Other people's records still name this person. Decide about each text first.")


class NotTold(Conflict):
    """A restriction is lifted only after the person was told that it will be (UK GDPR Article 18(3))."""

    code = "not_told"
    title: Words = _("They have not been told yet")
    message: Words = _("Tell them first. The restriction is lifted on the day you told them, not before.")


class NotRestricted(Missing):
    """No such restriction, or it was lifted."""

    code = "not_restricted"


class CannotObject(Conflict):
    """What is used by consent or because the law says so is not objected to (UK GDPR Article 21(1))."""

    code = "cannot_object"
    title: Words = _("This cannot be objected to")
    message: Words = _(
        "People can only object to what we do for a public task. Tell them that they can withdraw consent instead, "
        "and that we must continue what the law requires."
    )
