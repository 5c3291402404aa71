"""A form that makes something carries the id of what it will make, so that sending it twice makes it once.

Signed, so that nobody sends the id of what somebody else made.
"""

from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from uuid6 import uuid7

from commonweal.frontends.pages import BadRequest

FIELD = "submission"
_SALT = "commonweal.submission"


def new_submission(request: HttpRequest) -> str:
    """What the form carries; the same again when it is shown with its errors."""
    sent = request.POST.get(FIELD, "")
    return sent or signing.dumps(str(uuid7()), salt=_SALT)


def read_submission(request: HttpRequest) -> UUID:
    """The id that a form carried. Raises BadRequest when no form of ours did."""
    try:
        return UUID(signing.loads(request.POST.get(FIELD, ""), salt=_SALT))
    except (signing.BadSignature, ValueError):
        raise BadRequest from None
