"""An invented dispatch as plain text, and the same document as portals, converters and Word show it on the web."""

from __future__ import annotations

from collections.abc import Callable

from readers_fixtures import MOTTO, NATION

ISSUER = ("ỦY BAN NHÂN DÂN", "TỈNH BÌNH AN")
NUMBER = "Số: 215/UBND-KT"
ABOUT = "V/v rà soát hồ sơ đầu tư công năm 2024"
PLACE = "Bình An, ngày 05 tháng 3 năm 2024"
ADDRESSED = "Kính gửi:"
ADDRESSEES = ("- Các sở, ban, ngành;", "- Ủy ban nhân dân các huyện, thành phố.")
BODY = (
    "Thực hiện Nghị định số 40/2020/NĐ-CP ngày 06 tháng 4 năm 2020 của Chính phủ và Kế hoạch số 12/KH-UBND ngày "
    "15/01/2024 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:",
    "1. Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Tài chính rà soát hồ sơ của các dự án chậm tiến độ, "
    "báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2024.",
    "2. Sở Tài chính:",
    "a) Bố trí kinh phí theo quy định tại Điều 5 Thông tư số 15/2021/TT-BTC ngày 18/02/2021 của Bộ Tài chính;",
    "b) Hằng quý báo cáo kết quả giải ngân về Ủy ban nhân dân tỉnh trước ngày 25 của tháng cuối quý.",
    "3. Ủy ban nhân dân các huyện, thành phố gửi số liệu về Sở Kế hoạch và Đầu tư để tổng hợp trước ngày 15/3/2024.",
    "Yêu cầu các đơn vị nghiêm túc thực hiện./.",
)
RECIPIENTS = ("- Như trên;", "- Thường trực Tỉnh ủy (để b/c);", "- Chi cục Thủy lợi;", "- Lưu: VT, KT.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Lê Văn Mẫu")

MENU = ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ", "Đăng nhập")
CRUMBS = "Trang chủ > Văn bản chỉ đạo > Công văn 215/UBND-KT"
TITLE = "Công văn 215/UBND-KT năm 2024 về rà soát hồ sơ đầu tư công"
FACTS = (
    ("Số ký hiệu", "215/UBND-KT"),
    ("Ngày ban hành", "05/03/2024"),
    ("Loại văn bản", "Công văn"),
    ("Cơ quan ban hành", "Ủy ban nhân dân tỉnh Bình An"),
    ("Người ký", "Lê Văn Mẫu"),
    ("Trích yếu", "Về việc rà soát hồ sơ đầu tư công năm 2024"),
    ("Ngày hiệu lực", "Đã biết"),
    ("Tình trạng", "Còn hiệu lực"),
)
AFTER = ("Tải về", "Lưu trữ", "Ghi chú", "Ý kiến", "Facebook", "In")
RELATED = (
    "VĂN BẢN LIÊN QUAN",
    "Công văn 99/UBND-KT năm 2023 yêu cầu Sở Y tế báo cáo trước ngày 10/10/2023",
    "Quyết định số 7/QĐ-UBND ngày 02/01/2024 của Ủy ban nhân dân tỉnh Bình An",
    "Bạn phải đăng nhập để gửi bình luận",
    "© 2024 Cổng thông tin điện tử tỉnh Bình An. Ghi rõ nguồn khi phát hành lại",
)


def plain() -> str:
    """The document as text, columns one after the other."""
    return "\n".join([*ISSUER, NUMBER, ABOUT, NATION, MOTTO, PLACE, ADDRESSED, *ADDRESSEES, *BODY, "Nơi nhận:",
                      *RECIPIENTS, *SIGNATURE])  # fmt: skip


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    """A web page with this body."""
    return f"<!DOCTYPE html>\n<html><head>{head}<title>{TITLE} | Cổng tỉnh</title></head><body>{body}</body></html>"


def paragraphs(lines: tuple[str, ...], mark: str = "p") -> str:
    """Each line in an element of its own."""
    return "\n".join(f"<{mark}>{line}</{mark}>" for line in lines)


def tables(inner: str = "") -> str:
    """Letterhead and end in tables without lines, the rest in paragraphs."""
    left = "<br>".join((*(f"<b>{line}</b>" for line in ISSUER), "-------"))
    head = (
        f"<table><tr><td>{left}</td><td><b>{NATION}</b><br><b>{MOTTO}</b><br>---------------</td></tr>"
        f"<tr><td>{NUMBER}<br><i>{ABOUT}</i></td><td><i>{PLACE}</i></td></tr></table>"
    )
    end = (
        f"<table><tr><td>{'<br>'.join(('<b><i>Nơi nhận:</i></b>', *RECIPIENTS))}</td>"
        f"<td>{'<br>'.join(SIGNATURE)}</td></tr></table>"
    )
    return f"{head}{inner}{paragraphs((ADDRESSED, *ADDRESSEES, *BODY))}{end}"


