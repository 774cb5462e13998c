"""Addresses of people and schools on the association's host."""

from allauth.account import views as allauth_account
from django.urls import include, path, re_path

from tenants.views import (
    account,
    accounts_office,
    codes,
    entry,
    invitations,
    kept,
    mail,
    office,
    school_life,
    schools,
    second_step,
    security,
)

accounts = [
    path("login/", allauth_account.login, name="account_login"),
    path("logout/", allauth_account.logout, name="account_logout"),
    path("inactive/", allauth_account.account_inactive, name="account_inactive"),
    path("signup/", entry.sign_up_closed, name="account_signup"),
    path("reauthenticate/", allauth_account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_account.password_change, name="account_change_password"),
    path("password/set/", allauth_account.password_set, name="account_set_password"),
    path("password/reset/", allauth_account.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth_account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth_account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Before allauth's own of the same names: these write down what happened and end other sign-ins.
    path("2fa/totp/activate/", second_step.second_step_activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", second_step.second_step_deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/generate/", second_step.recovery_codes_make, name="mfa_generate_recovery_codes"),
    path("2fa/", include("allauth.mfa.urls")),
    path("enter/", entry.school_enter, name="school_enter"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("signed-out/", entry.signed_out, name="signed_out"),
    path("invitation/", codes.code_type, name="code_type"),
    path("invitation/<str:code>/", codes.invitation_show, name="invitation_show"),
    path("invitation/<str:code>/accept/", codes.invitation_accept, name="invitation_accept"),
    path("code/", codes.code_type, name="reset_type"),
    path("code/<str:code>/", codes.reset_use, name="reset_use"),
    path("mail/<str:code>/", mail.mail_confirm, name="mail_confirm"),
]

own = [
    path("", account.account_show, name="own_account"),
    path("sign-ins/end-others/", account.sign_ins_end_others, name="sign_ins_end_others"),
    path("sign-ins/<uuid:public_id>/end/", account.sign_in_end, name="sign_in_end"),
]

office_urls = [
    path("schools/", schools.schools_list, name="office_schools"),
    path("schools/open/", schools.school_open, name="school_open"),
    path("schools/open/code/", schools.code_check, name="code_check"),
    path("schools/<slug:code>/", schools.school_show, name="office_school"),
    path("schools/<slug:code>/step/", schools.school_step, name="school_step"),
    path("schools/<slug:code>/rename/", school_life.school_rename, name="school_rename"),
    path("schools/<slug:code>/close/", school_life.school_close, name="school_close"),
    path("schools/<slug:code>/reopen/", school_life.school_reopen, name="school_reopen"),
    path("schools/<slug:code>/head/", schools.head_invite, name="head_invite"),
    path("schools/<slug:code>/people/<uuid:public_id>/reset/", schools.school_member_reset, name="school_member_reset"),
    path("invitations/<uuid:public_id>/", invitations.office_invitation_sheet, name="invitation_sheet"),
    path("invitations/<uuid:public_id>/renew/", invitations.office_invitation_renew, name="invitation_renew"),
    path("invitations/<uuid:public_id>/revoke/", invitations.office_invitation_revoke, name="invitation_revoke"),
    path("reset-codes/<uuid:public_id>/", invitations.office_reset_sheet, name="reset_sheet"),
    path("people/", office.posts_list, name="office_people"),
    path("people/posts/<int:pk>/end/", office.post_end, name="post_end"),
    path("people/posts/<int:pk>/reset/", office.post_holder_reset, name="post_holder_reset"),
    path("accounts/", accounts_office.accounts_list, name="office_accounts"),
    path("accounts/<uuid:public_id>/", accounts_office.account_card, name="office_account"),
    path("accounts/<uuid:public_id>/close/", accounts_office.account_close, name="account_close"),
    path("accounts/<uuid:public_id>/reopen/", accounts_office.account_reopen, name="account_reopen"),
    path("accounts/<uuid:public_id>/merge/", accounts_office.account_merge, name="account_merge"),
    path("accounts/<uuid:public_id>/second-step/", accounts_office.account_second_step, name="account_second_step"),
    path("accounts/<uuid:public_id>/reset/", accounts_office.account_reset, name="account_reset"),
    path("security/", security.security_log, name="office_security"),
    path("security/export/", security.security_export, name="security_export"),
]

urlpatterns = [
    path("accounts/", include(accounts)),
    path("account/", include(own)),
    path("kept/<uuid:public_id>/", kept.kept_form_show, name="kept_form"),
    path("office/", include(office_urls)),
]
