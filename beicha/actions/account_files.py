"""Workbooks about accounts: the template to fill in, and the one-time codes of those just made."""

from collections.abc import Iterable
from datetime import datetime

from beicha.actions.account_import import IssuedCode
from beicha.actions.accounts import CODE_LIVES
from beicha.actions.granting import giver_of
from beicha.actions.grants import Grant
from beicha.actions.views.accounts import giving, post_in_words
from beicha.intake.account_tables import ACCOUNT_COLUMNS, TITLES
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store, areas, lines
from beicha.words.language import Language
from beicha.words.times import shown

_KIND_NAMES = {"district": "区", "street": "街道", "zone": "管区", "community": "社区"}
_NOTES = (
    f"每项职责一行，一人有几项职责就写几行（登录名、姓名相同）。角色：{'、'.join(TITLES.values())}。",
    "登录名用字母、数字或汉字，不能有空格，每人一个。区划填名称或编码（见“区划”表），文明办、领导、审计员可填“全区”；社区报送员必须填社区。",
    "条线只有条线部门必填，多个用顿号隔开（见“条线”表）。例：zhangmin ｜ 张敏 ｜ 社区报送员 ｜ 桂花社区 ｜（空）。",
)
_CODE_NOTES = (
    "请把每一行当面或打电话告诉本人，不要发到群里。登录码代替密码，只能用一次；首次登录后自己设密码。",
    "用完请删除本文件。丢失的登录码可在账号页重发。",
)


def account_template(grant: Grant, store: Store, month: str) -> bytes:
    """The table of accounts to fill in (.xlsx), with the areas of a month and the lines to take names from."""
    with store.read() as view:
        giver_of(grant, view)
        tree, known = areas.tree(view, month), lines.all_lines(view)
    names = {area.code: area.name for area in tree}
    widths = dict(zip(ACCOUNT_COLUMNS, (18.0, 14.0, 16.0, 24.0, 24.0), strict=True))
    columns = [Column(titles[0], widths[field], "@") for field, titles in ACCOUNT_COLUMNS.items()]
    ranked = sorted(tree, key=lambda area: list(_KIND_NAMES).index(area.kind))
    places = [[area.code, area.name, _KIND_NAMES[area.kind], names.get(area.parent or "", "")] for area in ranked]
    return workbook_of(
        [
            Sheet("账号表", columns, [], _NOTES),
            Sheet("区划", [Column(title, 18.0, "@") for title in ("编码", "名称", "类别", "上级")], places),
            Sheet(
                "条线", [Column("编码", 18.0, "@"), Column("名称", 24.0, "@")], [[one.code, one.title] for one in known]
            ),
        ]
    )


def code_workbook(
    grant: Grant, store: Store, codes: Iterable[IssuedCode], *, language: Language, now: datetime
) -> bytes:
    """The one-time codes, a row each, to be handed over and thrown away."""
    known = giving(grant, store, f"{now:%Y-%m}")
    until = shown(now + CODE_LIVES)
    rows = [
        [one.login, one.name, "；".join(post_in_words(post, known, language) for post in one.posts), one.code, until]
        for one in codes
    ]
    widths = (("登录名", 18.0), ("姓名", 14.0), ("职责", 44.0), ("一次性登录码", 26.0), ("有效期至", 18.0))
    return workbook_of([Sheet("登录码", [Column(title, width, "@") for title, width in widths], rows, _CODE_NOTES)])
