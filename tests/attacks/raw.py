"""Clients that keep to no rule: bare HTTP, and a websocket that speaks Streamlit's messages without its pages."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from beicha.web.people import COOKIE

SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers in small letters, the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


def cookies_of(token: str, **others: str) -> dict[str, str]:
    """The header with a session's cookie and others; empty where there is none."""
    named = ({COOKIE: token} if token else {}) | others
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in named.items())} if named else {}


def ask(
    base: str,
    method: str,
    path: str,
    token: str = "",
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | Iterable[bytes] | None = None,
    chunked: bool = False,
    cookies: Mapping[str, str] | None = None,
    source: str = "127.0.0.1",
) -> Answer:
    """One request, sent as it is written here: nothing is quoted, followed or left out."""
    sent = cookies_of(token, **(cookies or {})) | dict(headers or {})
    connection = HTTPConnection(urlsplit(base).netloc, timeout=SECONDS, source_address=(source, 0))
    try:
        with suppress(ConnectionError):  # who is refused in the middle of sending still reads why
            connection.request(method, path, body=body, headers=sent, encode_chunked=chunked)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())
    finally:
        connection.close()


@dataclass
class Run:
    """What one run of the script sent."""

    messages: list[ForwardMsg] = field(default_factory=list)

    @property
    def bytes(self) -> bytes:
        """All of it, to be searched for what must not be there."""
        return b"".join(message.SerializeToString() for message in self.messages)

    def has(self, text: str) -> bool:
        """Whether the text is anywhere in it."""
        return text.encode() in self.bytes

    @property
    def elements(self) -> list[Any]:
        """What it drew, in order."""
        return [
            getattr(element, str(element.WhichOneof("type")))
            for element in (message.delta.new_element for message in self.messages)
            if element.WhichOneof("type")
        ]

    @property
    def texts(self) -> str:
        """The text and the headings that it drew."""
        return "\n".join(str(getattr(element, "body", "")) for element in self.elements)

    def widget(self, key: str) -> Any:
        """The widget of this key; raises LookupError where none was drawn."""
        for element in self.elements:
            if str(getattr(element, "id", "")).endswith(f"-{key}"):
                return element
        raise LookupError(key)

    @property
    def redirect(self) -> str:
        """Where it leads to, '' where it stays."""
        return next((m.auth_redirect.url for m in self.messages if m.WhichOneof("type") == "auth_redirect"), "")

    @property
    def pages(self) -> dict[str, str]:
        """The pages that were told, by address, with what Streamlit calls them."""
        told = [m.navigation for m in self.messages if m.WhichOneof("type") == "navigation"]
        return {page.url_pathname: page.page_script_hash for page in (told[-1].app_pages if told else ())}


class Tab:
    """A browser tab without a browser: one websocket, which asks for runs and reads what they send."""

    def __init__(
        self,
        base: str,
        token: str = "",
        *,
        resume: str = "",
        origin: str = "",
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
    ) -> None:
        wanted = [Subprotocol(name) for name in ("streamlit", "x", resume) if name]
        self._known: dict[str, ForwardMsg] = {}
        self.session = ""
        self._open = ExitStack()
        self._socket: ClientConnection = self._open.enter_context(
            connect(
                base.replace("http", "ws") + "/_stcore/stream",
                additional_headers=cookies_of(token, **(cookies or {})) | dict(headers or {}),
                subprotocols=wanted,
                origin=Origin(origin or base),
                max_size=None,
                proxy=None,
                ping_interval=None,
            )
        )

    def __enter__(self) -> "Tab":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Goes away."""
        self._open.close()

    def run(
        self,
        page: str = "",
        query: str = "",
        values: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        page_hash: str = "",
    ) -> Run:
        """Has the page run, with these values of widgets by their whole id; what came until it had finished."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.page_script_hash = page_hash
        for widget, value in (values or {}).items():
            state = asked.rerun_script.widget_states.widgets.add(id=widget)
            for kind, content in value.items():
                _set(state, kind, content)
        return self.finish(asked)

    def finish(self, asked: BackMsg) -> Run:
        """Asks for a run in any words; what came until it had finished."""
        self.say(asked)
        return Run(list(self._until_finished()))

    def say(self, message: BackMsg) -> None:
        """Sends any message, if anybody still listens."""
        with suppress(ConnectionClosed):
            self._socket.send(message.SerializeToString())

    def shout(self, content: bytes | str) -> None:
        """Sends what is no message."""
        self._socket.send(content)

    def hear(self, seconds: float = SECONDS) -> ForwardMsg:
        """The next message; raises ConnectionClosed or TimeoutError."""
        message = ForwardMsg.FromString(self._socket.recv(timeout=seconds, decode=False))
        if message.WhichOneof("type") == "ref_hash":
            return self._known[message.ref_hash]
        if message.hash:
            self._known[message.hash] = message
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        return message

    def _until_finished(self) -> Iterator[ForwardMsg]:
        with suppress(ConnectionClosed):
            while True:
                message = self.hear()
                yield message
                if message.WhichOneof("type") == "script_finished":
                    return


def _set(state: Any, kind: str, content: Any) -> None:
    if isinstance(content, list | tuple):
        getattr(state, kind).data.extend(content)
    else:
        setattr(state, kind, content)
