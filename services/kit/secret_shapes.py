"""
What secrets look like in text: after a name, in an address, in a header, or by their own form.

Texts come from outside and may be long: every pattern is bounded or walks forward only, and is tried only where one of
its needles stands in the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from re import DOTALL, IGNORECASE

HIDDEN = "[hidden]"

NAMED = (
    "token", "secret", "passw", "passphrase", "pwd", "api-key", "api_key", "api.key", "apikey", "access-key",
    "access_key", "accesskey", "private-key", "private_key", "privatekey", "client-key", "client_key", "clientkey",
    "signing", "signature", "credential", "authori", "cookie", "session", "sess-id", "sessid", "sess_id", "verifier",
    "assertion", "saml", "_sid", "-sid", ".sid", "sid=", "upload_id", "uploadid", "dsn", "hmac", "webhook",
)  # fmt: skip
_NAME = (
    r"(?:token|secret|passw(?:or)?d|passphrase|pwd|api[_.-]?key|access[_-]?key|private[_-]?key|client[_-]?key|signing[_-]?key"
    r"|signature|credential|authori[sz]ation|cookie|sess(?:ion)?[_-]?id|(?<![a-z])session(?![a-z])|verifier|assertion"
    r"|samlresponse|(?:\b|[_.-])sid(?![a-z])|upload_?id|\bdsn|hmac|webhook)[\w.-]{0,40}+"
)
_IS = r"(?:=>|:=|==?|:|%3[da])"
_BARE = r"[^\s&\"'<>\\]+"
_QUOTED = r"(\\*[\"'])(?:(?!\2)(?:\\.|[^\\]))*"
_SCHEMES = r"(?:bearer|basic|digest|oauth|token|apikey|negotiate|aws4-hmac-sha256)"
_PERSON, _NO_PORT = r"://[^\s:@/?#\"'<>]{0,200}", r"(?!\d{1,5}(?:[/?#\s]|$))"
_LINE = r"(?:\r?\n|\\+r\\+n|\\+n)"
_IN_QUERY = r"(?:key|state|nonce|ticket|policy|hash|se|h|oh|x-amz-[\w-]{1,40}|x-goog-[\w-]{1,40}|key-pair-id)"
_FACEBOOK_POST = re.compile(r"(?:story_fbid=|posts/|videos/)?pfbid0[A-Za-z0-9]{20,90}")  # public, though it looks made
_PREFIXED = (
    r"(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)[-_][\w-]{6,}|sk-[\w-]{16,}|whsec_[\w+/=-]{8,}|xox[a-z]-[\w-]{8,}"
    r"|xapp-[\w-]{8,}|gh[opusr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{12,}|(?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\w-]{20,}"
    r"|ya29\.[\w.-]{8,}|1//0[\w-]{10,}|GOCSPX-[\w-]{10,}|EAA[A-Za-z0-9]{12,}|IG[A-Z]{1,3}[\w-]{20,}|sbp_\w{16,}"
    r"|sb_(?:secret|publishable)_[\w-]{8,}|npm_\w{20,}|pypi-[\w-]{16,}|SG\.[\w-]{8,}\.[\w-]{8,}|hf_\w{16,}"
    r"|(?:act|rft)\.[\w!%.-]{12,}|pin[ar]_?\w{16,}|AQ[\w-]{40,}|pylf_v\d+_\w{8,}|shp(?:at|ss|ca|pa)_\w{16,}"
    r"|key-[0-9a-f]{32}|dop_v1_\w{16,}"
)


@dataclass(frozen=True)
class Shape:
    """`needles` are lower case, `NAMED` where a secret's name is one; without any it is always tried."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    instead: str | Callable[[re.Match[str]], str]


def _shape(needles: tuple[str, ...] | str, pattern: str, instead: str, flags: int = IGNORECASE) -> Shape:
    return Shape((needles,) if isinstance(needles, str) else needles, re.compile(pattern, flags), instead)


def _unless_readable(found: re.Match[str]) -> str:
    """
    Names made by people change case at the start of words; machines' change kind of letter every other time.

    A random letter of base64 differs in kind from the one before, upwards or by a digit, in 43 of 100 cases.
    """
    text = _FACEBOOK_POST.sub("", found[0])
    kinds = "".join("d" if one.isdigit() else "u" if one.isupper() else "l" if one.islower() else " " for one in text)
    changes = sum(kinds.count(pair) for pair in ("lu", "ud", "du", "ld", "dl"))
    is_made = {"d", "u", "l"} <= set(kinds) and changes * 6 >= len(text)
    is_letters = len(text) >= 32 and (kinds.count("lu") + kinds.count("ul")) * 5 >= len(text) * 2
    is_hexadecimal = len(text) >= 48 and not text.lower().lstrip("nrt").strip("0123456789abcdef")
    return HIDDEN if is_made or is_letters or is_hexadecimal else found[0]


