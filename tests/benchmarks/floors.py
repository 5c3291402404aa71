"""The floors: bare Django views beside the real addresses, and bare copies of the tables they write."""

import json
from typing import Any
from uuid import UUID

from django.db import connection, connections, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import include, path
from markupsafe import Markup
from uuid6 import uuid7

_UNIQUE = {"draft_id", "holder", "submission_id"}

Parts = list[tuple[str, dict[str, Any]]]
Rows = list[tuple[type[models.Model], dict[str, Any]]]

_rows: Rows = []
_page: dict[str, Any] = {}
_look: dict[str, Any] = {}


def use_rows(rows: Rows) -> None:
    """What the bare submit writes, one ORM create for each."""
    _rows[:] = rows


def use_page(parts: Parts, queries: list[str]) -> None:
    """What the bare page renders, after as many queries as the real one makes; the questions first, then the page."""
    _page.update(parts=parts, queries=queries)


def bare_submit(request: HttpRequest) -> HttpResponse:
    """Parse the same request, write the same rows in one transaction."""
    if request.POST.get("csrfmiddlewaretoken") is None and not request.POST:
        request.body  # noqa: B018 (an empty form is parsed too)
    with transaction.atomic():
        for model, values in _rows:
            model._default_manager.create(**{**values, **_fresh(model)})
    return HttpResponseRedirect("/")


def bare_page(request: HttpRequest) -> HttpResponse:
    """As many queries, the same HTML."""
    with connection.cursor() as cursor:
        for query in _page["queries"]:
            cursor.execute(query)
            cursor.fetchall()
    request.taken_by_staff = False  # type: ignore[attr-defined]  # the page asks who fills it in
    (questions, asked), (page, context) = _page["parts"]
    written = Markup(render_to_string(questions, asked))  # noqa: S704 (our own template)
    return render(request, page, {**context, "questions": written})


def use_look(template: str, context: dict[str, Any], queries: list[str]) -> None:
    """What the bare look renders, one template, after as many queries as the real page makes."""
    _look.update(template=template, context=context, queries=queries)


def bare_look(request: HttpRequest) -> HttpResponse:
    """As many queries, the same HTML, of a page with one template."""
    with connection.cursor() as cursor:
        for query in _look["queries"]:
            cursor.execute(query)
            cursor.fetchall()
    return render(request, _look["template"], _look["context"])


def bare_copy(model: type[models.Model]) -> type[models.Model]:
    """A model of a copy of the table, with its indexes and constraints, in plain columns and without policies."""
    table = f"bench_{model._meta.db_table}"
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"create table if not exists {table} (like {model._meta.db_table} including all)")
    fields = {field.attname: _bare(field) for field in model._meta.concrete_fields}
    meta = type("Meta", (), {"app_label": "benchmarks", "db_table": table, "managed": False})
    return type(f"Bare{model.__name__}", (models.Model,), {**fields, "__module__": __name__, "Meta": meta})


def rows_since(model: type[models.Model], transaction_id: int) -> list[dict[str, Any]]:
    """The rows that transactions from `transaction_id` on wrote, read as the owner."""
    given = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = [field.attname for field in given]
    quoted = ", ".join(f'"{field.column}"' for field in given)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"select {quoted} from {model._meta.db_table} where xmin::text::bigint >= %s", [transaction_id])
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    documents = [field.attname for field in model._meta.concrete_fields if isinstance(field, models.JSONField)]
    return [{**row, **{name: json.loads(row[name]) for name in documents}} for row in rows]


def _bare(field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return models.UUIDField(null=field.null)
    if field.get_internal_type() == "BinaryField":
        return models.BinaryField(null=field.null)
    return field.clone()


def _fresh(model: type[models.Model]) -> dict[str, Any]:
    """Values that must differ in each row: ids, and what is unique."""
    fresh: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.attname in _UNIQUE or (field.primary_key and isinstance(field, models.UUIDField)):
            fresh[field.attname] = uuid7()
        elif field.attname == "reference" and field.max_length == 16:
            fresh[field.attname] = UUID(int=uuid7().int).hex[-16:]
    return fresh


urlpatterns = [
    path("bare/submit/", bare_submit),
    path("bare/page/", bare_page),
    path("bare/look/", bare_look),
    path("", include("commonweal.config.urls")),
]
