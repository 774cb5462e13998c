"""Every write of `tenants`, by subject: schools, sign-ins, invitations, posts, reset codes, the security log."""

from tenants.actions.schools import SchoolRefused, build_school, open_school, pinyin_key, register_school

__all__ = ["SchoolRefused", "build_school", "open_school", "pinyin_key", "register_school"]
