"""`make touched` runs the tests that a change can break: beside it, and beside what imports it."""

import grimp
import pytest

from tests.keepers.touched import unit_tests_of

CASES = "commonweal/capabilities/cases"
CATALOGUE = "commonweal/capabilities/catalogue"


def graph() -> grimp.ImportGraph:
    """The catalogue's rules read YAML; a test of cases uses them; nothing else is there."""
    made = grimp.ImportGraph()
    for importer, imported in (
        ("commonweal.capabilities.catalogue.rules.loading", "commonweal.foundations.declaring.yaml_lines"),
        ("commonweal.capabilities.cases.tests.test_gates", "commonweal.capabilities.catalogue.rules.loading"),
    ):
        for module in (importer, imported):
            made.add_module(module)
        made.add_import(importer=importer, imported=imported, line_number=1, line_contents="import")
    return made


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        (f"{CATALOGUE}/rules/loading.py", [f"{CASES}/tests/test_gates.py", f"{CATALOGUE}/tests"]),
        ("commonweal/foundations/declaring/yaml_lines.py", [f"{CATALOGUE}/tests"]),
        (f"{CASES}/tests/test_gates.py", [f"{CASES}/tests/test_gates.py"]),
        (f"{CASES}/tests/test_long_gone.py", []),
        (f"{CASES}/tests/permit.yaml", [f"{CASES}/tests"]),
        ("commonweal/frontends/workspace/templates/workspace/case.html", ["commonweal/frontends/workspace/tests"]),
        ("commonweal/conftest.py", ["commonweal"]),
        ("README.md", []),
        ("tests/plugin.py", []),
    ],
)
def test_a_change_runs_the_tests_beside_it_and_beside_its_users(file: str, wanted: list[str]) -> None:
    assert unit_tests_of([file], graph()) == wanted


def test_a_folder_stands_for_the_tests_in_it() -> None:
    files = [f"{CASES}/tests/test_gates.py", f"{CASES}/queries/opening.py"]
    assert unit_tests_of(files, graph()) == [f"{CASES}/tests"]
