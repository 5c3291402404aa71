"""The officer's pages of a copy: a decision is about what was shown, and an envelope goes where they live now."""

from pathlib import Path
from typing import Any

import pytest
from tests.scenes.copying import Copying

from commonweal.capabilities.protection.actions.correcting import correct_answer
from commonweal.capabilities.protection.actions.requests import make_request
from commonweal.conftest import Appoint, Cast
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import text_of

pytestmark = pytest.mark.django_db


def hidden(page: Any, name: str) -> str:
    return str(page.content.decode().split(f'name="{name}" value="', 1)[1].split('"', 1)[0])


def test_a_text_that_changed_while_it_was_read_is_read_again(cast: Cast, sign_in: SignIn) -> None:
    copying = Copying(cast)
    wrong = make_request(cast.rosa, organisation=cast.leeds, kind="rectification", words="Not the gate").reference
    copying.search()
    (item,) = [each for each in copying.waiting() if each.label == "forms.answer"]
    olu = sign_in(cast.olu)
    address = f"/workspace/leeds/protection/requests/{copying.reference}/items/{item.number}/"
    seen = hidden(olu.get(address), "seen")
    said: dict[str, Any] = {"case": copying.case, "question": "left_at", "item": 0}
    correct_answer(
        cast.olu, organisation=cast.leeds, reference=wrong, **said, given={"left_at": "By the door of Noor Haddad"}
    )
    again = olu.post(address, {"do": "redacted", "seen": seen, "removed": "Haddad"})
    assert again.status_code == 409
    assert "This changed while you were looking at it" in text_of(again)
    assert 'value="Noor Haddad" checked' in " ".join(again.content.decode().split()), "what names others now is ticked"
    assert olu.post(address, {"do": "redacted", "seen": hidden(again, "seen"), "removed": "Noor"}).status_code == 302


HOME = "Rosa Delgado\n12 High Street\nLeeds LS1 1UR"


def test_an_envelope_needs_an_address_that_was_looked_up_again(
    cast: Cast, sign_in: SignIn, appoint: Appoint, tmp_path: Path
) -> None:
    copying = Copying(cast)
    copying.search()
    copying.redact_all()
    copying.make(tmp_path)
    ada = sign_in(appoint("Ada Whitfield", "data_protection_officer"))
    address = f"/workspace/leeds/protection/requests/{copying.reference}/pack/"
    given = {"do": "release", "pack": hidden(ada.get(address), "pack"), "way": "post", "posted_to": HOME}
    refused = ada.post(address, given)
    assert refused.status_code == 422
    for words in ("Say what you checked the address against", "Check the address again", "12 High Street"):
        assert words in text_of(refused)
    checked = {"checked_against": "her call this morning", "is_current": "yes"}
    assert ada.post(address, {**given, "pack": "none", **checked}).status_code == 400
    sent = ada.post(address, {**given, **checked}, follow=True)
    assert "checked against her call this morning" in text_of(sent)
