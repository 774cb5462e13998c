"""How Wagtail's tasks are run: at once, or later in one go (cms/gathering.py). Imports nothing that declares tasks."""

from contextvars import ContextVar
from typing import Any

from django_tasks.backends.immediate import ImmediateBackend

#: Inside `followed_once`: what waits, each task with the same words once.
waiting: ContextVar[dict[Any, Any] | None] = ContextVar("waiting tasks", default=None)


class WaitingBackend(ImmediateBackend):
    """Named by TASKS."""

    def run(self, task_result: Any) -> None:
        """What was noted, now."""
        super()._execute_task(task_result)

    def _execute_task(self, task_result: Any) -> None:
        noted = waiting.get()
        if noted is None:
            self.run(task_result)
        else:
            noted.setdefault((task_result.task, *task_result.args), (self, task_result))
