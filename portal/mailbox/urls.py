"""Addresses of the demo mailbox, on the association's host."""

from django.urls import path

from portal.mailbox import views

urlpatterns = [
    path("", views.mailbox_list, name="mailbox"),
    path("<uuid:public_id>/", views.mail_show, name="mail"),
    path("<uuid:public_id>/html/", views.mail_html, name="mail_html"),
]
