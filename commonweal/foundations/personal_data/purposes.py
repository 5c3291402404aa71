"""Why personal data may be opened: a closed set, each in words a resident reads in their trace."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Shown(StrEnum):
    """When the person sees an opening for a purpose (practice: the trace, tipping off).

    `ALWAYS`: at once, also while others are withheld: they know of it anyway. `UNLESS_WITHHELD`: at once, unless the
    officer decided to withhold those of this person and case. `AFTER_REVIEW`: once the officer has decided about this
    person and case, or six months have passed.
    """

    ALWAYS = "always"
    UNLESS_WITHHELD = "unless_withheld"
    AFTER_REVIEW = "after_review"


@dataclass(frozen=True)
class Purpose:
    """`code` is stored; `words` complete the sentence "Your information was opened ...".

    Equal by its code: words that are translated when they are read would be another purpose in each language.
    """

    code: str
    words: str | Promise = field(compare=False)
    shown: Shown = field(compare=False)
    is_own: bool = field(default=False, compare=False)
    """Used by people on their own data: not shown to them as somebody's opening."""


APPLYING = Purpose("applying", _("while you were filling in your own application"), Shown.ALWAYS, is_own=True)
OWN_INFORMATION = Purpose("own_information", _("when you looked at your own information"), Shown.ALWAYS, is_own=True)
CASEWORK = Purpose("casework", _("to deal with your application or report"), Shown.UNLESS_WITHHELD)
SENDING = Purpose("sending", _("to send you a message"), Shown.ALWAYS)
SAFETY = Purpose("safety", _("to keep our staff safe when they meet you"), Shown.UNLESS_WITHHELD)
OVERSIGHT = Purpose("oversight", _("to check that your information is protected"), Shown.UNLESS_WITHHELD)
RIGHTS = Purpose("rights", _("to answer a request about personal information"), Shown.ALWAYS)

PURPOSES: dict[str, Purpose] = {
    purpose.code: purpose for purpose in (APPLYING, OWN_INFORMATION, CASEWORK, SENDING, SAFETY, OVERSIGHT, RIGHTS)
}
