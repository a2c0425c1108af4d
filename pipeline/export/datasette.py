"""``metadata.json`` for Datasette, which shows the database in a browser: titles, columns, facets, ready questions.

Nothing is written to the database. Beside it, ``datasette -i vanthu.db -m metadata.json`` opens both; ``-i`` says that
the file does not change, so that Datasette asks for no right to write either. See https://docs.datasette.io/en/stable/.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table

from pipeline.descriptions import column_description, table_description
from pipeline.store import DATABASE_NAME, SCHEMA_VERSION
from pipeline.tables import metadata

FILE_NAME = "metadata.json"
_TITLE = "vanthu: đơn vị nào phải làm gì, trước ngày nào, theo văn bản nào"
#: Luật Sở hữu trí tuệ (50/2005/QH11), Điều 15 khoản 2: no copyright in official documents.
_LICENCE = (
    "Văn bản hành chính không thuộc phạm vi bảo hộ quyền tác giả (Luật Sở hữu trí tuệ số 50/2005/QH11, "
    "Điều 15 khoản 2); dữ liệu cá nhân trong văn bản vẫn được pháp luật bảo vệ"
)
_SHOWN: dict[str, dict[str, Any]] = {
    "documents": {
        "facets": ["doc_type", "issuer", "format", "ocr"],
        "sort_desc": "date",
        "label_column": "code",
        "units": {"pages": "trang"},
    },
    "obligations": {
        "facets": ["kind", {"array": "actors"}, "deadline_type", "superseded"],
        "sort_desc": "due",  # ascending would begin with those without a day
        "label_column": "quote",
    },
    "citations": {"facets": ["relation", "type", "issuer"], "label_column": "code"},
    "cited_relations": {"facets": ["relation"]},
    "obligation_units": {"facets": ["role", "unit"]},
    "obligation_states": {"facets": ["status", "person", "review"]},
    "decisions": {"facets": ["action", "who"], "sort_desc": "n"},
    "failures": {"facets": ["error"]},
    "meta": {"hidden": True},
}
_DUTIES = (
    'SELECT o.due AS "Hạn cuối", o.actors AS "Đơn vị thực hiện", o.quote AS "Nguyên văn", d.code AS "Văn bản", '
    'o.page AS "Trang", o.obligation_id AS "Mã nghĩa vụ" FROM obligations o JOIN documents d USING (doc_id) '
    "LEFT JOIN obligation_states s USING (obligation_id) "
    "WHERE NOT o.superseded AND d.version_of IS NULL AND "
)
_OPEN = "coalesce(s.status, 'new') NOT IN ('done', 'not_applicable') AND o.kind = 'obligation' "
_QUERIES: dict[str, tuple[str, str, str]] = {
    "sap_den_han": (
        "Việc đến hạn trong khoảng ngày",
        "Nhập ngày theo dạng 2025-04-19. Kể cả ngày đầu và ngày cuối.",
        _DUTIES + _OPEN + "AND o.due BETWEEN :tu_ngay AND :den_ngay ORDER BY o.due",
    ),
    "qua_han": (
        "Việc quá hạn tính đến một ngày",
        "Việc định kỳ không tính. Nhập ngày theo dạng 2025-04-19.",
        _DUTIES + _OPEN + "AND o.recurrence IS NULL AND o.due < :ngay ORDER BY o.due DESC",
    ),
    "viec_cua_don_vi": (
        "Việc của một đơn vị",
        "Nhập một phần tên, viết không dấu, chữ thường (so y te).",
        _DUTIES + "EXISTS (SELECT 1 FROM obligation_units u WHERE u.obligation_id = o.obligation_id "
        "AND replace(u.folded, '~', '') LIKE '%' || :don_vi || '%') ORDER BY o.due IS NULL, o.due",
    ),
    "theo_van_ban": (
        "Việc có viện dẫn một văn bản",
        "Nhập số, ký hiệu của văn bản được viện dẫn (15/CT-TTg).",
        _DUTIES + "EXISTS (SELECT 1 FROM citations c, json_each(o.cites) j WHERE c.citation_id = j.value "
        "AND c.code = :so_ky_hieu) ORDER BY o.due IS NULL, o.due",
    ),
}  # fmt: skip


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write ``metadata.json`` for the database of ``engine``. There is no record in it, so nothing to leave out."""
    path = target / FILE_NAME
    name = Path(engine.url.database or DATABASE_NAME).stem
    path.write_text(json.dumps(_described(name), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [path]


def _described(name: str) -> dict[str, Any]:
    tables = {table.name: _table(table) for table in metadata.sorted_tables}
    queries = {
        slug: {"title": title, "description": words, "sql": sql} for slug, (title, words, sql) in _QUERIES.items()
    }
    return {
        "title": _TITLE,
        "description": "Đọc từ văn bản hành chính; mỗi dòng dẫn về câu nguyên văn. / Read from official documents; "
        "each row leads back to its sentence.",
        "license": _LICENCE,
        "source": f"vanthu {version('vanthu')}, lược đồ {SCHEMA_VERSION}",
        "custom_units": ["trang = []"],
        "databases": {
            name: {
                "title": "Nghĩa vụ, văn bản, viện dẫn",
                "description": "Các câu hỏi có sẵn đã bỏ dòng bị loại, bị thay và bản khác của cùng một văn bản; ở "
                "bảng, chọn superseded = 0.",
                "tables": tables,
                "queries": queries,
            }
        },
    }


def _table(table: Table) -> dict[str, Any]:
    described = table_description(table.name)
    words = {column.name: column_description(table.name, column.name) for column in table.c}
    return {
        "title": described.title,
        "description": f"{described.vietnamese} / {described.english}",
        "columns": {name: f"{one.vietnamese} / {one.english}" for name, one in words.items()},
        **_SHOWN.get(table.name, {}),
    }
