"""Signing in: the sign-in package's views in our frame, with our fields. Only what is here is routed."""

from time import monotonic, sleep
from typing import Any

from allauth.account import views as account
from allauth.account.models import EmailAddress
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.capabilities.identity.queries import colleagues
from commonweal.frontends import who
from commonweal.frontends.website.accounts.fields import describe_fields
from commonweal.frontends.website.accounts.forms import SignupForm
from commonweal.frontends.website.frames import frame_platform

_SECONDS_TO_WRITE = 0.4
"""Several times as long as a letter takes to be written."""


class InOurLook:
    """Gives a view of the sign-in package the platform's frame, and its form as fields of ours."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in the platform's frame."""
        frame_platform(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The package's context, with `fields` and `has_errors` for our templates."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = context.get("form")
        fields = describe_fields(form) if form is not None else ()
        return context | {"fields": fields, "has_errors": any(field.error for field in fields)}


class LoginView(InOurLook, account.LoginView):  # type: ignore[misc]
    """E-mail address and password."""


class SignupView(InOurLook, account.SignupView):  # type: ignore[misc]
    """A new account."""

    form_class = SignupForm


class ConfirmEmailView(InOurLook, account.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    """The code we sent to an address."""


class PasswordResetView(InOurLook, account.PasswordResetView):  # type: ignore[misc]
    """Asking for a code to set a new password."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer no sooner where no letter was written: the time would tell who has an account."""
        begun = monotonic()
        response: HttpResponse = super().post(*args, **kwargs)
        sleep(max(0.0, _SECONDS_TO_WRITE - (monotonic() - begun)))
        return response


class ConfirmPasswordResetView(InOurLook, account.ConfirmPasswordResetCodeView):  # type: ignore[misc]
    """The code to set a new password."""


class CompletePasswordResetView(InOurLook, account.CompletePasswordResetView):  # type: ignore[misc]
    """Setting the new password."""


class PasswordResetDoneView(InOurLook, account.PasswordResetFromKeyDoneView):  # type: ignore[misc]
    """The new password is set."""


class PasswordChangeView(InOurLook, account.PasswordChangeView):  # type: ignore[misc]
    """Changing a password one knows."""


class InactiveView(InOurLook, account.AccountInactiveView):  # type: ignore[misc]
    """The account is closed."""


class ReauthenticateView(InOurLook, account.ReauthenticateView):  # type: ignore[misc]
    """The password once more, before something that matters."""


class LogoutView(InOurLook, account.LogoutView):  # type: ignore[misc]
    """Signing out; nothing stays behind in the browser."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out, and have the browser drop what it kept of our pages."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SecondFactorView(InOurLook, mfa.AuthenticateView):  # type: ignore[misc]
    """The code of an authenticator app, after the password."""


class SecondFactorAgainView(InOurLook, mfa.ReauthenticateView):  # type: ignore[misc]
    """The code once more, before something that matters."""


class ActivateAppView(InOurLook, totp.ActivateTOTPView):  # type: ignore[misc]
    """Adding an authenticator app."""


class DeactivateAppView(InOurLook, totp.DeactivateTOTPView):  # type: ignore[misc]
    """Removing the authenticator app."""


class RecoveryCodesView(InOurLook, recovery_codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes for when the app is not at hand."""


class NewRecoveryCodesView(InOurLook, recovery_codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes in place of the old."""


@require_safe
@login_required
def your_account(request: HttpRequest) -> HttpResponse:
    """The account: its address, its second factor, where its holder works."""
    frame_platform(request)
    if not request.user.is_authenticated:
        raise who.NotSignedIn
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    places = colleagues.memberships(who.resident(request), account=who.account_of(request))
    context = {
        "email": request.user.email,
        "is_confirmed": EmailAddress.objects.filter(user=request.user, verified=True).exists(),
        "has_app": Authenticator.Type.TOTP in factors,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in factors,
        "is_staff": bool(places),
        "changed": request.GET.get("changed", ""),
    }
    return render(request, "website/account.html", context)
