"""The ASGI entry: Streamlit's App around pages/shell.py, with the routes and headers of services.api. No logic."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from services import api, wiring
from services.kit import config, log

ROOT = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401  heavy imports before the freeze, which halves every rerun

    if not st.get_option("server.enableStaticServing"):
        raise RuntimeError("start from the project root: .streamlit/config.toml was not found")
    log.catch_strays()
    end_figures = api.serve_figures(wiring.current())
    gc.collect()
    gc.freeze()
    yield {}
    end_figures()
    wiring.current().close()
    wiring.use(None)
    log.stop()


def report(error: BaseException) -> bool:
    """Log a page's defect under an id; the page shows the id (pages/parts/empty.py), never the error."""
    log.report(error, where="page")
    return True


try:
    config.load_settings()
except config.SettingsMissing as error:  # here, since a server answers a failing start with a traceback
    sys.exit(error.sentence)

app = st.App(
    ROOT / "pages" / "shell.py",
    routes=api.routes(wiring.current),
    middleware=api.middleware(wiring.current),
    lifespan=lifespan,
    on_script_error=report,
)
