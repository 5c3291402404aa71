"""Third-party tables, each reviewed: what it holds about people, and how that is exported and erased."""

_NOTHING = {"holds": "nothing about a person"}
_WITH_ACCOUNT = "with the account"
_SIGN_IN = "account.sign_in"

REVIEWED_TABLES: dict[str, dict[str, str]] = {
    "auth_group": _NOTHING,
    "auth_group_permissions": _NOTHING,
    "auth_permission": _NOTHING,
    "django_content_type": _NOTHING,
    "django_migrations": _NOTHING,
    "django_session": {
        "holds": "enciphered: the id of the signed-in account and when it signed in; while a sign-up, reset or second"
        " step is pending, its e-mail address and code",
        "subject": "account",
        "exported": "not exported: it identifies a device for the length of a visit",
        "erased": "deleted on signing out, and by a sweep within a quarter of an hour of its end",
        "keeps": "account.session",
    },
    "account_emailaddress": {
        "holds": "the e-mail address an account signs in with, in the clear: the one named exception",
        "subject": "account",
        "exported": _WITH_ACCOUNT,
        "erased": _WITH_ACCOUNT,
        "keeps": _SIGN_IN,
    },
    "account_emailconfirmation": {
        "holds": "keys that confirm an e-mail address",
        "subject": "account",
        "exported": "not exported: short-lived credentials",
        "erased": _WITH_ACCOUNT,
        "keeps": _SIGN_IN,
    },
    "mfa_authenticator": {
        "holds": "the second factors of an account",
        "subject": "account",
        "exported": "not exported: credentials; that they exist is",
        "erased": _WITH_ACCOUNT,
        "keeps": _SIGN_IN,
    },
    "procrastinate_jobs": {"holds": "task arguments: ids and codes only"},
    "procrastinate_events": _NOTHING,
    "procrastinate_periodic_defers": _NOTHING,
    "procrastinate_workers": _NOTHING,
}
