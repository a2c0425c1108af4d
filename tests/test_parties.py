"""Parties: who speaks, whom he can order."""

import pytest

from extractors.directives import read_sentence
from extractors.model import Header, Span
from extractors.parties import Parties


@pytest.mark.parametrize(
    ("issuer", "name", "is_speaker"),
    [
        ("Ủy ban nhân dân tỉnh Bình Lục", "UBND tỉnh", True),
        ("Ủy ban nhân dân tỉnh Bình Lục", "Chủ tịch UBND tỉnh", True),
        ("Tổng cục Hải quan", "Cục Hải quan tỉnh", False),
        ("Sở Y tế tỉnh Bình Lục", "Sở Y tế", True),
        ("Sở Y tế tỉnh Bình Lục", "các đơn vị", False),
        ("Sở Y tế tỉnh Bình Lục", "Sở Nội vụ", False),
    ],
)
def test_the_issuer_is_known_by_his_short_names(issuer: str, name: str, is_speaker: bool) -> None:
    """The issuer does not order himself."""
    assert is_speaker is Parties(Header(issuer=issuer)).is_speaker((name,))


@pytest.mark.parametrize(
    ("issuer", "name", "commands"),
    [
        ("Ủy ban nhân dân tỉnh Bình Lục", "Sở Nội vụ", True),
        ("Ủy ban nhân dân tỉnh Bình Lục", "Ủy ban MTTQ Việt Nam tỉnh", False),
        ("Ủy ban nhân dân tỉnh Bình Lục", "Tòa án nhân dân tỉnh", False),
        ("Ủy ban nhân dân tỉnh Bình Lục", "Công ty Điện lực Bình Lục", False),
        ("Bộ Công Thương", "UBND các tỉnh, thành phố", False),
        ("Bộ Công Thương", "các đơn vị thuộc Bộ", True),
        ("Tổng cục Hải quan", "Cục Hải quan các tỉnh, thành phố", True),
        ("Tổng cục Hải quan", "Sở Công Thương các tỉnh", False),
        ("Sở Tài chính tỉnh Bình Lục", "Giám đốc các sở", False),
        ("Sở Tài chính tỉnh Bình Lục", "các phòng thuộc Sở", True),
        ("Trường Đại học Bình Lục", "các khoa", True),
    ],
)
def test_who_can_be_ordered(issuer: str, name: str, commands: bool) -> None:
    """By rank: own units yes, peers, superiors and bodies outside the administration no."""
    assert commands is Parties(Header(issuer=issuer)).commands(name)


def test_a_request_to_a_peer_is_a_recommendation_and_an_order_downward_is_not() -> None:
    """The same word, by direction."""
    text = "Đề nghị Sở Nội vụ rà soát biên chế."
    reading = read_sentence(text, Span(0, len(text)))
    above = Parties(Header(doc_type="Công văn", issuer="Ủy ban nhân dân tỉnh Bình Lục"))
    beside = Parties(Header(doc_type="Công văn", issuer="Sở Tài chính tỉnh Bình Lục"))
    upward = Parties(Header(doc_type="Tờ trình", issuer="Ủy ban nhân dân tỉnh Bình Lục"))
    assert "obligation" == above.kind(reading, reading.names, None)
    assert "recommendation" == beside.kind(reading, reading.names, None)
    assert "recommendation" == upward.kind(reading, reading.names, None)


def test_a_lead_that_says_nothing_by_itself() -> None:
    """``thực hiện các nội dung sau:`` is no row, a duty that ends in a colon is."""
    parties = Parties(Header(doc_type="Công văn", issuer="Bộ Y tế"))
    for text, says in (
        ("Yêu cầu các đơn vị nghiêm túc thực hiện các nội dung sau:", False),
        ("Yêu cầu các đơn vị rà soát toàn bộ trang thiết bị cấp cứu ngoại viện đã hết niên hạn, trong đó lưu ý:", True),
    ):
        span = Span(0, len(text))
        assert says is parties.says_something(text, span, read_sentence(text, span))


@pytest.mark.parametrize(
    ("name", "concerned"),
    [
        ("doanh nghiệp nợ thuế", True),
        ("các hộ kinh doanh", True),
        ("các Chi cục Hải quan", False),
        ("Hội đồng thẩm định", False),
    ],
)
def test_whom_a_duty_is_about(name: str, concerned: bool) -> None:
    """People and firms after ``Đối với`` are the matter, offices the doers."""
    assert concerned is Parties(Header()).concerned((name,))
