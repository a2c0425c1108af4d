"""DOCX: order, columns, tables, list numbers, and what python-docx does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from readers_fixtures import (
    BODY,
    LEFT,
    MOTTO,
    NATION,
    RECIPIENTS,
    RIGHT,
    SIGNATURE,
    W,
    insert_xml,
    layout_table,
    letter_docx,
    saved,
)

from pipeline.readers import read

_NS = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>
<w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def texts(path: Path) -> list[str]:
    """The lines of a Word file, all of them complete."""
    document = read(path)
    assert all(line.complete for line in document.lines)
    return [line.text for line in document.lines]


def paragraph(inner: str) -> str:
    """A paragraph with this XML inside."""
    return f"<w:p {_NS}>{inner}</w:p>"


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, number: int, level: int = 0) -> str:
    """A list item."""
    marks = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return paragraph(marks + run(text))


def of_xml(folder: Path, *paragraphs: str, numbering: bool = False) -> list[str]:
    """The lines of a document made of these paragraphs."""
    document = Document()
    for xml in paragraphs:
        insert_xml(document, xml)
    return texts(saved(document, folder / "a.docx", {"word/numbering.xml": _NUMBERING} if numbering else None))


def test_a_letter_reads_column_by_column(tmp_path: Path) -> None:
    """Letterhead left, letterhead right, body, recipients, signature; empty paragraphs go."""
    expected = [*LEFT, *RIGHT, "Kính gửi: Các sở, ban, ngành tỉnh.", *BODY, *RECIPIENTS, *SIGNATURE]
    assert texts(saved(letter_docx(), tmp_path / "a.docx")) == [text for text in expected if text]


def test_letterheads_people_draw(tmp_path: Path) -> None:
    """An empty middle column, several rows, a row across, tabs instead of a table."""
    document = Document()
    layout_table(document, ("SỞ Y TẾ", "Số: 1/SYT"), (NATION, MOTTO), empty_middle=True)
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, (("SỞ Y TẾ", NATION), ("Số: 2/SYT", MOTTO)), strict=False):
        row.cells[0].text, row.cells[1].text = cells
    table.rows[2].cells[0].merge(table.rows[2].cells[1]).text = "Kính gửi: Sở Tài chính"
    document.add_paragraph(f"SỞ Y TẾ\t{NATION}")
    document.add_paragraph(f"Số: 3/SYT\t{MOTTO}")
    assert texts(saved(document, tmp_path / "a.docx")) == [
        "SỞ Y TẾ", "Số: 1/SYT", NATION, MOTTO, "SỞ Y TẾ", "Số: 2/SYT", NATION, MOTTO, "Kính gửi: Sở Tài chính",
        "SỞ Y TẾ", "Số: 3/SYT", NATION, MOTTO,
    ]  # fmt: skip


def test_two_signers_in_a_table(tmp_path: Path) -> None:
    """Minutes end with two signers side by side; a short table of capitals with a heading row is data."""
    document = Document()
    layout_table(document, ("THƯ KÝ", "Trần Thị Thử"), ("CHỦ TỌA", "Lê Văn Mẫu"))
    table = document.add_table(rows=2, cols=2)
    for row, values in zip(table.rows, (("TT", "NỘI DUNG"), ("1", "Rà soát")), strict=True):
        row.cells[0].text, row.cells[1].text = values
    assert texts(saved(document, tmp_path / "a.docx")) == [
        "THƯ KÝ", "Trần Thị Thử", "CHỦ TỌA", "Lê Văn Mẫu", "TT\tNỘI DUNG", "1\tRà soát",
    ]  # fmt: skip


def test_data_tables_keep_their_columns(tmp_path: Path) -> None:
    """Rows with empty, merged and many-paragraph cells; numbers of empty list paragraphs; order among paragraphs."""
    document = Document()
    document.add_paragraph("Trước")
    table = document.add_table(rows=4, cols=3)
    rows = (("TT", "Việc", "Đơn vị"), ("I", "", ""), ("1", "Rà soát", "Sở Y tế"), ("2", "", ""))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[2])
    table.rows[2].cells[2].merge(table.rows[3].cells[2])
    table.rows[3].cells[1].text = "Báo cáo"
    table.rows[3].cells[1].add_paragraph("hằng\ttháng")
    document.add_paragraph("Sau")
    assert texts(saved(document, tmp_path / "a.docx")) == [
        "Trước", "TT\tViệc\tĐơn vị", "I\t\t", "1\tRà soát\tSở Y tế", "2\tBáo cáo hằng tháng\tSở Y tế", "Sau",
    ]  # fmt: skip


def test_a_nested_table_is_read_in_its_place(tmp_path: Path) -> None:
    """A frame table around everything gives way to what it holds."""
    document = Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "Đầu"
    inner = cell.add_table(rows=2, cols=2)
    for row, values in zip(inner.rows, (("1", "Rà soát"), ("2", "Báo cáo")), strict=True):
        row.cells[0].text, row.cells[1].text = values
    assert texts(saved(document, tmp_path / "a.docx")) == ["Đầu", "1\tRà soát", "2\tBáo cáo"]


def test_runs_python_docx_does_not_show(tmp_path: Path) -> None:
    """Insertions, smart tags, content controls, links and fields are kept; deletions and field codes dropped."""
    inner = (
        f'<w:smartTag w:element="p">{run("Giao ")}</w:smartTag><w:ins w:id="1">{run("Sở Y tế ")}</w:ins>'
        '<w:del w:id="2"><w:r><w:delText>Sở cũ </w:delText></w:r></w:del>'
        f"<w:sdt><w:sdtContent>{run('báo cáo ')}</w:sdtContent></w:sdt>"
        f"<w:hyperlink>{run('trước ')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f'<w:fldSimple w:instr="DATE">{run("ngày 3")}</w:fldSimple>'
    )
    assert of_xml(tmp_path, paragraph(inner)) == ["Giao Sở Y tế báo cáo trước ngày 3"]


def test_characters_that_are_elements(tmp_path: Path) -> None:
    """Tabs, breaks, hyphens that must not break, and signs of symbol fonts."""
    inner = (
        f"{run('số 5/KH')}<w:r><w:noBreakHyphen/></w:r>{run('UBND')}"
        f"<w:r><w:br/></w:r>{run('dòng hai')}<w:r><w:tab/></w:r>"
        f'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>{run(" chọn")}'
        '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r><w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>\uf052</w:t></w:r>'
    )
    assert of_xml(tmp_path, paragraph(inner)) == ["số 5/KH-UBND", "dòng hai ☒ chọn≤☐☑"]


def test_a_content_control_around_paragraphs(tmp_path: Path) -> None:
    """Block-level controls hold paragraphs of the document."""
    xml = f"<w:sdt {_NS}><w:sdtContent>{paragraph(run('Trong khung'))}</w:sdtContent></w:sdt>"
    assert of_xml(tmp_path, xml, paragraph(run("Ngoài"))) == ["Trong khung", "Ngoài"]


def test_text_boxes_are_read_once_where_they_are_anchored(tmp_path: Path) -> None:
    """A box with its fallback drawing for old Word stands once, as a line of its own."""
    content = f"<w:txbxContent>{paragraph(run('HỎA TỐC'))}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r>"
    assert of_xml(tmp_path, paragraph(run("Một") + box), paragraph(run("Hai") + old)) == [
        "Một",
        "HỎA TỐC",
        "Hai",
        "HỎA TỐC",
    ]


def test_list_numbers_are_those_word_prints(tmp_path: Path) -> None:
    """Roman, nested decimal, letters that start again, bullets, a pattern with words and a start that is set."""
    items = (
        item("một", 1), item("hai", 1), item("con", 1, 1), item("cháu", 1, 2), item("cháu", 1, 2), item("con", 1, 1),
        item("cháu", 1, 2), item("ba", 1), item("con", 1, 1), item("gạch", 2), item("phạm vi", 3), item("đối tượng", 3),
        item("từ năm", 4), item("không số", 0),
    )  # fmt: skip
    assert of_xml(tmp_path, *items, numbering=True) == [
        "I. một", "II. hai", "2.1. con", "a) cháu", "b) cháu", "2.2. con", "a) cháu", "III. ba", "3.1. con", "- gạch",
        "Điều 1. phạm vi", "Điều 2. đối tượng", "Điều 5. từ năm", "không số",
    ]  # fmt: skip


def test_list_numbers_come_from_styles_too(tmp_path: Path) -> None:
    """A list style of Word's own template numbers its paragraphs."""
    document = Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    assert texts(saved(document, tmp_path / "a.docx")) == ["1. một", "2. hai", "- gạch"]