def html_divs() -> str:
    """One deep div among menus; facts in a table before it, buttons and related documents behind."""
    facts = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in FACTS)
    return page(
        f"<div class=top>{paragraphs(MENU, 'div')}</div><div>{CRUMBS}</div><h1>{TITLE}</h1><table>{facts}</table>"
        f"<div><div><div id=toanvan>{tables()}</div></div></div>"
        f"<div>{paragraphs(AFTER, 'span')}</div>{paragraphs(AFTER, 'div')}<div>{paragraphs(RELATED, 'div')}</div>"
    )


def html_floats() -> str:
    """Columns as floated divs; facts as a list of definitions behind the document."""
    facts = "".join(f"<dt>{name}:</dt><dd>{value}</dd>" for name, value in FACTS)
    left, right = paragraphs((*ISSUER, "-------", NUMBER, ABOUT), "div"), paragraphs((NATION, MOTTO, PLACE), "div")
    end = f"<div style='float:left'>{paragraphs(('Nơi nhận:', *RECIPIENTS))}</div><div>{paragraphs(SIGNATURE)}</div>"
    return page(
        f"<ul>{paragraphs(MENU, 'li')}</ul><div style='float: left'>{left}</div><div style='float: right'>{right}</div>"
        f"{paragraphs((ADDRESSED, *ADDRESSEES, *BODY))}{end}<dl>{facts}</dl>{paragraphs(RELATED, 'div')}"
    )


def html_word() -> str:
    """Saved by Word: styles, numbers of a list in spans, columns of non-breaking spaces, footnote marks."""
    gap = "&nbsp;" * 12
    ignored = (
        "<![if !supportLists]><span style='mso-list:Ignore'>{}<span style='font:7.0pt'>&nbsp;&nbsp;</span></span>"
        "<![endif]>"
    )
    body = []
    for line in (ADDRESSED, *ADDRESSEES, *BODY):
        label, _, rest = line.partition(" ")
        numbered = label.rstrip(".").isdigit() or label == "-"
        mark = ignored.format("·" if label == "-" else label)
        body.append(f"{mark}{rest}" if numbered else line)
    text = "".join(f"<p class=MsoNormal style='text-align:justify'>{line}<o:p></o:p></p>" for line in body)
    text = text.replace("40/2020/NĐ-CP", "40/2020/NĐ-CP<sup><a href='#_ftn1'>[1]</a></sup>")
    head = f"<p class=MsoNormal>{ISSUER[0]}{gap}{NATION}</p><p>{ISSUER[1]}{gap}{MOTTO}</p>"
    head += f"<p>{NUMBER}{gap}{PLACE}</p><p>{ABOUT}</p>"
    end = f"<p>Nơi nhận:{gap}{SIGNATURE[0]}</p>"
    pairs = zip(RECIPIENTS, SIGNATURE[1:], strict=True)
    end += "".join(f"<p>{left}{gap}{right}</p>" for left, right in pairs)
    return page(f"<!--[if gte mso 9]><xml>x</xml><![endif]--><div class=WordSection1>{head}{text}{end}</div>")


def html_preformatted() -> str:
    """A plain text in ``pre``, entities escaped twice, charset declared wrongly."""
    text = plain().replace(" năm 2024", "&amp;nbsp;năm 2024").replace("ấ", "&#7845;")
    return page(f"<div>{CRUMBS}</div><pre>{text}</pre>", '<meta charset="windows-1258">')


def html_nested() -> str:
    """A page laid out by tables, the letterhead of tables inside a table."""
    left = "".join(f"<tr><td>{line}</td></tr>" for line in (*ISSUER, NUMBER, ABOUT))
    right = "".join(f"<tr><td>{line}</td></tr>" for line in (NATION, MOTTO, PLACE))
    head = f"<table><tr><td><table>{left}</table></td><td><table>{right}</table></td></tr></table>"
    rows = "".join(f"<tr><td><p>{line}</p></td></tr>" for line in (ADDRESSED, *ADDRESSEES, *BODY))
    end = f"<tr><td>{'<br>'.join(('Nơi nhận:', *RECIPIENTS))}</td><td>{'<br>'.join(SIGNATURE)}</td></tr>"
    menu = paragraphs(MENU, "li")
    facts = "".join(f"<li><b>{name}:</b> {value}</li>" for name, value in FACTS)
    return page(
        f"<table><tr><td><ul>{menu}</ul></td><td>{head}<table>{rows}</table><table>{end}</table></td>"
        f"<td><ul>{facts}</ul></td></tr></table>"
    )


