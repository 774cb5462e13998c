"""Addresses of the commission, and of what lies between it and a committee, on the association's host."""

from django.urls import path

from committees.commission import export_views, talk_views, views

urlpatterns = [
    path("commission/filed/", views.filed_list, name="commission_filed"),
    path("commission/filed/filed.csv", export_views.filed_export, {"form": "csv"}, name="commission_filed_csv"),
    path("commission/filed/filed.xlsx", export_views.filed_export, {"form": "xlsx"}, name="commission_filed_xlsx"),
    path("commission/tables/", views.table_list, name="commission_tables"),
    path("commission/tables/tables.csv", export_views.table_export, {"form": "csv"}, name="commission_tables_csv"),
    path("commission/tables/tables.xlsx", export_views.table_export, {"form": "xlsx"}, name="commission_tables_xlsx"),
    path("commission/tables/<uuid:public_id>/countersign/", views.table_countersign, name="commission_countersign"),
    path("commission/calls/", talk_views.call_list, name="commission_calls"),
    path("commission/calls/comments.csv", export_views.talk_export, {"form": "csv"}, name="commission_talks_csv"),
    path("commission/calls/comments.xlsx", export_views.talk_export, {"form": "xlsx"}, name="commission_talks_xlsx"),
    path("committees/<slug:code>/calls/<uuid:public_id>/commission/", talk_views.call_between, name="commission_call"),
]
