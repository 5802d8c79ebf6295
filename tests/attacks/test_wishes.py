"""What a browser may ask of a page besides to be drawn: nothing."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.attacks.house import House
from tests.attacks.raw import Run


def wishes() -> dict[str, BackMsg]:
    """Every message that Streamlit takes and no page of ours sends."""
    cache, source, reload, ending, cutting = (BackMsg() for _ in range(5))
    cache.clear_cache = source.load_git_info = reload.set_run_on_save = True
    ending.debug_shutdown_runtime = cutting.debug_disconnect_websocket = True
    skills, chunk, file = BackMsg(), BackMsg(), BackMsg()
    skills.backend_operation_request.install_skills.SetInParent()
    chunk.backend_operation_request.dataframe_chunk.SetInParent()
    file.backend_operation_request.deferred_file.file_id = "x"
    named = {"cache": cache, "source": source, "reload": reload, "ending": ending, "cutting": cutting}
    return named | {"skills": skills, "chunk": chunk, "file": file, "nothing": BackMsg()}


@pytest.mark.parametrize("name", wishes())
def test_a_wish_of_a_developer_is_not_heard(house: House, name: str) -> None:
    with house.tab("clerk") as tab:
        shown = tab.run("community", "form=按项目")
        asked = wishes()[name]
        if name in ("skills", "chunk", "file"):
            asked.backend_operation_request.session_id = tab.session
            asked.backend_operation_request.request_id = "1"
        tab.say(asked)
        with pytest.raises(TimeoutError):
            while tab.hear(0.7).WhichOneof("type") == "session_status_changed":
                pass
        again = tab.run("community", "form=按项目")
        assert [type(e) for e in again.elements] == [type(e) for e in shown.elements]


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xff" * 100, b"GET / HTTP/1.1\r\n\r\n", bytes(3 << 20)])
def test_what_is_no_message_is_not_heard_and_the_page_lives_on(house: House, content: bytes) -> None:
    with house.tab("clerk") as tab:
        tab.run()
        tab.shout(content)
        assert tab.run().elements
    assert "Traceback" not in house.log or "Error deserializing" not in house.log


def test_a_text_is_not_heard_either(house: House) -> None:
    with house.tab("clerk") as tab:
        tab.run()
        tab.shout("rerun")
        assert tab.run().elements


def test_nothing_tells_of_the_machine(house: House) -> None:
    drawn = Run()
    for who in ("clerk", "office", "nobody's"):
        with house.tab(who) as tab:
            drawn.messages += [*tab.run().messages, *tab.run("nowhere").messages]
    for word in ("shell.py", str(house.folder), "/beicha/", "site-packages", "linux", "final.0"):
        assert not drawn.has(word)
    assert drawn.has("1.67")
