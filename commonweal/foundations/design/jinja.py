"""The Jinja environment of every page: strict about our own names, and in two languages."""

from collections.abc import Callable, MutableMapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from jinja2.environment import Template

from commonweal.foundations.design import writing
from commonweal.foundations.design.colours import derive_palette
from commonweal.foundations.design.fields import choose_component, list_errors

COMPONENTS = "govuk_frontend_jinja"


class ComponentLoader(BaseLoader):
    """Loads the GOV.UK components in an environment of their own.

    Their macros ask for options that were not given, which our own templates may not: one environment cannot be
    strict for us and lenient for them. They never change while we run, so they are never looked at twice.
    """

    def __init__(self, shared_globals: dict[str, Any]) -> None:
        package = PrefixLoader({COMPONENTS: PackageLoader(COMPONENTS)})
        self._components = Environment(loader=package, autoescape=True, auto_reload=False, cache_size=-1)
        # With the same globals Jinja keeps one module per component; with others it makes a new one at each use.
        self._components.globals = shared_globals

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """The component of that name; TemplateNotFound sends Jinja on to the next loader."""
        return self._components.get_template(name)


def environment(**options: Any) -> Environment:
    """The environment for Django's Jinja2 backend, whose options name the folders of the front ends."""
    options["undefined"] = StrictUndefined
    options["autoescape"] = True
    made = Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    made.policies["ext.i18n.trimmed"] = True
    made.globals |= GLOBALS
    made.filters |= FILTERS
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.loader = ChoiceLoader([*([made.loader] if made.loader else []), ComponentLoader(made.globals)])
    return made


def write_url(name: str, **places: Any) -> str:
    """The address of a named route, its places given by name."""
    return reverse(name, kwargs=places or None)


def current_language() -> str:
    """The language of the page being written: en or cy."""
    return "cy" if (translation.get_language() or "").startswith("cy") else "en"


GLOBALS: dict[str, Callable[..., Any]] = {
    "static": static,
    "url": write_url,
    "language": current_language,
    "palette": derive_palette,
    "choose_component": choose_component,
    "list_errors": list_errors,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "day": writing.day,
    "weekday": writing.weekday,
    "short_day": writing.short_day,
    "clock_time": writing.clock_time,
    "day_time": writing.day_time,
    "days_away": writing.days_away,
    "iso": writing.iso,
    "number": writing.number,
    "explain": writing.explain,
}
