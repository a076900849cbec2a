"""Worker processes of one lane: started, killed, paused and continued by pid."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.kit.config import ROOT, child_environment


@dataclass
class Worker:
    """One process; `status` is its wait status once it has ended."""

    pid: int
    zygote: "Zygote"
    status: int | None = None

    def has_ended(self) -> bool:
        if self.status is None:
            self.status = self.zygote.ask({"reap": self.pid})
        return self.status is not None

    def is_paused(self) -> bool:
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state == "T"

    def send(self, number: signal.Signals) -> None:
        if not self.has_ended():
            os.kill(self.pid, number)

    def end(self) -> None:
        self.send(signal.SIGCONT)
        self.send(signal.SIGKILL)


@dataclass
class Zygote:
    """The process that forks workers. `base` is the environment they all share."""

    base: dict[str, str]
    log: Path
    module: str = "tests.crash.zygote"
    _process: "subprocess.Popen[str]" = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log.open("ab"),
            text=True,
            cwd=ROOT,
            env=child_environment(**self.base),
        )
        assert self._hear() == "ready"

    def start(self, failpoint: str = "", skew: float = 0.0) -> Worker:
        """A worker with this failpoint spec, whose clock is wrong by `skew` seconds."""
        order = {"env": {**self.base, "LOOPDESK_FAILPOINT": failpoint}, "log": str(self.log), "skew": skew}
        return Worker(int(self.ask(order)), self)

    def ask(self, order: dict[str, Any]) -> Any:
        with self._lock:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return self._hear()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _hear(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the starter of workers ended; its log is {self.log}")
        return json.loads(line)
