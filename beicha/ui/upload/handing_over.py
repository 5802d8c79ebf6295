"""Files on their way from the page to the job that reads them, without a copy of them staying behind.

Streamlit hands every run a copy of what was chosen, and keeps its own as long as the page is open: of a zip of 200 MB
that would be 400 MB. So the copy is closed at once, and its own is let go as soon as the files are queued.
"""

from collections.abc import Sequence

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from beicha.actions.submissions import NamedFile


def close(files: Sequence[UploadedFile]) -> None:
    """Give back the memory of these copies; their names and sizes are still known."""
    for file in files:
        file.close()


def bytes_of(files: Sequence[UploadedFile]) -> list[NamedFile]:
    """The files with their bytes, of which no copy is made."""
    return [NamedFile(record.name, record.data) for record in _records(files)]


def let_go(files: Sequence[UploadedFile]) -> None:
    """Forget what the page holds of these files."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _records(files: Sequence[UploadedFile]) -> list[UploadedFileRec]:
    context = get_script_run_ctx()
    assert context is not None, "files are handed over by a page"
    found = context.uploaded_file_mgr.get_files(context.session_id, [file.file_id for file in files])
    return list(found)
