"""Timing a rerun as the server does it: a raw websocket client that speaks Streamlit's protocol and draws nothing."""

import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@dataclass
class Tab:
    """One open page of one browser tab."""

    socket: ClientConnection
    page: str

    def rerun_ms(self) -> float:
        """From asking for a rerun until the script has finished, in milliseconds."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = ""
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(self.socket.recv(timeout=30)))  # type: ignore[arg-type]
            if told.WhichOneof("type") == "script_finished":
                return (time.perf_counter() - start) * 1000


def open_tab(base: str, page: str, cookie: str = "") -> Tab:
    """Open the stream of a page as a signed-in person; `cookie` as the browser would send it."""
    address = base.replace("http://", "ws://") + "/_stcore/stream"
    headers = {"Cookie": cookie} if cookie else {}
    socket = connect(address, additional_headers=headers, subprotocols=["streamlit"], max_size=None, origin=base)  # type: ignore[list-item,arg-type]
    return Tab(socket, page)
