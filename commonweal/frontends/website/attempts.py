"""Guessing is slowed down: per source, and per reference, without locking out whoever holds the secret.

Only wrong attempts count. A source that guesses at one reference, or at many, has to wait. Where a reference is guessed
at from many sources, each of them gets a single try instead of several, but a source that has not guessed yet always
gets its first: nobody can lock a person out of their own case by guessing at it from elsewhere.
"""

import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Refusal, Words

WAIT = 15 * 60
"""Seconds until wrong attempts are forgotten."""
TRIES_PER_REFERENCE = 5
TRIES_PER_SOURCE = 20
TRIES_EVERYWHERE = 50
_OWN_NETWORK = 64


class TooManyAttempts(Refusal):
    """This source guessed too often; said alike whether or not the reference exists."""

    status = 429
    code = "too_many_attempts"
    title: Words = _("You have tried too many times")
    message: Words = _(
        "Wait 15 minutes, then try again with the reference and the code exactly as we gave them to you."
    )


@dataclass(frozen=True)
class Attempts:
    """The wrong attempts at one reference from one source. The cache holds neither, only an HMAC."""

    source: str
    reference: str

    @classmethod
    def of(cls, request: HttpRequest, reference: str) -> "Attempts":
        """Whatever the person typed as a reference, read as it will be looked up."""
        return cls(
            network_of(get_adapter(request).get_client_ip(request)), "".join(filter(str.isalnum, reference)).upper()
        )

    def check(self) -> None:
        """Raises TooManyAttempts when this source has to wait."""
        at_reference = _count(self.source, self.reference)
        is_hot = _count("", self.reference) >= TRIES_EVERYWHERE
        allowed = 1 if is_hot else TRIES_PER_REFERENCE
        if at_reference >= allowed or _count(self.source, "") >= TRIES_PER_SOURCE:
            raise TooManyAttempts

    def note_wrong(self) -> None:
        """One more wrong attempt."""
        for source, reference in ((self.source, self.reference), (self.source, ""), ("", self.reference)):
            key = _key(source, reference)
            if not cache.add(key, 1, WAIT):
                cache.incr(key)


def _count(source: str, reference: str) -> int:
    return int(cache.get(_key(source, reference), 0))


def _key(source: str, reference: str) -> str:
    return salted_hmac("commonweal.frontends.website.attempts", f"{source} {reference}", algorithm="sha256").hexdigest()


def network_of(address: str) -> str:
    """An IPv6 subscriber holds a whole network of addresses: it counts as one source.

    An IPv4 address may be written as an IPv6 one (::ffff:192.0.2.7): all of those lie in one network.
    """
    if ":" not in address:
        return address
    known = ipaddress.IPv6Address(address.partition("%")[0])
    return str(known.ipv4_mapped or ipaddress.ip_network((known, _OWN_NETWORK), strict=False))
