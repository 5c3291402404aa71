"""What cannot be searched or erased is refused when the file is loaded, with the line."""

import pytest

from commonweal.foundations.datasets.loading import DatasetFaulty, load_dataset
from commonweal.foundations.datasets.tests.shop import DECLARED


def faults_in(text: str) -> list[str]:
    with pytest.raises(DatasetFaulty) as caught:
        load_dataset(text, file="shop.yaml")
    return [str(fault) for fault in caught.value.faults]


def changed(old: str, new: str) -> str:
    assert old in DECLARED
    return DECLARED.replace(old, new, 1)


def test_tables_come_after_those_that_lead_to_them() -> None:
    plan = load_dataset(DECLARED, file="shop.yaml")
    order = [step.collection.name for step in plan.steps]
    assert order.index("customer") < order.index("orders") < order.index("address")
    assert plan.identities == {"email"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("field: customer.id", "field: client.id", "There is no collection client."),
        ("field: customer.id", "field: customer.number", "customer has no field number."),
        ("dataset: shop, field: customer.id", "dataset: crm, field: customer.id", "declares shop alone, not crm"),
        ("strategy: random_string_rewrite", "strategy: 'null'", "This column is required"),
        ("{name: id, data_categories: [user.unique_id], fides_meta: {primary_key: True}}",
            "{name: id, data_categories: [user.unique_id]}", "customer declares no primary key"),
        ("{primary_key: True}}\n          - {name: email", "{primary_key: True, masking_strategy_override: {strategy:"
            " hash}}}\n          - {name: email", "A primary key cannot be erased"),
        ("identity: email, ", "", "No field declares an identity"),
        (", direction: from}", ", direction: to}", "No reference leads from an identity to orders."),
        ("strategy: hash", "strategy: sha", "This must be 'null', "),
        ("name: visit", "name: orders", "orders is declared twice."),
        ("name: visit", "name: ../visit", "not written as it must be"),
        ("name: visit", "name: manifest", "beside the tables' own"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_line(old: str, new: str, sentence: str) -> None:
    text = changed(old, new)
    found = [fault for fault in faults_in(text) if sentence in fault]
    assert found
    line = int(found[0].split(", line ")[1].split(",")[0].split(":")[0])
    assert 1 < line <= len(text.splitlines())


def test_references_without_direction_that_go_round_end() -> None:
    plan = load_dataset(changed("field: customer.id, direction: from", "field: customer.id"), file="shop.yaml")
    assert plan.steps[0].collection.name == "customer"
