"""Addresses of the energy bulletin on the association's host."""

from django.urls import path

from committees.energy import bulletin_views as views
from committees.energy import years_views

urlpatterns = [
    path("bulletins/", views.bulletin_list, name="bulletin_list"),
    path("bulletins/<str:slug>/", views.bulletin_show, name="bulletin"),
    path("bulletins/<str:slug>/figures.csv", views.bulletin_csv, name="bulletin_csv"),
    path("bulletins/<str:slug>/figures.xlsx", views.bulletin_xlsx, name="bulletin_xlsx"),
    path("bulletins/<str:slug>/table.pdf", views.bulletin_pdf, name="bulletin_pdf"),
    path("bulletins/<str:slug>/dictionary.csv", views.dictionary_download, name="bulletin_dictionary"),
    path("bulletins/<str:slug>/years/", years_views.bulletin_years, name="bulletin_years"),
    path("bulletins/<str:slug>/years.csv", years_views.bulletin_years_csv, name="bulletin_years_csv"),
    path("bulletins/<str:slug>/years.xlsx", years_views.bulletin_years_xlsx, name="bulletin_years_xlsx"),
    path("bulletins/<str:slug>/figures/<slug:indicator>/", views.bulletin_figure, name="bulletin_figure"),
]
