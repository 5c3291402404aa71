"""Who may open each page: the reviewed list that the URL map is held against (rule 9)."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.frontends import shortened


class Access(Enum):
    """Who may open a page."""

    ANYONE = "whoever comes"
    SIGNED_IN = "whoever is signed in, for themselves"
    HOLDER = "whoever holds the draft"
    PROVEN = "whoever proved the application, by account or by reference and secret"
    DEMO = "whoever comes, in the demonstration alone"
    STAFF = "staff of the body, trained, with a second factor"


_SIGNING_IN = """account_login account_logout account_inactive account_signup account_email_verification_sent
    account_reset_password account_confirm_password_reset_code account_complete_password_reset
    account_password_reset_completed mfa_authenticate account_email mfa_index"""
_OWN_ACCOUNT = """account account_reauthenticate account_change_password mfa_reauthenticate mfa_activate_totp
    mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes"""
_PUBLIC = """home healthz robots privacy accessibility choose_language council status resume service apply apply_again
    published information_rights copy_schema applications"""
_DEMO = "demo demo_inbox demo_tile"
_OWN = """your own_files own_file take_up claim openings ask_who your_safety your_requests new_request
    your_information make_copy own_copy own_copy_file own_pack"""
_PROVEN = """application answer answer_files answer_file answer_file_done challenge letter
    your_request answer_request withdraw_request"""
_DRAFTS = """apply_save apply_go_on apply_page apply_item apply_exit apply_check apply_done
    apply_files apply_file apply_file_done"""
_DESK = """workspace new_application go_on_taking desk calendar deliveries find case close_case related
    worklist keep_filter change_many workload undo writing
    extend_clock record_fact case_party chronology case_documents case_file case_file_content
    officer_openings officer_questions officer_question officer_withholdings officer_prompts officer_staff
    designed new_service designed_service service_draft service_live service_version service_compare service_preview
    preview_page
    officer_markers died visit break_glass safety_ask safety_markers safety_marker
    take_request officer_requests officer_request request_person request_act
    officer_holds request_erasure request_correction request_answer request_objection
    request_search request_items request_item request_item_file request_pack request_pack_file single_releases
    staff appoint_staff staff_member end_staff
    ask_applicant letter_preview case_letter reopen_case record_review publish_case"""

ROUTES: dict[str, Access] = {
    **dict.fromkeys(f"{_PUBLIC} {_SIGNING_IN}".split(), Access.ANYONE),
    **dict.fromkeys(f"{_OWN} {_OWN_ACCOUNT}".split(), Access.SIGNED_IN),
    **dict.fromkeys(_DRAFTS.split(), Access.HOLDER),
    **dict.fromkeys(_PROVEN.split(), Access.PROVEN),
    **dict.fromkeys(_DEMO.split(), Access.DEMO),
    **dict.fromkeys(_DESK.split(), Access.STAFF),
}


def patterns() -> Iterator[URLPattern]:
    """Every page of the URL map."""
    yield from _within(get_resolver())


def names() -> set[str]:
    """The name of every page; its pattern where it has none, so that it is missed on the list.

    What is `shortened` is no page: it only leads to one.
    """
    return {pattern.name or str(pattern.pattern) for pattern in patterns() if not is_shortened(pattern)}


def is_shortened(pattern: URLPattern) -> bool:
    """Whether an address only leads to a page of this list, which asks who it is."""
    return pattern.callback.__module__ == shortened.__name__


def whole_routes() -> dict[str, URLPattern]:
    """Every address from its first part on, with what answers there."""
    return dict(_whole_within(get_resolver()))


def faults() -> Iterator[str]:
    """Each page without a rule, and each rule without a page."""
    for name in sorted(names() - set(ROUTES)):
        yield f"The page {name} has no access rule: say who may open it in tests/keepers/routes.py."
    for name in sorted(set(ROUTES) - names()):
        yield f"tests/keepers/routes.py has a rule for {name}, and there is no such page."


def browser_of(who: Staff | Resident) -> Client:
    """A browser that is signed in; with a second factor where the cast says so."""
    client = Client()
    account = get_user_model().objects.get(pk=str(who.account))
    session = client.session
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if isinstance(who, Staff) and who.has_second_factor:
        request: Any = HttpRequest()
        request.session, request.user = session, account
        record_authentication(request, account, method="mfa", type="totp")
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def _whole_within(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        whole = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _whole_within(pattern, whole)
        else:
            yield whole, pattern


def _within(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _within(pattern)
        else:
            yield pattern
