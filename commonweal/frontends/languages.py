"""The language somebody reads in: theirs to choose on any page, and remembered by their browser."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from commonweal.foundations.design.parts import LanguageLink
from commonweal.foundations.errors import Missing

ONE_YEAR = 365 * 24 * 60 * 60


def list_languages(request: HttpRequest) -> tuple[LanguageLink, ...]:
    """The languages this page can be read in, each leading back to this page."""
    back = urlencode({"next": request.get_full_path()})
    return tuple(
        LanguageLink(code, name, f"{reverse('choose_language', args=[code])}?{back}", code == get_language())
        for code, name in settings.LANGUAGES
    )


def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and go back to the page it was asked on."""
    if code not in dict(settings.LANGUAGES):
        raise Missing
    back = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=ONE_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


urlpatterns = [path("language/<slug:code>/", choose_language, name="choose_language")]