def with_footnotes(document: DocxDocument, path: Path) -> Path:
    """Save a document with a footnotes part that its relationships know."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p>{run(f"chú thích {number}")}</w:p></w:footnote>' for number in (2, 3)
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    parts = {
        "word/footnotes.xml": f"<w:footnotes {W}>{body}</w:footnotes>",
        "word/_rels/document.xml.rels": relations,
        "[Content_Types].xml": types,
    }
    return saved(document, path, parts)


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    """Each note follows the text, with the number its mark shows."""
    document = Document()
    insert_xml(
        document, paragraph(run("Theo luật") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + run(" và quy chế"))
    )
    insert_xml(document, paragraph(run("Hết") + '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    expected = ["Theo luật[1] và quy chế", "Hết[2]", "[1] chú thích 3", "[2] chú thích 2"]
    assert texts(with_footnotes(document, tmp_path / "a.docx")) == expected


def test_pages_are_counted(tmp_path: Path) -> None:
    """Word's own notes of page ends count; without them the breaks set by hand do."""
    rendered = [paragraph(run("một")), paragraph("<w:r><w:lastRenderedPageBreak/></w:r>" + run("hai"))]
    by_hand = [paragraph(run("một") + '<w:r><w:br w:type="page"/></w:r>'), paragraph(run("hai"))]
    for xml in (rendered, by_hand):
        document = Document()
        for part in xml:
            insert_xml(document, part)
        found = read(saved(document, tmp_path / "a.docx"))
        assert [(line.text, line.page) for line in found.lines] == [("một", 1), ("hai", 2)]
        assert found.pages == 2


def test_page_headers_are_dropped(tmp_path: Path) -> None:
    """What Word prints on every page is no part of the text."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "ĐẦU TRANG"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    document.add_paragraph("Nội dung")
    assert texts(saved(document, tmp_path / "a.docx")) == ["Nội dung"]


@pytest.mark.parametrize("name", ["word/styles.xml", "word/numbering.xml"])
def test_a_broken_part_is_reported(tmp_path: Path, name: str) -> None:
    """A part that is no XML makes the file unreadable with a reason, not a crash."""
    from pipeline.readers import UnreadableDocument

    with pytest.raises(UnreadableDocument, match="hỏng"):
        read(saved(letter_docx(), tmp_path / "a.docx", {name: "<w:styles"}))
