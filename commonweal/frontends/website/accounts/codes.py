"""The code of an authenticator app: taken one step early or late, and once.

Who reads a code in its last seconds types it when the app shows the next, and phones are some seconds fast or slow (RFC
6238 section 5.2 recommends one step). The package notes used codes in the memory of one process and for one step; here
the last step is noted with the secret, for all processes and for good.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

_LAST = "last_step"


class _TakenOnce(forms.BaseAuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """The code, now spent. Raises ValidationError for one that is wrong or was spent before."""
        _spend(self.user.pk, self.cleaned_data["code"])
        return str(super().clean_code())


class CodeForm(_TakenOnce, forms.AuthenticateForm):  # type: ignore[misc]
    """The code, after the password."""


class CodeAgainForm(_TakenOnce, forms.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something that matters."""


def _spend(account: object, code: str) -> None:
    """Note the step of an app's code. What is no such code is left to the package, which counts the tries."""
    with transaction.atomic():
        app = Authenticator.objects.select_for_update().filter(user=account, type=Authenticator.Type.TOTP).first()
        steps = list(yield_hotp_counters_from_time())
        step = app and _step_of(decrypt(app.data["secret"]), code, steps)
        if not app or step is None:
            return
        # A last step in the future was noted while the machine's clock was wrong.
        if step <= app.data.get(_LAST, 0) <= steps[-1]:
            raise get_adapter().validation_error("incorrect_code")
        app.data[_LAST] = step
        app.save(update_fields=["data"])


def _step_of(secret: str, code: str, steps: list[int]) -> int | None:
    """The step at which an app with this secret shows the code; None when it is at none of them."""
    shown = ((step, format_hotp_value(hotp_value(secret, step))) for step in steps)
    return next((step for step, expected in shown if compare_user_code(actual=code, expected=expected)), None)
