"""A stored declaration as text, for the versions whose text was not kept. Pure."""

from typing import Any

import yaml

from commonweal.capabilities.catalogue.queries.declarations import Service


class _Written(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def text_of(service: Service) -> str:
    """YAML that reads back as the same declaration, without what is as it would be anyway."""
    said = service.model_dump(mode="json", exclude_defaults=True)
    return yaml.dump(said, Dumper=_Written, allow_unicode=True, sort_keys=False, width=120)
