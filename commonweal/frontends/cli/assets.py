"""The static files that the web server gives out."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from commonweal.frontends.cli.digests import Stamps, digest


def collect_assets() -> bool:
    """Collect the built assets for the web server, unless they are what was collected last. Says whether it did."""
    target = Path(settings.STATIC_ROOT)
    fingerprint = digest([Path(folder) for folder in settings.STATICFILES_DIRS])
    stamps = Stamps(target / ".collected")
    if stamps.has("assets", fingerprint):
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    target.mkdir(parents=True, exist_ok=True)
    stamps.note("assets", fingerprint)
    return True
