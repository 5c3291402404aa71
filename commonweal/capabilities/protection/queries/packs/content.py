"""Whether an item is still what was decided on: a decision is about a text, not about the place where it lies."""

from commonweal.capabilities.protection.models import Item, ItemDecision, ItemKind
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.subjects.looking import hash_at
from commonweal.foundations.personal_data.subjects.plan import plan_for


def hash_of(item: Item) -> str:
    """The hash of what an item is now; empty for a file, whose content never changes, and for what is gone."""
    if item.kind == ItemKind.FILE:
        return ""
    return hash_at(plan_for(SubjectKind.PERSON), label=item.label, row=item.row, field=item.field)


def is_changed(item: Item) -> bool:
    """Whether what would be given was written anew since it was decided. What is withheld or gone leaves nothing."""
    if item.decision not in (ItemDecision.DISCLOSED, ItemDecision.REDACTED):
        return False
    found = hash_of(item)
    return bool(found) and found != item.content_hash
