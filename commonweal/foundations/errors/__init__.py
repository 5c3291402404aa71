"""Refusals that a person can read; each front end turns them into one clear page or problem+json."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refusal(Exception):
    """Base of errors that people see, with a title and a message that says what to do.

    `status` is the HTTP status a front end answers with, `code` is stable for programs (RFC 9457 `type`),
    `title` and `message` are fit for a person and hold no personal data.
    """

    status = 400
    code = "refused"
    title: Words = _("Something is not right")
    message: Words = _("Go back, check what you entered and try again.")

    def __init__(self, message: Words | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.code)


class Missing(Refusal):
    """It does not exist, or the actor may not know that it exists: both give the same answer."""

    status = 404
    code = "not_found"
    title: Words = _("Page not found")
    message: Words = _("If you typed the web address, check it is correct.")


class Forbidden(Refusal):
    """The actor is known and may not do this."""

    status = 403
    code = "forbidden"
    title: Words = _("You cannot do this")
    message: Words = _("Your role does not allow this. Ask your manager if you think it should.")


class Conflict(Refusal):
    """Someone else changed it first; nothing was overwritten."""

    status = 409
    code = "conflict"
    title: Words = _("This has changed since you opened it")
    message: Words = _("Someone else changed this while you were looking at it. Look at it again, then decide.")


class Invalid(Refusal):
    """What was entered cannot be accepted; `fields` says which and why, and nothing entered is lost."""

    status = 422
    code = "invalid"
    title: Words = _("There is a problem")

    def __init__(self, fields: Mapping[str, Words], message: Words | None = None) -> None:
        self.fields = dict(fields)
        super().__init__(message)
