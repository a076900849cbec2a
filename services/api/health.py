"""Whether this process answers and reaches its database: for the supervisor and the load balancer."""

import psycopg
from psycopg_pool import PoolTimeout
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.api.forms import AppOf


def routes(app_of: AppOf) -> list[Route]:
    """`/health`: 200 and {"status": "ok"}, or 503 where the database does not answer."""

    def health(request: Request) -> Response:
        try:
            with app_of().admin_tx() as tx:
                tx.value("select 1", {})
        except (psycopg.Error, PoolTimeout):
            return JSONResponse({"status": "database unreachable"}, 503, headers={"cache-control": "no-store"})
        return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})

    return [Route("/health", health, methods=["GET"])]
