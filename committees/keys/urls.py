"""Addresses of a school's keys, on its host."""

from django.urls import path

from committees.keys import views

urlpatterns = [
    path("keys/", views.keys_show, name="keys"),
    path("keys/<uuid:public_id>/revoke/", views.key_revoke, name="key_revoke"),
]
