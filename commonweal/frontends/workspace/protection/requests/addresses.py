"""The addresses of requests at the desk."""

from django.urls import path

from commonweal.frontends.shortened import lead
from commonweal.frontends.workspace.protection.requests import (
    acting,
    correcting,
    deciding,
    erasing,
    limiting,
    listing,
    matching,
    packing,
    page,
    searching,
    taking,
)

_ONE = "<slug:slug>/protection/requests/<str:reference>/"

urlpatterns = [
    path("<slug:slug>/requests/new/", taking.take_down, name="take_request"),
    lead("<slug:slug>/requests/", "take_request"),
    path("<slug:slug>/protection/requests/", listing.requests, name="officer_requests"),
    path("<slug:slug>/protection/single-releases/", packing.singles, name="single_releases"),
    path(_ONE, page.page, name="officer_request"),
    path(f"{_ONE}person/", matching.person, name="request_person"),
    path(f"{_ONE}erasure/", erasing.erasure, name="request_erasure"),
    path(f"{_ONE}correction/", correcting.correction, name="request_correction"),
    path(f"{_ONE}correction/<str:answer>/", correcting.answer, name="request_answer"),
    path(f"{_ONE}objection/", limiting.objection, name="request_objection"),
    path(f"{_ONE}do/<slug:act>/", acting.act, name="request_act"),
    lead(f"{_ONE}do/", "officer_request"),
    path(f"{_ONE}search/", searching.search, name="request_search"),
    path(f"{_ONE}items/", deciding.items, name="request_items"),
    path(f"{_ONE}items/<int:number>/", deciding.item, name="request_item"),
    path(f"{_ONE}items/<int:number>/file/", deciding.item_file, name="request_item_file"),
    path(f"{_ONE}pack/", packing.pack, name="request_pack"),
    path(f"{_ONE}pack/file/", packing.pack_file, name="request_pack_file"),
]
