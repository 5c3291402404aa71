"""The map of the demonstration: a grid of degrees with the names of councils, drawn by us. No streets."""

from collections.abc import Iterator
from math import asinh, atan, ceil, degrees, pi, radians, sinh, tan

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.errors import Missing
from commonweal.frontends import who
from commonweal.frontends.website.demo import in_demo_only

_SIDE = 256
_DEEPEST = 22
_STEPS = (5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001)
"""Degrees between two lines."""

_NAMES_FROM = 8
_LONGEST_NAME = 200
"""Pixels that a name may reach over from the square beside."""


@require_safe
@in_demo_only
def tile(request: HttpRequest, zoom: int, column: int, row: int) -> HttpResponse:
    """One square of the map, in Web Mercator. Raises Missing where there is none."""
    if zoom > _DEEPEST or max(column, row) >= 2**zoom:
        raise Missing
    areas = organisations.all_areas(who.visitor(request)) if zoom >= _NAMES_FROM else ()
    places = ((name, *_pixels(area.latitude, area.longitude, zoom, column, row)) for name, area in areas)
    context = {
        "side": _SIDE,
        "meridians": tuple(_meridians(zoom, column, row)),
        "parallels": tuple(_parallels(zoom, column, row)),
        "names": [each for each in places if _is_near(each[1]) and _is_near(each[2])],
    }
    answer = render(request, "website/demo_tile.svg", context, content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


def _meridians(zoom: int, column: int, row: int) -> Iterator[tuple[str, float]]:
    """The lines of longitude in a square: what each is called, and its distance from the left."""
    west, east = (each / 2**zoom * 360 - 180 for each in (column, column + 1))
    for degree, text in _multiples(west, east, zoom):
        yield text, _pixels(0, degree, zoom, column, row)[0]


def _parallels(zoom: int, column: int, row: int) -> Iterator[tuple[str, float]]:
    """The lines of latitude in a square: what each is called, and its distance from the top."""
    south, north = (degrees(atan(sinh(pi * (1 - 2 * each / 2**zoom)))) for each in (row + 1, row))
    for degree, text in _multiples(south, north, zoom):
        yield text, _pixels(degree, 0, zoom, column, row)[1]


def _multiples(low: float, high: float, zoom: int) -> Iterator[tuple[float, str]]:
    step = next((each for each in reversed(_STEPS) if each * 2**zoom >= 90), _STEPS[0])
    number = ceil(low / step)
    while number * step < high:
        yield number * step, f"{number * step:.4f}".rstrip("0").rstrip(".")
        number += 1


def _pixels(latitude: float, longitude: float, zoom: int, column: int, row: int) -> tuple[float, float]:
    across = (longitude + 180) / 360 * 2**zoom - column
    down = (1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**zoom - row
    return round(across * _SIDE, 1), round(down * _SIDE, 1)


def _is_near(pixels: float) -> bool:
    return -_LONGEST_NAME < pixels < _SIDE + _LONGEST_NAME
