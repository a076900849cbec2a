"""Says where Loopdesk runs once every part answers, with the set-up link while nobody has claimed it."""

import sys
import threading

from services import identity, jobs, wiring
from services.kit import config, http, tracing
from services.kit.app import App
from services.kit.errors import Unavailable

HEALTHY_WITHIN_SECONDS = 120


def main() -> int:
    """Returns 0 once everything answers, 1 when it does not within two minutes."""
    settings = config.load_settings()
    app = wiring.build("web", settings)
    tracing.stop()  # what it asks while others start is nobody's work
    checks = [f"{settings.public_url}/_stcore/health", f"{settings.practice_url}/health"]
    try:
        for _ in range(HEALTHY_WITHIN_SECONDS * 5):
            if all(_answers(app.http, url) for url in checks) and _worker_lives(app):
                _say(settings.public_url, identity.set_up_link(app))
                return 0
            threading.Event().wait(0.2)
    finally:
        app.close()
    print("Loopdesk did not become healthy; the lines above say why.", file=sys.stderr)
    return 1


def _answers(client: http.Client, url: str) -> bool:
    try:
        return http.send(client, "GET", url, writes=False, timeout_seconds=1.0).status_code == 200
    except Unavailable:
        return False


def _worker_lives(app: App) -> bool:
    with app.admin_tx() as tx:
        return jobs.live_workers(tx) > 0


def _say(address: str, link: str | None) -> None:
    print(f"\n  Loopdesk runs at {address}\n", flush=True)
    if link:
        print(f"  Set it up once, with this link (valid for 24 hours):\n  {link}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
