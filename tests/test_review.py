"""The review page in a real browser, served by the real command: opened, corrected, reloaded, exported; and closed to
whoever has no token, to other sites and to documents that would be pages."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from fpdf import FPDF
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine
from typer.testing import CliRunner

from extractors.confidence import DOUBTFUL
from pipeline.batch import Settings, run
from pipeline.cli import app
from pipeline.collect import collect
from pipeline.export import write
from pipeline.process import process
from pipeline.query import Filters, find_obligations
from pipeline.resolve import resolve_citations
from pipeline.rows import Row
from pipeline.store import open_store, save

HOSTILE = '</script><script>document.title="x"</script><img src=x onerror="document.title=1">'
LETTER = """UBND TỈNH BÌNH LỤC\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-VX\tBình Lục, ngày 03 tháng 4 năm 2024
V/v kiểm tra kho gạo
Kính gửi: Các sở, ban, ngành
Ủy ban nhân dân tỉnh 😀 yêu cầu:
1. Sở Y tế kiểm tra bếp ăn trước ngày 20/4/2024.
2. Sở Công Thương rà soát kho gạo, hằng tháng vào ngày 25 báo cáo Ủy ban nhân dân tỉnh.
Các đơn vị cử người phối hợp cùng đoàn liên ngành.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Mạnh Khôi
"""
OTHER = f"""SỞ Y TẾ BÌNH LỤC\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/CT-SYT\tBình Lục, ngày 05 tháng 4 năm 2024
CHỈ THỊ
Về việc trực {HOSTILE}
1. Phòng Nghiệp vụ Y cử bác sĩ trực {HOSTILE} trước ngày 30/4/2024.
GIÁM ĐỐC
Lê Văn Mẫu
"""
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as player:
        yield player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of two dispatches, read from files."""
    folder = tmp_path_factory.mktemp("kho")
    texts = {"cv.txt": LETTER, "ct.txt": OTHER}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return kept(folder / "out" / "vanthu.db", [folder / name for name in texts])


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """The same, to be written to, with every row to be looked at."""
    path = Path(shutil.copy(made, tmp_path / "vanthu.db"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE obligations SET confidence = ?", (DOUBTFUL - 0.1,))
    return path


@pytest.fixture
def link(db: Path) -> Iterator[str]:
    """The address that the command prints for the two dispatches."""
    with served(db) as address:
        yield address


@pytest.fixture
def page(browser: Browser, link: str) -> Iterator[Page]:
    """The list of documents in the browser; any complaint of the browser fails the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(link)
    yield opened
    context.close()
    assert [] == complaints


def kept(db: Path, files: list[Path]) -> Path:
    """A database of what is read from the files."""
    db.parent.mkdir()
    engine = open_store(db, create=True)
    for file in files:
        save(engine, process(file), str(file))
    engine.dispose()
    return db


@contextmanager
def served(db: Path) -> Iterator[str]:
    """The page as the command serves it, at the address that it prints; it ends well when it is interrupted."""
    command = [sys.executable, "-m", "pipeline.cli", "review", "--db", str(db), "--port", "0", "--who", "Lan"]
    with subprocess.Popen([*command, "--today", "2024-04-10"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)
        assert 0 == process.wait(60)


def rows(db: Path, **asked: object) -> list[Row]:
    """The rows that a search finds."""
    engine = open_store(db)
    found = find_obligations(engine, Filters(**asked))  # type: ignore[arg-type]
    engine.dispose()
    return found


def exported(db: Path) -> str:
    """The obligations as CSV."""
    engine: Engine = open_store(db)
    written = write(engine, "csv", db.parent / "csv")
    engine.dispose()
    return next(path for path in written if path.name == "obligations.csv").read_text(encoding="utf-8-sig")


def asked(link: str, method: str = "GET", path: str = "/", **headers: str) -> HTTPResponse:
    """The answer to a request that no browser made."""
    address = urlsplit(link)
    assert address.hostname
    connection = HTTPConnection(address.hostname, address.port)
    body = b"action=reject" if method == "POST" else None
    connection.request(method, path, body, headers)
    return connection.getresponse()


def cookie(link: str) -> str:
    """The cookie for which the link changes its token."""
    answer = asked(link, path=link.split(str(urlsplit(link).port))[1])
    given = answer.headers["Set-Cookie"]
    assert {"httponly", "samesite=strict"} <= {part.strip().lower() for part in given.split(";")}
    assert (303, "/") == (answer.status, answer.headers["Location"])
    return str(given).split(";")[0]


def follow(page: Page, name: str) -> None:
    """Follow the link of this name."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).click()


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def current(page: Page) -> str:
    """The words of the selected row."""
    return page.locator(".task.current .quote").inner_text()


def test_open_correct_reload_export(page: Page, db: Path) -> None:
    """With keys alone a row is corrected; reloaded it is there, and the export holds it."""
    follow(page, "45/UBND-VX")
    assert "kiểm tra bếp ăn" in current(page)
    page.keyboard.press("e")
    form = page.locator(".task.current .edit form")
    form.get_by_label("Đơn vị thực hiện").fill("Sở Tài chính\nSở Công an")
    form.get_by_label("Hạn cuối").fill("2024-05-02")
    page.keyboard.press("Enter")
    page.get_by_text("Đã ghi sửa đổi.").wait_for()
    page.reload()
    row = page.locator(".task.current")
    assert "đã sửa" in row.inner_text() and "02/05/2024" in row.inner_text()
    (found,) = rows(db, unit="so tai chinh", after="2024-05-01", before="2024-05-03")
    assert (["Sở Tài chính", "Sở Công an"], "corrected") == (found["actors"], found["review"])
    assert "Sở Tài chính" in exported(db)
    row.locator(".past summary").click()
    assert "Lan · Sửa" in row.locator(".past").inner_text()


def test_the_keys_go_through_all_that_is_doubtful(page: Page, db: Path) -> None:
    """Accept, reject, take back, state: without a mouse, over the border of a document, until nothing is left."""
    press(page, "n")
    first = page.url.split("?")[0]
    press(page, "r")
    page.get_by_text("Đã bác bỏ dòng này.").wait_for()
    rejected = current(page)
    assert rejected not in {row["quote"] for row in rows(db)}
    press(page, "a")
    page.get_by_text("Đã xác nhận.").wait_for()
    assert rejected == current(page) and rejected in {row["quote"] for row in rows(db)}
    seen = {first}
    for _ in range(9):
        press(page, "n")
        if page.get_by_text("Không còn dòng nào cần kiểm tra.").count():
            break
        seen.add(page.url.split("?")[0])
        press(page, "a")
    assert 2 == len(seen)
    assert "0" == page.locator("#next .count").inner_text()
    assert {"accepted", None} >= {row["review"] for row in rows(db)}


def test_rows_are_walked_and_given_a_state(page: Page, db: Path) -> None:
    """j and k move the light; s opens the state, which is kept with its person."""
    follow(page, "45/UBND-VX")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "rà soát kho gạo" in current(page)
    assert "rà soát kho gạo" in "".join(page.locator("span.mark.lit").all_inner_texts())
    page.keyboard.press("s")
    form = page.locator(".task.current .state form")
    form.get_by_label("Trạng thái").select_option("assigned")
    form.get_by_label("Người xử lý").fill("Minh")
    page.keyboard.press("Enter")
    page.get_by_text("Đã ghi trạng thái.").wait_for()
    (row,) = rows(db, text="rà soát kho gạo")
    assert ("assigned", "Minh") == (row["status"], row["person"])
    page.keyboard.press("k")
    assert "kiểm tra bếp ăn" in current(page)


def test_selected_words_become_a_row(page: Page, db: Path) -> None:
    """What was missed is selected in the text, behind a character outside of the basic plane, and added."""
    follow(page, "45/UBND-VX")
    page.keyboard.press("t")
    assert page.locator("#add-hint").is_visible()
    words = "Các đơn vị cử người phối hợp cùng đoàn liên ngành."
    page.get_by_text(words).first.select_text()
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    assert words == dialog.locator("blockquote").inner_text()
    dialog.get_by_label("Đơn vị thực hiện").fill("Sở Y tế")
    dialog.get_by_role("button", name="Ghi").click()
    page.get_by_text("Đã thêm nghĩa vụ.").wait_for()
    added = [row for row in rows(db, text="cử người phối hợp") if row["review"] == "added"]
    assert [(words, ["Sở Y tế"])] == [(row["quote"], row["actors"]) for row in added]
    assert words == current(page)


def test_a_header_is_corrected_and_taken_back(page: Page, db: Path) -> None:
    """Number and day: in the heading, in the list, in questions; undone one by one; a wrong day is a sentence."""
    follow(page, "45/UBND-VX")
    form = page.locator(".header .edit form")
    page.locator(".header .edit summary").click()
    form.get_by_label("Số, ký hiệu").fill("46/UBND-VX")
    form.get_by_label("Ngày ban hành").fill("4/4/2024")
    form.get_by_role("button", name="Ghi").click()
    page.get_by_text("Đã ghi sửa đổi.").wait_for()
    assert "46/UBND-VX" in page.locator("h1").inner_text()
    assert "(máy đọc: 45/UBND-VX)" in page.locator("[data-field=field-code]").inner_text()
    assert {"2024-04-04"} == {row["doc_date"] for row in rows(db, doc="46/UBND-VX")}
    page.locator(".header .past summary").click()
    assert "Lan · Sửa · Ngày ban hành: 04/04/2024" in page.locator(".header .past").inner_text()
    for left in ("46/UBND-VX", "45/UBND-VX"):
        page.locator(".header").get_by_role("button", name="Hoàn tác").click()
        page.get_by_text("Đã hoàn tác quyết định gần nhất.").wait_for()
        assert left in page.locator("h1").inner_text()
    assert 0 == page.locator(".header").get_by_role("button", name="Hoàn tác").count()
    answer = page.request.post(page.url.split("?")[0] + "/header", form={"date": "31/6/2024"}, headers=origin(page))
    assert 400 == answer.status and "Ngày không đúng" in answer.text()


def origin(page: Page) -> dict[str, str]:
    """The header by which the page knows its own forms."""
    address = urlsplit(page.url)
    return {"Origin": f"{address.scheme}://{address.netloc}"}


def test_product_and_recurrence_are_corrected_and_undone_by_a_key(page: Page, db: Path) -> None:
    """The recurrence in words; the last day follows; u takes it back."""
    follow(page, "45/UBND-VX")
    page.keyboard.press("e")
    form = page.locator(".task.current .edit form")
    form.get_by_label("Sản phẩm").fill("biên bản kiểm tra")
    form.get_by_label("Chu kỳ").fill("hằng tháng, ngày 25")
    page.keyboard.press("Enter")
    page.get_by_text("Đã ghi sửa đổi.").wait_for()
    shown = page.locator(".task.current").inner_text()
    assert "biên bản kiểm tra" in shown and "hằng tháng, ngày 25" in shown
    (row,) = rows(db, text="kiểm tra bếp ăn")
    assert ("FREQ=MONTHLY;BYMONTHDAY=25", "2024-04-25") == (row["recurrence"], row["due"])
    press(page, "u")
    page.get_by_text("Đã hoàn tác quyết định gần nhất.").wait_for()
    (row,) = rows(db, text="kiểm tra bếp ăn")
    assert (None, None, "machine") == (row["recurrence"], row["review"], row["origin"])


def test_proposals_are_accepted_dismissed_and_restored(page: Page, db: Path) -> None:
    """Each with its sentence and a way to both documents; a dismissed one is listed apart with who and when."""
    engine = open_store(db)
    answer = (
        "UBND TỈNH BÌNH LỤC\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 46/UBND-VX\tBình Lục, ngày 03 tháng 4 năm 2024\nV/v kho gạo\nKính gửi: Các sở, ban, ngành\n"
        "Điều chỉnh thời hạn tại Công văn số 45/UBND-VX ngày 03/4/2024 của Ủy ban nhân dân tỉnh Bình Lục đến hết "
        "ngày 31/5/2024.\nCHỦ TỊCH\nLý Thị Hoa\n"
    )
    file = db.parent / "tl.txt"
    file.write_text(answer, encoding="utf-8")
    save(engine, process(file), str(file))
    resolve_citations(engine)
    engine.dispose()
    follow(page, "Đề xuất")
    one = page.locator(".task")
    told = one.inner_text()
    assert "Có thể được gia hạn" in told and "→ 31/05/2024" in told and "Điều chỉnh thời hạn tại Công văn" in told
    assert "Hai văn bản đề cùng ngày" in told
    assert re.fullmatch(r"\d+", page.locator("#next .count").inner_text())
    one.get_by_role("button", name="Bỏ qua").click()
    page.get_by_text("Đã bỏ qua đề xuất.").wait_for()
    assert "Không có đề xuất nào." in page.locator("main").inner_text() and "· Lan" in one.inner_text()
    one.get_by_role("button", name="Lấy lại").click()
    page.get_by_text("Đã lấy lại đề xuất.").wait_for()
    one.get_by_role("button", name="Nhận").click()
    page.get_by_text("Đã nhận đề xuất.").wait_for()
    assert 0 == one.count()
    assert ["2024-05-31"] == [row["due"] for row in rows(db, text="kiểm tra bếp ăn")]


def test_filters_and_languages(page: Page) -> None:
    """The list without marks and by type; the English words stay until they are switched back."""
    page.get_by_label("Tìm trong").fill("ra soat kho gao")
    page.keyboard.press("Enter")
    page.wait_for_url("**text=**")
    assert ["45/UBND-VX"] == page.locator(".list tbody th").all_inner_texts()
    follow(page, "English")
    assert "en" == page.locator("html").get_attribute("lang")
    follow(page, "Documents")
    page.get_by_label("Doc type").select_option("Chỉ thị")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**type=Ch**")
    assert ["12/CT-SYT"] == page.locator(".list tbody th").all_inner_texts()
    follow(page, "Tiếng Việt")
    assert "1 văn bản" in page.locator("main").inner_text()


def test_the_calendar_shows_what_falls_due(page: Page, db: Path) -> None:
    """A single day in its month, one that recurs in each; a unit that is not charged has none."""
    follow(page, "Lịch hạn")
    assert "Tháng 4 năm 2024" == page.locator("h1").inner_text()
    (row,) = rows(db, unit="Sở Y tế")
    assert "Sở Y tế" in page.locator("td", has=page.locator(f"[datetime='{row['due']}']")).inner_text()
    follow(page, "Tháng sau →")
    assert "Sở Công Thương" in page.locator("td", has=page.locator("[datetime='2024-05-25']")).inner_text()
    page.get_by_label("Đơn vị").fill("Sở Xây dựng")
    page.keyboard.press("Enter")
    page.get_by_text("0 việc đến hạn trong tháng").wait_for()


def test_hostile_words_are_words(page: Page) -> None:
    """What looks like markup in a document is shown as written, on every page."""
    for address in ("Văn bản", "12/CT-SYT"):
        follow(page, address)
        assert HOSTILE in page.locator("main").inner_text()
        assert 0 == page.locator("main img, main script").count()
        assert page.title() not in ("x", "1")
    follow(page, "Quan hệ")
    page.locator("#counts").wait_for()
    assert page.title() not in ("x", "1")


def printed(file: Path) -> Path:
    """The letter as a PDF."""
    pdf = FPDF()
    pdf.add_font("Sans", fname=FONT)
    pdf.set_font("Sans", size=12)
    pdf.add_page()
    for line in LETTER.replace("😀 ", "").replace("\t", "    ").splitlines():
        pdf.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(file))
    return file


def test_pages_in_an_archive_are_drawn(browser: Browser, tmp_path: Path) -> None:
    """A PDF in a mail in an archive shows its pages as any other; once the archive is another one, its text."""
    file = printed(tmp_path / "cv.pdf")
    mail = EmailMessage()
    mail["Subject"] = "Công văn"
    mail.set_content("Kính gửi kèm theo.")
    mail.add_attachment(file.read_bytes(), maintype="application", subtype="pdf", filename="cv.pdf")
    box = tmp_path / "kho" / "den.zip"
    box.parent.mkdir()
    with ZipFile(box, "w") as archive:
        archive.writestr("khac.txt", LETTER.replace("45/UBND", "46/UBND"))
        archive.writestr("thu.eml", mail.as_bytes())
    db = tmp_path / "vanthu.db"
    engine = open_store(db, create=True)
    run(collect([box.parent]), engine, Settings(1))
    engine.dispose()
    with served(db) as link:
        page = browser.new_page()
        page.goto(link)
        follow(page, "45/UBND-VX")
        picture = page.locator(".leaf img")
        picture.wait_for()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
        assert page.locator("rect.mark.lit").count() >= 1
        box.write_bytes(b"PK")
        page.reload()
        assert (0, 1) == (page.locator(".leaf").count(), page.locator("#text").count())
        page.context.close()


def test_pages_are_drawn_and_lit(browser: Browser, tmp_path: Path) -> None:
    """A PDF shows its pages, with a light over the words of the row; once its file is another one, its text."""
    file = printed(tmp_path / "cv.pdf")
    db = kept(tmp_path / "out" / "vanthu.db", [file])
    with served(db) as link:
        page = browser.new_page()
        page.goto(link)
        page.locator(".list a").first.click()
        picture = page.locator(".leaf img")
        picture.wait_for()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
        assert page.locator("rect.mark.lit").count() >= 1
        page.keyboard.press("v")
        page.wait_for_url("**view=text**")
        assert "rà soát kho gạo" in page.locator("#text").inner_text()
        file.write_bytes(file.read_bytes() + b"\n")
        page.go_back()
        page.reload()
        assert (0, 1) == (page.locator(".leaf").count(), page.locator("#text").count())
        page.context.close()


def test_without_the_token_nothing_is_told(link: str, db: Path) -> None:
    """No cookie, a wrong token, a wrong cookie: refused, also for images and scripts."""
    name = cookie(link).split("=")[0]
    doc_id = rows(db)[0]["doc_id"]
    for path in ("/", "/?token=", "/?token=abc", f"/documents/{doc_id}", "/assets/review.js", "/calendar"):
        answer = asked(link, path=path)
        assert (403, False) == (answer.status, b"UBND" in answer.read())
    assert 403 == asked(link, Cookie=f"{name}=abc").status
    assert 200 == asked(link, Cookie=cookie(link)).status


def test_other_sites_cannot_write(link: str, db: Path) -> None:
    """Even with the cookie a request to write from another origin, from none or to another name is refused."""
    held, about, host = cookie(link), rows(db)[0]["obligation_id"], urlsplit(link).netloc
    form = {"Cookie": held, "Content-Type": "application/x-www-form-urlencoded"}
    for origin in ({"Origin": "http://dong-nghiep.example"}, {"Origin": "null"}, {}):
        assert 403 == asked(link, "POST", f"/rows/{about}", **form, **origin).status
    assert 400 == asked(link, Cookie=held, Host=f"ke-gian.example:{urlsplit(link).port}").status
    assert {None} == {row["review"] for row in rows(db)}
    assert 303 == asked(link, "POST", f"/rows/{about}", **form, Origin=f"http://{host}").status
    assert about not in {row["obligation_id"] for row in rows(db)}


def test_the_browser_is_bound_and_paths_lead_nowhere(link: str) -> None:
    """Every answer forbids foreign and inline scripts; no address reaches a file by its path."""
    held = cookie(link)
    policy = asked(link, Cookie=held).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    for path in (
        "/assets/..%2fapp.py",
        "/assets/../app.py",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/x/pages/1.png",
    ):
        assert 404 == asked(link, path=path, Cookie=held).status


def test_a_port_in_use_is_said(db: Path) -> None:
    """Another program on the port: a sentence, no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = CliRunner().invoke(app, ["review", "--db", str(db), "--port", str(port)])
    assert 2 == answer.exit_code and re.search(r"Không mở được 127\.0\.0\.1:\d+", answer.output)
