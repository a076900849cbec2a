"""What the platforms do wrong in a scenario, aimed at the calls that count of the formats that are played."""

import random
from collections.abc import Set
from typing import Any

from tests.crash.forms import FORMS

Fault = dict[str, Any]
Forms = Set[tuple[str, str]]
PACE = 0.002  # the first looks after 20 ms, the last after 3.6 s
_TOKEN_ROUTES = ("/oauth", "/token")


def _at_the_calls(forms: Forms, kind: str, **terms: Any) -> list[Fault]:
    """One fault per call that counts."""
    calls = sorted({FORMS[form].call for form in forms})
    return [{"kind": kind, "match": match, "method": method, **terms} for match, method in calls]


def _with_uploads(dice: random.Random, forms: Forms) -> list[tuple[str, str | None]]:
    """The calls that count, and now and then every write before them."""
    calls: list[tuple[str, str | None]] = [*sorted({FORMS[form].call for form in forms})]
    return [*calls, ("", "POST")] if dice.random() < 0.5 else calls


def needed_by(dice: random.Random, point: str, forms: Forms) -> list[Fault]:
    """Some places are passed only when something else went wrong first."""
    if point == "publish.refused":
        return _at_the_calls(forms, "http", status=500, count=1)
    if point == "look.answered":
        return _at_the_calls(forms, "lose_reply", count=1)
    if dice.random() < 0.25:
        match, method = dice.choice(_with_uploads(dice, forms))
        return [{"kind": "lose_reply", "match": match, "method": method, "count": 1}]
    return []


def faults_of(dice: random.Random, kind: str, forms: Forms) -> list[Fault]:
    seed = dice.randint(1, 10**6)
    match kind:
        case "lost":
            chance = dice.choice((0.3, 0.6, 1.0))
            return _at_the_calls(forms, "lose_reply", probability=chance, seed=seed, count=3)
        case "timeout":
            when = dice.choice(("before", "after"))
            return _at_the_calls(forms, "hold", count=1, seconds=1.4, when=when)
        case "refused":
            terms = {"status": dice.choice((500, 502, 503)), "perform": dice.random() < 0.5}
            count = dice.randint(1, 2)
            return [
                {"kind": "http", "match": path, "method": method, "count": count, **terms}
                for path, method in _with_uploads(dice, forms)
            ]
        case "retry_after":
            return _at_the_calls(forms, "http", status=429, headers={"Retry-After": "1"}, body={}, count=1)
        case "quota":
            return [{"kind": "quota", "count": 2}]
        case "token":
            verb, count = dice.choice(("expire_token", "rotate_token", "revoke_token")), dice.choice((1, 2))
            match, method = dice.choice(_with_uploads(dice, forms))
            return [{"kind": verb, "match": match, "method": method, "count": count}]
        case "empty_refresh":
            terms = dice.choice(({"status": 200, "body": {}}, {"status": 200, "body": {"access_token": ""}}))
            return [{"kind": "http", "match": route, "count": 2, **terms} for route in _TOKEN_ROUTES]
        case "refresh":
            verb = dice.choice(("delay", "lose_reply", "http"))
            terms = {"seconds": 0.3} if verb == "delay" else {}
            return [{"kind": verb, "match": route, "count": 1, **terms} for route in _TOKEN_ROUTES]
        case "processing":
            return [{"kind": "fail_processing", "count": 1, "subcode": dice.choice((2207076, 2207026))}]
        case "slow":  # 40 minutes
            return [
                {"kind": "slow_processing", "seconds": 2_400 * PACE, "count": 2},
                {"kind": "delay", "seconds": 0.3, "count": 2},
            ]
        case "skew":
            return _at_the_calls(forms, "lose_reply", probability=0.5, seed=seed, count=2)
        case _:
            return [{"kind": "lose_reply", "match": "", "probability": 0.15, "seed": seed, "count": 4}]