SHAPES: tuple[Shape, ...] = (
    _shape("private key", r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\Z)",
           HIDDEN, DOTALL),
    # a person or a password before the host of an address; a database's may hold anything, unescaped too
    _shape("@", rf"((?<!http)(?<!https)(?<!ws)(?<!wss){_PERSON}):{_NO_PORT}[^\s\"'<>]{{0,300}}@", rf"\1:{HIDDEN}@"),
    _shape("@", rf"({_PERSON}):{_NO_PORT}[^\s\"'<>@]{{0,300}}@(?:[^\s\"'<>@/?]{{0,300}}@){{0,9}}", rf"\1:{HIDDEN}@"),
    _shape("@", r"(://)(?!\[hidden\]@)[^\s:@/?#\"'<>]{1,500}@", rf"\1{HIDDEN}@"),
    # addresses whose path is the right to use them
    _shape(("hooks.slack", "webhook", "/calendar-feed/"), r"(hooks\.slack\.com/\w{1,20}|/calendar-feed"
           r"|discord(?:app)?\.com/api/webhooks|webhook\.office\.com/\w{1,20})/[^\s\"'<>]+", rf"\1/{HIDDEN}"),
    _shape("/bot", r"/bot\d{6,20}:[\w-]+", f"/bot{HIDDEN}"),
    # headers, as cookies have many parts
    _shape(("cookie", "authori"), r"(?<![\w-])((?:set-|proxy-)?(?:cookie2?|authorization)[ \t]{0,8}:)[^\r\n]+",
           rf"\1 {HIDDEN}"),
    # a part of a form, and one quoted in another text
    _shape(NAMED, rf"({_NAME}\\*\"?[^\r\n\\]{{0,80}}(?:{_LINE}[\w-]{{1,40}}:[^\r\n\\]{{1,120}})?{_LINE}{_LINE})"
           r"[^\r\n\\]+", rf"\1{HIDDEN}"),
    _shape("name=", rf"(\bname=\\*\"?[\w.-]{{0,40}}{_NAME}\\*\"\s{{1,4}}){_BARE}", rf"\1{HIDDEN}"),
    # name = "value", "name": "value", ("name", "value")
    _shape(NAMED, rf"({_NAME}\\*[\"']?\s{{0,4}}(?:{_IS}|(?<=[\"']),)\s{{0,4}}(?:b|[\w.]{{1,40}}\()?){_QUOTED}",
           rf"\1\2{HIDDEN}", IGNORECASE | DOTALL),
    # name=value, "name": value, <name>value
    _shape(NAMED, rf"({_NAME}(?:\\*[\"']\s{{0,4}}:|\s{{0,4}}(?:=>|:=|==?|%3[da]))\s{{0,4}})"
           rf"(?![\w.]{{1,40}}\([\"'])(?:{_SCHEMES}\s{{1,4}})?{_BARE}", rf"\1{HIDDEN}"),
    _shape("</", rf"(<[\w.-]{{0,40}}{_NAME}(?:\s[^<>]{{0,200}})?>)[^<]+", rf"\1{HIDDEN}"),
    _shape(("code", "sig"), rf"(\b(?:code|sig)(?:=|%3d))(?!\d{{1,5}}\b){_BARE}", rf"\1{HIDDEN}"),
    _shape(("?", "&", "%26", "%3f"), rf"((?:[?&]|%26|%3f){_IN_QUERY}(?:=|%3d)){_BARE}", rf"\1{HIDDEN}"),
    # in prose it is one where the name says so itself, or the value looks made by a machine
    _shape(("passw", "passphrase", "secret", "pwd"),
           rf"((?:passw(?:or)?d|passphrase|secret|\bpwd)\s{{0,4}}:\s{{0,4}}){_BARE}", rf"\1{HIDDEN}"),
    _shape(NAMED, rf"((?:[a-z][_-](?:token|verifier|signature|assertion)|sess(?:ion)?_?id"
           rf"|(?:api|access|private|client|signing)[_-]?key)[\w.-]{{0,20}}\s{{0,4}}:\s{{0,4}}){_BARE}",
           rf"\1{HIDDEN}"),
    _shape(NAMED, r"([a-z](?:Token|Verifier|Signature|Assertion|Secret|Password)\s{0,4}:\s{0,4})[^\s&\"'<>\\]+",
           rf"\1{HIDDEN}", 0),
    _shape(NAMED, rf"({_NAME}(?:\s{{0,4}}:|\s{{1,4}}is|\s{{1,4}}was)?\s{{1,4}})(?:{_SCHEMES}\s{{1,4}})?"
           rf"(?!\d{{4}}-\d\d-\d\d(?![\w-]))(?=[^\s&\"'<>\\]{{6}})(?=[^\s&\"'<>\\]{{0,200}}\d){_BARE}", rf"\1{HIDDEN}"),
    _shape(("bearer", "basic", "digest", "oauth", "token", "apikey", "negotiate", "aws4"),
           rf"\b({_SCHEMES}\s{{1,4}})(?=\S{{0,200}}[\d=_.~+/])[A-Za-z0-9._~+/=:-]{{8,}}", rf"\1{HIDDEN}"),
    _shape("eyj", r"\beyJ[\w-]{6,}\.[\w.-]+", HIDDEN, 0),
    _shape((), rf"(?<![A-Za-z0-9])(?:{_PREFIXED})", HIDDEN, 0),
    Shape((), re.compile(r"[A-Za-z0-9+/_=-]{28,}"), _unless_readable),
)  # fmt: skip
