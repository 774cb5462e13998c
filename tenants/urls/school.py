"""Addresses of people on a school's host, under the same names as on the association's where the page is the same."""

from django.urls import include, path

from tenants.views import entry, invitations, kept, people

people_urls = [
    path("", people.people_list, name="people"),
    path("invite/", people.member_invite, name="member_invite"),
    path("<uuid:public_id>/", people.member_show, name="member"),
    path("<uuid:public_id>/end/", people.member_end, name="member_end"),
    path("<uuid:public_id>/restore/", people.member_restore, name="member_restore"),
    path("<uuid:public_id>/reset/", people.member_reset, name="member_reset"),
    path("invitations/<uuid:public_id>/", invitations.school_invitation_sheet, name="invitation_sheet"),
    path("invitations/<uuid:public_id>/renew/", invitations.school_invitation_renew, name="invitation_renew"),
    path("invitations/<uuid:public_id>/revoke/", invitations.school_invitation_revoke, name="invitation_revoke"),
    path("reset-codes/<uuid:public_id>/", invitations.school_reset_sheet, name="reset_sheet"),
]

urlpatterns = [
    path("enter/", entry.ticket_take, name="ticket_take"),
    path("enter/again/", entry.entry_begin, name="entry_begin"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("people/", include(people_urls)),
    path("kept/<uuid:public_id>/", kept.kept_form_show, name="kept_form"),
]
