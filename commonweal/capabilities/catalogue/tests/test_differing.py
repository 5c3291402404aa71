"""The difference between two versions: nothing where they are equal, and every single change of any declaration."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import ValidationError

from commonweal.capabilities.catalogue.actions import keep_draft, offer_service
from commonweal.capabilities.catalogue.errors import NoSuchVersion, NotADesigner
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.differing import (
    Change,
    Difference,
    differences,
    draft_differences,
    version_differences,
)
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.catalogue.rules.loading import load
from commonweal.capabilities.catalogue.tests.declared import SMALLEST, changed
from commonweal.conftest import SET_UP, Cast

DECLARED = [load(SMALLEST, file="service.yaml")] + [
    load(path.read_text(), file=str(path)) for path in sorted(Path(settings.SERVICES).glob("*/service.yaml"))
]
Place = tuple[str | int, ...]


def between(new: str, old: str = SMALLEST) -> tuple[Difference, ...]:
    return differences(load(old, file="service.yaml"), load(new, file="service.yaml"))


def where(difference: Difference) -> str:
    """The place of a difference, as a path with keys."""
    return ".".join(f"{step.field}[{step.key}]" if step.key else step.field for step in difference.path)


@pytest.mark.parametrize("service", DECLARED, ids=lambda service: service.name)
def test_equal_declarations_do_not_differ(service: Service) -> None:
    assert differences(service, Service.model_validate_json(service.model_dump_json())) == ()


def test_changed_words_are_shown_in_both_languages() -> None:
    (found,) = between(changed("{en: A minute., cy: Munud.}", "{en: A minute., cy: Un funud.}"))
    assert (where(found), found.change) == ("takes", Change.CHANGED)
    assert found.before == Bilingual(en="A minute.", cy="Munud.")
    assert found.after == Bilingual(en="A minute.", cy="Un funud.")


def test_a_part_is_found_by_its_key_and_called_by_its_title() -> None:
    (found,) = between(changed("months: 12", "months: 24"))
    assert where(found) == "case.outcomes[found].keep[England].months"
    assert (found.before, found.after) == (12, 24)
    assert found.path[1].title == Bilingual(en="Found", cy="Wedi'i ganfod")


def test_what_was_added_says_all_that_it_holds() -> None:
    page = "  - key: extra\n    title: {en: More, cy: Mwy}\n    questions: [{key: more, type: text, "
    page += "label: {en: What else, cy: Beth arall}, called: {en: It, cy: Ef}, is_optional: true, "
    page += "holds: nothing_personal}]\ncase:\n"
    (found,) = between(changed("case:\n", page))
    assert (where(found), found.change, found.path[0].title) == (
        "pages[extra]",
        Change.ADDED,
        Bilingual(en="More", cy="Mwy"),
    )
    assert {where(part): part.after for part in found.parts}["pages[extra].questions[more].label"] == Bilingual(
        en="What else", cy="Beth arall"
    )
    (gone,) = between(SMALLEST, changed("case:\n", page))
    assert (gone.change, len(gone.parts)) == (Change.REMOVED, len(found.parts))


def test_an_optional_part_that_comes_and_goes() -> None:
    newer = changed("is_final: true", "is_final: true\n      waits: false") + (
        "  moved:\n    subject: {en: It moved, cy: Symudodd}\n    body: {en: Later., cy: Yn hwyrach.}\n"
    )
    (found,) = between(newer)
    assert (where(found), found.change) == ("messages.moved", Change.ADDED)
    assert [where(part) for part in found.parts] == ["messages.moved.subject", "messages.moved.body"]


def test_another_order_is_a_difference_of_its_own() -> None:
    service = DECLARED[0]
    turned = service.model_copy(
        update={"pages": (service.pages[0].model_copy(update={"questions": service.pages[0].questions[::-1]}),)}
    )
    (found,) = differences(service, turned)
    assert (where(found), found.change) == ("pages[you].questions", Change.REORDERED)
    assert found.before == Bilingual(en="Full name, Email address", cy="Enw llawn, E-bost")


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every plain value, and every list, of a stored declaration."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*place, key))
        return
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, (*place, number))
    yield place, value


def otherwise(value: Any, data: st.DataObject) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        assume(value)
        turned = [*value[1:], value[0]]
        return data.draw(st.sampled_from([value[1:], value[:-1], *([turned] if turned != value else [])]))
    return data.draw(st.sampled_from([f"{value}x", f"{value} 🗑️", "England", "case_worker", "phone", 7, ["online"]]))


@examples(max_examples=400)
@given(st.sampled_from(DECLARED), st.data())
def test_every_single_change_shows_where_it_is(service: Service, data: st.DataObject) -> None:
    stored = json.loads(service.model_dump_json())
    place, value = data.draw(st.sampled_from(list(leaves(stored))))
    inside: Any = stored
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = otherwise(value, data)
    assume(inside[place[-1]] != value)
    try:
        other = Service.model_validate_json(json.dumps(stored))
    except ValidationError:
        assume(False)
    assume(other != service)
    found = differences(service, other)
    assert found
    assert all(difference.path[0].field == place[0] for difference in found)
    assert all(difference.before != difference.after or difference.parts for difference in found)
    back = differences(other, service)
    assert {where(one) for one in back if one.change is Change.REMOVED} == {
        where(one) for one in found if one.change is Change.ADDED
    }


def test_a_draft_is_compared_with_what_is_live(cast: Cast) -> None:
    keep_draft(SET_UP, organisation=cast.leeds, name="lost_property", text=SMALLEST)
    assert draft_differences(SET_UP, organisation=cast.leeds, name="lost_property") == ()
    offer_service(SET_UP, organisation=cast.leeds, declaration=changed("months: 12", "months: 24"))
    (found,) = draft_differences(SET_UP, organisation=cast.leeds, name="lost_property")
    assert (found.before, found.after) == (24, 12)


def test_two_versions_are_compared_by_designers_alone(cast: Cast) -> None:
    for text in (SMALLEST, changed("months: 12", "months: 24")):
        offer_service(SET_UP, organisation=cast.leeds, declaration=text)
    (found,) = version_differences(SET_UP, organisation=cast.leeds, name="lost_property", old=1, new=2)
    assert (found.before, found.after) == (12, 24)
    with pytest.raises(NoSuchVersion):
        version_differences(SET_UP, organisation=cast.leeds, name="lost_property", old=1, new=3)
    with pytest.raises(NotADesigner):
        version_differences(cast.priya, organisation=cast.leeds, name="lost_property", old=1, new=2)
