"""The questions of a page, written."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from markupsafe import Markup

from commonweal.capabilities.catalogue.queries.questions import Page
from commonweal.frontends.asking.asked import Errors
from commonweal.frontends.asking.fields import fields_of, has_own_heading
from commonweal.frontends.asking.files import FileUpload


def write_questions(
    page: Page, given: Mapping[str, str], errors: Errors, language: str, files: Mapping[str, str] | None = None
) -> str:
    """What is wrong, the heading and the fields, as HTML; `files` are the written lists of files given, by question."""
    context = {
        "title": page.title.in_language(language),
        "hint": page.hint.in_language(language) if page.hint else "",
        "fields": fields_of(page, given, errors, language),
        "has_heading": has_own_heading(page),
        "upload": FileUpload(files or {}),
    }
    return Markup(render_to_string("asking/questions.html", context))  # noqa: S704 (our own template)
