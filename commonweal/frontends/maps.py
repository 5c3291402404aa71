"""The map of a page: what its script needs to know, and from where its squares may come."""

import json
from math import cos, floor, log2, radians, sqrt

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _

from commonweal.capabilities.catalogue.queries.questions import Page
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.scope.actors import Visitor

_KINGDOM = (54.5, -3.4), 1_000_000
_NARROWEST = 300
"""Pixels: the narrowest map there is shows a whole area."""

_METRES_PER_PIXEL = 156_543
"""Of Web Mercator at the equator, at zoom 0."""


def map_of_page(page: Page, slug: str) -> str:
    """What the script of a map needs, where the page asks for a place on one; else empty."""
    return describe_map(slug) if any(question.on_map for question in page.questions) else ""


def describe_map(slug: str) -> str:
    """What the script of a map needs, as JSON, for the body with this web address; empty where there is no map."""
    tiles = settings.MAP
    if tiles is None:
        return ""
    area = organisations.area_of(Visitor(), slug=slug)
    middle, size = ((area.latitude, area.longitude), area.square_kilometres) if area else _KINGDOM
    return json.dumps(
        {
            "tiles": tiles.address,
            "credit": str(tiles.credit),
            "closest": tiles.closest,
            "middle": middle,
            "zoom": min(_zoom_that_shows(middle[0], size), tiles.closest),
            "code": static("leaflet.js"),
            "style": static("map.css"),
            "words": _words(),
        }
    )


def allow_map(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let the page load pictures from where the squares of the map are, and from nowhere else."""
    if settings.MAP is not None and settings.MAP.origin:
        csp_update({"img-src": [settings.MAP.origin]})(lambda _request: answer)(request)
    return answer


def _zoom_that_shows(latitude: float, square_kilometres: float) -> int:
    metres = sqrt(square_kilometres) * 1000
    return floor(log2(_METRES_PER_PIXEL * cos(radians(latitude)) * _NARROWEST / metres))


def _words() -> dict[str, str]:
    return {
        "show": _("Show a map"),
        "hide": _("Hide the map"),
        "map": _("Map"),
        "how": _(
            "Click or tap the place to mark it. You can drag the mark. With a keyboard, press Enter on the map to "
            "mark its middle, then move the mark with the arrow keys. Hold Shift to move it further."
        ),
        "mark": _("Mark: move it with the arrow keys"),
        "marked": _("Point on the map: %(point)s"),
        "remove": _("Remove the mark"),
        "removed": _("No point is marked on the map."),
        "outside": _("That is outside the United Kingdom, so nothing was marked."),
        "closer": _("Zoom in"),
        "farther": _("Zoom out"),
        "failed": _("The map does not load. You can go on without it."),
    }