def html_aligned() -> str:
    """Letterhead by alignment only; facts for search engines; comments and a cookie notice around."""
    data = (
        '{"@type": "Legislation", "legislationIdentifier": "215/UBND-KT", "legislationDate": "2024-03-05",'
        ' "legislationType": "Công văn"}'
    )
    head = paragraphs((*ISSUER, NUMBER, ABOUT, NATION, MOTTO, PLACE)).replace("<p>", "<p style='text-align:center'>")
    end = paragraphs(("Nơi nhận:", *RECIPIENTS, *SIGNATURE))
    return page(
        f"<div id=cookie-bar>Chúng tôi sử dụng cookie</div><div class=Breadcrumb>{CRUMBS}</div>{head}"
        f"{paragraphs((ADDRESSED, *ADDRESSEES, *BODY))}{end}<h3>Bình luận</h3><p>Sở Y tế phải báo cáo ngay.</p>",
        f'<meta charset="utf-8"><script type="application/ld+json">{data}</script>',
    )


def markdown_table() -> str:
    """A converter's Markdown: front matter, letterhead and end as tables, bold marks, escapes, a linked footnote."""
    front = "---\nso_ky_hieu: 215/UBND-KT\nngay_ban_hanh: 05/03/2024\nco_quan_ban_hanh: UBND tỉnh Bình An\n---\n"
    head = (
        f"| **{ISSUER[0]}**<br>**{ISSUER[1]}**<br>------- | **{NATION}**<br>**{MOTTO}**<br>--------- |\n|---|---|\n"
        f"|  |  |\n| {NUMBER}<br>*{ABOUT}* | *{PLACE}* |\n"
    )
    body = "\n\n".join((ADDRESSED, *ADDRESSEES, *BODY)).replace("\n1. ", "\n1\\. ").replace("\n- ", "\n\\- ")
    body = body.replace("12/KH-UBND", "[12/KH-UBND](https://vd.vn/kh-12)")
    end = f"| **Nơi nhận:**<br>{'<br>'.join(RECIPIENTS)} | **{'<br>'.join(SIGNATURE)}** |\n| --- | --- |\n"
    return f"{front}[Trang chủ](/) > Văn bản\n\n# {TITLE}\n\n{head}\n{body}\n\n{end}\n" + "\n\n".join(RELATED)


def markdown_bars() -> str:
    """A copy whose cells stand alone between bars, facts as a Markdown table."""
    facts = "| Thuộc tính | Giá trị |\n|---|---|\n" + "".join(f"| **{a}** | {b} |\n" for a, b in FACTS)
    cells = [*ISSUER, NUMBER, ABOUT, NATION, MOTTO, PLACE]
    head = "\n".join(f"|\n**{cell}**" for cell in cells)
    return f"{facts}\n{head}\n|\n\n" + "\n\n".join(
        (ADDRESSED, *ADDRESSEES, *BODY, "__Nơi nhận:__", *RECIPIENTS, *SIGNATURE)
    )


def text_facts() -> str:
    """Text copied from a portal: facts as lines above, buttons and related documents below."""
    facts = "\n".join(f"{name}: {value}" for name, value in FACTS)
    return "\n".join((*MENU, TITLE.upper(), facts, "", plain(), "", *AFTER, *RELATED))


def text_columns() -> str:
    """Text whose columns are parted by spaces, facts below in cells of one line."""
    facts = " | ".join(f"{name}: {value}" for name, value in FACTS[:3])
    head = f"{ISSUER[0]:<30}{NATION}\n{ISSUER[1]:<30}{MOTTO}\n{NUMBER:<30}{PLACE}\n{ABOUT}\n"
    body = "\n".join((ADDRESSED, *ADDRESSEES, *BODY))
    end = "\n".join(f"{a:<40}{b}" for a, b in zip(("Nơi nhận:", *RECIPIENTS), SIGNATURE, strict=True))
    return f"{CRUMBS}\n\n{head}\n{body}\n\n{end}\n\n{facts}\nChia sẻ\nIn trang"


#: File name -> the document as it is found under such a name.
COPIES: dict[str, Callable[[], str]] = {
    "divs.html": html_divs,
    "floats.html": html_floats,
    "word.htm": html_word,
    "pre.html": html_preformatted,
    "nested.html": html_nested,
    "aligned.html": html_aligned,
    "table.md": markdown_table,
    "bars.md": markdown_bars,
    "facts.txt": text_facts,
    "columns.txt": text_columns,
}
