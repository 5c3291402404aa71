"""What an organisation holds about a signed-in person, for themselves (UK GDPR Article 15; practice: self-service).

Every condition in here rests on declarations and on what the person knows of themselves. What is held of them that they
may not know changes nothing: neither what is shown, nor how much, nor what the database is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.queries.information import OwnCase, own_cases
from commonweal.capabilities.catalogue.queries.declarations import LawfulBasis, Service
from commonweal.capabilities.catalogue.queries.questions import Fills
from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.forms.queries import taking
from commonweal.capabilities.forms.queries.information import OwnSubmission, own_submissions
from commonweal.capabilities.identity.queries import accounts
from commonweal.capabilities.identity.queries.accounts import SignInRow
from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries.information import OwnRecord, own_records
from commonweal.capabilities.protection.models import Copy
from commonweal.capabilities.protection.queries.beside import Beside, beside_services, kinds_of
from commonweal.capabilities.protection.queries.openings import OpeningRow, latest_openings
from commonweal.capabilities.protection.queries.own import OwnRequestRow, own_requests
from commonweal.capabilities.protection.words import FIELDS_SAID
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import local_date, now
from commonweal.foundations.errors import Forbidden, Words
from commonweal.foundations.personal_data.declarations import Category
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.scope.actors import Resident

PORTABLE = frozenset({LawfulBasis.CONSENT, LawfulBasis.CONTRACT})
"""The bases under which people may take what they gave elsewhere (UK GDPR Article 20(1)(a))."""

_LATEST = 3


@dataclass(frozen=True)
class Told:
    """One thing the person told of themselves: what it is, what they said, and why it was asked.

    `key` names it in data; `is_portable` says that they may take it elsewhere (Article 20). `on` is the day, where they
    told one.
    """

    key: str
    label: Words
    value: str = field(repr=False)
    why: Words
    category: Category
    is_portable: bool
    on: date | None = None


@dataclass(frozen=True)
class CaseHeld:
    """One case: how it came, until when it is kept where that can be counted, how much is in it, and what they told.

    `told` is empty where a person looks first: in restricted and discreet services, and where others are named.
    """

    own: OwnCase
    submission: OwnSubmission
    kept_until: date | None
    messages: int
    told: tuple[Told, ...]


@dataclass(frozen=True)
class ServiceHeld:
    """A service with the person's cases in it, the latest first, as the latest of them declares it."""

    service: Service
    kinds: tuple[Words, ...]
    cases: tuple[CaseHeld, ...]


@dataclass(frozen=True)
class RecordHeld:
    """One record of the person: what they told, and since when it is kept."""

    created_at: datetime
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Held:
    """All that the page and the copy are made of."""

    people: tuple[UUID, ...]
    records: tuple[OwnRecord, ...] = field(repr=False)
    services: tuple[ServiceHeld, ...]
    messages: int
    nation: str

    @property
    def cases(self) -> tuple[CaseHeld, ...]:
        return tuple(case for each in self.services for case in each.cases)

    @property
    def shown_records(self) -> tuple[RecordHeld, ...]:
        """The records as shown; what they hold may go elsewhere where a service rests on consent or contract."""
        is_portable = any(each.service.lawfulness.basis in PORTABLE for each in self.services)
        return tuple(RecordHeld(each.created_at, told_of_record(each, is_portable)) for each in self.records)


@dataclass(frozen=True)
class InformationPage:
    """What is held about the signed-in person, when it was opened last, and the copy they made just now, if any."""

    held: Held
    beside: tuple[Beside, ...]
    begun: tuple[taking.BegunRow, ...]
    sign_in: SignInRow
    openings: tuple[OpeningRow, ...]
    requests: tuple[OwnRequestRow, ...]
    copy: UUID | None


@query(opens=OWN_INFORMATION)
def information(actor: Resident, *, organisation: int) -> InformationPage:
    """What this organisation holds about the signed-in person; as many statements for much as for little."""
    if actor.account is None:
        raise Forbidden
    held = all_held(actor, organisation)
    begun = taking.unfinished(actor, organisation=organisation)
    numbers = {"record": len(held.records), "drafts": len(begun), "messages": held.messages}
    return InformationPage(
        held,
        beside_services(held.nation, numbers),
        begun,
        accounts.sign_in_of(actor, organisation=organisation, account=actor.account),
        latest_openings(actor, organisation, held.people, _LATEST),
        own_requests(actor, organisation=organisation),
        fresh_copy(organisation, actor.account),
    )


