"""The addresses of requests at the desk."""

from django.urls import path

from commonweal.frontends.workspace.protection.requests import (
    acting,
    correcting,
    erasing,
    limiting,
    listing,
    matching,
    page,
    taking,
)

_ONE = "<slug:slug>/protection/requests/<str:reference>/"

urlpatterns = [
    path("<slug:slug>/requests/new/", taking.take_down, name="take_request"),
    path("<slug:slug>/protection/requests/", listing.requests, name="officer_requests"),
    path(_ONE, page.page, name="officer_request"),
    path(f"{_ONE}person/", matching.person, name="request_person"),
    path(f"{_ONE}erasure/", erasing.erasure, name="request_erasure"),
    path(f"{_ONE}correction/", correcting.correction, name="request_correction"),
    path(f"{_ONE}correction/<str:answer>/", correcting.answer, name="request_answer"),
    path(f"{_ONE}objection/", limiting.objection, name="request_objection"),
    path(f"{_ONE}do/<slug:act>/", acting.act, name="request_act"),
]
