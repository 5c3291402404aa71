"""What becomes of a request for a copy: where was searched, what was decided of each item, and the pack that left."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import SealedRecord, reference_to

_REQUEST = "protection.request"
_REQUESTS = "protection.Request"


class PlaceKind(models.TextChoices):
    """What was searched (data-protection.md section 1, rule 8)."""

    TABLE = "table", "a table of this platform"
    SERVICE = "service", "a service of the organisation"
    FILES = "files", "files kept with cases"
    DATABASE = "database", "another system of the organisation"
    PAPER = "paper", "paper"
    OTHER = "other", "anything else"


class SearchedPlace(SealedRecord):
    """A place that was searched, or was not and why. `code` names what the platform filled in by itself.

    `found` is the number of rows or things; null until somebody looked, and where nobody did. Sealed under the key of
    the request, since terms and places may name people.
    """

    request = not_personal(reference_to(_REQUESTS))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose data was searched for")
    kind = not_personal(models.CharField(max_length=16, choices=PlaceKind.choices))
    code = not_personal(models.CharField(max_length=96, blank=True))
    place = sealed(Category.FREE_TEXT, why="to show that it was searched")
    terms = sealed(Category.FREE_TEXT, why="to show what was searched for", is_optional=True)
    why_not = sealed(Category.FREE_TEXT, why="to show why it was not searched", is_optional=True)
    found = not_personal(models.PositiveIntegerField(null=True))
    on = not_personal(models.DateField())
    by_id = personal(models.UUIDField(), Category.WORK, why="to answer for the search")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request", "code"],
                name="protection_searched_once",
                condition=~models.Q(code=""),
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "request", "id"], name="protection_searched"),
            models.Index(fields=["organisation_id", "subject_id"], name="protection_searched_of"),
        ]

    class Privacy:
        label = "protection.searched_place"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        is_record = True
        through = "request_id"
        is_collected = False


class ItemKind(models.TextChoices):
    """What is decided one by one: texts that may speak of others, rows about others, and files."""

    TEXT = "text", "a text"
    ROW = "row", "a row about somebody else"
    FILE = "file", "a file"


class ItemDecision(models.TextChoices):
    """What becomes of an item."""

    DISCLOSED = "disclosed", "given as it is"
    REDACTED = "redacted", "given without the words that name others"
    WITHHELD = "withheld", "not given"


class Ground(models.TextChoices):
    """The third-party test, in its order (Data Protection Act 2018 Schedule 2 paragraph 16)."""

    NOBODY = "nobody", "it identifies nobody else, as it is given"
    CONSENT = "consent", "the other person consents"
    REASONABLE = "reasonable", "it is reasonable without their consent"
    NEITHER = "neither", "neither"


class Item(SealedRecord):
    """One item of a copy, and what a named person who saw it decided.

    Named by the table's label, the row and the field (empty for a whole row or a file). `other_id` is whom a row is
    about. `names_others` is what the machine found; `redactions` (a JSON list, sealed) are the strings that are taken
    out. `is_silent`: that it is held back would itself tell the person what it is held back for, so that their manifest
    does not know it. `content_hash` is of what was decided on, as it lay sealed: a text that
    was written anew since is decided anew.
    """

    request = not_personal(reference_to(_REQUESTS))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose copy it belongs to")
    number = not_personal(models.PositiveIntegerField())
    kind = not_personal(models.CharField(max_length=8, choices=ItemKind.choices))
    label = not_personal(models.CharField(max_length=96))
    row = not_personal(models.UUIDField())
    field = not_personal(models.CharField(max_length=64, blank=True))
    other_id = personal(models.UUIDField(null=True), Category.IDENTIFIER, why="to know whom a row is about")
    reference = not_personal(models.CharField(max_length=32, blank=True))
    service = not_personal(models.CharField(max_length=64, blank=True))
    media_type = not_personal(models.CharField(max_length=96, blank=True))
    names_others = not_personal(models.BooleanField(default=False))
    needs_harm_check = not_personal(models.BooleanField(default=False))
    decision = not_personal(models.CharField(max_length=12, choices=ItemDecision.choices, blank=True))
    ground = not_personal(models.CharField(max_length=12, choices=Ground.choices, blank=True))
    exemption = not_personal(models.CharField(max_length=32, blank=True))
    is_silent = not_personal(models.BooleanField(default=False))
    redactions = sealed(Category.NAME, why="to take them out, and to look for them again", is_optional=True)
    content_hash = not_personal(models.CharField(max_length=64, blank=True, db_default=""))
    decided_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to answer for the decision")
    decided_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "request", "number"], name="protection_item_number"),
            models.UniqueConstraint(
                fields=["organisation_id", "request", "label", "row", "field"], name="protection_item_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "subject_id"], name="protection_items_of")]

    class Privacy:
        label = "protection.item"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        is_record = True
        through = "request_id"
        is_collected = False


class HarmCheck(SealedRecord):
    """A named professional looked whether giving what a service holds would cause serious harm (DPA 2018 Schedule 3).

    `role` is one that the service's declaration names for it.
    """

    request = not_personal(reference_to(_REQUESTS))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose data it was checked for")
    service = not_personal(models.CharField(max_length=64))
    name = sealed(Category.NAME, why="to know which professional judged it")
    role = not_personal(models.CharField(max_length=48))
    is_harmful = not_personal(models.BooleanField())
    on = not_personal(models.DateField())
    by_id = personal(models.UUIDField(), Category.WORK, why="to know who recorded it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "request", "service"], name="protection_one_harm_check")
        ]
        indexes = [models.Index(fields=["organisation_id", "subject_id"], name="protection_harm_checks_of")]

    class Privacy:
        label = "protection.harm_check"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        is_record = True
        through = "request_id"
        is_collected = False


class Pack(SealedRecord):
    """The copy as it was made for a request, and how it left. The latest of a request is the one that counts.

    Whoever released it is another person than whoever decided or made it, or `single` says why not (a code), with
    words. It is fetched by whoever asked, signed in, until `expires_at`; or it was posted, to an address that was
    `checked_against` something. Its file is gone from `forgotten_at` on.
    """

    request = not_personal(reference_to(_REQUESTS))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose copy it is")
    file_id = not_personal(models.UUIDField())
    sha256 = not_personal(models.CharField(max_length=64))
    plan = not_personal(models.CharField(max_length=32))
    rows = not_personal(models.PositiveIntegerField())
    given = not_personal(models.PositiveIntegerField())
    redacted = not_personal(models.PositiveIntegerField())
    withheld = not_personal(models.PositiveIntegerField())
    made_by_id = personal(models.UUIDField(), Category.WORK, why="so that another releases it")
    made_at = not_personal(models.DateTimeField())
    released_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to answer for the release")
    released_at = not_personal(models.DateTimeField(null=True))
    single = not_personal(models.CharField(max_length=16, blank=True))
    single_words = sealed(Category.FREE_TEXT, why="to look at single releases each month", is_optional=True)
    expires_at = not_personal(models.DateTimeField(null=True))
    downloaded_at = not_personal(models.DateTimeField(null=True))
    forgotten_at = not_personal(models.DateTimeField(null=True))
    posted_on = not_personal(models.DateField(null=True))
    posted_to = sealed(Category.ADDRESS, why="to know where it went", is_optional=True)
    checked_against = sealed(Category.FREE_TEXT, why="to show that the address was looked up", is_optional=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "request", "-made_at"], name="protection_packs"),
            models.Index(fields=["organisation_id", "subject_id"], name="protection_packs_of"),
            models.Index(
                fields=["organisation_id", "-released_at"],
                name="protection_single_releases",
                condition=~models.Q(single=""),
            ),
        ]

    class Privacy:
        label = "protection.pack"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        is_record = True
        through = "request_id"
        is_collected = False
