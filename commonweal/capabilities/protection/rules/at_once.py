"""When a copy of what people told of themselves may go without a person’s check. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

QUIET = timedelta(hours=72)
"""How long after a change of password, second step or contact point nothing goes out at once (practice)."""


@dataclass(frozen=True)
class SignIn:
    """When, in this session, a password and a second step were given; None where they were not."""

    password_at: datetime | None = None
    factor_at: datetime | None = None


@dataclass(frozen=True)
class Asking:
    """What is known of somebody who asks for a copy at once.

    `needs_factor`: one of their services holds special categories. `changed_at` is the latest change of what proves who
    they are. `is_marked`: something is held of them that a person looks at first. `has_copy`: they made one today.
    """

    is_confirmed: bool
    needs_factor: bool
    factor_since: datetime | None
    changed_at: datetime | None
    is_marked: bool
    has_copy: bool


def may_go_at_once(asking: Asking, sign_in: SignIn, moment: datetime) -> bool:
    """Whether a copy may go without a person's check (practice: self-service). It never says why not."""
    conditions = (
        sign_in.password_at is not None and asking.is_confirmed,
        sign_in.factor_at is not None or not asking.needs_factor,
        _is_quiet(asking.changed_at, moment) or _has_stepped_up(asking, sign_in, moment),
        not asking.is_marked,
        not asking.has_copy,
    )
    return all(conditions)


def _is_quiet(changed_at: datetime | None, moment: datetime) -> bool:
    return changed_at is None or moment - changed_at >= QUIET


def _has_stepped_up(asking: Asking, sign_in: SignIn, moment: datetime) -> bool:
    """Whether a second step that is no newer than the quiet time was given after the change."""
    if asking.factor_since is None or sign_in.factor_at is None or asking.changed_at is None:
        return False
    return _is_quiet(asking.factor_since, moment) and sign_in.factor_at >= asking.changed_at
