"""Addresses of the roster, on the association's host."""

from django.urls import path

from committees.roster import views

urlpatterns = [
    path("", views.committees_list, name="office_committees"),
    path("<slug:code>/", views.committee_seats, name="office_committee"),
    path("<slug:code>/seats/<uuid:public_id>/end/", views.seat_end, name="seat_end"),
]
