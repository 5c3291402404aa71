from commonweal.foundations.tasks.capability import CapabilityConfig


class ProtectionConfig(CapabilityConfig):
    name = "commonweal.capabilities.protection"
    label = "protection"
