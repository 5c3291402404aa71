from commonweal.foundations.tasks.capability import CapabilityConfig


class IdentityConfig(CapabilityConfig):
    name = "commonweal.capabilities.identity"
    label = "identity"
