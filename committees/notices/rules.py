"""What a robot's key looks like, and how long something may be put off. Pure."""

import re

from django.utils.translation import gettext as _

from committees.notices.models import RobotKind

#: Days; longer is forgetting.
LONGEST_SNOOZE = 30
_KEYS = {
    RobotKind.WECOM: re.compile(r"[A-Za-z0-9_-]{8,80}"),
    RobotKind.DINGTALK: re.compile(r"[A-Za-z0-9]{16,100}"),
    RobotKind.FEISHU: re.compile(r"[A-Za-z0-9_-]{8,80}"),
}
_SECRET = re.compile(r"[A-Za-z0-9]{0,100}")


def robot_fault(kind: str, token: str, secret: str) -> str:
    """Why these cannot be a robot's key and secret, in words; empty when they can."""
    if kind not in RobotKind.values:
        return _("Choose the chat.")
    if not _KEYS[RobotKind(kind)].fullmatch(token):
        return _("The key is the last part of the robot's address; paste that part only.")
    if not _SECRET.fullmatch(secret):
        return _("A signing secret has letters and figures only.")
    return ""
