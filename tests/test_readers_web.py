"""Copies from the web read like the document itself: what stands around it is left out, nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_fixtures import MOTTO, NATION
from web_copies import AFTER, COPIES, CRUMBS, FACTS, MENU, RELATED, TITLE, page, paragraphs, plain, tables

from extractors.model import Result
from extractors.raw import RawDocument, Stated
from pipeline.process import process
from pipeline.readers import UnreadableDocument, read


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def texts(document: RawDocument) -> list[str]:
    """The lines that hold something."""
    return [line.text.strip() for line in document.lines if line.text.strip()]


def of_page(folder: Path, body: str, head: str = '<meta charset="utf-8">') -> RawDocument:
    """What is read of a page with this body."""
    return read(written(folder, "a.html", page(body, head)))


def found(result: Result) -> tuple[object, ...]:
    """Everything read from a document, with the quotes in place of their offsets."""
    text = result.document.text
    spans = {citation.span: citation.span.of(text) for citation in result.citations}
    duties = [
        (
            d.span.of(text),
            d.kind,
            d.actors,
            d.coordinators,
            d.action,
            d.due,
            d.recurrence,
            d.report_to,
            d.clause,
            d.cites,
        )
        for d in result.obligations
    ]
    cited = [(spans[c.span], c.relation, c.code, c.type, c.issuer, c.date, c.pinpoint) for c in result.citations]
    return replace(result.header, evidence=()), tuple(cited), tuple(duties), text


@pytest.mark.parametrize("name", COPIES)
def test_every_copy_reads_like_the_document(tmp_path: Path, name: str) -> None:
    """Header, citations, obligations and the text itself are those of the plain text, whatever the page around it."""
    expected = process(written(tmp_path, "plain.txt", plain()))
    assert len(expected.citations) == 3
    assert len(expected.obligations) == 5
    assert found(process(written(tmp_path, name, COPIES[name]()))) == found(expected)


WHOLE = Stated(
    "portal", doc_type="Công văn", code="215/UBND-KT", issuer="Ủy ban nhân dân tỉnh Bình An", date="2024-03-05",
    subject="Về việc rà soát hồ sơ đầu tư công năm 2024", signer_name="Lê Văn Mẫu",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("divs.html", WHOLE),
        ("floats.html", WHOLE),
        ("nested.html", WHOLE),
        ("bars.md", WHOLE),
        ("facts.txt", WHOLE),
        ("columns.txt", Stated("portal", doc_type="Công văn", code="215/UBND-KT", date="2024-03-05")),
        ("aligned.html", Stated("portal", doc_type="Công văn", code="215/UBND-KT", date="2024-03-05")),
        ("table.md", Stated("portal", code="215/UBND-KT", date="2024-03-05", issuer="UBND tỉnh Bình An")),
        ("word.htm", None),
        ("pre.html", None),
    ],
)
def test_what_the_portal_states_is_kept_apart(tmp_path: Path, name: str, stated: Stated | None) -> None:
    """Facts in tables, lists, lines, front matter or JSON-LD become a record; a copy without any states nothing."""
    assert read(written(tmp_path, name, COPIES[name]())).stated == stated


def test_facts_never_speak_for_the_document(tmp_path: Path) -> None:
    """Number and day of a page are those of the letterhead, also when the portal has them wrong."""
    facts = "".join(f"<p>{name}: {value}</p>" for name, value in FACTS).replace("215/UBND-KT", "999/UBND-KT")
    result = process(written(tmp_path, "a.html", page(facts + tables())))
    assert result.header.code == "215/UBND-KT"
    assert result.stated is not None
    assert result.stated.code == "999/UBND-KT"


@pytest.mark.parametrize(
    "facts",
    [
        "<table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>"
        "<tr><td>5/CV-SYT</td><td>ngày 02 tháng 3 năm 2024</td><td>Về vắc xin</td></tr></table>",
        "<table><tr><td>Số, ký hiệu:</td><td>5/CV-SYT</td><td>Ngày ban hành:</td><td>02-03-2024</td></tr>"
        "<tr><td>Trích yếu:</td><td colspan=3>Về vắc xin</td></tr></table>",
        "<div><span>Số/Ký hiệu</span></div><div>5/CV-SYT</div><div>Ngày ban hành</div><div>2/3/2024</div>"
        "<div>Trích yếu nội dung</div><div>Về vắc xin</div><div>Tệp đính kèm</div>",
        "<p>SỐ HIỆU: 5/CV-SYT | NGÀY BAN HÀNH: 02/03/2024 | TRÍCH YẾU: Về vắc xin</p>",
        "<meta name='so-ky-hieu' content='5/CV-SYT'><meta name='ngay-ban-hanh' content='2024-03-02T00:00:00'>"
        "<meta name='trich_yeu' content='Về vắc xin'>",
    ],
)
def test_facts_in_every_shape(tmp_path: Path, facts: str) -> None:
    """Labels above, beside or before their values, in a row of their own, and as tags for search engines."""
    document = of_page(tmp_path, f"{facts}<p>{CRUMBS}</p>{tables()}")
    assert document.stated == Stated("portal", code="5/CV-SYT", date="2024-03-02", subject="Về vắc xin")


def test_issuer_office_and_person_in_one_row(tmp_path: Path) -> None:
    """The national database prints three facts in one cell; what it does not know is not stated."""
    facts = (
        "<table><tr><td>Số ký hiệu</td><td>5/2024/TT-BYT</td></tr><tr><td>Ngày ban hành</td><td>Đang cập nhật</td></tr>"
        "<tr><td>Cơ quan ban hành/ Chức danh/ Người ký</td><td>Bộ Y tế / Thứ trưởng / Trần Thị Mẫu</td></tr></table>"
    )
    stated = of_page(tmp_path, facts + tables()).stated
    assert stated == Stated(
        "portal", code="5/2024/TT-BYT", issuer="Bộ Y tế", signer_title="Thứ trưởng", signer_name="Trần Thị Mẫu"
    )


LIST = (
    "<p>DANH MỤC</p><p>Văn bản hết hiệu lực</p><table><tr><td>Số ký hiệu</td><td>Ngày ban hành</td>"
    "<td>Trích yếu</td></tr><tr><td>1/QĐ-UBND</td><td>01/01/2020</td><td>Về thuế</td></tr></table>"
)


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        (LIST, "1/QĐ-UBND\t01/01/2020\tVề thuế"),
        ("<p>PHỤ LỤC I</p><p>Nội dung</p><p>Rà soát hồ sơ</p>", "Nội dung"),
        (f"<p>PHỤ LỤC I</p><p>Rà soát hồ sơ</p>{paragraphs(RELATED)}", "Rà soát hồ sơ"),
        ("<p>Người ký: Ủy ban nhân dân tỉnh</p><p>Email: ubnd@binhan.vn</p>", "Người ký: Ủy ban nhân dân tỉnh"),
    ],
)
def test_an_annex_and_a_stamp_are_no_facts(tmp_path: Path, below: str, kept: str) -> None:
    """A list of documents in an annex, words of portals in an annex and the stamp of a signature stay."""
    document = of_page(tmp_path, f"<p>{CRUMBS}</p>{tables()}{below}")
    assert kept in texts(document)
    assert RELATED[1] not in texts(document)
    assert document.stated is None


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Tải về",
            "Ý kiến",
            "Sở Y tế tải văn bản về và chia sẻ trên trang chủ.",
            "1. Số hiệu: 12; Ngày ban hành: theo sổ; người ký ghi rõ họ tên.",
            "Hiệu lực",
            "Văn bản liên quan được gửi kèm.",
            "a) Trang thông tin điện tử của Sở đăng tải tài liệu;",
            "Điều 5. Đăng nhập hệ thống",
            "Các đơn vị phải đăng nhập để cập nhật số liệu trước ngày 20/3/2024.",
            "Bình luận",
            "Mật khẩu và tên đăng nhập được cấp theo [1] Điều 3.",
        ]
    ),
    max_size=6,
)
AROUND = st.lists(st.sampled_from([*MENU, CRUMBS, *(f"{a}: {b}" for a, b in FACTS), *AFTER, TITLE]), max_size=9)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES, AROUND, st.lists(st.sampled_from([*AFTER, *RELATED]), max_size=6), st.booleans(), st.booleans())
def test_no_sentence_of_the_document_is_lost(
    tmp_path: Path, inner: list[str], above: list[str], below: list[str], weak: bool, markup: bool
) -> None:
    """Words of portals inside a document are its own, with and without letterhead, under any wrapping."""
    document = plain().split("\n")
    document = document[7:] if weak else document
    at = document.index("2. Sở Tài chính:")
    document[at:at] = inner
    if markup:
        path = written(tmp_path, "a.html", page(paragraphs((*above, *document, *below))))
    else:
        path = written(tmp_path, "a.txt", "\n".join((*above, *document, *below)))
    words = " ".join(texts(read(path)))
    for line in document:
        assert line.strip() in words


ARTICLE = "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu Sở Y tế báo cáo kết quả trước ngày 20/3/2024. " * 4


def test_an_article_about_a_document_stays_whole(tmp_path: Path) -> None:
    """A report has no letterhead: title, lead, captions and author stay, buttons and lists of other reports go."""
    body = (
        f"{paragraphs(MENU, 'div')}<h1>Tỉnh yêu cầu rà soát hồ sơ</h1><p>14/05/2024 10:42</p><p>{ARTICLE}</p>"
        f"<p>Ảnh: M.K</p><p>{ARTICLE}</p><p>Minh Khuê</p><div>Chia sẻ</div><h3>Tin liên quan</h3><p>Sở Y tế họp</p>"
    )
    kept = ["Tỉnh yêu cầu rà soát hồ sơ", "14/05/2024 10:42", ARTICLE.strip(), "Ảnh: M.K", ARTICLE.strip(), "Minh Khuê"]
    assert texts(of_page(tmp_path, body)) == kept


def test_a_cover_letter_above_a_letterhead_stays(tmp_path: Path) -> None:
    """Text that precedes the first Quốc hiệu and addresses somebody is a document, not a menu."""
    text = f"Trang chủ\nKính gửi: Sở Y tế\n{ARTICLE}\n{plain()}"
    assert "Kính gửi: Sở Y tế" in texts(read(written(tmp_path, "a.txt", text)))


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (page("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"), "JavaScript"),
        (page("<p>Vui lòng bật JavaScript để xem nội dung</p>"), "JavaScript"),
        (page("<h1>Lỗi 404</h1><p>Trang không tồn tại</p>"), "404"),
        ("<html><head><title>403 Forbidden</title></head><body><hr>nginx</body></html>", "từ chối truy cập"),
        (page("<label>Tên đăng nhập</label><input><label>Mật khẩu</label><input type=password>"), "đăng nhập"),
        (page("<p>Vui lòng xác nhận bạn không phải là robot</p>"), "captcha"),
        ("<html><frameset cols='20,80'><frame src=menu.htm><frame src=vb.htm></frameset></html>", "khung"),
        (page("<iframe src='vb.pdf'></iframe>"), "khung"),
        (page("<ul><li>Trang chủ</li></ul>" + "".join(f"<p>{a}: {b}</p>" for a, b in FACTS[:5])), "thuộc tính"),
        (page("<h1>Công văn 5</h1><dl><dt>Số hiệu</dt><dd>5/CV-SYT</dd><dt>Ngày ban hành</dt><dd>2/3/2024</dd></dl>"
              "<a href='a.pdf'>5.pdf</a>"), "tệp văn bản đính kèm"),
    ],
)  # fmt: skip
def test_a_page_without_a_document_is_refused(tmp_path: Path, markup: str, reason: str) -> None:
    """The clerk is told what was saved in place of the document, and what to do."""
    with pytest.raises(UnreadableDocument, match=reason):
        read(written(tmp_path, "a.html", markup))


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{ARTICLE}</p><p>Nhập mã captcha, bật JavaScript, trang không tồn tại.</p>",
        "<p>Kính gửi: Sở Y tế</p><p>Tên đăng nhập và mật khẩu gửi kèm.</p>",
        "<p>Ghi nhận 404 trường hợp, đường đang sửa chữa.</p>",
    ],
)
def test_a_document_about_such_things_is_read(tmp_path: Path, body: str) -> None:
    """Words of error pages inside a document refuse nothing."""
    assert texts(of_page(tmp_path, body))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>50 m<sup>2</sup>, 10<sup>6</sup> đồng</p>", ["50 m2, 10⁶ đồng"]),
        ("<p>theo Luật<sup>1</sup> và Nghị định<sup>(2)</sup>.</p>", ["theo Luật và Nghị định."]),
        ("<p><sup>1</sup> Luật số 5/2020/QH14</p>", ["[1] Luật số 5/2020/QH14"]),
        ("<p><span style='mso-list:Ignore;display:none'>a)</span> Giao Sở Y tế</p>", ["a) Giao Sở Y tế"]),
        ("<p><span style='mso-list:Ignore'>§&nbsp;&nbsp;</span>Báo cáo</p>", ["- Báo cáo"]),
        ("<div style='white-space: pre-line'>một\nhai\nba</div>", ["một", "hai", "ba"]),
        ("<p style='Text-Transform: uppercase'>Ủy ban <b>nhân dân</b> &amp; Sở</p>", ["ỦY BAN NHÂN DÂN & SỞ"]),
        ("<pre>TỈNH ỦY BÌNH AN          ĐẢNG CỘNG SẢN VIỆT NAM\nSố 5-CT/TU\nhai</pre>",
         ["TỈNH ỦY BÌNH AN", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 5-CT/TU", "hai"]),
        ("<p>Sở Y tế &amp;amp; Sở Tài ch&amp;iacute;nh</p>", ["Sở Y tế & Sở Tài chính"]),
    ],
)  # fmt: skip
def test_marks_that_a_browser_draws(tmp_path: Path, body: str, expected: list[str]) -> None:
    """Raised numbers, list marks of Word, kept line ends and entities escaped twice become what a reader sees."""
    assert texts(of_page(tmp_path, body)) == expected


def test_notes_of_an_editor_are_no_words_of_the_document(tmp_path: Path) -> None:
    """Notes on amendments go with a warning; brackets, columns and footnotes of the document stay."""
    text = (
        "1. Sở Y tế [Cụm từ này bị thay thế bởi Khoản 3 Điều 2 Nghị định 5/2030/NĐ-CP] báo cáo[1] theo cột [1], [2].\n"
        "[Điều này được sửa đổi bởi Điều 1 Nghị định 6/2030/NĐ-CP có hiệu lực từ ngày 01/01/2031]\n"
        "2. Ghi [tên đơn vị] vào mẫu.\n[1] Báo cáo gửi trước ngày 10.\n"
    )
    document = read(written(tmp_path, "a.txt", text))
    assert texts(document) == [
        "1. Sở Y tế báo cáo theo cột [1], [2].",
        "2. Ghi [tên đơn vị] vào mẫu.",
        "[1] Báo cáo gửi trước ngày 10.",
    ]
    assert "2 ghi chú" in document.warnings[0]


SENTENCE = "Ủy ban nhân dân tỉnh Bình Định đề nghị các sở, ban, ngành thực hiện."


def test_bytes_read_by_the_wrong_table_are_restored(tmp_path: Path) -> None:
    """UTF-8 that somebody read as a Windows code page and saved again is Vietnamese again, with a warning."""
    wrong = "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in SENTENCE.encode()
    )
    document = read(written(tmp_path, "a.txt", wrong))
    assert texts(document) == [SENTENCE]
    assert "sai bảng mã" in document.warnings[0]


def test_one_broken_letter_spoils_no_file(tmp_path: Path) -> None:
    """A file cut inside a letter is still UTF-8; the clerk is told of the damage."""
    document = read(written(tmp_path, "a.txt", (SENTENCE * 3).encode() + "ệ".encode()[:2]))
    assert texts(document)[0].startswith(SENTENCE)
    assert "hỏng" in document.warnings[0]


def test_a_wrong_charset_does_not_win_over_the_bytes(tmp_path: Path) -> None:
    """A page that declares a Windows code page and is UTF-8 is read as UTF-8; decomposed letters are composed."""
    body = f"<p>{SENTENCE}</p><p>Co\u031b quan</p>"
    assert texts(of_page(tmp_path, body, '<meta charset="windows-1258">')) == [SENTENCE, "Cơ quan"]


def test_the_letterhead_of_the_party(tmp_path: Path) -> None:
    """The Party has no motto; place and date beside its name tell the letterhead from a banner."""
    lines = ("TỈNH ỦY BÌNH AN", "*", "Số 16-CT/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Bình An, ngày 5 tháng 3 năm 2024")
    banner = ("ĐẢNG CỘNG SẢN VIỆT NAM", *MENU, TITLE)
    assert texts(of_page(tmp_path, paragraphs((*banner, *lines, "CHỈ THỊ")))) == [*lines, "CHỈ THỊ"]


def test_a_second_document_on_the_page_stays(tmp_path: Path) -> None:
    """Below a button another letterhead begins: that is no list of links."""
    second = ("SỞ Y TẾ", NATION, MOTTO, "Số: 5/BC-SYT", "BÁO CÁO", "Kết quả tiêm chủng")
    lines = texts(of_page(tmp_path, f"{paragraphs(MENU)}{tables()}{paragraphs(AFTER)}{paragraphs(second)}"))
    assert tuple(lines[-len(second) :]) == second


def test_a_short_document_without_an_end_stays(tmp_path: Path) -> None:
    """Without signature and long lines nothing tells where the document ends, so words of portals in it stay."""
    lines = ("SỞ Y TẾ", "Số: 5/SYT", NATION, MOTTO, "THÔNG BÁO", "Về nghỉ lễ", "Nội dung", "Nghỉ 2 ngày.", "Ghi chú")
    banner = ("ỦY BAN NHÂN DÂN TỈNH BÌNH AN", "CỔNG THÔNG TIN ĐIỆN TỬ", "TIN TỨC", "DU LỊCH")
    assert tuple(texts(of_page(tmp_path, paragraphs((*banner, *lines))))) == lines


def test_an_annex_alone_is_no_menu(tmp_path: Path) -> None:
    """A file that is one annex has short lines only; headings of columns that are words of portals stay."""
    text = (
        "PHỤ LỤC I\nDANH MỤC VĂN BẢN\nSố ký hiệu\nNgày ban hành\nNội dung\nGhi chú\n1/QĐ-UBND\n2/3/2024\nHết hiệu lực"
    )
    document = read(written(tmp_path, "a.txt", text))
    assert texts(document) == text.split("\n")
    assert document.stated is None


def test_a_quoted_motto_is_no_letterhead(tmp_path: Path) -> None:
    """A line in small letters, or Quốc hiệu without its company, cuts nothing away."""
    text = f"Trang chủ\nQuyết định của nước Cộng hòa xã hội chủ nghĩa Việt Nam\n{NATION}\nHết.\n{MOTTO[:7]}"
    assert len(texts(read(written(tmp_path, "a.txt", text)))) >= 4


WEAK = (
    "Kính gửi: Các bệnh viện",
    *(f"{n}. Yêu cầu bệnh viện {n} báo cáo." for n in range(9)),
    "Nơi nhận:",
    "- Lưu: VT.",
)


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td><a>Trang chủ</a><br><a>Tin tức</a></td><td>{paragraphs(WEAK)}</td></tr></table>",
        f"<aside>Quảng cáo</aside><div class=MainMenu>Du lịch</div>{paragraphs(WEAK)}<div id=tin-lienquan>Họp</div>",
        f"{paragraphs(MENU, 'div')}{paragraphs(WEAK)}{paragraphs(AFTER, 'div')}<p>5/CV-SYT_02032024</p>",
    ],
)
def test_a_page_around_a_document_without_letterhead(tmp_path: Path, body: str) -> None:
    """A page drawn by a table, margins named as such, and buttons below go though no letterhead shows where."""
    assert [line for line in texts(of_page(tmp_path, body)) if line != "Tin tức"] == list(WEAK)


def test_a_margin_that_holds_the_facts_is_read(tmp_path: Path) -> None:
    """Facts in a side column count although side columns are dropped; so does a signature in a footer."""
    side = "<aside><div>Số hiệu</div><div>5/CV-SYT</div><div>Ngày ban hành</div><div>2/3/2024</div></aside>"
    document = of_page(tmp_path, f"{side}{paragraphs(WEAK)}<div class=doc-footer><p>KT. GIÁM ĐỐC</p></div>")
    assert document.stated == Stated("portal", code="5/CV-SYT", date="2024-03-02")
    assert texts(document) == [*WEAK, "KT. GIÁM ĐỐC"]


def test_a_letterhead_as_a_table_of_several_rows(tmp_path: Path) -> None:
    """Empty and drawn rows of a Markdown table are nothing; its columns are read one after the other."""
    text = (
        f"| | |\n|:-:|:-:|\n| **SỞ Y TẾ** | **{NATION}** |\n| | |\n| **PHÒNG NGHIỆP VỤ Y** | **Độc lập \\- Tự do \\-"
        " Hạnh phúc** |\n| \\-\\-\\- | \\-\\-\\- |\n| Số: 5/NVY | *Bình An, ngày 02 tháng 3 năm 2024* |\n\nKính gửi: A"
    )
    assert texts(read(written(tmp_path, "a.md", text))) == [
        "SỞ Y TẾ", "PHÒNG NGHIỆP VỤ Y", "Số: 5/NVY", NATION, MOTTO, "Bình An, ngày 02 tháng 3 năm 2024", "Kính gửi: A",
    ]  # fmt: skip
