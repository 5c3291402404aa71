"""The website's addresses. A council's own come last: a slug must not hide a page of the platform."""

from django.urls import URLPattern, URLResolver, include, path

from commonweal.frontends import languages
from commonweal.frontends.shortened import lead
from commonweal.frontends.website import (
    again,
    applying,
    councils,
    demo,
    demo_tiles,
    files,
    home,
    information,
    openings,
    published,
    resuming,
    safety,
    services,
    status,
    uploading,
    yours,
)
from commonweal.frontends.website.applications import urls as applications
from commonweal.frontends.website.requests import addresses as requests

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("robots.txt", home.robots, name="robots"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("information.schema.json", information.copy_schema, name="copy_schema"),
    *languages.urlpatterns,
    lead("language/", "home"),
    path("account/", include("commonweal.frontends.website.accounts.urls")),
    path("demo/", demo.sign_ins, name="demo"),
    path("demo/inbox/", demo.inbox, name="demo_inbox"),
    path("demo/tiles/<int:zoom>/<int:column>/<int:row>.svg", demo_tiles.tile, name="demo_tile"),
    path("<slug:slug>/", councils.council_home, name="council"),
    path("<slug:slug>/status/", status.status, name="status"),
    path("<slug:slug>/your/", yours.your_applications, name="your"),
    path("<slug:slug>/your/claim/", yours.claim, name="claim"),
    path("<slug:slug>/your/safety/", safety.safety, name="your_safety"),
    path("<slug:slug>/your/<str:reference>/files/", files.own_files, name="own_files"),
    path("<slug:slug>/your/<str:reference>/files/<uuid:file>/", files.own_file, name="own_file"),
    path("<slug:slug>/your/information/", information.your_information, name="your_information"),
    path("<slug:slug>/your/information/copy/", information.make_copy, name="make_copy"),
    path("<slug:slug>/your/information/copy/<uuid:copy>/", information.own_copy, name="own_copy"),
    path(
        "<slug:slug>/your/information/copy/<uuid:copy>/<slug:form>/",
        information.own_copy_file,
        name="own_copy_file",
    ),
    path("<slug:slug>/your/openings/", openings.openings, name="openings"),
    path("<slug:slug>/your/openings/ask/", openings.ask, name="ask_who"),
    *requests.urlpatterns,
    lead("<slug:slug>/your/begun/", "your"),
    lead("<slug:slug>/your/<str:reference>/", "application"),
    *uploading.urlpatterns,
    *resuming.urlpatterns,
    *applications.urlpatterns,
    *published.urlpatterns,
    *applying.urlpatterns,
    *again.urlpatterns,
    *services.urlpatterns,
]
