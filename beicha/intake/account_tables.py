"""The table of accounts (账号表) that an office fills in: one row a post, several rows for who holds several."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beicha.intake.filled_tables import FilledTable
from beicha.intake.synonyms import heading_key, roles

ACCOUNT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "login": ("登录名", "账号", "帐号", "用户名", "登录账号"),
    "name": ("姓名", "使用人", "人员姓名"),
    "role": ("角色", "职责", "身份"),
    "area": ("区划", "单位", "所属区划", "社区", "街道"),
    "lines": ("条线", "负责条线"),
}
TITLES: Mapping[str, str] = {
    "office": "文明办",
    "street": "街道",
    "clerk": "社区报送员",
    "line": "条线部门",
    "leader": "领导",
    "auditor": "审计员",
    "admin": "系统管理员",
}
"""What the template calls the roles."""
MOST_ROWS = 2000
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_SEPARATORS = re.compile(r"[、,，;；/|\n]+")
_READ_BY_A_PART = ("street", "clerk", "line", "leader")
"""Roles that a longer text may name; the others reach too far to be taken from a part of what somebody wrote."""


@dataclass(frozen=True)
class AccountRow:
    """One row as it stands, without blanks around; ``role`` as it is kept, ``role_text`` as it was written."""

    row: int
    login: str
    name: str
    role: str
    role_text: str
    area: str
    lines: tuple[str, ...]


class AccountTable(FilledTable):
    """A table of accounts: its rows without those that have errors, and every problem, to which others are added."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(name, content, ACCOUNT_COLUMNS, ("login", "name", "role"))
        others = [heading for heading in self.others if heading and heading_key(heading) not in ("序号", "备注")]
        if others:
            self.problems.add("columns_not_taken", self.sheet, found="、".join(others))
        if len(self.rows) > MOST_ROWS:
            self.problems.add("accounts_too_many", self.sheet, found=len(self.rows), most=MOST_ROWS)
        kept = self.rows[:MOST_ROWS]
        self.accounts = tuple(row for number, cells in kept if (row := self._account(number, cells)))

    def _account(self, number: int, cells: Sequence[Any]) -> AccountRow | None:
        login, name = self.text(cells, "login"), _BETWEEN_CHINESE.sub("", self.text(cells, "name"))
        role_text = self.text(cells, "role")
        for field, text in (("login", login), ("name", name), ("role", role_text)):
            if not text:
                self.add("name_blank", number, field)
        role = self._role(number, role_text) if role_text else None
        if not (login and name and role):
            return None
        lines = tuple(part for part in _SEPARATORS.split(self.text(cells, "lines")) if part.strip())
        return AccountRow(number, login, name, role, role_text, self.text(cells, "area"), lines)

    def _role(self, number: int, text: str) -> str | None:
        """The role that a text names, in full or as the only one within it."""
        known, key = roles(), heading_key(text)
        if key in known:
            return known[key]
        within = {role for word, role in known.items() if word in key and role in _READ_BY_A_PART}
        if len(within) == 1:
            (role,) = within
            self.add("choice_worded", number, "role", found=text, read=TITLES[role])
            return role
        self.add("choice_unknown", number, "role", found=text, choices=list(TITLES.values()))
        return None
