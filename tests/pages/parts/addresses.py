"""Addresses and whether they may be used; the browser and the server must judge them alike."""

IMAGES = {
    "/app/static/cone.png": True,
    "/media/a/b.jpg?sig=1&e=2": True,
    "https://cdn.example/x.png": True,
    "//evil.example/x.png": False,
    "/\\evil.example": False,
    "/\t/evil.example": False,
    "/a\nb": False,
    "/a b": False,
    "http://evil.example/x.png": False,
    "http://127.0.0.1:9000/x.png": False,
    "javascript:alert(1)": False,
    "data:image/svg+xml,x": False,
    " https://cdn.example": False,
    "https://cdn.example\n": False,
    "": False,
}
LINKS = {
    **IMAGES,
    "http://127.0.0.1:9000/x.png": True,
    "http://127.0.0.1": True,
    "http://localhost:8600/p/1?x=y#z": True,
    "http://127.0.0.1:9000@evil.example/": False,
    "http://127.0.0.1.evil.example/": False,
    "http://127.0.0.1:123456/": False,
    "http://127.0.0.1/\\evil": False,
}
