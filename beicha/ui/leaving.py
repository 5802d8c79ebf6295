"""The message that leads an open page to the sign-in page: the one that Streamlit's own sign-in sends."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def farewell(address: str = "/login") -> bytes:
    """The message as the browser gets it over the websocket."""
    message = ForwardMsg()
    message.auth_redirect.url = address
    content: bytes = message.SerializeToString()
    return content
