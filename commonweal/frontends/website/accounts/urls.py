"""The addresses of signing in. Their names are the sign-in package's, which asks for them by name."""

from django.urls import path
from django.views.generic import RedirectView

from commonweal.frontends.shortened import lead
from commonweal.frontends.website.accounts import views

_TO_ACCOUNT = RedirectView.as_view(pattern_name="account")

urlpatterns = [
    path("", views.your_account, name="account"),
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("logout/", views.LogoutView.as_view(), name="account_logout"),
    path("inactive/", views.InactiveView.as_view(), name="account_inactive"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("confirm-email/", views.ConfirmEmailView.as_view(), name="account_email_verification_sent"),
    path("confirm-yourself/", views.ReauthenticateView.as_view(), name="account_reauthenticate"),
    lead("password/", "account"),
    path("password/change/", views.PasswordChangeView.as_view(), name="account_change_password"),
    path("password/reset/", views.PasswordResetView.as_view(), name="account_reset_password"),
    path("password/reset/code/", views.ConfirmPasswordResetView.as_view(), name="account_confirm_password_reset_code"),
    path("password/reset/new/", views.CompletePasswordResetView.as_view(), name="account_complete_password_reset"),
    path("password/reset/done/", views.PasswordResetDoneView.as_view(), name="account_password_reset_completed"),
    path("second-step/code/", views.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("second-step/code-again/", views.SecondFactorAgainView.as_view(), name="mfa_reauthenticate"),
    lead("second-step/app/", "account"),
    path("second-step/app/add/", views.ActivateAppView.as_view(), name="mfa_activate_totp"),
    path("second-step/app/remove/", views.DeactivateAppView.as_view(), name="mfa_deactivate_totp"),
    path("second-step/recovery-codes/", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("second-step/recovery-codes/new/", views.NewRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
    # The package leads here after some of its steps; the account page says it all.
    path("email/", _TO_ACCOUNT, name="account_email"),
    path("second-step/", _TO_ACCOUNT, name="mfa_index"),
]
