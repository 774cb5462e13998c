"""Addresses of the commission, on the association's host."""

from django.urls import path

from committees.commission import views

urlpatterns = [
    path("commission/filed/", views.filed_list, name="commission_filed"),
    path("commission/filed/filed.csv", views.filed_export, {"form": "csv"}, name="commission_filed_csv"),
    path("commission/filed/filed.xlsx", views.filed_export, {"form": "xlsx"}, name="commission_filed_xlsx"),
    path("commission/tables/", views.table_list, name="commission_tables"),
    path("commission/tables/<uuid:public_id>/countersign/", views.table_countersign, name="commission_countersign"),
]
