"""What the service writes down of a day's work: no token, no password, nothing that stands in files or names a person.

One day as it goes, through the service as it is started: signing in and in vain, a file with an identity number and a
telephone number in its name and cells, a download, a page, a share link, and a fault in what was sent.
"""

import re
from urllib.parse import quote

from beicha.actions import accounts
from beicha.actions.grants import OFFICE, Post
from tests.actions.office import day, lecture
from tests.attacks.house import MONTH, PLANTED, House
from tests.attacks.raw import ask
from tests.attacks.test_sessions import GOOD, post
from tests.attacks.test_shares import made, opened
from tests.intake.workbooks import hall
from tests.ui.district import NOW

NUMBER, TELEPHONE, NAME = "110105201602290034", "13900001234", "王小丫"


def upload(house: House, token: str) -> int:
    """Sends a file whose name and cells tell of a child, as a browser without script does."""
    content = hall(lecture(day(4, 5), f"{NAME} {NUMBER} {TELEPHONE}"), cover=("红旗社区", MONTH))
    form = "f" * 43
    head = f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{form}\r\n--x\r\n'
    name = f"{NAME}{NUMBER}\n{TELEPHONE}.xlsx".replace("\n", "%0A")
    head += f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    place = "/plain/upload"
    return ask(house.base, "POST", place, token, headers=headers, body=body, cookies={"beicha_form": form}).status


def a_days_work(house: House) -> list[str]:
    """Does it all, and gives what must stand nowhere."""
    login = house.newcomer(Post("office"), password=GOOD)
    entered = post(house, "/login", {"login": login, "password": GOOD})
    assert entered.status == 303
    (token,) = re.findall(r"beicha_session=([\w-]{43})", entered.headers["set-cookie"])
    assert post(house, "/login", {"login": login, "password": "ein falsches Wort"}).status == 401
    assert upload(house, token) == 303
    assert ask(house.base, "GET", house.sent_file("a"), token).status == 200
    assert (
        ask(house.base, "GET", f"/download/community.xlsx?period={MONTH}&community={quote(NAME)}", token).status == 404
    )
    assert ask(house.base, "GET", f"/community?x={NUMBER}&token={token}", token).status == 200
    with house.tab("office") as tab:
        tab.run()
    link = made(house)
    values = opened(house, link).values()
    code = accounts.new_code(OFFICE, house.store, house.newcomer(Post("clerk", "a")), now=NOW)
    assert post(house, "/login", {"login": "nobody", "password": code}).status in (401, 429)
    assert post(house, "/login", {"login": "\u202e" * 3, "password": "x" * 100_000}).status < 500
    secrets = [token, GOOD, "ein falsches Wort", link.token, *values, code]
    return [*secrets, NUMBER, TELEPHONE, NAME, *PLANTED.values(), "李强"]


def test_nothing_secret_or_personal_stands_in_the_log(house: House) -> None:
    words = a_days_work(house)
    log = house.log
    assert [word for word in words if word in log or ascii(word)[1:-1] in log] == []
    assert re.findall(r"\b1[3-9]\d{9}\b|\b\d{17}[\dXx]\b", log) == []


def test_what_was_done_that_day_is_in_the_audit_without_its_secrets(house: House) -> None:
    words = a_days_work(house)
    done = {entry.action for entry in house.entries}
    assert done >= {"session.open", "session.refused", "preview.start", "file.export", "share.make", "share.open"}
    told = repr(house.entries)
    secrets = words[: words.index(NUMBER)]
    assert [word for word in secrets if word in told] == []
