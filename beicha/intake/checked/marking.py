"""Setting marks in the bytes of a workbook. Runs in the reading process alone, for the bytes are foreign."""

from typing import Any

from lxml import etree

from beicha.intake.book import Refusal
from beicha.intake.checked.fills import Fills
from beicha.intake.checked.fresh import fresh_workbook
from beicha.intake.checked.grid import Grid, clear
from beicha.intake.checked.marks import CellMark, Marks, SheetMarks
from beicha.intake.checked.notes import notes_sheet
from beicha.intake.checked.package import STRICT, Package, UnfitError, parsed, relation_space
from beicha.intake.checked.remarks import Remarks
from beicha.intake.guard import MOST_COLUMNS, open_parts
from beicha.intake.kinds import kind_of
from beicha.intake.synonyms import heading_key
from beicha.words.workbook import CHECK_NOTES, CHECK_RESULT

_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
}
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WIDTH = 44.0

Marked = tuple[str, bytes]
"""The suffix of a workbook's name, and its bytes."""


def marked_workbook(content: bytes, marks: Marks) -> Marked | Refusal:
    """The workbook with the marks set in it; one made anew from its values where it is no package of XML parts."""
    kind = kind_of(content)
    if isinstance(kind, Refusal):
        return kind
    if kind == "zip":
        parts = open_parts(content)
        if isinstance(parts, Refusal):
            return parts
        del parts
        try:
            return _Marking(content, marks).marked()
        except (UnfitError, ValueError, LookupError):
            pass  # read all the same, but built too oddly to be changed: its values are put into a new one
    fresh = fresh_workbook(content, marks)
    if isinstance(fresh, Refusal):
        return fresh
    made, renamed = fresh
    return _Marking(made, renamed, (*marks.intro, marks.fresh)).marked()


class _Marking:
    """The setting of marks in one package."""

    def __init__(self, content: bytes, marks: Marks, intro: tuple[str, ...] = ()) -> None:
        self._marks, self._intro = marks, intro or marks.intro
        self._package = Package(content)
        self._workbook = self._workbook_part()
        self._root = self._package.tree(self._workbook)
        self._space = etree.QName(self._root).namespace or ""
        self._strict = self._space.startswith(STRICT)
        self._fills = Fills(self._package, self._workbook, strict=self._strict)
        self._words = _Words(self._package, self._workbook)

    def _workbook_part(self) -> str:
        found = next(iter(self._package.related("", "officeDocument").values()), "")
        if self._package.type_of(found) not in _SUFFIXES:
            raise UnfitError("this is no workbook of XML parts")
        return found

    def marked(self) -> Marked:
        """The suffix and the bytes of the marked workbook."""
        parts = self._sheets("worksheet")
        marks = {sheet.sheet: sheet for sheet in self._marks.sheets}
        for name, part in parts.items():
            if heading_key(name) != CHECK_NOTES:
                self._mark(part, marks.get(name))
        for part in {**parts, **self._sheets("chartsheet")}.values():
            self._leave_view(part)
        self._add_notes(parts)
        return _SUFFIXES[self._package.type_of(self._workbook)], self._package.saved()

    def _sheets(self, kind: str) -> dict[str, str]:
        """The parts of the sheets of a kind by the sheets' names."""
        targets = self._package.related(self._workbook, kind)
        found = {}
        for sheet in self._root.iter(self._tag("sheet")):
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            if self._package.has(targets.get(relation, "")):
                found[sheet.get("name", "")] = targets[relation]
        return found

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def _mark(self, part: str, marks: SheetMarks | None) -> None:
        if marks is None or not (marks.cells or marks.rows or marks.typed or self._fills.came_tinted):
            return
        grid = Grid(self._package.tree(part))
        remarks = Remarks(self._package, part, grid, strict=self._strict)
        remarks.forget()
        self._take_off_tints(grid)
        for row, column, text in marks.typed:
            if not grid.leads_formulas(row, column):
                grid.write(row, column, text)
        of_headings = self._mark_rows(grid, marks)
        cells = [*marks.cells, *of_headings]
        for mark in cells:
            cell = grid.cell(mark.row, mark.column)
            cell.set("s", str(self._fills.tinted(int(cell.get("s", 0)), mark.level)))
        remarks.add(cells)

    def _take_off_tints(self, grid: Grid) -> None:
        if self._fills.came_tinted:
            for _, _, cell in grid.cells():
                style = int(cell.get("s", 0))
                cell.set("s", str(self._fills.own(style)))

    def _mark_rows(self, grid: Grid, marks: SheetMarks) -> list[CellMark]:
        """Writes the column 校验结果; what concerns the headings is to become a comment of its own heading."""
        column = self._column(grid, marks)
        if column is None:
            return []
        grid.widen(column, _WIDTH)
        grid.reach(column)
        for first, _ in marks.headings:
            beside = int(grid.cell(first, column - 1).get("s", 0))
            grid.write(first, column, CHECK_RESULT, self._fills.own(beside))
        of_headings = []
        for mark in marks.rows:
            heading = next((first for first, last in marks.headings if first <= mark.row <= last), None)
            if heading is not None:
                of_headings.append(CellMark(heading, column, mark.level, mark.text))
            elif mark.row > marks.headings[0][0]:
                grid.write(mark.row, column, mark.text, self._fills.text(0, mark.level))
        return of_headings

    def _column(self, grid: Grid, marks: SheetMarks) -> int | None:
        """Where the column is to stand; None where nothing is to be said in rows, or no column is free."""
        if not marks.headings:
            return None
        old = self._old_column(grid, marks)
        if old is not None:
            for _, column, cell in grid.cells(marks.headings[0][0]):
                if column == old:
                    clear(cell)
            return old
        return _free_column(grid, marks) if marks.rows else None

    def _old_column(self, grid: Grid, marks: SheetMarks) -> int | None:
        for first, last in marks.headings:
            for _, column, cell in grid.cells(first, last):
                if heading_key(self._words.of(grid, cell)) == CHECK_RESULT:
                    return column
        return None

    def _leave_view(self, part: str) -> None:
        """The list of problems is to be seen first; two sheets chosen at once would be edited together."""
        if b"tabSelected" in self._package.content(part):
            for view in self._package.tree(part).iter("{*}sheetView"):
                view.attrib.pop("tabSelected", None)

    def _add_notes(self, parts: dict[str, str]) -> None:
        sheets = next(self._root.iter(self._tag("sheets")))
        name = next((name for name, part in parts.items() if self._is_notes(name, part)), None)
        if name is None:
            part = self._new_sheet(sheets, list(parts))
            at = len(sheets) - 1
        else:
            part = parts[name]
            at = [sheet.get("name") for sheet in sheets].index(name)
        self._package.put(part, notes_sheet(self._marks, self._intro, self._fills, self._space))
        views = self._root.find(self._tag("bookViews"))
        if views is None:
            views = etree.Element(self._tag("bookViews"))
            sheets.addprevious(views)
            etree.SubElement(views, self._tag("workbookView"))
        views[0].set("activeTab", str(at))

    def _is_notes(self, name: str, part: str) -> bool:
        """Whether a sheet is the list of an earlier round, and not one that the clerk calls so."""
        if heading_key(name) != CHECK_NOTES:
            return False
        grid = Grid(parsed(self._package.content(part)))
        return any(self._words.of(grid, cell) == CHECK_NOTES for _, _, cell in grid.cells(1, 1))

    def _new_sheet(self, sheets: Any, names: list[str]) -> str:
        taken = {name.lower() for name in names}
        name = next(
            name for n in range(1, 100) if (name := CHECK_NOTES if n == 1 else f"{CHECK_NOTES}（{n}）") not in taken
        )
        part = self._package.new_name("xl/worksheets/sheet{}.xml")
        self._package.put(part, b"")
        self._package.set_type(part, _SHEET_TYPE)
        relation = self._package.relate(self._workbook, "worksheet", part, strict=self._strict)
        number = max((int(sheet.get("sheetId", 0)) for sheet in sheets), default=0) + 1
        made = etree.SubElement(sheets, self._tag("sheet"), name=name, sheetId=str(number))
        made.set(f"{{{relation_space(strict=self._strict)}}}id", relation)
        return part


