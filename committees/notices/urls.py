"""Addresses of notices: on every host, and those of the association's host alone."""

from django.urls import URLPattern, path

from committees.notices import views

urlpatterns: list[URLPattern] = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/settings/", views.notice_settings, name="notice_settings"),
    path("notices/<uuid:public_id>/", views.notice_open, name="notice_open"),
]
association_urls: list[URLPattern] = [
    path("notices/unsubscribe/<str:token>/", views.mail_unsubscribe, name="mail_unsubscribe"),
    path("office/mail/", views.mail_failures, name="mail_failures"),
    path("office/mail/<uuid:public_id>/settle/", views.mail_failure_settle, name="mail_failure_settle"),
]
