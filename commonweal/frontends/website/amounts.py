"""How much a source may send in an hour: far more than people need, far less than fills a disk or an officer's week."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Refusal, Words
from commonweal.frontends.website.attempts import network_of

AN_HOUR = 60 * 60
MOST_OF_DRAFT = 100
MOST_OF_SOURCE = 500
MOST_REQUESTS = 30
"""A library or a council's own desk is one source with many people."""


class TooManyFiles(Refusal):
    """This source or this draft sent more files than anybody needs to."""

    status = 429
    code = "too_many_files"
    title: Words = _("You have sent too many files")
    message: Words = _("Wait an hour, then add the others. We have kept the files you already added.")


class TooManyRequests(Refusal):
    """This source made more requests without an account than a library or an advice centre makes in an hour."""

    status = 429
    code = "too_many_requests"
    title: Words = _("There have been too many requests from your network")
    message: Words = _("Wait an hour and send it again, or ask us by phone, by post or in person.")


@dataclass(frozen=True)
class Amounts:
    """The files that one source sent for one draft. The cache holds neither, only an HMAC."""

    source: str
    draft: UUID

    @classmethod
    def of(cls, request: HttpRequest, draft: UUID) -> "Amounts":
        return cls(_source_of(request), draft)

    def take(self) -> None:
        """One more file. Raises TooManyFiles."""
        for key, most in ((f"files {self.draft}", MOST_OF_DRAFT), (f"files {self.source}", MOST_OF_SOURCE)):
            if _counted(key) > most:
                raise TooManyFiles


@contextmanager
def counted_request(request: HttpRequest) -> Iterator[None]:
    """A source makes a request about somebody's information without an account once more. Raises TooManyRequests.

    It is counted before it is made, so that many at once are not more than the limit; what is refused, since something
    in it is missing or wrong, made nothing and counts no more.
    """
    key = f"requests {_source_of(request)}"
    if _counted(key) > MOST_REQUESTS:
        raise TooManyRequests
    try:
        yield
    except Refusal:
        with suppress(ValueError):  # the hour is over
            cache.decr(key)
        raise


def _counted(key: str) -> int:
    return 1 if cache.add(key, 1, AN_HOUR) else cache.incr(key)


def _source_of(request: HttpRequest) -> str:
    return network_of(get_adapter(request).get_client_ip(request))
