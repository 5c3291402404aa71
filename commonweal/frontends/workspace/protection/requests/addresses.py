"""The addresses of requests at the desk."""

from django.urls import path

from commonweal.frontends.workspace.protection.requests import acting, listing, matching, page, taking

_ONE = "<slug:slug>/protection/requests/<str:reference>/"

urlpatterns = [
    path("<slug:slug>/requests/new/", taking.take_down, name="take_request"),
    path("<slug:slug>/protection/requests/", listing.requests, name="officer_requests"),
    path(_ONE, page.page, name="officer_request"),
    path(f"{_ONE}person/", matching.person, name="request_person"),
    path(f"{_ONE}do/<slug:act>/", acting.act, name="request_act"),
]
