"""A server for the gallery, and a way to open its scenes."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from tests.browser.chromium import settle

ROOT = Path(__file__).resolve().parents[3]
SHOTS = ROOT / "tests" / "shots" / "gallery"
PICTURES = {"cone": ("#FFD79B", "#FF9DAF"), "ube": ("#5B2A86", "#C9A7FF"), "sky": ("#3C7A9C", "#E8643C")}


def _pictures(folder: Path) -> None:
    for name, (ground, scoop) in PICTURES.items():
        image = Image.new("RGB", (540, 540), ground)
        ImageDraw.Draw(image).ellipse((140, 130, 400, 390), fill=scoop)
        image.save(folder / f"{name}.png")


@pytest.fixture(scope="session")
def gallery_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gallery on a free port, in a folder of its own with the product's theme and static files."""
    home = tmp_path_factory.mktemp("gallery")
    shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
    shutil.copytree(ROOT / "pages" / "static", home / "static")
    _pictures(home / "static")
    (home / "main.py").write_text("from tests.browser.gallery.scenes import draw\n\ndraw()\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "main.py", "--server.address=127.0.0.1",
               f"--server.port={port}", "--server.headless=true"]  # fmt: skip
    with (home / "server.log").open("w+") as log:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        server = subprocess.Popen(command, cwd=home, stdout=log, stderr=log, env=env)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", server, home / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            if urllib.request.urlopen(address, timeout=1).read() == b"ok":
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(log.read_text())


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, gallery_url: str) -> Iterator[Visit]:
    """`visit("wall", dark=True, phone=True)` opens a scene, drawn; afterwards the console must have been silent."""
    contexts, complaints = [], []

    def go(scene: str, *, dark: bool = False, phone: bool = False, path: str = "/") -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        context = chromium.new_context(
            base_url=gallery_url, viewport=size, color_scheme="dark" if dark else "light", has_touch=phone,
            reduced_motion="reduce", locale="en-GB", timezone_id="UTC",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{path}?scene={scene}")
        settle(page)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []
