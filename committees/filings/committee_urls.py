"""Addresses of a committee's pages on the association's host."""

from django.urls import path

from committees.filings import board_views, call_views, check_views, joint_views, remind_views, sample_views, talk_views
from committees.filings.carried import views as carried_views

urlpatterns = [
    path("committees/<slug:code>/", board_views.room_show, name="committee_room"),
    path("committees/<slug:code>/board/", board_views.board_show, name="committee_board"),
    path("committees/<slug:code>/board/board.csv", board_views.board_export, {"form": "csv"}, name="committee_board_csv"),
    path("committees/<slug:code>/board/board.xlsx", board_views.board_export, {"form": "xlsx"}, name="committee_board_xlsx"),
    path("committees/<slug:code>/board/remind/", remind_views.board_remind, name="committee_remind"),
    path("committees/<slug:code>/board/schools/<uuid:public_id>/", board_views.school_on_board, name="committee_school"),
    path("committees/<slug:code>/robots/", remind_views.robot_list, name="committee_robots"),
    path("committees/<slug:code>/robots/<uuid:public_id>/", remind_views.robot_do, name="committee_robot"),
    path(
        "committees/<slug:code>/calls/<uuid:public_id>/reminders/", remind_views.call_reminders,
        name="committee_call_reminders",
    ),
    path("committees/<slug:code>/calls/", call_views.call_list, name="committee_calls"),
    path("committees/<slug:code>/calls/new/", call_views.call_new, name="committee_call_new"),
    path("committees/<slug:code>/calls/<uuid:public_id>/", call_views.call_show, name="committee_call"),
    path("committees/<slug:code>/calls/<uuid:public_id>/edit/", call_views.call_edit, name="committee_call_edit"),
    path("committees/<slug:code>/calls/<uuid:public_id>/open/", call_views.call_open, name="committee_call_open"),
    path("committees/<slug:code>/calls/<uuid:public_id>/move/", call_views.call_move, name="committee_call_move"),
    path("committees/<slug:code>/carried/", carried_views.carried_list, name="committee_carried"),
    path("committees/<slug:code>/carried/template.xlsx", carried_views.carried_template, name="committee_carried_template"),
    path("committees/<slug:code>/carried/<uuid:public_id>/", carried_views.carried_import, name="committee_carried_import"),
    path(
        "committees/<slug:code>/carried/<uuid:public_id>/errors.xlsx", carried_views.carried_errors,
        name="committee_carried_errors",
    ),
    path("committees/<slug:code>/filings/<uuid:public_id>/", check_views.filing_check, name="committee_filing"),
    path("committees/<slug:code>/filings/<uuid:public_id>/decide/", check_views.filing_decide, name="committee_filing_decide"),
    path("committees/<slug:code>/filings/<uuid:public_id>/notes/", talk_views.notes_keep, name="committee_notes"),
    path("committees/<slug:code>/filings/<uuid:public_id>/talk/", talk_views.filing_talk, name="committee_talk"),
    path("committees/<slug:code>/filings/<uuid:public_id>/say/", talk_views.filing_say, name="committee_say"),
    path("committees/<slug:code>/filings/<uuid:public_id>/compare/", talk_views.filing_compare, name="committee_compare"),
    path("committees/<slug:code>/filings/<uuid:public_id>/by-item/", sample_views.sample_check, name="committee_by_item"),
    path("committees/<slug:code>/calls/<uuid:public_id>/sample/", sample_views.sample_show, name="committee_sample"),
    path("committees/<slug:code>/joint/", joint_views.joint_lists, name="committee_joints"),
    path("committees/<slug:code>/joint/<uuid:public_id>/", joint_views.joint_show, name="committee_joint"),
    path("committees/<slug:code>/joint/<uuid:public_id>/minutes/", joint_views.joint_minutes, name="committee_minutes"),
    path(
        "committees/<slug:code>/filings/<uuid:public_id>/evidence/<slug:sha256>/", check_views.evidence_send,
        name="committee_evidence",
    ),
]  # fmt: skip
