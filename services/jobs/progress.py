"""How far a job has come, as a task tells it."""

from typing import Protocol


class Progress(Protocol):
    """A task that takes `progress: Progress` is given one by the worker (`RunProgress`)."""

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """`done` of `total` things (None: nobody knows how many), and in a few words what is being done."""
        ...
