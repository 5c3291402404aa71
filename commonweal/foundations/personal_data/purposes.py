"""Why personal data may be opened: a closed set, each in words a resident reads in their trace."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Purpose:
    """`code` is stored; `words` complete the sentence "Your information was opened ..."."""

    code: str
    words: str | Promise
    is_own: bool = False
    """Used by people on their own data: not shown to them as somebody's opening."""


APPLYING = Purpose("applying", _("while you were filling in your own application"), is_own=True)
OWN_INFORMATION = Purpose("own_information", _("when you looked at your own information"), is_own=True)
CASEWORK = Purpose("casework", _("to deal with your application or report"))
SENDING = Purpose("sending", _("to send you a message"))
OVERSIGHT = Purpose("oversight", _("to check that your information is protected"))
RIGHTS = Purpose("rights", _("to answer your request about your information"))

PURPOSES: dict[str, Purpose] = {
    purpose.code: purpose for purpose in (APPLYING, OWN_INFORMATION, CASEWORK, SENDING, OVERSIGHT, RIGHTS)
}
