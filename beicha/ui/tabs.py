"""What Streamlit knows of its tabs and their messages, for the doors before it."""

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.web.server.starlette.starlette_websocket import gather_user_info

from beicha.ui.sitemap import ROOT

_PLACE = str(ROOT).encode()
USEFUL = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
"""The messages that a page sends; the others are for developers, or for parts that no page has."""
MOST_NAMES = 1000
"""So many files can be chosen at once; every name is answered with two addresses."""


def is_useful(content: bytes) -> bool:
    """Whether a message of a browser is one that our pages send."""
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return False
    return message.WhichOneof("type") in USEFUL and len(message.file_urls_request.file_names) <= MOST_NAMES


def discreet(content: bytes) -> bytes:
    """A message to a browser without what it says of the machine: where the program lies, and on what it runs."""
    if _PLACE not in content:
        return content
    message = ForwardMsg.FromString(content)
    if message.WhichOneof("type") != "new_session":
        return content
    message.new_session.main_script_path = ""
    told = message.new_session.initialize
    told.environment_info.python_version = told.environment_info.server_os = ""
    for name in ("installation_id", "installation_id_v3", "installation_id_v4"):
        told.user_info.ClearField(name)
    quiet: bytes = message.SerializeToString()
    return quiet


class Tabs:
    """The open tabs of this process; a tab is the caller's where it was opened in their session."""

    def owned(self, headers: Headers, tab: str) -> bool:
        """Whether the tab is open, and of the caller's session; which share links they have opened does not matter."""
        found, caller = get_instance().get_app_session(tab), gather_user_info(headers)["session"]
        return found is not None and caller is not None and found._user_info.get("session") == caller

    def held(self, headers: Headers) -> tuple[int, int]:
        """How many files the caller's tabs hold, and how many bytes."""
        sizes = [
            len(file.data)
            for tab, files in list(self._files.file_storage.items())
            if self.owned(headers, tab)
            for file in list(files.values())
        ]
        return len(sizes), sum(sizes)

    def held_by_all(self) -> int:
        """How many bytes all tabs hold."""
        return sum(stat.byte_length for stats in self._files.get_stats().values() for stat in stats)

    @property
    def _files(self) -> MemoryUploadedFileManager:
        found = get_instance().uploaded_file_mgr
        assert isinstance(found, MemoryUploadedFileManager)
        return found
