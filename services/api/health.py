"""Whether this process lives, and whether the installation can work: for supervisors, load balancers and alarms."""

import psycopg
from psycopg_pool import PoolTimeout
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services import jobs
from services.api.forms import AppOf

_FRESH = {"cache-control": "no-store"}


def routes(app_of: AppOf) -> list[Route]:
    """
    `/healthz`: 200 while the process answers. `/readyz`: 200, or 503 where one of its checks fails, each in words.

    `/health`: 200 and {"status": "ok"}, or 503 where the database does not answer.
    """

    def health(request: Request) -> Response:
        try:
            with app_of().admin_tx() as tx:
                tx.value("select 1", {})
        except (psycopg.Error, PoolTimeout):
            return JSONResponse({"status": "database unreachable"}, 503, headers=_FRESH)
        return JSONResponse({"status": "ok"}, headers=_FRESH)

    async def alive(request: Request) -> Response:
        return JSONResponse({"status": "alive"}, headers=_FRESH)

    def ready(request: Request) -> Response:
        checks = jobs.readiness(app_of())
        is_ready = all(check.is_ok for check in checks)
        told = {check.name: {"ok": check.is_ok, "says": check.said} for check in checks}
        status = "ready" if is_ready else "not ready"
        return JSONResponse({"status": status, "checks": told}, 200 if is_ready else 503, headers=_FRESH)

    return [
        Route("/health", health, methods=["GET"]),
        Route("/healthz", alive, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
    ]
