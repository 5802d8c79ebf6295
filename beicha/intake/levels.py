"""Headings of one to three levels: parent cells spread over their columns and joined with what stands below."""

from typing import Any

from beicha.intake.book import Sheet
from beicha.intake.matching import Labels

MOST_LEVELS = 3
_ALL_OF_IT = frozenset(("小计", "合计", "总数", "总计", "计", "数量", "人数"))
_LONGEST = 60


def labels(sheet: Sheet, row: int, levels: int) -> Labels | None:
    """What may be the heading of each column when it starts in this row (from 0); None where the rows do not fit so."""
    grid = [_texts(cells) for cells in sheet.rows[row : row + levels]]
    if len(grid) < levels:
        return None
    if levels == 1:
        return [(text,) if text else () for text in grid[0]]
    own = [list(texts) for texts in grid]
    _spread_merged(sheet, row, grid)
    _spread_right(own, grid)
    if not _is_a_tree(own, grid):
        return None
    return [_candidates([level[column] for level in grid]) for column in range(len(grid[0]))]


def _texts(cells: list[Any]) -> list[str]:
    return [cell.strip() if type(cell) is str and len(cell) <= _LONGEST else "" for cell in cells]


def _spread_merged(sheet: Sheet, row: int, grid: list[list[str]]) -> None:
    for top, left, bottom, right in sheet.merged:
        if row <= top < row + len(grid):
            text = grid[top - row][left] if left < len(grid[0]) else ""
            for level in range(top - row, min(bottom - row + 1, len(grid))):
                for column in range(left, min(right + 1, len(grid[0]))):
                    grid[level][column] = text


def _spread_right(own: list[list[str]], grid: list[list[str]]) -> None:
    """A parent also heads the blank cells to its right where something stands below them."""
    for level in range(len(grid) - 1):
        for column in range(1, len(grid[level])):
            if not grid[level][column] and any(below[column] for below in own[level + 1 :]):
                grid[level][column] = grid[level][column - 1]


def _is_a_tree(own: list[list[str]], grid: list[list[str]]) -> bool:
    """Whether a text with something below it is a parent of several columns, or lies below one; else those are data."""
    for level in range(len(grid) - 1):
        for column, text in enumerate(own[level]):
            below = own[level + 1][column]
            if text and below and not any(_is_wide(row, column) for row in grid[max(0, level - 1) : level + 1]):
                return False
    return True


def _is_wide(texts: list[str], column: int) -> bool:
    neighbours = texts[max(0, column - 1) : column] + texts[column + 1 : column + 2]
    return texts[column] != "" and texts[column] in neighbours


def _candidates(parts: list[str]) -> tuple[str, ...]:
    steps = [part for at, part in enumerate(parts) if part and (at == 0 or part != parts[at - 1])]
    if not steps:
        return ()
    found = ["".join(steps[at:]) for at in range(len(steps))]
    if steps[-1] in _ALL_OF_IT and len(steps) > 1:
        found.append(steps[-2])
    return tuple(found)
