"""The workspace's addresses."""

from django.urls import URLPattern, URLResolver, path

from commonweal.frontends.workspace import bodies, protection
from commonweal.frontends.workspace.cases import case, closing, finding, worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", bodies.choose_body, name="workspace"),
    path("<slug:slug>/", bodies.enter, name="desk"),
    path("<slug:slug>/cases/", worklist.worklist, name="worklist"),
    path("<slug:slug>/find/", finding.find, name="find"),
    path("<slug:slug>/cases/<str:reference>/", case.case, name="case"),
    path("<slug:slug>/cases/<str:reference>/close/", closing.close, name="close_case"),
    path("<slug:slug>/protection/openings/", protection.openings, name="officer_openings"),
]
