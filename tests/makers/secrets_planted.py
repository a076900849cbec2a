"""A thousand secrets of many forms, each in a sentence, address, header, body or form as it turns up in practice."""

import base64
import json
import random
import string
from dataclasses import dataclass
from urllib.parse import quote

_MIXED = string.ascii_letters + string.digits
_NAMES = ["access_token", "refresh_token", "client_secret", "api_key", "password", "fb_exchange_token", "code_verifier",
          "id_token", "app_secret", "apiKey", "clientSecret", "signing_secret", "private_key", "upload_token",
          "appsecret_proof_token", "session_id", "hub.verify_token", "accessToken", "passwd"]  # fmt: skip
_HEADERS = ["X-Api-Key", "Api-Key", "X-Auth-Token", "X-Hub-Signature-256", "X-Goog-Api-Key", "Private-Token"]
_SIGNED = ["X-Amz-Signature", "X-Goog-Signature", "sig", "Signature", "X-Amz-Security-Token", "X-Amz-Credential"]


@dataclass(frozen=True)
class Planted:
    """`secret` must be found nowhere; `text` is what a program might say with it."""

    secret: str
    text: str


def planted(count: int = 1_000) -> list[Planted]:
    """Always the same ones; every way of telling about as often as every other."""
    dice = random.Random(20261121)
    ways = (*_ADDRESSES, *_BODIES, *_LINES, *_BARE)
    return [ways[number % len(ways)](dice) for number in range(count)]


def _token(dice: random.Random) -> str:
    return "".join(dice.choices(_MIXED + "-_", k=43))


def _hex(dice: random.Random) -> str:
    return "".join(dice.choices("0123456789abcdef", k=64))


def _any(dice: random.Random) -> str:
    """What people and machines use: words, short passwords, tokens, hexadecimal, base64."""
    word = "".join(dice.choices(string.ascii_lowercase, k=12))
    short = "".join(dice.choices(_MIXED + "!.-_~", k=10)).strip(".")
    data = base64.b64encode(dice.randbytes(30)).decode()
    return dice.choice([word, short, _token(dice), _hex(dice), data, f"{word}-{dice.randrange(10**6)}"])


def _password(dice: random.Random) -> str:
    return "".join(dice.choices(_MIXED + "!$*(),;:@/?", k=14)) + "x"


def _jwt(dice: random.Random) -> str:
    parts = [json.dumps({"alg": "HS256", "typ": "JWT"}), json.dumps({"sub": dice.randrange(10**9)})]
    head, body = (base64.urlsafe_b64encode(one.encode()).decode().rstrip("=") for one in parts)
    return f"{head}.{body}.{_token(dice)}"


def _prefixed(dice: random.Random) -> str:
    tail, digits = "".join(dice.choices(_MIXED, k=36)), dice.randrange(10**11, 10**12)
    starts = ["sk-proj-", "sk_live_", "ghp_", "github_pat_", "glpat-", "AIzaSy", "ya29.", "EAAG", "IGQVJ", "sb_secret_",
              "hf_", "npm_", "whsec_", "pypi-", f"xoxb-{digits}-", "GOCSPX-", "pina_", "act."]  # fmt: skip
    return dice.choice(starts) + tail


def _way(template: str, make=_any, encode=str):  # type: ignore[no-untyped-def]
    """`template` names `{secret}` once or more, and perhaps `{name}`, `{header}`, `{signed}`."""

    def told(dice: random.Random) -> Planted:
        secret = make(dice)
        words = {"name": dice.choice(_NAMES), "header": dice.choice(_HEADERS), "signed": dice.choice(_SIGNED)}
        text = template.replace("{secret}", encode(secret))
        for name, word in words.items():
            text = text.replace("{" + name + "}", word)
        return Planted(encode(secret), text)

    return told


def _pair(dice: random.Random) -> Planted:
    secret = base64.b64encode(f"app:{_any(dice)}".encode()).decode()
    return Planted(secret, f"sent {{'Authorization': 'Basic {secret}', 'Accept': '*/*'}} and got 401")


def _pem(dice: random.Random) -> Planted:
    lines = ["".join(dice.choices(_MIXED + "+/", k=64)) for _ in range(4)]
    body = "\n".join(lines)
    return Planted(lines[dice.randrange(4)], f"bad key -----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----")


def _quoted(text: str) -> str:
    return quote(text, safe="")


_ADDRESSES = (
    _way("GET https://graph.example.com/v1/me?fields=id&{name}={secret}&limit=3 answered 400", encode=_quoted),
    _way("https://x.example/cb?code={secret}&state=1", _token),
    _way("see https://files.example/a.jpg?{signed}={secret}&expires=3", _hex),
    _way("could not connect to postgres://app_web:{secret}@db.example:5432/loopdesk?sslmode=require", _password),
    _way("redis://:{secret}@cache.example:6379/0 refused", _password),
    _way("smtp://robot:{secret}@mail.example:587", _any, _quoted),
    _way("https://{secret}@errors.example/42", _hex),
    _way("https://deploy:{secret}@git.example/repo.git", _token),
    _way("POST https://hooks.slack.com/services/T0001/B0002/{secret} answered 404", _token),
    _way("https://desk.example/calendar-feed/{secret}.ics", _token),
    _way("to=https%3A%2F%2Fx.example%2F%3F{name}%3D{secret}%26b%3D1", _token),
    _way("/files/7/a.png?exp=1764000000&sig={secret}", _hex),
)
_BODIES = (
    _way('answer: {"{name}": "{secret}", "expires_in": 3600, "code": 190}'),
    _way(json.dumps({"body": json.dumps({"{name}": "{secret}", "id": "7"})})),
    _way("{'{name}': '{secret}', 'id': 7}"),
    _way("grant_type=refresh&{name}={secret}&x=1", encode=_quoted),
    _way('--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{secret}\r\n--b--'),
    _way("<r><{name}>{secret}</{name}></r>"),
    _way('[("{name}", "{secret}"), ("id", "7")]'),
    _way("headers=[(b'authorization', b'Bearer {secret}'), (b'host', b'x')]", _token),
)
_LINES = (
    _way("Authorization: Bearer {secret}"),
    _way("> GET / HTTP/1.1\n> {header}: {secret}\n> Host: x", _token),
    _way("Cookie: theme=dark; ld_sid={secret}; lang=en"),
    _way("set-cookie: ld_sid={secret}; HttpOnly; Path=/"),
    _way("connection failed: host=db.example port=5432 user=app password={secret} dbname=x"),
    _way("connection failed: host=db.example password='{secret}' dbname=x", _any),
    _way("{name}: {secret}"),
    _way("settings are Settings({name}=SecretStr('{secret}'), port=1)"),
    _way("  {header}: {secret}"),
    _way("{name} = '{secret}'"),
    _pair,
)
_BARE = (
    _way("Error validating {secret}: it has expired", _jwt),
    _way("the key {secret} is not known here", _prefixed),
    _way("invalid token {secret}", _token),
    _way("no such thing: {secret}", _token),
    _way("digest {secret} differs", _hex),
    _way("bad bearer {secret}", _token),
    _pem,
)  # fmt: skip
