"""The demo's people: one account for each way of looking at the district. The first is the one the demo opens for."""

from beicha.actions.grants import Post
from beicha.demo.district import COMMUNITIES, DISTRICT, STREETS

PEOPLE: tuple[tuple[str, str, Post], ...] = (
    ("demo-office", "文明办", Post("office")),
    ("demo-street", STREETS[0].name, Post("street", STREETS[0].code)),
    ("demo-clerk", COMMUNITIES[0].name, Post("clerk", COMMUNITIES[0].code)),
    ("demo-line", "科技文化中心", Post("line", DISTRICT.code, ("culture",))),
    ("demo-leader", "只读领导", Post("leader", DISTRICT.code)),
)
"""Login, name and post of each."""
