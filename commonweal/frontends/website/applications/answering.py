"""The applicant says something: they answer what they were asked, or challenge what was decided."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions.asking import answer_question
from commonweal.capabilities.cases.actions.reviewing import ask_review
from commonweal.capabilities.cases.errors import NoReviewNow, NothingAsked
from commonweal.capabilities.cases.queries import following
from commonweal.capabilities.cases.queries.asked import question_asked
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.design.parts import Field, Kind
from commonweal.foundations.errors import Invalid, Refusal, Words
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends.asking.files import ACCEPTS_ALL, FileUpload
from commonweal.frontends.receiving import takes_files
from commonweal.frontends.website.applications.files import ADDRESS, FIELD, AnswerPlace, write_files
from commonweal.frontends.website.applications.proven import of_own
from commonweal.frontends.website.giving import Filed, receive


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
@of_own
def answer(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str) -> HttpResponse:
    """What we need from them, and their answer: in words, in files, or both."""
    place = AnswerPlace(actor, council.id, reference)
    if request.method != "POST":
        return _ask(request, council, place, {})
    try:
        return receive(request, place, lambda filed: _take(request, council, place, filed))
    except NothingAsked as refusal:
        return _give_back(request, council, reference, refusal)


def _take(request: HttpRequest, council: OrganisationRow, place: AnswerPlace, filed: Filed) -> HttpResponse:
    if filed.stays:
        return _ask(request, council, place, filed.wrong)
    try:
        answer_question(
            place.actor, organisation=place.organisation, reference=place.reference, text=request.POST.get("text", "")
        )
    except Invalid as refusal:
        return _ask(request, council, place, refusal.fields)
    return redirect(f"{_page(council, place.reference)}?done=answered")


def _ask(
    request: HttpRequest, council: OrganisationRow, place: AnswerPlace, wrong: Mapping[str, Words]
) -> HttpResponse:
    page = question_asked(place.actor, organisation=place.organisation, reference=place.reference)
    typed = request.POST.get("text", "")
    files = Field(
        FIELD,
        gettext("Photos or documents"),
        Kind.FILE,
        hint=gettext("Add them only if they help. If they say everything, you do not need to write anything."),
        error=wrong.get(FIELD, ""),
        attributes={"accept": ACCEPTS_ALL, "multiple": "multiple"},
    )
    words = Field("text", gettext("Your answer"), Kind.LONG_TEXT, value=typed, error=wrong.get("text", ""), rows=8)
    upload = FileUpload({FIELD: write_files(page.files)}, ADDRESS)
    context = {"council": council, "page": page, "fields": (words, files), "upload": upload}
    return render(request, "website/applications/answer.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
@of_own
def challenge(
    request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str, review: str
) -> HttpResponse:
    """How a decision is challenged, and doing so. Raises NoReviewNow."""

    def act(text: str) -> None:
        ask_review(actor, organisation=council.id, reference=reference, review=review, text=text)

    hint = gettext("Say what we got wrong or did not know. You do not need to know the law.")
    try:
        field, done = _say(request, gettext("Why do you think the decision is wrong?"), hint, act)
    except NoReviewNow as refusal:
        return _give_back(request, council, reference, refusal)
    if done:
        return redirect(f"{_page(council, reference)}?done=challenged")
    own = following.application(actor, organisation=council.id, reference=reference)
    chosen = next((each for each in own.reviews if each.key == review), None)
    if chosen is None:
        raise NoReviewNow
    context = {"council": council, "field": field, "page": own.status, "own": own, "review": chosen}
    return render(request, "website/applications/challenge.html", context, status=422 if field.error else 200)


def _say(request: HttpRequest, label: str, hint: str, act: Callable[[str], None]) -> tuple[Field, bool]:
    """The field with what was typed and what is wrong with it, and whether it was said."""
    typed, error = request.POST.get("text", ""), ""
    if request.method == "POST":
        try:
            act(typed)
        except Invalid as refusal:
            error = str(refusal.fields["text"])
        else:
            return Field("text", label), True
    return Field("text", label, Kind.LONG_TEXT, hint=hint, value=typed, error=error, rows=8), False


def _give_back(request: HttpRequest, council: OrganisationRow, reference: str, refusal: Refusal) -> HttpResponse:
    """What was typed could not be sent: why, and the words, so that they are not lost."""
    hint, typed = gettext("Copy it if you want to keep it."), request.POST.get("text", "")
    field = Field("text", gettext("What you wrote"), Kind.LONG_TEXT, hint=hint, value=typed, rows=8)
    context = {"council": council, "reference": reference, "refusal": refusal, "field": field}
    return render(request, "website/applications/not_sent.html", context, status=refusal.status)


def _page(council: OrganisationRow, reference: str) -> str:
    return reverse("application", args=[council.slug, reference])
