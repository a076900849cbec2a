"""What every desk of one post under way has: the practice platform, a clock that the test moves, an adapter."""

from dataclasses import dataclass
from typing import Any, ClassVar

import httpx

from services.kit.clock import FixedClock
from services.publishing.publisher import Publisher
from services.publishing.registry import publisher
from tests.makers.practice import RunningPractice


@dataclass
class UnderWay:
    """One post of one format, over real HTTP. `token` is the account's."""

    platform: ClassVar[str]
    practice: RunningPractice
    clock: FixedClock
    http: httpx.Client
    format: str
    token: str

    @property
    def adapter(self) -> Publisher:
        return publisher(self.platform, self.format)

    def accepted(self) -> list[dict[str, Any]]:
        """What the platform took."""
        return self.practice.admin.accepted(self.platform)
