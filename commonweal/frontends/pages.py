"""What every front end's pages share: their frame, what browsers may keep, and how a refusal is told."""

import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ReadOnlySqlTransaction
from psycopg_pool import PoolTimeout

from commonweal.foundations.design.headers import PERMISSIONS_POLICY
from commonweal.foundations.design.parts import Frame, Link
from commonweal.foundations.errors import Forbidden, Invalid, Missing, Refusal
from commonweal.frontends.languages import list_languages

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])
GetResponse = Callable[[HttpRequest], HttpResponseBase]

API_ROOT = "/api/"
FOOTER_LINKS = (Link(_("Privacy"), "/privacy/"), Link(_("Accessibility"), "/accessibility/"))


class BadRequest(Refusal):
    """What the browser sent makes no sense to us."""

    code = "bad_request"


class NotThisWay(Refusal):
    """A page was asked for in a way it does not answer, such as an address that only takes a form."""

    status = 405
    code = "method_not_allowed"
    title = _("You cannot open this page like this")
    message = _("Go back and use the button or the link on the page before it. Nothing was changed.")


class FormTooOld(Refusal):
    """The form's token is missing or old, so it may not have come from our own page."""

    status = 403
    code = "form_too_old"
    title = _("This page was open for too long")
    message = _("Go back, load the page again and send it once more. Nothing was saved.")


class Unavailable(Refusal):
    """The database is away or takes no writes: without a trace nothing about a person is shown."""

    status = 503
    code = "unavailable"
    title = _("Sorry, this is not available at the moment")
    message = _("Try again in a few minutes. What you had already sent is safe.")


class Broken(Refusal):
    """Something unexpected, of which the person sees nothing but a code to quote."""

    status = 500
    code = "broken"
    title = _("Sorry, there is a problem")
    message = _("Try again in a few minutes. What you had already sent is safe.")


def public_page(view: View) -> View:
    """Mark a view whose pages are the same for everybody: a browser may keep them and asks whether they changed."""
    view.is_public_page = True  # type: ignore[attr-defined]
    return view


def set_frame(request: HttpRequest, frame: Frame) -> None:
    """Say whose page this is and who looks at it. Call it before rendering; an error page keeps it too."""
    request.frame = frame  # type: ignore[attr-defined]


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs on every page: a context processor, so it wins over names a view uses."""
    frame: Frame = getattr(request, "frame", Frame())
    return {
        "demo": settings.DEMO,
        "nonce": str(getattr(request, "csp_nonce", "")),
        "masthead": frame.masthead,
        "links": frame.links,
        "signed_in": frame.signed_in,
        "footer_links": FOOTER_LINKS,
        "languages": list_languages(request),
    }


class NoStoreMiddleware:
    """Nothing of a page stays behind in a browser or between, unless the view is marked as public."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        may_keep = _is_public(request) and response.status_code == 200
        response["Cache-Control"] = "private, no-cache" if may_keep else "no-store"
        return response


class HeadersMiddleware:
    """What no page may do, and that no search engine takes the demonstration for the real thing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        if settings.DEMO:
            response["X-Robots-Tag"] = "noindex"
        return response


class RefusalMiddleware:
    """Turns a refusal, wherever it is raised, into one clear page or one problem document (RFC 9457)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        told = tell_refusal(request, NotThisWay())
        told["Allow"] = response["Allow"]
        return told

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a refusal or to a database that is away; None leaves anything else to `server_error`."""
        if isinstance(exception, Refusal):
            return tell_refusal(request, exception)
        if _is_database_away(exception):
            logger.error("the database is away or read-only: %s", type(exception.__cause__ or exception).__name__)
            return tell_refusal(request, Unavailable())
        return None


def tell_refusal(request: HttpRequest, refusal: Refusal, *, incident: str = "") -> HttpResponse:
    """The page or the problem document that says what was refused and what to do."""
    if request.path_info.startswith(API_ROOT):
        return _tell_program(refusal, incident)
    context = {
        "title": refusal.title,
        "message": refusal.message,
        "problems": list(refusal.fields.values()) if isinstance(refusal, Invalid) else [],
        "incident": incident,
    }
    return render(request, "design/error.html", context, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answers 400."""
    return tell_refusal(request, BadRequest())


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answers 403."""
    return tell_refusal(request, Forbidden())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answers 404, with the same bytes as something that exists and may not be known of."""
    return tell_refusal(request, Missing())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form whose token is missing or old."""
    return tell_refusal(request, FormTooOld())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers anything unexpected: no detail, but a random code that stands in the log beside the cause."""
    incident = secrets.token_hex(4)
    route = request.resolver_match.view_name if request.resolver_match else "no route"
    logger.error("incident %s at %s", incident, route, exc_info=True)
    try:
        return tell_refusal(request, Broken(), incident=incident)
    except Exception:
        logger.exception("incident %s: nor could its page be shown", incident)
        return HttpResponse(f"{gettext('Sorry, there is a problem')} ({incident})", "text/plain", status=500)


def _is_database_away(exception: Exception) -> bool:
    return isinstance(exception, OperationalError | PoolTimeout) or isinstance(
        exception.__cause__, ReadOnlySqlTransaction
    )


def _tell_program(refusal: Refusal, incident: str) -> JsonResponse:
    problem: dict[str, Any] = {
        "type": f"urn:commonweal:refusal:{refusal.code}",
        "title": str(refusal.title),
        "status": refusal.status,
        "detail": str(refusal.message),
    }
    if isinstance(refusal, Invalid):
        problem["errors"] = [{"field": field, "detail": str(words)} for field, words in refusal.fields.items()]
    if incident:
        problem["incident"] = incident
    return JsonResponse(problem, status=refusal.status, content_type="application/problem+json")


def _is_public(request: HttpRequest) -> bool:
    # Anyone with a session may see their name in the frame, which must not stay behind.
    is_marked = request.resolver_match is not None and getattr(request.resolver_match.func, "is_public_page", False)
    return is_marked and settings.SESSION_COOKIE_NAME not in request.COOKIES
