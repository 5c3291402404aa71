from commonweal.foundations.tasks.capability import CapabilityConfig


class OrganisationsConfig(CapabilityConfig):
    name = "commonweal.capabilities.organisations"
    label = "organisations"
