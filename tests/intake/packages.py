"""Workbooks whose parts are put in by hand: what Excel and WPS write and the writer of our tests cannot."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

FIRST_SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
DRAWING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"


def zipped(**parts: bytes | str) -> bytes:
    """An archive of parts; two underscores in a name stand for a slash."""
    return archived({name.replace("__", "/"): part for name, part in parts.items()})


def archived(parts: Mapping[str, bytes | str]) -> bytes:
    """An archive of parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """The archive with these parts put in or replaced."""
    return archived({**parts_of(content), **parts})


def replaced(content: bytes, part: str, old: str, new: str) -> bytes:
    """The archive in one part of which a text is replaced, which must stand in it."""
    before = parts_of(content)[part]
    assert old.encode() in before, before
    return with_parts(content, {part: before.replace(old.encode(), new.encode())})


def anchored(*cells: tuple[int, int], pictures: int = 1) -> str:
    """A drawing with pictures that float above cells, given by row and column counted from 0."""
    picture = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片"/></xdr:nvPicPr></xdr:pic>'
    anchors = "".join(
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{column + 1}</xdr:col><xdr:row>{row + 1}</xdr:row>"
        f"</xdr:to>{picture * pictures}<xdr:clientData/></xdr:twoCellAnchor>"
        for row, column in cells
    )
    space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    return f'<?xml version="1.0"?><xdr:wsDr xmlns:xdr="{space}">{anchors}</xdr:wsDr>'


def with_floating(content: bytes, *cells: tuple[int, int], sheet: int = 1, pictures: int = 1) -> bytes:
    """The workbook with pictures floating above cells of a sheet."""
    relation = f'<Relationship Id="rId1" Type="{DRAWING}" Target="../drawings/drawing1.xml"/>'
    return with_parts(
        content,
        {
            f"xl/worksheets/_rels/sheet{sheet}.xml.rels": RELATIONS.format(relation),
            "xl/drawings/drawing1.xml": anchored(*cells, pictures=pictures),
        },
    )


def with_cell_images(content: bytes, *names: str) -> bytes:
    """The workbook with the pictures that WPS keeps in cells, known by these names."""
    images = "".join(
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{at}" name="{name}"/></xdr:nvPicPr></xdr:pic>'
        "</etc:cellImage>"
        for at, name in enumerate(names)
    )
    part = (
        '<?xml version="1.0" encoding="UTF-8"?><etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/'
        'etCustomData" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
        f"{images}</etc:cellImages>"
    )
    return with_parts(content, {"xl/cellimages.xml": part})
