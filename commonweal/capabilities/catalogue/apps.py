from commonweal.foundations.tasks.capability import CapabilityConfig


class CatalogueConfig(CapabilityConfig):
    name = "commonweal.capabilities.catalogue"
    label = "catalogue"
