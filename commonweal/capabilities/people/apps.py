from commonweal.foundations.tasks.capability import CapabilityConfig


class PeopleConfig(CapabilityConfig):
    name = "commonweal.capabilities.people"
    label = "people"