def _free_column(grid: Grid, marks: SheetMarks) -> int | None:
    """The first column right of all headings with nothing in it and no merged cells over it."""
    headings = [column for first, last in marks.headings for _, column, cell in grid.cells(first, last) if len(cell)]
    top = marks.headings[0][0]
    taken = {column for _, column, cell in grid.cells(top) if len(cell)}
    for _, left, bottom, right in grid.merged():
        if bottom >= top:
            taken.update(range(left, min(right, MOST_COLUMNS) + 1))
    free = (column for column in range(max(headings, default=0) + 1, MOST_COLUMNS + 1) if column not in taken)
    return next(free, None)


class _Words:
    """The texts of cells, those in the table of shared texts among them."""

    def __init__(self, package: Package, workbook: str) -> None:
        self._package = package
        self._part = next(iter(package.related(workbook, "sharedStrings").values()), "")
        self._shared: dict[int, str] | None = None

    def of(self, grid: Grid, cell: Any) -> str:
        """The text of a cell; of shared ones only those with our own words in them are known, others are ""."""
        if cell.get("t") == "s":
            number = cell.findtext(grid.tag("v"), "")
            return self._ours().get(int(number), "") if number.isdigit() else ""
        return "".join(said.text or "" for said in cell.iter(grid.tag("t"), grid.tag("v")))

    def _ours(self) -> dict[int, str]:
        """Texts with our words in them by their numbers: the whole table is only taken apart where there is one."""
        if self._shared is None:
            self._shared = {}
            content = self._package.content(self._part) if self._package.has(self._part) else b""
            if any(word.encode() in content for word in (CHECK_RESULT, CHECK_NOTES)):
                for number, item in enumerate(parsed(content)):
                    text = "".join(said for said in item.itertext())
                    if text in (CHECK_RESULT, CHECK_NOTES):
                        self._shared[number] = text
        return self._shared
