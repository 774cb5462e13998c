"""How a robot speaks: through apprise, to the one address of its kind. A demo puts its own door in place (ROBOT_DOOR)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from committees.notices.models import Robot, RobotKind

#: The addresses outside, by kind. A test puts a loopback in their place (ROBOT_ORIGINS).
ORIGINS = {
    RobotKind.WECOM: "https://qyapi.weixin.qq.com",
    RobotKind.DINGTALK: "https://oapi.dingtalk.com",
    RobotKind.FEISHU: "https://open.feishu.cn",
}


class RobotFailed(Exception):
    """The chat did not take the message; the text says what it answered, without the key."""


def robot_door() -> Callable[[Robot, str], None]:
    """What speaks: `speak`, or what the settings put in its place."""
    door: Callable[[Robot, str], None] = import_string(settings.ROBOT_DOOR)
    return door


def speak(robot: Robot, words: str) -> None:
    """Say `words` in the robot's chat. Raises RobotFailed when the chat does not take it; never follows a redirect.

    WeCom and DingTalk refuse some messages with status 200 and a word in the body, which apprise does not read: such a
    message counts as said. The page of robots has a button for a message to try.
    """
    voice = _voice(robot)
    voice.redirects = False
    if not voice.notify(body=words):
        raise RobotFailed("the chat did not take the message")


def _voice(robot: Robot) -> Any:
    """apprise's own object for the kind, aimed at the kind's origin."""
    kinds: dict[str, Any] = _kinds()
    origin = settings.ROBOT_ORIGINS.get(robot.kind, ORIGINS[RobotKind(robot.kind)])
    if robot.kind == RobotKind.WECOM:
        voice = kinds[robot.kind](key=robot.token)
        voice.api_url = voice.api_url.replace(ORIGINS[RobotKind.WECOM], origin)
        return voice
    signed = {"secret": robot.secret} if robot.secret and robot.kind == RobotKind.DINGTALK else {}
    voice = kinds[robot.kind](token=robot.token, **signed)
    voice.notify_url = voice.notify_url.replace(ORIGINS[RobotKind(robot.kind)], origin)
    return voice


def _kinds() -> dict[str, Any]:
    """apprise's classes, which carry no types; imported late, because apprise takes long."""
    from apprise.plugins.dingtalk import NotifyDingTalk
    from apprise.plugins.feishu import NotifyFeishu
    from apprise.plugins.wecombot import NotifyWeComBot

    return {RobotKind.WECOM: NotifyWeComBot, RobotKind.DINGTALK: NotifyDingTalk, RobotKind.FEISHU: NotifyFeishu}
