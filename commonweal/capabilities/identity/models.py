"""Platform tables: accounts, memberships and training; and, of each organisation, the relations staff declared."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.foundations.personal_data.declarations import (
    Category,
    Ground,
    Kept,
    SubjectKind,
    by_schedule,
    not_personal,
    personal,
)
from commonweal.foundations.personal_data.records import Record

_STAFF = Kept(
    Ground.LEGAL_OBLIGATION,
    _("Who worked here, in which role and with what training, stays known for as long as what they opened."),
)


class Account(AbstractBaseUser):
    """A person's sign-in, shared by all organisations. The e-mail lies in the clear: the one named exception."""

    id = not_personal(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    email = personal(models.EmailField(unique=True), Category.CONTACT, why="to sign in")
    password = personal(models.CharField(max_length=128), Category.CREDENTIAL, why="to sign in")
    last_login = personal(
        models.DateTimeField(null=True, blank=True), Category.ONLINE_IDENTIFIER, why="to close accounts nobody uses"
    )
    changed_at = personal(
        models.DateTimeField(null=True, blank=True),
        Category.CREDENTIAL,
        why="to be careful for three days with whoever signs in by a new password or second step",
    )
    is_active = not_personal(models.BooleanField(default=True))
    is_demo = not_personal(models.BooleanField(default=False))

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = BaseUserManager["Account"]()

    class Privacy:
        label = "identity.account"
        subject = "id"
        keeps = by_schedule("account.sign_in")
        kind = SubjectKind.ACCOUNT


class Membership(models.Model):
    """What a member of staff may do in one organisation. `ended_at` ends it; the row stays for the trace."""

    id = not_personal(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    account = personal(
        models.ForeignKey(Account, on_delete=models.RESTRICT, related_name="+"),
        Category.IDENTIFIER,
        why="to know who works here",
    )
    organisation = not_personal(
        models.ForeignKey("organisations.Organisation", on_delete=models.RESTRICT, related_name="+")
    )
    team_id = personal(models.UUIDField(null=True), Category.WORK, why="to give them their team's cases")
    name = personal(models.CharField(max_length=120), Category.NAME, why="so that colleagues know who did what")
    roles = personal(
        ArrayField(models.CharField(max_length=32)), Category.WORK, why="to open to them only what their work needs"
    )
    is_never_named = personal(
        models.BooleanField(db_default=False),
        Category.WORK,
        why="so that no answer to a resident names them, where that would put them in danger",
    )
    told_of_training = personal(
        models.CharField(max_length=32, db_default="", blank=True),
        Category.WORK,
        why="to remind them once of each step",
    )
    ended_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account"], name="identity_one_membership"),
        ]

    class Privacy:
        label = "identity.membership"
        subject = "account_id"
        keeps = by_schedule("identity.membership")
        kept = _STAFF
        kind = SubjectKind.ACCOUNT


class Training(models.Model):
    """A data protection course that a member of staff sat; without a current one nothing opens."""

    id = not_personal(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    account = personal(
        models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+"),
        Category.IDENTIFIER,
        why="to know who is trained",
    )
    course = not_personal(models.CharField(max_length=64))
    passed_on = personal(models.DateField(), Category.WORK, why="to show that training came before access")
    expires_on = personal(models.DateField(), Category.WORK, why="to remind them of the refresher")
    is_passed = personal(models.BooleanField(db_default=True), Category.WORK, why="to open nothing after a failed test")

    class Meta:
        indexes = [models.Index(fields=["account", "-expires_on"], name="identity_training_latest")]

    class Privacy:
        label = "identity.training"
        subject = "account_id"
        keeps = by_schedule("identity.membership")
        kept = _STAFF
        kind = SubjectKind.ACCOUNT


class Relation(Record):
    """A member of staff is related to a person: that person's records are closed to them until an officer ends it.

    `person_id` is of the rung above, so it is no reference.
    """

    account_id = personal(models.UUIDField(), Category.WORK, why="to know to whom those records are closed")
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose records are closed to them")
    reference = not_personal(models.CharField(max_length=32))
    declared_at = not_personal(models.DateTimeField())
    ended_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "account_id", "person_id"],
                condition=models.Q(ended_at=None),
                name="identity_one_relation",
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "person_id"], name="identity_relation_of")]

    class Privacy:
        label = "identity.relation"
        subject = "person_id"
        keeps = by_schedule("identity.membership")


class BrokenGlass(Record):
    """Somebody opened what their training or role would not have, for one reason and twelve hours."""

    account_id = personal(models.UUIDField(), Category.WORK, why="to answer for what was opened")
    reason = not_personal(models.CharField(max_length=32))
    broke_at = not_personal(models.DateTimeField())
    ends_at = not_personal(models.DateTimeField())
    told_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "account_id", "ends_at"], name="identity_broken_glass")]

    class Privacy:
        label = "identity.broken_glass"
        subject = "account_id"
        keeps = by_schedule("identity.membership")
        kept = _STAFF
        kind = SubjectKind.ACCOUNT
