"""Sheets as CSV files, which Excel and WPS open with their Chinese: one for each, together in a zip."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from beicha.papers.long_tables import write_csv
from beicha.papers.sheets import Sheet

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def csv_of(sheet: Sheet) -> bytes:
    """A sheet as UTF-8 with a BOM; texts that look like formulas are kept from being ones."""
    content = BytesIO()
    write_csv(content, [column.title for column in sheet.columns], sheet.rows)
    return content.getvalue()


def csv_zip(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet as a file under its title, in their order, and what they rest on beside them."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for number, sheet in enumerate(sheets, 1):
            name = sheet.title.translate({ord(sign): "_" for sign in '\\/:*?"<>|'})
            package.writestr(zipfile.ZipInfo(f"{number}-{name}.csv", _FIRST_DAY), csv_of(sheet))
        stamps = "\r\n".join(sheets[0].notes) if sheets else ""
        package.writestr(zipfile.ZipInfo("说明.txt", _FIRST_DAY), stamps.encode("utf-8-sig"))
    return content.getvalue()
