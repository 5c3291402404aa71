from commonweal.foundations.tasks.capability import CapabilityConfig


class FormsConfig(CapabilityConfig):
    name = "commonweal.capabilities.forms"
    label = "forms"
