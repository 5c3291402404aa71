"""Who can be played in the demonstration: invented people in three councils, with sign-ins that anyone may know.

The loader of the demonstration makes an account for each and calls `prepare_sign_in`; pages and the command line show
them with their codes of this moment. None of this works outside a demonstration.
"""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError

from commonweal.capabilities.identity.queries import accounts
from commonweal.foundations.personal_data.installation import NotServable
from commonweal.foundations.scope.actors import System

# Told to everyone who opens the demonstration.
PASSWORD = "three quiet otters"  # noqa: S105
_SECRET_BYTES = 20


class NotADemonstration(RuntimeError):
    """Demo sign-ins were asked for where real people's data may be."""


@dataclass(frozen=True)
class DemoPerson:
    """An invented person. `council` is the slug they belong to, `role` is empty for residents, `team` may be."""

    name: str
    email: str
    council: str
    role: str = ""
    team: str = ""

    @property
    def is_staff(self) -> bool:
        return bool(self.role)


@dataclass(frozen=True)
class DemoSignIn:
    """How to sign in as a demo person now. `secret` and `code` are empty for who needs no second factor."""

    person: DemoPerson
    password: str
    secret: str = ""
    code: str = ""


WASTE, PARKS = "Waste and recycling", "Parks"
BADGES, CARE, COMPLAINTS = "Blue Badges", "Adult social care", "Complaints"
COUNCIL_TAX, INFORMATION = "Council tax", "Information requests"

PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("Priya Nair", "priya@leeds.example", "leeds", "case_worker", WASTE),
    DemoPerson("Tom Okafor", "tom@leeds.example", "leeds", "case_worker", PARKS),
    DemoPerson("Grace Bell", "grace@leeds.example", "leeds", "team_manager", WASTE),
    DemoPerson("Mo Rahman", "mo@leeds.example", "leeds", "team_manager", PARKS),
    DemoPerson("Amina Yusuf", "amina@leeds.example", "leeds", "case_worker", BADGES),
    DemoPerson("Kofi Mensah", "kofi@leeds.example", "leeds", "medical_assessor", BADGES),
    DemoPerson("Helen Ashby", "helen@leeds.example", "leeds", "team_manager", BADGES),
    DemoPerson("Ruth Levy", "ruth@leeds.example", "leeds", "social_worker", CARE),
    DemoPerson("Femi Adu", "femi@leeds.example", "leeds", "social_worker", CARE),
    DemoPerson("Ben Carter", "ben@leeds.example", "leeds", "case_worker", COMPLAINTS),
    DemoPerson("Sana Iqbal", "sana@leeds.example", "leeds", "team_manager", COMPLAINTS),
    DemoPerson("Jo Park", "jo@leeds.example", "leeds", "case_worker", COUNCIL_TAX),
    DemoPerson("Raj Malhotra", "raj@leeds.example", "leeds", "team_manager", COUNCIL_TAX),
    DemoPerson("Dev Shah", "dev@leeds.example", "leeds", "case_worker", INFORMATION),
    DemoPerson("Leila Aziz", "leila@leeds.example", "leeds", "team_manager", INFORMATION),
    DemoPerson("Mina Cole", "mina@leeds.example", "leeds", "service_designer"),
    DemoPerson("Olu Adeyemi", "olu@leeds.example", "leeds", "data_protection_officer"),
    DemoPerson("Dara Quinn", "dara@leeds.example", "leeds", "data_protection_officer"),
    DemoPerson("Noor Haddad", "noor@leeds.example", "leeds", "administrator"),
    DemoPerson("Dee Walker", "dee@leeds.example", "leeds", "service_designer"),
    DemoPerson("Huw Morgan", "huw@cardiff.example", "cardiff", "case_worker", WASTE),
    DemoPerson("Elin Rees", "elin@cardiff.example", "cardiff", "case_worker", BADGES),
    DemoPerson("Owain Tudor", "owain@cardiff.example", "cardiff", "case_worker", COMPLAINTS),
    DemoPerson("Mair Jenkins", "mair@cardiff.example", "cardiff", "case_worker", INFORMATION),
    DemoPerson("Carys Pugh", "carys@cardiff.example", "cardiff", "data_protection_officer"),
    DemoPerson("Isla Reid", "isla@fife.example", "fife", "case_worker", WASTE),
    DemoPerson("Fergus Kerr", "fergus@fife.example", "fife", "case_worker", COMPLAINTS),
    DemoPerson("Skye Munro", "skye@fife.example", "fife", "case_worker", BADGES),
    DemoPerson("Callum Baird", "callum@fife.example", "fife", "case_worker", COUNCIL_TAX),
    DemoPerson("Hamish Boyd", "hamish@fife.example", "fife", "data_protection_officer"),
    DemoPerson("Rosa Delgado", "rosa@people.example", "leeds"),
    DemoPerson("Gwen Parry", "gwen@people.example", "cardiff"),
    DemoPerson("Ewan Muir", "ewan@people.example", "fife"),
)

TEAMS = frozenset(person.team for person in PEOPLE if person.team)


def demo_accounts() -> tuple[DemoSignIn, ...]:
    """The sign-ins of those who are in the database, with the codes of this moment. Raises NotADemonstration."""
    _refuse_outside_demo()
    return tuple(_sign_in_of(person) for person in PEOPLE if _account_of(person) is not None)


def prepare_sign_in(person: DemoPerson, account: UUID) -> None:
    """Confirm the account's address and, for staff, set up the second factor. Raises NotADemonstration."""
    _refuse_outside_demo()
    user = get_user_model().objects.get(pk=account)
    EmailAddress.objects.get_or_create(user=user, email=person.email, defaults={"verified": True, "primary": True})
    has_app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    if person.is_staff and not has_app:
        TOTP.activate(user, totp_secret(person))


def totp_secret(person: DemoPerson) -> str:
    """The second factor's secret as an authenticator app takes it: its own in each installation, the same each time."""
    key = f"commonweal.demo:{settings.SECRET_KEY}".encode()
    digest = hmac.digest(key, person.email.encode(), hashlib.sha256)
    return base64.b32encode(digest[:_SECRET_BYTES]).decode()


def _sign_in_of(person: DemoPerson) -> DemoSignIn:
    if not person.is_staff:
        return DemoSignIn(person, PASSWORD)
    secret = totp_secret(person)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // factors.TOTP_PERIOD))
    return DemoSignIn(person, PASSWORD, secret, code)


def _account_of(person: DemoPerson) -> UUID | None:
    return accounts.account_with_email(System(task="demo.sign_ins"), email=person.email)


def refuse_outside_demo() -> None:
    """Raises NotServable where a real installation would open with sign-ins that everybody knows."""
    if settings.DEMO:
        return
    try:
        has_any = accounts.has_demo_accounts(System(task="demo.refuse"))
    except DatabaseError:
        return
    if has_any:
        raise NotServable("This database holds a demonstration, whose passwords everybody knows: use another one.")


def _refuse_outside_demo() -> None:
    if not settings.DEMO:
        raise NotADemonstration
