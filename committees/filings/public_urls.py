"""Addresses of filings that the public reads, on the association's host."""

from django.urls import path

from committees.filings import public_views

urlpatterns = [
    path("filings/<str:slug>/", public_views.filing_card, name="filing_card"),
    path("filings/<str:slug>/payload.json", public_views.payload_download, name="filing_payload"),
    path("filings/<str:slug>/seal.json", public_views.seal_download, name="filing_seal"),
    path("filings/<str:slug>/recompute.py", public_views.recompute_download, name="filing_recompute"),
]
