"""Accounts in words: roles, why an account cannot be made so, and what speaks against a password."""

from collections.abc import Mapping

from beicha.actions.grants import Role
from beicha.actions.passwords import Fault
from beicha.words.language import later

ROLE_TITLES: Mapping[Role, str] = {
    "office": later("civilization office"),
    "street": later("street"),
    "clerk": later("community clerk"),
    "line": later("line department"),
    "leader": later("leader (reads only)"),
    "auditor": later("auditor"),
    "admin": later("system administrator"),
    "visitor": later("visitor by a share link"),
}

REASONS: Mapping[str, str] = {
    "login": later("A login has 2 to 64 letters, digits or . _ - @, and is not “local”."),
    "name": later("The account needs the person's name."),
    "taken": later("There is an account of this login already."),
    "account": later("There is no account of this login."),
    "area": later("There is no area of this code."),
    "line": later("There is no line of this code."),
    "lines": later("A line department's post names its lines."),
    "own": later("Nobody disables their own account."),
    "self": later("Nobody gives a post or a one-time code to themselves. Ask somebody else who may."),
    "posts": later("An account needs at least one post."),
}
"""By the reason of an AccountError."""

FAULTS: Mapping[Fault, str] = {
    "short": later("The password is too short: at least 10 characters."),
    "long": later("The password is too long: at most 200 characters."),
    "login": later("The password must not be the login."),
    "common": later("This password is among the first that others would guess. Please choose another."),
    "wrong": later("The present password is not right."),
    "tries": later("The present password was wrong too often. Please try again in 15 minutes."),
    "same": later("The new password is the old one. Please choose another."),
    "demo": later("Demo accounts have no password."),
    "elsewhere": later("You sign in through another service and have no password here. An administrator can give one."),
}
