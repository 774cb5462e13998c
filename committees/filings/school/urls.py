"""Addresses of a school's filings, on the school's host."""

from django.urls import path

from committees.filings.school import (
    views_case,
    views_deputies,
    views_entry,
    views_evidence,
    views_figures,
    views_list,
    views_moves,
    views_receipt,
    views_talk,
    views_workbook,
)

CASE = "filings/<uuid:public_id>/"

urlpatterns = [
    path("filings/", views_list.filing_list, name="school_filings"),
    path("filings/deputies/", views_deputies.deputy_list, name="school_deputies"),
    path("filings/deputies/<uuid:public_id>/end/", views_deputies.deputy_end, name="school_deputy_end"),
    path(CASE, views_case.filing_show, name="filing_show"),
    path(f"{CASE}versions/<int:number>.json", views_case.filing_payload, name="filing_payload"),
    path(f"{CASE}versions/<int:number>/receipt.pdf", views_receipt.receipt_paper, name="receipt_paper"),
    path(f"{CASE}versions/<int:number>/receipt.json", views_receipt.receipt_file, name="receipt_file"),
    path(f"{CASE}versions/<int:number>/table.pdf", views_receipt.return_paper, name="return_paper"),
    path(f"{CASE}table.pdf", views_receipt.draft_paper, name="draft_paper"),
    path(f"{CASE}versions/<int:number>/<slug:sha256>/", views_evidence.sealed_evidence_send, name="sealed_evidence"),
    path(f"{CASE}talk/", views_talk.school_talk, name="school_talk"),
    path(f"{CASE}compare/", views_talk.school_compare, name="school_compare"),
    path(f"{CASE}figures/", views_figures.school_figures, name="school_figures"),
    path(f"{CASE}figures.csv", views_figures.school_figures_csv, name="school_figures_csv"),
    path(f"{CASE}figures.xlsx", views_figures.school_figures_xlsx, name="school_figures_xlsx"),
    path(f"{CASE}prepare/", views_entry.filing_prepare, name="filing_prepare"),
    path(f"{CASE}prepare/save/", views_entry.filing_save, name="filing_save"),
    path(f"{CASE}guide/", views_entry.filing_guide, name="filing_guide"),
    path(f"{CASE}workbook/", views_workbook.filing_workbook, name="filing_workbook"),
    path(f"{CASE}upload/", views_workbook.filing_upload, name="filing_upload"),
    path(f"{CASE}evidence/", views_evidence.evidence_add, name="evidence_add"),
    path(f"{CASE}evidence/<uuid:evidence_id>/", views_evidence.evidence_send, name="evidence_send"),
    path(f"{CASE}evidence/<uuid:evidence_id>/remove/", views_evidence.evidence_remove, name="evidence_remove"),
    path(f"{CASE}<slug:move>/", views_moves.filing_move, name="filing_move"),
]
