"""Addresses of filings that the public reads, on the association's host."""

from django.urls import path

from committees.filings import check_seal, public_views, root_views

urlpatterns = [
    path("check/", check_seal.seal_check, name="seal_check"),
    path("roots/", root_views.daily_roots, name="daily_roots"),
    path("roots/<str:day>.txt", root_views.daily_root_text, name="daily_root_text"),
    path("filings/<str:slug>/", public_views.filing_card, name="filing_card"),
    path("filings/<str:slug>/payload.json", public_views.payload_download, name="filing_payload"),
    path("filings/<str:slug>/seal.json", public_views.seal_download, name="filing_seal"),
    path("filings/<str:slug>/recompute.py", public_views.recompute_download, name="filing_recompute"),
]
