"""Third-party tables and places of online identifiers, each reviewed: what they hold about people, and until when."""

from typing import Any

_NOTHING = {"holds": "nothing about a person"}
_WITH_ACCOUNT = "with the account"
_SIGN_IN = "account.sign_in"

REVIEWED_TABLES: dict[str, dict[str, Any]] = {
    "auth_group": _NOTHING,
    "auth_group_permissions": _NOTHING,
    "auth_permission": _NOTHING,
    "django_content_type": _NOTHING,
    "django_migrations": _NOTHING,
    "django_session": {
        "holds": "enciphered: the id of the signed-in account and when it signed in; while a sign-up, reset or second"
        " step is pending, its e-mail address and code; of staff, which cases their last five searches found",
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
        "account": "user_id",
        "columns": ("email", "verified", "primary"),
    },
    "account_emailconfirmation": {
        "holds": "keys that confirm an e-mail address",
        "subject": "account",
        "exported": "not exported: short-lived credentials",
        "erased": _WITH_ACCOUNT,
        "keeps": _SIGN_IN,
        "account": "email_address_id",
        "points_at": "account_emailaddress",
    },
    "mfa_authenticator": {
        "holds": "the second factors of an account",
        "subject": "account",
        "exported": "not exported: credentials; that they exist is",
        "erased": _WITH_ACCOUNT,
        "keeps": _SIGN_IN,
        "account": "user_id",
        "columns": ("type", "created_at", "last_used_at"),
    },
    "procrastinate_jobs": {
        "holds": "task arguments: ids and codes only",
        "exported": "not exported: it names no one",
        "erased": "by a sweep, once the task is done with",
        "keeps": "task_arguments",
    },
    "procrastinate_events": _NOTHING,
    "procrastinate_periodic_defers": _NOTHING,
    "procrastinate_workers": _NOTHING,
}

ONLINE_IDENTIFIERS: dict[str, dict[str, str]] = {
    "access_log": {
        "where": "files access-*.log",
        "holds": "an address cut to its network, with moment, method, name of the page, status and duration; never the"
        " path or what was searched for",
        "why": "to notice attacks and faults",
        "subject": "whoever visits",
        "keeps": "access_log",
    },
    "session": {
        "where": "table django_session, enciphered; a cookie",
        "holds": "which account is signed in in a browser",
        "why": "to stay signed in",
        "subject": "account",
        "keeps": "account.session",
    },
    "unconfirmed_accounts": {
        "where": "tables identity_account and account_emailaddress",
        "holds": "the address of a sign-up that nobody confirmed",
        "why": "so that its holder can confirm it",
        "subject": "account",
        "keeps": "account.unconfirmed",
    },
    "sign_in_records": {
        "where": "column identity_account.last_login; table account_emailconfirmation",
        "holds": "when an account last signed in; keys that confirm an e-mail address",
        "why": "to close accounts nobody uses",
        "subject": "account",
        "keeps": "sign_in_records",
    },
    "rate_counters": {
        "where": "memory of each web process",
        "holds": "how often was guessed, under an HMAC of the address",
        "why": "to slow down guessing",
        "subject": "whoever visits",
        "keeps": "rate_counters",
    },
    "error_reports": {
        "where": "files web, worker and database *.log",
        "holds": "where in the program an error was raised, under a random code; no input, no address",
        "why": "to mend what broke",
        "subject": "whoever visits",
        "keeps": "error_reports",
    },
    "task_arguments": {
        "where": "tables procrastinate_jobs and procrastinate_events",
        "holds": "ids and codes of what was to be done",
        "why": "to do it, and to see what failed",
        "subject": "whoever it is about",
        "keeps": "task_arguments",
    },
}
"""Each is declared here, has a rule in the retention schedule and a sweep that keeps to it (rule 8)."""
