"""What a worker does to a post, one step of the state machine at a time."""

from services.publishing.steps.run import step

__all__ = ["step"]
