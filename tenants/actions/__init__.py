"""Every write of `tenants`, by subject: schools, sign-ins, invitations, posts, reset codes, the security log."""

from tenants.actions.school_life import close_school, merge_school, rename_school, reopen_school
from tenants.actions.schools import SchoolRefused, build_school, open_school, pinyin_key, register_school

__all__ = [
    "SchoolRefused",
    "build_school",
    "close_school",
    "merge_school",
    "open_school",
    "pinyin_key",
    "register_school",
    "rename_school",
    "reopen_school",
]
