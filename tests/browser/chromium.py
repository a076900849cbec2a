"""Driving Chromium: its flags, and when a page is really drawn."""

import os
import shutil

from playwright.sync_api import Page, expect

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def chromium_path() -> str:
    """Where Chromium is. :raises AssertionError: with what to do where there is none"""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no Chromium found: install one, set CHROMIUM, or run ./test fast"
    return path


def settle(page: Page) -> None:
    """Wait until the script has ended and everything it drew is there."""
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]',
        timeout=30_000,
    )
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
