"""What is wrong with a workbook of figures that comes back, 721 to 731, 735, 835 and 836; with lists of units and tables of years, 837 on."""

from __future__ import annotations

from ntm_rules.messages.wording import Wording, wording

WORKBOOKS: dict[str, dict[str, Wording]] = {
    "NTM-721": wording(
        ("Tệp này là của {column} «{got}», lệnh hỏi «{expected}».", "Con số của bộ này không được vào bộ khác, ngày khác, tỉnh khác.", "Chọn đúng tệp, hoặc gọi lệnh với {column} của tệp."),
        ("This file is of {column} «{got}», the call is about «{expected}».", "Figures of one set, day or province are never taken for another.", "Take the right file, or call with the {column} of the file."),
    ),
    "NTM-722": wording(
        ("Bộ tiêu chí đã khác từ khi lập tệp (phiên bản {version}): {changes}.", "Đọc vào sẽ xóa phần người khác vừa sửa.", "Lập tệp mới bằng «ntm-rules workbook … -o», rồi điền lại các ô đã sửa."),
        ("The set has changed since the file was made (version {version}): {changes}.", "Reading it would undo what somebody else changed.", "Write a new file with «ntm-rules workbook … -o» and fill the changed cells again."),
    ),
    "NTM-723": wording(
        ("Ô khóa «{column}» ghi «{got}», phải là «{expected}».", "Ô khóa cho biết dòng này là của con số nào.", "Ghi lại «{expected}», hoặc lập tệp mới."),
        ("The locked cell «{column}» says «{got}», it must be «{expected}».", "Locked cells tell whose figures stand in a row.", "Put «{expected}» back, or write a new file."),
    ),
    "NTM-724": wording(
        ("Dòng «{row}» có hai lần.", "Không rõ lấy con số của dòng nào.", "Xóa một dòng."),
        ("The row «{row}» stands twice.", "Which of the two counts is not clear.", "Delete one."),
    ),
    "NTM-725": wording(
        ("Ô «{column}» của dòng {row} không có con số nào mà ghi «{got}».", "Văn bản không chia mức này như thế, hoặc con số ấy nằm ở dòng có nguồn khác.", "Xóa ô này, sửa ở ô không tô xám."),
        ("The cell «{column}» of row {row} holds no figure but says «{got}».", "The text has no such column here, or it stands in the row of another source.", "Clear it; change cells that are not grey."),
    ),
    "NTM-726": wording(
        ("Ô con số {row} bị xóa trống.", "Trống có thể là xóa nhầm.", "Ghi lại con số; nếu rút con số thì ghi «chưa có» hoặc «tỉnh quy định»."),
        ("The cell of the figure {row} was emptied.", "That may be a slip.", "Put the figure back; to withdraw it write «chưa có» or «tỉnh quy định»."),
    ),
    "NTM-727": wording(
        ("Con số {row} chưa có nguồn của nó: thiếu {missing}.", "Con số mới phải nói văn bản nào quy định, ở đâu, đã kiểm tra đến đâu.", "Điền các cột này ở cùng dòng."),
        ("The figure {row} has no source of its own: {missing} is missing.", "A new figure must say which document sets it, where, and how far that was checked.", "Fill these columns of its row."),
    ),
    "NTM-728": wording(
        ("Con số {row} không ghi được vào «{document}»: {detail}.", "Mức của tỉnh không bao giờ đứng tên văn bản của Trung ương.", "Lập văn bản của tỉnh trước: thêm --instrument, --from, --province; hoặc sửa cột «văn bản»."),
        ("The figure {row} cannot be filed in «{document}»: {detail}.", "A level of a province never stands under a decision of the nation.", "Enter the province's document: add --instrument, --from, --province; or correct the column «văn bản»."),
    ),
    "NTM-729": wording(
        ("Chưa sửa được con số {row} ngay trong tệp: {detail}.", "Sửa tại chỗ chỉ thay đúng một giá trị, mọi chữ khác giữ nguyên.", "Sửa tay trong tệp, rồi chạy «ntm-rules check»."),
        ("The figure {row} cannot be changed in its file: {detail}.", "Changing in place puts one value for another and keeps the rest letter by letter.", "Change it by hand, then run «ntm-rules check»."),
    ),
    "NTM-835": wording(
        ("Bộ «{edition}» chấm theo phiếu điểm, không lập văn bản sửa đổi hay dự thảo từ bảng con số.", "Một văn bản đổi điểm của phiếu là một bộ tiêu chí mới, với đủ các phiếu của nó.", "Sửa chỗ chép sai thì thêm --into-place; bộ mới thì «ntm-rules new edition»."),
        ("«{edition}» scores by sheets; no amendment or draft is made of its workbook.", "A decision that changes points is a new set, with all its sheets.", "Correct a slip of copying with --into-place; begin a new set with «ntm-rules new edition»."),
    ),
    "NTM-735": wording(
        ("Phiếu không nói {row} là mấy điểm, ô này điền thêm.", "Nguồn của phiếu không có con số ấy; con số mới phải có nguồn của nó.", "Đối chiếu với bản ký: «ntm-rules figures checklist», rồi «ntm-rules figures certify»; ở đây ghi lại «chưa có»."),
        ("The sheet does not tell the points of {row}; this cell fills them in.", "The source of the sheet has no such figure, and a new figure needs a source.", "Check it against the signed text: «ntm-rules figures checklist», then «ntm-rules figures certify»; put «chưa có» back here."),
    ),
    "NTM-736": wording(
        ("Tệp ví dụ ghi là của «{got}» mà đứng cạnh «{expected}».", "Ví dụ chép từ thư mục khác nói về văn bản khác.", "Ghi «examples_of: {expected}», hoặc chuyển tệp về đúng thư mục."),
        ("These examples are said to be of «{got}» and stand beside «{expected}».", "Examples copied from another folder speak of another text.", "Write «examples_of: {expected}», or move the file where it belongs."),
    ),
    "NTM-740": wording(
        ("Bảng không có cột nào nói kết quả phải ra.", "Ví dụ không có kết quả phải ra thì không thử được gì.", "Thêm cột «mong đợi» cho cả bộ, hoặc «mong đợi 10.1» cho một chỉ tiêu."),
        ("No column says what must come out.", "An example that promises nothing tries nothing.", "Add a column «expected» for the whole, or «expected 10.1» for one indicator."),
    ),
    "NTM-836": wording(
        ("Con số {row} theo cột chưa ghi được thành văn bản mới.", "Văn bản mới ở đây chỉ nhận chỉ tiêu có một mức chung.", "Thêm --draft để ghi thành dự thảo."),
        ("The figure {row} stands in a table; a new document cannot be made of it.", "Documents entered so take indicators with one figure for all.", "Add --draft and it becomes a draft."),
    ),
    "NTM-730": wording(
        ("«{got}» không phải là số điểm.", "Phiếu chấm bằng số điểm nguyên.", "Ghi số điểm văn bản in, như 2."),
        ("«{got}» is no number of points.", "A sheet scores in whole points.", "Enter the points that the document prints, as 2."),
    ),
    "NTM-731": wording(
        ("«{edition}» không có phiếu điểm của bộ sản phẩm «{got}».", "Bảng đối chiếu lập cho những con số bộ tiêu chí có.", "Chọn một trong: {allowed}; hoặc bỏ --product-set."),
        ("«{edition}» has no score sheet of product set «{got}».", "A checklist is of figures that the set has.", "Choose one of: {allowed}; or leave --product-set out."),
    ),
}  # fmt: skip
