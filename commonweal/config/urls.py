"""Every address: staff's first, since a council's own begin with its name."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("workspace/", include("commonweal.frontends.workspace.urls")),
    path("", include("commonweal.frontends.website.urls")),
]

handler400 = "commonweal.frontends.pages.bad_request"
handler403 = "commonweal.frontends.pages.permission_denied"
handler404 = "commonweal.frontends.pages.page_not_found"
handler500 = "commonweal.frontends.pages.server_error"
