"""Where a page of the trace begins: after the moment and id of a line, as a text that says nothing by itself."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from commonweal.capabilities.protection.queries.moments import read_moment
from commonweal.foundations.personal_data.models import Trace


@dataclass(frozen=True)
class Cursor:
    """The last line of the page before. Ids are made by the clocks of machines, so the moment comes first."""

    at: datetime
    id: UUID

    @classmethod
    def after(cls, line: Trace) -> "Cursor":
        return cls(line.at, line.id)

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor that `text` is; None when it makes no sense, which begins anew."""
        try:
            at, _comma, row = urlsafe_b64decode(text.encode()).decode().partition(",")
            moment = read_moment(at)
            return cls(moment, UUID(row)) if moment is not None else None
        except ValueError:
            return None

    def text(self) -> str:
        return urlsafe_b64encode(f"{self.at.isoformat()},{self.id}".encode()).decode()

    def begins(self) -> Q:
        """What comes after it, latest first, said so that the index of organisation and moment is enough."""
        return Q(at__lte=self.at) & (Q(at__lt=self.at) | Q(id__lt=self.id))
