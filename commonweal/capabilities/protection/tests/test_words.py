"""What people read of their information is in words, never in the names of tables (UK GDPR Article 12(1))."""

from commonweal.capabilities.protection.words import TABLES_SAID
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.subjects.plan import plan_for


def test_every_table_of_a_copy_has_a_name_in_words() -> None:
    assert {table.label for table in plan_for(SubjectKind.PERSON).tables if table.is_collected} <= set(TABLES_SAID)
