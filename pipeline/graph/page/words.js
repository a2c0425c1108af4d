// The words of the page: Vietnamese and English side by side, so that none lags behind.
const WORDS = {
  search: ["Tìm số hiệu, trích yếu, cơ quan (không cần dấu)", "Search code, subject, issuer (marks not needed)"],
  layout: ["Cách bày", "Layout"],
  time: ["Thời gian", "Time"],
  network: ["Mạng lưới", "Network"],
  depth: ["Lân cận", "Neighbours"],
  depth_0: ["tất cả", "all"],
  depth_1: ["1 bước", "1 step"],
  depth_2: ["2 bước", "2 steps"],
  depth_3: ["3 bước", "3 steps"],
  zoom: ["Thu phóng", "Zoom"],
  nearer: ["Phóng to", "Zoom in"],
  farther: ["Thu nhỏ", "Zoom out"],
  fit: ["Vừa khung", "Fit"],
  filters: ["Bộ lọc và chú giải", "Filters and legend"],
  relation: ["Quan hệ", "Relation"],
  type: ["Loại", "Type"],
  place: ["Nguồn", "Source"],
  in_folder: ["Có trong thư mục", "In the folder"],
  only_cited: ["Chỉ được viện dẫn", "Only cited"],
  every: ["Chọn hết", "All"],
  nothing: ["Bỏ hết", "None"],
  marks: ["Ký hiệu", "Marks"],
  mark_struck: ["Đã bị thay thế hoặc bãi bỏ", "Replaced or repealed"],
  canvas: [
    "Sơ đồ. Phím mũi tên để di chuyển, cộng và trừ để thu phóng, 0 để vừa khung, Esc để bỏ chọn. "
      + "Dùng ô tìm kiếm để chọn văn bản.",
    "Graph. Arrow keys move, plus and minus zoom, 0 fits, Escape clears the selection. Use the search to select.",
  ],
  counts: ["Đang hiện {nodes}/{all_nodes} nút, {edges}/{all_edges} quan hệ",
    "Showing {nodes}/{all_nodes} nodes, {edges}/{all_edges} relations"],
  found: ["{n} kết quả", "{n} results"],
  found_first: ["{n} kết quả, hiện {shown} kết quả đầu", "{n} results, the first {shown} shown"],
  chosen: ["Đã chọn {label}", "Selected {label}"],
  cleared: ["Đã bỏ chọn", "Selection cleared"],
  close: ["Đóng", "Close"],
  code: ["Số, ký hiệu", "Code"],
  date: ["Ngày ban hành", "Date"],
  issuer: ["Cơ quan ban hành", "Issuer"],
  subject: ["Trích yếu", "Subject"],
  path: ["Tệp", "File"],
  kind: ["Loại nút", "Kind"],
  state: ["Tình trạng", "State"],
  state_in_force: ["Đang có hiệu lực", "In force"],
  state_amended: ["Đã được sửa đổi, bổ sung", "Amended"],
  state_replaced: ["Đã bị thay thế", "Replaced"],
  state_repealed: ["Đã bị bãi bỏ", "Repealed"],
  state_not_yet: ["Chưa có hiệu lực", "Not yet in force"],
  state_unknown: ["Chưa rõ", "Unknown"],
  outgoing: ["Viện dẫn, liên kết tới ({n})", "Cites, links to ({n})"],
  incoming: ["Được viện dẫn, liên kết từ ({n})", "Cited by, linked from ({n})"],
  more: ["Hiện thêm {n}", "Show {n} more"],
  mentions: ["Số lần nhắc", "Mentions"],
  by: ["Căn cứ nhận biết", "Known from"],
  by_citation: ["Viện dẫn trong văn bản", "A citation in the document"],
  by_cited: ["Văn bản khác nêu quan hệ này", "Another document states the relation"],
  by_structure: ["Cấu trúc của văn bản", "The structure of the document"],
  from: ["Từ", "From"],
  to: ["Đến", "To"],
  places: ["Câu trong văn bản nguồn", "Source sentences"],
  page: ["tr. {n}", "p. {n}"],
  unnamed: ["(không tên)", "(unnamed)"],
  undated: ["không rõ ngày", "undated"],
  month: ["T{month}/{year}", "{month}/{year}"],
  nothing_shown: ["Bộ lọc đang ẩn tất cả.", "The filters hide everything."],
};

const COLUMN = document.documentElement.lang === "en" ? 1 : 0;

function say(key, values = {}) {
  return WORDS[key][COLUMN].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

// A state or source this page does not know yet is shown as it is, not hidden.
function sayIfKnown(prefix, value) {
  return Object.hasOwn(WORDS, prefix + value) ? say(prefix + value) : String(value);
}
