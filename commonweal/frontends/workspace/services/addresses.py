"""The addresses of the designers' desk."""

from django.urls import path

from commonweal.frontends.shortened import lead
from commonweal.frontends.workspace.services import drafts, going_live, listing, preview, versions

_SERVICE = "<slug:slug>/services/<slug:service>"

urlpatterns = [
    path("<slug:slug>/services/", listing.designed, name="designed"),
    path("<slug:slug>/services/new/", drafts.new_service, name="new_service"),
    path(f"{_SERVICE}/", listing.service, name="designed_service"),
    path(f"{_SERVICE}/draft/", drafts.draft, name="service_draft"),
    path(f"{_SERVICE}/live/", going_live.live, name="service_live"),
    lead(f"{_SERVICE}/versions/", "designed_service"),
    path(f"{_SERVICE}/versions/<int:number>/", versions.version, name="service_version"),
    path(f"{_SERVICE}/compare/", versions.compare, name="service_compare"),
    path(f"{_SERVICE}/preview/", preview.overview, name="service_preview"),
    lead(f"{_SERVICE}/preview/<str:language>/", "service_preview", but=["language"]),
    path(f"{_SERVICE}/preview/<str:language>/<slug:page>/", preview.page, name="preview_page"),
]
