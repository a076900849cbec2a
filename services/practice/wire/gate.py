"""Every call passes here: it is recorded, struck by faults, performed, and answered (or not)."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from services.practice import tokens
from services.practice.control import faults
from services.practice.control.faults import Fault
from services.practice.wire import usage
from services.practice.wire.calls import Call, missing, read_call
from services.practice.wire.errors import GraphError, Refusal, missing_parameter
from services.practice.world import World

Answer = dict[str, Any] | Response
Act = Callable[[Call], Answer]
Endpoint = Callable[[Request], Awaitable[Response]]
Headers = Callable[[Call], dict[str, str]]
Missed = Callable[[str], Refusal]

TRANSPORT = "practice.transport"
GRAPH = {"instagram", "facebook"}
_HOLD_STEP_SECONDS = 0.02


class LostReply(Response):
    """Cuts the connection instead of answering."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = scope.get(TRANSPORT)
        if transport is None:
            raise ConnectionResetError("the practice platform lost this reply")
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            await asyncio.sleep(0)


def gate(
    world: World, platform: str, act: Act, *, headers: Headers | None = None, missed: Missed | None = None
) -> Endpoint:
    """
    Make an endpoint of an act: a plain function from a call to a JSON object or a response, or a `Refusal`.

    :param headers: what every answer carries, such as what is left of the rate limit; on the Graph its usage headers
    :param missed: the platform's refusal of a call without a parameter that it needs
    """
    on_graph = platform in GRAPH
    told = headers or (usage.headers if on_graph else _nothing)
    refuse = missed or (missing_parameter if on_graph else missing)

    async def endpoint(request: Request) -> Response:
        call = await read_call(request, world, platform, refuse)
        number, call = await run_in_threadpool(_arrive, call)
        await _hold(call, "before")
        response = await run_in_threadpool(_perform, call, act, told, number)
        await _hold(call, "after")
        if delay := call.fault("delay"):
            await asyncio.sleep(delay.seconds)
        return LostReply() if call.fault("lose_reply") else response

    return endpoint


def _arrive(call: Call) -> tuple[int, Call]:
    store = call.world.store
    with store.act():
        struck = faults.strike(call.world, call.platform, call.method, call.path)
        number = store.next_number("request")
        store.run(
            "insert into requests (id, at, platform, method, path, params, faults)"
            " values (:id, :at, :platform, :method, :path, :params, :faults)",
            id=number,
            at=call.now,
            platform=call.platform,
            method=call.method,
            path=call.path,
            params=json.dumps(call.redacted()),
            faults=json.dumps([fault.kind for fault in struck]),
        )
    return number, replace(call, faults=struck)


def _perform(call: Call, act: Act, told: Headers, number: int) -> Response:
    broken = call.fault("http")
    token = call.token_text or call.get("refresh_token")
    if token and call.fault("expire_token"):
        tokens.expire_token(call.world, token)
    if token and call.fault("revoke_token"):
        tokens.retire_token(call.world, token)
    if broken is None:
        response = _answer(call, act, told)
    else:
        if broken.perform:
            _answer(call, act, told)
        response = _broken(call, broken)
    if token and call.fault("rotate_token"):
        tokens.retire_token(call.world, token)
    call.world.store.run(
        "update requests set status = :status, answered = :answered, faults = :faults where id = :id",
        faults=json.dumps([fault.kind for fault in (*call.faults, *filter(None, call.asked.values()))]),
        status=response.status_code,
        answered=int(call.fault("lose_reply") is None),
        id=number,
    )
    return response


def _answer(call: Call, act: Act, told: Headers) -> Response:
    call = replace(call, now=call.world.now())
    try:
        answer = act(call)
    except Refusal as refusal:
        response: Response = _refused(refusal)
    else:
        response = answer if isinstance(answer, Response) else JSONResponse(answer)
    response.headers.update(told(call))
    return response


def _refused(refusal: Refusal) -> Response:
    return refusal.answer("A" + secrets.token_urlsafe(15))


def _broken(call: Call, fault: Fault) -> Response:
    if isinstance(fault.body, str):
        response = Response(fault.body, status_code=fault.status, media_type="text/html")
    elif fault.body is not None:
        response = JSONResponse(fault.body, status_code=fault.status)
    else:
        message = "An unexpected error has occurred. Please retry your request later."
        on_graph = call.platform in GRAPH
        response = _refused(
            GraphError(2, message, status=fault.status, is_transient=True)
            if on_graph
            else Refusal(message, status=fault.status)
        )
    response.headers.update(fault.headers)
    return response


def _nothing(_call: Call) -> dict[str, str]:
    return {}


async def _hold(call: Call, when: str) -> None:
    hold = call.fault("hold")
    if hold is None or hold.when != when:
        return
    waited = 0.0
    while waited < hold.seconds and await run_in_threadpool(faults.is_on, call.world, hold):
        await asyncio.sleep(_HOLD_STEP_SECONDS)
        waited += _HOLD_STEP_SECONDS
