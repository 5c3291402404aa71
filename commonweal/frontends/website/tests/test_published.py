"""What a service published is read by everybody; what it did not is nowhere."""

import html

import pytest
from django.test import Client
from tests.keepers.routes import browser_of

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.conftest import Cast, apply_for_permit

pytestmark = pytest.mark.django_db


def test_staff_publish_and_everybody_reads_and_finds_it(cast: Cast) -> None:
    reference = apply_for_permit(cast)
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    close(cast.priya, organisation=cast.leeds, case=page.id, revision=page.revision, outcome="granted")
    priya, address = browser_of(cast.priya), f"/workspace/leeds/cases/{reference}/publish/"
    assert "What we published" in priya.get(address).content.decode()
    typed = {"case": str(page.id), "do": "publish", "title": "Permits", "summary": "About <b>Delgado</b>"}
    asked = priya.post(address, typed)
    assert asked.status_code == 422
    assert "About &lt;b&gt;Delgado" in asked.content.decode()
    assert priya.post(address, {**typed, "is_sure": "1"})["Location"].endswith("?done=published")
    log = Client().get("/leeds/permit/published/")
    assert "About <b>Delgado</b>" in html.unescape(log.content.decode())
    assert "About <b>" not in log.content.decode()
    assert "Nothing published includes these words." in Client().get("/leeds/permit/published/?q=bins").content.decode()
    assert priya.post(address, {"case": str(page.id), "do": "withdraw"})["Location"].endswith("?done=withdrawn")
    assert "Permits" not in Client().get("/leeds/permit/published/").content.decode()
