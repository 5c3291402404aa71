from commonweal.foundations.tasks.capability import CapabilityConfig


class MessagesConfig(CapabilityConfig):
    name = "commonweal.capabilities.messages"
    label = "messages"
