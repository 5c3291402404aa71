"""What a resident's page of all that is held about them costs, beside a bare view that renders the same."""

import time
from collections.abc import Callable
from typing import Any
from unittest import mock

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.frontends.website import information
from tests.benchmarks import floors
from tests.benchmarks.figures import Figure
from tests.benchmarks.visiting import signed_in

_N = 200
_ADDRESS = "/leeds/your/information/"


def figures() -> list[Figure]:
    """information.page: the 95th percentile, in ms, for a resident with some cases."""
    browser, bare = signed_in("rosa@people.example"), Client()
    _look(browser, _ADDRESS)
    rendered: dict[str, Any] = {}

    def note(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        rendered.update(template=template, context=context)
        return render(request, template, context)

    with mock.patch.object(information, "render", note), CaptureQueriesContext(connection) as queries:
        _look(browser, _ADDRESS)
    reads = [query["sql"] for query in queries if query["sql"].lower().startswith("select")]
    floors.use_look(rendered["template"], rendered["context"], ["select 1"] * len(reads))
    ours, theirs = _in_turns([lambda: _look(browser, _ADDRESS), lambda: _look(bare, "/bare/look/")])
    return [Figure("information.page", ours, "ms", theirs, ours / theirs, _N)]


def _in_turns(works: list[Callable[[], None]]) -> list[float]:
    """The 95th percentile of each in ms, done one after another, so that a noisy machine is noisy for both."""
    taken: list[list[float]] = [[] for _work in works]
    for _turn in range(_N):
        for work, seconds in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - began)
    return [sorted(seconds)[int(_N * 0.95)] * 1000 for seconds in taken]


def _look(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200 or b'id="services"' not in answer.content:
        raise RuntimeError(f"{address} answered {answer.status_code}, or without what is held.")
