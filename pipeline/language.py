"""What the command line says, in Vietnamese and in English. Side by side, so that none lags behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum


class Language(StrEnum):
    """The languages of the command line."""

    VI = "vi"
    EN = "en"


Say = Callable[..., str]

TEXTS: dict[str, tuple[str, str]] = {
    "language": (Language.VI.value, Language.EN.value),
    "reading": ("Đang đọc", "Reading"),
    "no_path": (
        "Không thấy {path}. Hãy kiểm tra lại đường dẫn (tên có dấu cách thì đặt trong dấu nháy).",
        "{path} does not exist. Check the path (put quotes around names with spaces).",
    ),
    "nothing_found": (
        "Không có văn bản nào đọc được trong {paths}. Các định dạng được hỗ trợ: {formats}.",
        "No document to read in {paths}. Supported formats: {formats}.",
    ),
    "unsupported": (
        "Bỏ qua {n} tệp có định dạng chưa hỗ trợ: {list}.",
        "Passed over {n} files of unsupported formats: {list}.",
    ),
    "interrupted": (
        "Đã dừng theo yêu cầu. Những văn bản đã đọc được giữ nguyên; chạy lại lệnh này để đọc tiếp.",
        "Stopped as asked. What has been read is kept; run the same command again to go on.",
    ),
    "needs_scheduler": (
        "{url} là địa chỉ lưu trữ từ xa: hãy thêm --scheduler local (đọc trên máy này) hoặc --scheduler tcp://MÁY:8786.",
        "{url} is a remote storage: add --scheduler local (read on this machine) or --scheduler tcp://HOST:8786.",
    ),
    "no_distributed": (
        "Để đọc trên nhiều máy cần thêm: {list}. Hãy cài `pip install 'vanthu[distributed]'`.",
        "Reading on many machines needs: {list}. Install them with `pip install 'vanthu[distributed]'`.",
    ),
    "workers": (
        "Có {n} tiến trình đọc. Theo dõi tại {url}",
        "{n} workers. Watch them at {url}",
    ),
    "no_workers": (
        "Chưa có tiến trình đọc nào: đang đợi `dask worker` kết nối. Theo dõi tại {url}",
        "No worker yet: waiting for a `dask worker` to connect. Watch it at {url}",
    ),
    "cannot_write": (
        "Không ghi được {path} ({reason}). Hãy đóng tệp nếu đang mở, hoặc chọn thư mục khác.",
        "Cannot write {path} ({reason}). Close the file if it is open, or choose another folder.",
    ),
    "busy": (
        "Cơ sở dữ liệu {path} đang được lệnh khác ghi. Hãy đợi lệnh kia xong rồi chạy lại.",
        "The database {path} is in use by another command. Wait for it to end and try again.",
    ),
    "server_lost": (
        "Mất kết nối với {path}, hoặc lệnh khác đang ghi quá lâu. Văn bản đã đọc xong được giữ; hãy chạy lại.",
        "Lost {path}, or another command has been writing for too long. What was read is kept; try again.",
    ),
    "no_right": (
        "Người dùng này không có quyền ghi {path}. Hãy nhờ người quản trị cấp quyền.",
        "This user may not write {path}. Ask the administrator for the right.",
    ),
    "moved": (
        "Đã chuyển {path} từ lược đồ phiên bản {before} lên {now}; dữ liệu và quyết định giữ nguyên.",
        "Brought {path} from schema version {before} to {now}; data and decisions are kept.",
    ),
    "not_moved": ("{path}: đã đúng phiên bản, không có gì phải chuyển.", "{path} is of this version already."),
    "copied": ("Đã chép {path} sang {to}.", "Copied {path} to {to}."),
    "not_empty": (
        "{to} đã có dữ liệu; chỉ chép vào cơ sở dữ liệu trống.",
        "{to} holds data; only an empty database is filled.",
    ),
    "counts": (
        "Đọc mới {read} văn bản, giữ nguyên {unchanged}, lỗi {failed}, gỡ {removed} (tệp không còn trong thư mục).",
        "Read {read} documents, kept {unchanged} unchanged, {failed} failed, removed {removed} (files that are gone).",
    ),
    "totals": (
        "Trong cơ sở dữ liệu: {all} nghĩa vụ, {deadline} có thời hạn, {dated} tính được ngày, "
        "{overdue} quá hạn tính đến {today}.",
        "In the database: {all} obligations, {deadline} with a deadline, {dated} with a date, "
        "{overdue} overdue on {today}.",
    ),
    "versions": (
        "{n} tệp là bản khác (dự thảo, bản quét, bản chép) của văn bản đã có: mỗi văn bản chỉ tính một lần.",
        "{n} files are other versions (drafts, scans, copies) of a document: each document counts once.",
    ),
    "remarked": (
        "{n} văn bản có điểm không khớp với văn bản khác trong thư mục: xem cột “Cần kiểm tra”.",
        "{n} documents do not agree with others of the folder: see the column “Cần kiểm tra”.",
    ),
    "digest_title": (
        "Công việc{whose}: {overdue} quá hạn, {due} đến hạn trong {days} ngày",
        "Duties{whose}: {overdue} overdue, {due} due within {days} days",
    ),
    "digest_whose": (" của {unit}", " of {unit}"),
    "digest_day": ("Ngày {day}", "{day}"),
    "digest_task": ("Nội dung", "What (quote)"),
    "digest_overdue": ("Đã quá hạn ({n})", "Overdue ({n})"),
    "digest_due": ("Sắp đến hạn ({n})", "Due soon ({n})"),
    "digest_where": ("{document}, trang {page}, mã {id}", "{document}, page {page}, id {id}"),
    "types": ("Loại văn bản", "Document types"),
    "untyped": ("(chưa rõ loại)", "(unknown type)"),
    "upcoming": ("Sắp đến hạn", "Due next"),
    "overdue": ("Quá hạn gần đây nhất", "Most recently overdue"),
    "failures": ("Không đọc được", "Could not be read"),
    "more": ("… và {n} tệp nữa, xem trang tính “Lỗi”.", "… and {n} more, see the sheet “Lỗi”."),
    "written": ("Kết quả ghi tại:", "Results are in:"),
    "annotated": (
        "{n} văn bản; trong đó {open} dòng chưa ai kiểm tra (ghi ở unreviewed của từng văn bản).",
        "{n} documents; {open} rows in them nobody has reviewed (unreviewed of each document says how many).",
    ),
    "annotated_none": (
        "Chưa có dòng nào được xác nhận, sửa hoặc thêm. Hãy kiểm tra bằng `vanthu review`, hoặc dùng --all.",
        "No row was accepted, corrected or added yet. Review them with `vanthu review`, or use --all.",
    ),
    "all_is_for_training": (
        "--all chỉ dùng với --format {known}.",
        "--all goes with --format {known} only.",
    ),
    "missing_extra": (
        "Việc này cần thư viện {library}. Hãy cài: pip install 'vanthu[{extra}]'.",
        "This needs the library {library}. Install it: pip install 'vanthu[{extra}]'.",
    ),
    "schema_no_table": (
        "Không có bảng {asked}. Các bảng: {known}.",
        "There is no table {asked}. The tables: {known}.",
    ),
    "secret": (
        "Không xuất {n} văn bản có dấu độ mật (chỉ chuyển theo quy định bảo vệ bí mật nhà nước): {list}.",
        "Left out {n} documents that bear a mark of secrecy: {list}.",
    ),
    "unidentified": (
        "Không lập thông điệp cho {n} văn bản chưa rõ số, ký hiệu, cơ quan hoặc ngày ban hành: {list}.",
        "No message for {n} documents whose number, issuer or date is not known: {list}.",
    ),
    "due": ("Hạn cuối", "Due"),
    "days_left": ("còn {n} ngày", "{n} days left"),
    "days_over": ("quá {n} ngày", "{n} days over"),
    "unit": ("Đơn vị thực hiện", "Unit"),
    "task": ("Nguyên văn", "What (quote)"),
    "document": ("Văn bản", "Document"),
    "page": ("tr.", "p."),
    "no_unit": ("(chưa rõ đơn vị)", "(unit unknown)"),
    "none_found": (
        "Không tìm thấy nghĩa vụ nào. Hãy thử bớt điều kiện, hoặc viết tên đơn vị ngắn hơn.",
        "No obligation found. Try fewer filters, or a shorter name of the unit.",
    ),
    "found": ("Tìm thấy {n} nghĩa vụ.", "{n} obligations found."),
    "found_more": (
        "Hiện {n} nghĩa vụ đầu tiên, còn nữa. Thêm --limit để xem nhiều hơn, hoặc --output để ghi tất cả ra tệp.",
        "The first {n} obligations, there are more. Use --limit to see more of them, or --output to write all.",
    ),
    "status": ("Trạng thái", "Status"),
    "status.new": ("mới", "new"),
    "status.assigned": ("đã giao", "assigned"),
    "status.in_progress": ("đang làm", "in progress"),
    "status.done": ("hoàn thành", "done"),
    "status.not_applicable": ("không áp dụng", "not applicable"),
    "person": ("người được giao", "person"),
    "note": ("ghi chú", "note"),
    "answered_by": ("văn bản trả lời", "answered by"),
    "action.accept": ("xác nhận", "accepted"),
    "action.correct": ("sửa", "corrected"),
    "action.reject": ("bác bỏ", "rejected"),
    "action.add": ("thêm", "added"),
    "action.status": ("ghi nhận", "noted"),
    "action.undo": ("hoàn tác quyết định trước đó", "took back the decision before"),
    "action.dismiss": ("bỏ qua đề xuất", "dismissed a proposal"),
    "action.restore": ("lấy lại đề xuất", "restored a proposal"),
    "about": ("đề xuất", "proposal"),
    "by": ("theo văn bản", "by document"),
    "lost": ("đoạn văn bản này không còn trong tệp", "these words are no longer in the file"),
    "history_none": ("Chưa ai ghi nhận gì về nghĩa vụ {id}.", "Nobody noted anything about obligation {id}."),
    "bad_within": (
        "“{value}” không phải khoảng thời gian. Hãy viết số ngày (7d) hoặc số tuần (2w).",
        "“{value}” is no length of time. Write a number of days (7d) or weeks (2w).",
    ),
    "mark_nothing": (
        "Chưa nói cần ghi nhận gì. Hãy thêm --status, --person, --note hoặc --answer.",
        "Nothing to note. Add --status, --person, --note or --answer.",
    ),
    "marked": ("Đã ghi nhận cho {n} nghĩa vụ: {list}.", "Noted for {n} obligations: {list}."),
    "correct_how": (
        "Hãy nêu mã nghĩa vụ hoặc --doc văn bản, cùng với --set TRƯỜNG=GIÁ TRỊ hoặc --undo.",
        "Name an obligation or --doc a document, with --set FIELD=VALUE or --undo.",
    ),
    "correct_field": (
        "Không hiểu “{asked}”. Hãy viết TRƯỜNG=GIÁ TRỊ; các trường: {known}.",
        "“{asked}” is not understood. Write FIELD=VALUE; fields: {known}.",
    ),
    "corrected": ("Đã ghi {n} trường sửa cho {about}.", "Corrected {n} fields of {about}."),
    "undone": ("Đã hoàn tác quyết định gần nhất về {about}.", "Took back the last decision about {about}."),
    "document_unknown": (
        "Không có văn bản nào có số, ký hiệu hoặc tệp “{asked}”.",
        "No document has the number or file “{asked}”.",
    ),
    "document_ambiguous": (
        "“{asked}” là của nhiều văn bản ({near}). Hãy nêu tệp.",
        "Several documents are called “{asked}” ({near}). Name the file.",
    ),
    "id_unknown": (
        "Không có nghĩa vụ nào có mã “{asked}”. Mã đứng trong ngoặc vuông ở bảng của `vanthu query`.",
        "No obligation has the id “{asked}”. Ids stand in square brackets in the table of `vanthu query`.",
    ),
    "id_ambiguous": (
        "“{asked}” là phần đầu của nhiều mã ({near}). Hãy viết thêm vài ký tự.",
        "Several ids begin with “{asked}” ({near}). Write a few more characters.",
    ),
    "saved": ("Đã lưu câu hỏi “{name}”.", "Kept the question “{name}”."),
    "saved_none": ("Chưa lưu câu hỏi nào. Dùng --save-as TÊN để lưu.", "No question is kept. Use --save-as NAME."),
    "saved_no_name": ("Câu hỏi cần lưu phải có tên.", "The question to keep needs a name."),
    "saved_unknown": (
        "Không có câu hỏi “{name}”. Các câu hỏi đã lưu: {known}.",
        "There is no question “{name}”. Questions kept: {known}.",
    ),
    "proposal.done": ("Có thể đã xong", "May be done"),
    "proposal.extended": ("Có thể được gia hạn, điều chỉnh thời hạn", "Last day may have changed"),
    "proposal.ended": ("Có thể không còn áp dụng", "May no longer apply"),
    "proposal.corrected": ("Có thể được đính chính", "May have been corrected"),
    "proposals_found": (
        "{n} đề xuất. Đối chiếu với văn bản, rồi nhận từng đề xuất bằng --accept MÃ, hoặc bỏ qua bằng --dismiss MÃ.",
        "{n} proposals. Compare with the documents, then accept one by --accept ID, or dismiss it by --dismiss ID.",
    ),
    "proposals_none": ("Không có đề xuất nào.", "Nothing is proposed."),
    "proposal_unknown": (
        "Không có đề xuất nào có mã “{asked}”. Mã đứng đầu mỗi đề xuất ở `vanthu proposals`.",
        "No proposal has the id “{asked}”. Ids stand before the proposals of `vanthu proposals`.",
    ),
    "proposal_same_day": (
        "Hai văn bản đề cùng ngày: thứ tự chỉ suy ra từ việc viện dẫn.",
        "Both documents bear the same day: only the citation tells which came first.",
    ),
    "proposal_put_aside": ("Đã bỏ qua: {who}, {when}.", "Dismissed by {who}, {when}."),
    "proposals_dismissed": ("Đã bỏ qua {n} đề xuất về: {list}.", "Dismissed {n} proposals about: {list}."),
    "proposals_restored": ("Đã lấy lại {n} đề xuất về: {list}.", "Restored {n} proposals about: {list}."),
    "proposals_put_aside": (
        "{n} đề xuất đã bỏ qua (xem bằng --dismissed, lấy lại bằng --restore MÃ).",
        "{n} were dismissed (see them by --dismissed, take one back by --restore ID).",
    ),
    "found_predecessor": (
        "Kể cả {n} nghĩa vụ của đơn vị tiền thân: {names}.",
        "{n} of them are duties of what came before it: {names}.",
    ),
    "found_member": (
        "Kể cả {n} nghĩa vụ giao chung cho: {names}.",
        "{n} of them are duties of a group it belonged to: {names}.",
    ),
    "own_units": ("Dùng danh mục đơn vị riêng {path} ({n} đơn vị).", "Using your own units in {path} ({n} units)."),
    "unit_period": ("Tồn tại", "Existed"),
    "unit_from": ("từ {day}", "from {day}"),
    "unit_to": ("đến {day}", "until {day}"),
    "unit_no_limit": ("chưa rõ ngày đầu, chưa thấy ngày cuối", "first day not known, no last day known"),
    "unit_on_day": ("Vào ngày hỏi", "On that day"),
    "unit_there": ("có tên này", "bore this name"),
    "unit_not_there": ("không có tên này", "did not bear this name"),
    "unit_parent": ("Thuộc", "Under"),
    "unit_abbreviations": ("Viết tắt", "Abbreviations"),
    "unit_before": ("Tiền thân", "Before it"),
    "unit_after": ("Về sau là", "After it"),
    "unit_served": ("Địa bàn", "Served"),
    "unit_regions": ("Hải quan khu vực", "Region of customs"),
    "unit_seat": ("trụ sở {place}", "seat {place}"),
    "unit_source": ("Theo", "Source"),
    "unit_which_day": (
        "Tên này là của nhiều cơ quan theo thời gian; thêm --on để hỏi vào một ngày.",
        "Several bodies bore this name in the course of time; add --on to ask about a day.",
    ),
    "unit_group": ("{name}: {n} đơn vị", "{name}: {n} units"),
    "unit_incomplete": (
        "Danh sách này có thể chưa đủ.",
        "There may be more than these.",
    ),
    "unit_unknown": (
        "Danh mục không có “{name}”. Nhóm đơn vị cần thêm --on; đơn vị riêng thì khai trong tệp --units.",
        "The register does not know “{name}”. A group needs --on; your own units go into a file for --units.",
    ),
    "unit_near": ("Tên gần giống: {names}.", "Names like it: {names}."),
    "bad_date": (
        "“{value}” không phải ngày. Hãy viết 2026-04-05 hoặc 05/4/2026.",
        "“{value}” is no date. Write 2026-04-05 or 05/4/2026.",
    ),
    "unreadable": ("Không đọc được {path}: {reason}", "Cannot read {path}: {reason}"),
    "header": ("Thể thức", "Header"),
    "not_stated": ("không nêu", "not stated"),
    "untrusted": (
        "Chưa kiểm tra được chứng thư số vì không có mạng.",
        "The certificates could not be checked without network.",
    ),
    "spans": (
        "Mỗi dòng chú giải: [vị trí bắt đầu–kết thúc, trang] điều đọc được · quy tắc.",
        "Each note: [start–end, page] what was read · rule.",
    ),
    "explain_counts": (
        "{citations} viện dẫn, {deadlines} thời hạn, {obligations} nghĩa vụ.",
        "{citations} citations, {deadlines} deadlines, {obligations} obligations.",
    ),
    "check": ("Cần kiểm tra", "To be checked"),
    "relation.issued_by": ("do cơ quan ban hành", "issued by"),
    "relation.signed_by": ("do người ký", "signed by"),
    "relation.part_of": ("thuộc", "part of"),
    "kind.document": ("văn bản", "document"),
    "kind.provision": ("điều khoản", "provision"),
    "kind.unit": ("cơ quan", "unit"),
    "kind.person": ("người ký", "signer"),
    "state.in_force": ("còn hiệu lực (không thấy văn bản nào chấm dứt)", "in force (nothing found that ends it)"),
    "state.not_yet": ("chưa có hiệu lực", "not yet in force"),
    "state.amended": ("đã được sửa đổi, bổ sung", "amended"),
    "state.replaced": ("đã được thay thế", "replaced"),
    "state.repealed": ("hết hiệu lực", "no longer in force"),
    "state.unknown": ("chưa xác định được hiệu lực", "state unknown"),
    "graph_title": ("Quan hệ giữa các văn bản", "Relations between documents"),
    "graph_counts": (
        "{documents} văn bản trong thư mục, {cited} văn bản chỉ được viện dẫn, {edges} quan hệ, "
        "{missing} văn bản cần tìm thêm.",
        "{documents} documents in the folder, {cited} only cited, {edges} relations, {missing} to be asked for.",
    ),
    "graph_chain": ("Nguồn gốc của {label}", "Where {label} comes from"),
    "graph_no_chain": ("Không thấy văn bản nào là nguồn gốc của {label}.", "Nothing above {label} was found."),
    "graph_state": ("Ngày {day}, {label}: {state}.", "On {day}, {label}: {state}."),
    "graph_changes": ("Thay đổi hiệu lực", "Changes of validity"),
    "graph_missing": ("Văn bản được viện dẫn nhưng không có trong thư mục", "Cited but not in the folder"),
    "graph_none_missing": ("Không thiếu văn bản nào.", "Nothing is missing."),
    "graph_since": ("Từ ngày", "Since"),
    "graph_assumed": ("{day} (theo ngày ban hành)", "{day} (its date of issue)"),
    "graph_no_date": ("chưa rõ ngày", "date unknown"),
    "graph_acting": ("Văn bản tác động", "Acting document"),
    "graph_relation": ("Quan hệ", "Relation"),
    "graph_target": ("Văn bản bị tác động", "Document acted upon"),
    "graph_cited_by": ("Số văn bản viện dẫn", "Cited by"),
    "graph_only_cited": ("(không có trong thư mục)", "(not in the folder)"),
    "graph_suffix": (
        "Không ghi được định dạng “{suffix}”. Hãy đặt tên tệp kết thúc bằng {known}.",
        "Cannot write the format “{suffix}”. Let the file name end in {known}.",
    ),
    "graph_no_document": (
        "Không thấy văn bản “{asked}” trong cơ sở dữ liệu. Số, ký hiệu gần nhất: {near}.",
        "No document “{asked}” in the database. The nearest numbers: {near}.",
    ),
    "graph_no_relation": (
        "Không có quan hệ “{asked}”. Các quan hệ: {known}.",
        "There is no relation “{asked}”. Relations: {known}.",
    ),
    "graph_no_kind": (
        "“{asked}” không vẽ được. Hãy chọn trong: {known}.",
        "Cannot draw “{asked}”. Choose from: {known}.",
    ),
    "register_own": (
        "Sổ văn bản đi cần tên cơ quan: thêm --own, ví dụ --own “Sở Y tế tỉnh Bình Lục”.",
        "The register of what was sent needs the name of the office: add --own.",
    ),
    "register_count": ("Sổ có {n} văn bản.", "{n} documents in the register."),
}


def speaker(language: Language, texts: Mapping[str, tuple[str, str]] = TEXTS) -> Say:
    """A function ``say(key, **values)`` that gives the text of ``key`` in ``language``, out of ``texts``."""
    at = 0 if language is Language.VI else 1

    def say(key: str, **values: object) -> str:
        return texts[key][at].format(**values)

    return say
