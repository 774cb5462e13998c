"""How a robot speaks: through apprise, to the one address of its kind. A demo puts its own door in place (ROBOT_DOOR)."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from cryptography.fernet import InvalidToken
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
    """The chat did not take the message; the text is a word of `models.REFUSALS` or what the chat answered, without the key."""


def robot_door() -> Callable[[Robot, str], None]:
    """What speaks: `speak`, or what the settings put in its place."""
    door: Callable[[Robot, str], None] = import_string(settings.ROBOT_DOOR)
    return door


def speak(robot: Robot, words: str) -> None:
    """Say `words` in the robot's chat. Raises RobotFailed when the chat does not take it; never follows a redirect.

    WeCom and DingTalk refuse with status 200 and an `errcode` in the body, which apprise does not read (it does for
    Feishu): for these two apprise gives address and signature, and the answer is read here.
    """
    try:
        voice = _voice(robot)
    except InvalidToken as lost:
        raise RobotFailed("key lost") from lost
    voice.redirects = False
    if robot.kind == RobotKind.FEISHU:
        if not voice.notify(body=words):
            raise RobotFailed("refused")
        return
    refusal = _refusal(voice, robot, words)
    if refusal:
        raise RobotFailed(refusal.replace(robot.token, "…"))


def _refusal(voice: Any, robot: Robot, words: str) -> str:
    """Say it; what the chat answered when it did not take it, else nothing."""
    import requests

    url, params = voice.api_url if robot.kind == RobotKind.WECOM else voice.notify_url.format(token=robot.token), {}
    if robot.kind == RobotKind.DINGTALK and robot.secret:
        moment, signature = voice.get_signature()
        params = {"timestamp": moment, "sign": unquote(signature)}
    try:
        answer = requests.post(
            url, params=params, json={"msgtype": "text", "text": {"content": words}}, timeout=voice.request_timeout,
            allow_redirects=False,
        )  # fmt: skip
    except requests.RequestException:  # its text holds the address, and with it the key
        return "unreachable"
    if answer.status_code != requests.codes.ok:
        return f"HTTP {answer.status_code}"
    return _refused_in(answer.content)


def _refused_in(body: bytes) -> str:
    """The refusal that a chat wrote into its answer: anything but an object whose `errcode` is 0."""
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if not isinstance(said, dict) or "errcode" not in said:
        return "unreadable"
    return "" if said["errcode"] == 0 else f"{said['errcode']}: {said.get('errmsg', '')}"[:150]


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
