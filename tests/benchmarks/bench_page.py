"""How long the server works on a page with nothing on it. Target <= 60 ms; yardstick: a bare Streamlit page."""

import re
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.benchmarks.figures import Figure
from tests.benchmarks.rerun import open_tab
from tests.browser.desk import ROOT, running_desk

ROUNDS = 40
BARE = """import gc
from contextlib import asynccontextmanager
from pathlib import Path
import streamlit as st
@asynccontextmanager
async def lifespan(_):
    import pandas, plotly.graph_objects
    gc.collect(); gc.freeze()
    yield {}
app = st.App(Path(__file__).parent / "main.py", lifespan=lifespan)
"""
PEOPLE = {"organisation": "Bench", "your_name": "Ana", "email": "ana@example.com", "password": "correct horse battery"}


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="loopdesk-bench-") as folder:
        with bare_page(Path(folder) / "bare") as base:
            yardstick = _median(base, "")
        with running_desk(Path(folder) / "desk") as desk:
            cookie = set_up(desk.base, desk.set_up_link)
            return [
                Figure(f"Rerun of {name}, nothing on it", _median(desk.base, page, cookie), "ms", 60.0, "bare page",
                       yardstick)
                for name, page in (("Approvals", "approvals"), ("Calendar", "calendar"), ("Home", ""))
            ]  # fmt: skip


def _median(base: str, page: str, cookie: str = "") -> float:
    tab = open_tab(base, page, cookie)
    lengths = [tab.rerun_ms() for _ in range(ROUNDS + 5)]
    tab.socket.close()
    return statistics.median(lengths[5:])


def set_up(base: str, link: str) -> str:
    """Claim the installation over HTTP as the form does; returns the session cookie."""
    token = re.findall(r"setup=([\w-]+)", link)[0]
    form = {**PEOPLE, "token": token, "brand": "Bench", "time_zone": "Europe/Oslo", "web_address": "bench.example"}
    colours = {"colour1": "#4B47D1", "colour2": "#191B22", "colour3": "#FFD9A0"}
    answer = httpx.post(f"{base}/auth/set-up", data={**form, **colours}, headers={"Origin": base}, timeout=30)
    return f"ld_sid={answer.cookies['ld_sid']}"


@contextmanager
def bare_page(home: Path) -> Iterator[str]:
    """A Streamlit App with one heading, served and frozen as ours is."""
    home.mkdir()
    (home / "bare.py").write_text(BARE)
    (home / "main.py").write_text('import streamlit as st\nst.title("Nothing")\n')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "bare:app", "--port", str(port), "--log-level", "warning"]
    (home / ".streamlit").mkdir()
    (home / ".streamlit" / "config.toml").write_text((ROOT / ".streamlit" / "config.toml").read_text())
    server = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport) as client:
            client.get(f"{base}/_stcore/health")
        yield base
    finally:
        server.terminate()
        server.wait(10)
