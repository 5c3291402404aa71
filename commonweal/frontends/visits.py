"""The access log: one line for each page that was asked for."""

import logging
import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.access_log import NO_ADDRESS, write_visit

logger = logging.getLogger(__name__)


class AccessLogMiddleware:
    """Writes moment, method, name of the page, status, duration and the visitor's network; never a path or a query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.get_response(request)
        taken = round((time.perf_counter() - begun) * 1000)
        route = request.resolver_match.view_name if request.resolver_match else "-"
        method = request.method if request.method in _METHODS else "OTHER"
        try:
            line = f"{method} {route or '-'} {response.status_code} {taken}ms"
            write_visit(settings.LOGS, now(), line, address_of(request))
        except OSError as error:
            logger.error("The access log cannot be written: %s", type(error).__name__)
        return response


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def address_of(request: HttpRequest) -> str:
    """The visitor's address as our own proxies tell it (COMMONWEAL_PROXIES); "-" when that cannot be known."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied):
        return NO_ADDRESS
