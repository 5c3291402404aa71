from commonweal.foundations.tasks.capability import CapabilityConfig


class CasesConfig(CapabilityConfig):
    name = "commonweal.capabilities.cases"
    label = "cases"
