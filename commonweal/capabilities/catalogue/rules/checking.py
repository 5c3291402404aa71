"""What must hold between the parts of a declaration, beyond the type of each."""

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.rules.checks.cases import faults_of_case
from commonweal.capabilities.catalogue.rules.checks.conditions import faults_of_conditions
from commonweal.capabilities.catalogue.rules.checks.found import Found
from commonweal.capabilities.catalogue.rules.checks.law import faults_of_law
from commonweal.capabilities.catalogue.rules.checks.questions import faults_of_questions
from commonweal.capabilities.catalogue.rules.checks.wording import faults_of_messages


def faults_of(service: Service) -> Found:
    """Every fault, as the place and a sentence."""
    yield from faults_of_questions(service)
    yield from faults_of_conditions(service)
    yield from faults_of_law(service)
    yield from faults_of_case(service.case)
    yield from faults_of_messages(service)
