"""The few words of HTML that the practice platforms show to people. Everything that is not markup is escaped."""

from html import escape

from starlette.responses import HTMLResponse

_STYLE = """
:root{color-scheme:light dark;--ink:#16181d;--soft:#5d6470;--paper:#fff;--back:#f3f4f6;--line:#d9dce2;--mark:#0f62fe}
@media (prefers-color-scheme:dark){:root{--ink:#eceef2;--soft:#a3aab8;--paper:#1b1e25;--back:#111318;--line:#353a45;
--mark:#78a9ff}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
.band{background:#ffdf6b;color:#3a2d00;text-align:center;padding:6px 12px;font-size:14px;font-weight:600}
main{max-width:720px;margin:24px auto;padding:0 16px}h1{font-size:24px;margin:0 0 4px}.soft{color:var(--soft)}
.card{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:20px;margin:16px 0}
.card img,.card video{display:block;max-width:100%;max-height:70vh;margin:0 auto;border-radius:8px;
background:var(--back)}
.text{white-space:pre-wrap;margin:12px 0}.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:6px}
.card .grid img,.card .grid video{width:100%;max-height:none;aspect-ratio:1;object-fit:cover;border-radius:6px}
a{color:var(--mark)}dt{color:var(--soft)}dd{margin:0 0 8px}.grid p{margin:0;max-height:9em;overflow:hidden}
label{display:block;padding:8px 0}fieldset{border:1px solid var(--line);border-radius:8px;margin:0 0 16px}
button{font:inherit;padding:10px 18px;border-radius:8px;border:1px solid var(--line);background:var(--paper);
color:var(--ink);cursor:pointer;margin:0 8px 8px 0}button.main{background:#0f62fe;border-color:#0f62fe;color:#fff}
"""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline';"
    " base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """A whole page around `body`, which is markup; `title` is text."""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f'<div class="band">Practice: posts nowhere</div><main>{body}</main></body></html>'
    )
    return HTMLResponse(text, status_code=status, headers=_HEADERS)


def notice(title: str, sentence: str, *, status: int) -> HTMLResponse:
    """A page with one sentence on it; both arguments are text."""
    return page(title, f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p>", status=status)


def choice(kind: str, name: str, value: str, label: str, *, checked: bool) -> str:
    """One labelled radio button or checkbox."""
    tick = " checked" if checked else ""
    return f'<label><input type="{kind}" name="{escape(name)}" value="{escape(value)}"{tick}> {escape(label)}</label>'
