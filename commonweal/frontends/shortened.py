"""Addresses that people shorten by hand: where no page is, they are led to the nearest one."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe


def lead(shortened: str, to: str, *, but: Collection[str] = ()) -> URLPattern:
    """An address that only leads to the page of this name, with the same places but these. That page asks who it is."""

    @require_safe
    def go(request: HttpRequest, **places: str) -> HttpResponse:
        above = {name: place for name, place in places.items() if name not in but}
        return HttpResponseRedirect(reverse(to, kwargs=above))

    return path(shortened, go)