def fresh_copy(organisation: int, account: UUID) -> UUID | None:
    """The copy that may still be fetched by this account."""
    made = Copy.objects.filter(organisation_id=organisation, account_id=account, made_at__gt=now() - Copy.FRESH)
    return made.order_by("-made_at").values_list("id", flat=True).first()


def all_held(actor: Resident, organisation: int) -> Held:
    """What is held about the signed-in person. Needs an open reading of theirs."""
    records = own_records(actor, organisation=organisation)
    people = tuple(each.id for each in records)
    nation = Nation(organisations.organisation(actor, organisation=organisation).nation)
    cases = own_cases(actor, organisation=organisation, people=people)
    sent = own_submissions(actor, organisation=organisation, people=people, opens=is_plain)
    numbers = messages.numbers_to(actor, organisation=organisation, subjects=people)
    held = [_case(case, sent[case.submission], nation, numbers) for case in cases if case.submission in sent]
    about_cases = {case.reference for case in cases}
    beside = sum(number for reference, number in numbers.items() if reference not in about_cases)
    return Held(people, records, _by_service(held), beside, nation.value)


def is_plain(service: Service) -> bool:
    """Whether what people told in it may be shown and copied at once: it is neither locked down nor discreet."""
    return service.restriction is None and not service.is_discreet


def told_of_record(record: OwnRecord, is_portable: bool) -> tuple[Told, ...]:
    """What somebody told of themselves: their name, contact points, date of birth and language."""
    kinds = {"name": Category.NAME, "birth_date": Category.BIRTH_DATE}
    told = [
        Told(
            name,
            FIELDS_SAID[name],
            value,
            _WHY[name],
            kinds.get(name, Category.CONTACT),
            is_portable,
            date.fromisoformat(value) if name == "birth_date" else None,
        )
        for name, value in record.told.items()
    ]
    language = _LANGUAGES.get(record.language, record.language)
    spoken = Told("language", FIELDS_SAID["language"], language, _WHY["language"], Category.PREFERENCE, is_portable)
    return (*told, spoken) if told else ()


_LANGUAGES = {"en": "English", "cy": "Cymraeg"}
_WHY: dict[str, Words] = {
    "name": _("to address you"),
    "email": _("to tell you what happened"),
    "phone": _("to ask you about it"),
    "birth_date": _("to tell you from others of your name"),
    "language": _("to write in your language"),
}


def _by_service(cases: Iterable[CaseHeld]) -> tuple[ServiceHeld, ...]:
    by_name: dict[str, list[CaseHeld]] = {}
    for case in cases:
        by_name.setdefault(case.submission.service.name, []).append(case)
    return tuple(
        ServiceHeld(each[0].submission.service, kinds_of(each[0].submission.service), tuple(each))
        for each in by_name.values()
    )


def _case(own: OwnCase, sent: OwnSubmission, nation: Nation, numbers: dict[str, int]) -> CaseHeld:
    service = sent.service
    outcome = service.case.outcome(own.outcome)
    keep = outcome.keep.get(nation) if outcome else None
    kept_until = months_after(local_date(own.kept_from), keep.months) if keep and own.kept_from else None
    is_shown = is_plain(service) and not own.has_party and not sent.is_taken_down
    told = tuple(_told(own, sent)) if is_shown else ()
    return CaseHeld(own, sent, kept_until, numbers.get(own.reference, 0), told)


def _told(own: OwnCase, sent: OwnSubmission) -> Iterable[Told]:
    """What the person told of themselves in one case: their answers, and the place it is about."""
    service, language = sent.service, get_language()
    is_portable = service.lawfulness.basis in PORTABLE
    place = service.question_filling(Fills.CASE_PLACE)
    if place is not None and place.is_from_subject and place.category is not None:
        why = place.why.in_language(language) if place.why else ""
        value = "\n".join(part for part in (own.place, own.postcode, own.point) if part)
        if value:
            yield Told(place.key, place.label.in_language(language), value, why, place.category, is_portable)
    for answer in sent.told:
        question = service.question(answer.question)
        if question is None or question.category is None or not answer.text:
            continue
        key = f"{question.key}.{answer.item}" if answer.item else question.key
        reason = question.why.in_language(language) if question.why else ""
        label = question.label.in_language(language)
        yield Told(key, label, answer.text, reason, question.category, is_portable)
