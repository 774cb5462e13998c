"""Where a demo's robots speak: into the demo mailbox, so that everything can be seen and nothing leaves."""

from committees.notices.models import Robot
from portal.mailbox.models import Mail


def keep(robot: Robot, words: str) -> None:
    """Keep what a robot would have said, addressed to its group."""
    Mail.objects.create(
        sender="robot",
        recipients=f"{robot.get_kind_display()}: {robot.label}",
        subject=words.splitlines()[0][:100],
        text=words,
    )
