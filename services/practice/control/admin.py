"""What an operator may see and set; every route wants the header `X-Practice-Admin`."""

import hmac
import json
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from services.practice import accepted, tokens
from services.practice.control import faults
from services.practice.seeds import ACCOUNTS, INSTAGRAM_ACCOUNTS, PAGES, PEOPLE, PLATFORMS
from services.practice.world import DEFAULTS, World, iso_time

Act = Callable[[World, dict[str, Any]], Any]
Endpoint = Callable[[Request], Awaitable[JSONResponse]]


class Reset(BaseModel):
    """`POST /admin/reset`."""

    model_config = ConfigDict(extra="forbid")

    keep_tokens: bool = False


class MakeToken(BaseModel):
    """`POST /admin/tokens`: a token without the sign-in. `kind` is long on Instagram and Facebook, else access."""

    model_config = ConfigDict(extra="forbid")

    platform: str
    subject: str
    scopes: tuple[str, ...]
    kind: tokens.TokenKind | None = None
    page: str = ""
    age_seconds: float = 0.0
    expires_in: float | None = Field(default=float(tokens.LONG_SECONDS))


def routes(world: World) -> list[Route]:
    """The operator's routes."""
    return [
        Route("/admin/requests", _route(world, _requests), methods=["GET"]),
        Route("/admin/accepted", _route(world, lambda w, _: accepted.report(w)), methods=["GET"]),
        Route("/admin/faults", _route(world, lambda w, _: faults.listed(w)), methods=["GET"]),
        Route("/admin/faults", _route(world, _add_fault), methods=["POST"]),
        Route("/admin/faults", _route(world, lambda w, _: {"cleared": faults.clear(w)}), methods=["DELETE"]),
        Route("/admin/settings", _route(world, lambda w, _: w.store.settings(DEFAULTS)), methods=["GET"]),
        Route("/admin/settings", _route(world, change_settings), methods=["POST"]),
        Route("/admin/tokens", _route(world, _make_token), methods=["POST"]),
        Route("/admin/reset", _route(world, _reset), methods=["POST"]),
    ]


def change_settings(world: World, body: dict[str, Any]) -> dict[str, float]:
    """Change some of `DEFAULTS`. :raises ValueError: unknown name, or a value that is no number from 0 up"""
    for name, value in body.items():
        if name not in DEFAULTS or isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise ValueError(f"{name} must be one of {', '.join(DEFAULTS)} and a number from 0 up")
    with world.store.act():
        for name, value in body.items():
            world.store.run(
                "insert into settings (name, value) values (:name, :value)"
                " on conflict (name) do update set value = excluded.value",
                name=name,
                value=float(value),
            )
    return world.store.settings(DEFAULTS)


def _route(world: World, act: Act) -> Endpoint:
    async def endpoint(request: Request) -> JSONResponse:
        given = request.headers.get("x-practice-admin", "")
        if not world.admin_token or not hmac.compare_digest(given.encode(), world.admin_token.encode()):
            return JSONResponse({"error": "X-Practice-Admin is missing or wrong"}, status_code=401)
        try:
            body = json.loads(await request.body() or b"{}")
            if not isinstance(body, dict):
                raise ValueError("the body must be a JSON object")
            return JSONResponse(await run_in_threadpool(act, world, body))
        except (ValidationError, ValueError) as problem:
            return JSONResponse({"error": str(problem)}, status_code=422)

    return endpoint


def _requests(world: World, _body: dict[str, Any]) -> list[dict[str, Any]]:
    rows = world.store.all(
        "select id, at, platform, method, path, params, faults, status, answered from requests order by id"
    )
    return [
        {
            **dict(row),
            "at": iso_time(row["at"]),
            "params": json.loads(row["params"]),
            "faults": json.loads(row["faults"]),
            "answered": bool(row["answered"]),
        }
        for row in rows
    ]


def _add_fault(world: World, body: dict[str, Any]) -> dict[str, int]:
    return {"id": faults.add(world, faults.Fault.model_validate(body))}


def _reset(world: World, body: dict[str, Any]) -> dict[str, bool]:
    world.store.empty(keep_tokens=Reset.model_validate(body).keep_tokens)
    return {"ok": True}


def _make_token(world: World, body: dict[str, Any]) -> dict[str, str]:
    asked = MakeToken.model_validate(body)
    if asked.platform not in PLATFORMS:
        raise ValueError("no such platform")
    kind = asked.kind or ("access" if asked.platform in ACCOUNTS else "long")
    if asked.subject not in _subjects(asked.platform) or (kind == "page" and asked.page not in PAGES):
        raise ValueError("no such account, person or Page")
    pages = tuple(PEOPLE[asked.subject].tasks) if asked.platform == "facebook" else ()
    grant = tokens.Grant(asked.platform, asked.subject, asked.scopes, pages=pages)
    expires_at = None if asked.expires_in is None else world.now() + asked.expires_in
    subject = asked.page if kind == "page" else asked.subject
    made = tokens.issue_token(world, grant, kind, expires_at=expires_at, subject=subject, age_seconds=asked.age_seconds)
    return {"access_token": made.text}


def _subjects(platform: str) -> Collection[str]:
    if platform == "facebook":
        return PEOPLE
    return INSTAGRAM_ACCOUNTS if platform == "instagram" else ACCOUNTS[platform]
