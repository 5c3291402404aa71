"""The closed set of those who act. Every action, query and reading begins with one."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Channel(StrEnum):
    """How the actor reached us; stored in audit and trace."""

    ONLINE = "online"
    PHONE = "phone"
    COUNTER = "counter"
    POST = "post"
    EMAIL = "email"
    API = "api"
    AUTOMATIC = "automatic"
    COMMAND = "command"


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Someone who has not said who they are. May read what is public; can open nothing."""

    kind: ClassVar[str] = "visitor"
    channel: Channel = Channel.ONLINE

    @property
    def id(self) -> None:
        return None


@dataclass(frozen=True, kw_only=True)
class Resident:
    """A person acting for themselves: by account, or by a reference they have proven (`case`)."""

    kind: ClassVar[str] = "resident"
    account: UUID | None = None
    case: UUID | None = None
    channel: Channel = Channel.ONLINE

    @property
    def id(self) -> UUID | None:
        return self.account or self.case


@dataclass(frozen=True, kw_only=True)
class DraftHolder:
    """Whoever holds the secret of a draft: may fill it in and submit it, nothing else. Several drafts, one at a time.

    `account` is set when the holder is also signed in, so that what they submit becomes theirs. `taken_by` is the
    account of staff who takes it down for somebody on the phone or at the counter.
    """

    kind: ClassVar[str] = "draft_holder"
    draft: UUID
    account: UUID | None = None
    taken_by: UUID | None = None
    channel: Channel = Channel.ONLINE

    @property
    def id(self) -> UUID:
        return self.draft


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A member of staff in one organisation, with what their roles allow there and whether the gates are met.

    `purposes` are the codes of the purposes their roles may read for; `is_trained` means data protection training is
    passed and current; `has_second_factor` means this session was opened with one. `may_only_read`: training expired
    weeks ago, and one's own open cases can still be read. `glass` is the code of the reason for which they broke it.
    `grounds` are the lawful grounds they chose, each for the matter with that reference, to use what is restricted.
    """

    kind: ClassVar[str] = "staff"
    account: UUID
    organisation: int
    roles: frozenset[str]
    purposes: frozenset[str]
    teams: frozenset[UUID] = field(default_factory=frozenset)
    is_trained: bool = False
    has_second_factor: bool = False
    may_only_read: bool = False
    glass: str = ""
    grounds: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    channel: Channel = Channel.ONLINE

    @property
    def id(self) -> UUID:
        return self.account

    def ground_for(self, reference: str) -> str:
        """The code of the ground they chose for this matter (UK GDPR Article 18(2)); empty when they chose none."""
        return dict(self.grounds).get(reference, "") if reference else ""

    def may_act_as(self, role: str, organisation: int) -> bool:
        """Whether they hold the role there, with the gates met."""
        is_here = self.organisation == organisation and role in self.roles
        return is_here and self.is_trained and self.has_second_factor


@dataclass(frozen=True, kw_only=True)
class Supplier:
    """A supplier's program, known by its key; may read only for the purposes its agreement names."""

    kind: ClassVar[str] = "supplier"
    key: UUID
    organisation: int
    purposes: frozenset[str]
    channel: Channel = Channel.API

    @property
    def id(self) -> UUID:
        return self.key


@dataclass(frozen=True, kw_only=True)
class System:
    """The platform itself doing a declared task, with the purposes that declaration lists."""

    kind: ClassVar[str] = "system"
    task: str
    purposes: frozenset[str] = frozenset()
    channel: Channel = Channel.AUTOMATIC

    @property
    def id(self) -> None:
        return None


Actor = Visitor | Resident | DraftHolder | Staff | Supplier | System
