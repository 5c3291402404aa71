"""Where the sign-in package meets ours."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """The sign-in package's questions, answered by our actions."""
