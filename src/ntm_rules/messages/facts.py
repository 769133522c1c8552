"""A subject (4xx), tables of subjects (5xx), decisions (6xx)."""

from __future__ import annotations

from typing import Final

from ntm_rules.messages.wording import Wording, wording

FACTS: Final[dict[str, dict[str, Wording]]] = {
    # --- 4xx: a subject ---------------------------------------------------------------------------------------
    "NTM-401": wording(
        ("Bộ tiêu chí không có chỉ tiêu «{key}».", "Giá trị sẽ bị bỏ qua trong im lặng.", "Sửa số hiệu hoặc bỏ giá trị."),
        ("The set has no indicator «{key}».", "The value would be dropped in silence.", "Correct the number or drop the value."),
    ),
    "NTM-402": wording(
        ("«{got}» không phải là số.", "Chỉ tiêu này đo bằng {unit}.", "Viết như 62.35, hoặc ghi là chưa có số liệu."),
        ("«{got}» is not a number.", "This indicator is measured in {unit}.", "Write it like 62.35, or state it as unknown."),
    ),
    "NTM-403": wording(
        ("«{got}» dùng dấu phẩy thập phân.", "Dấu phẩy có thể là hàng nghìn hay phần lẻ.", "Viết «{fixed}»."),
        ("«{got}» uses a decimal comma.", "A comma may mean thousands or decimals.", "Write «{fixed}»."),
    ),
    "NTM-404": wording(
        ("{got} {unit} nằm ngoài khoảng {low} đến {high}.", "Giá trị không thể xảy ra.", "Kiểm tra con số hoặc đơn vị."),
        ("{got} {unit} lies outside {low} to {high}.", "The value is impossible.", "Check the figure or the unit."),
    ),
    "NTM-405": wording(
        ("«{got}» không phải là đạt hay chưa đạt.", "Chỉ tiêu này trả lời có hoặc không.", "Trong bảng ghi «đạt» hoặc «chưa đạt»; trong chương trình ghi true hoặc false."),
        ("«{got}» is neither met nor not met.", "This indicator is answered yes or no.", "Write «đạt» or «chưa đạt» in tables, true or false in programs."),
    ),
    "NTM-406": wording(
        ("Thuộc tính «{key}» có giá trị lạ «{got}»; được phép: {allowed}.", "Giá trị lạ sẽ đọc nhầm cột.", "Chọn một giá trị."),
        ("Attribute «{key}» has an unknown value «{got}»; allowed: {allowed}.", "It would read the wrong column.", "Choose one."),
    ),
    "NTM-407": wording(
        ("Xác nhận cho «{key}», không phải tiêu chí hay chỉ tiêu của bộ.", "Xác nhận sẽ bị bỏ qua trong im lặng.", "Sửa số hiệu."),
        ("An attestation for «{key}», which is no criterion or indicator here.", "To drop what is not understood could change a result.", "Correct the number."),
    ),
    "NTM-408": wording(
        ("Đối tượng là «{got}», bộ tiêu chí dành cho «{expected}».", "Cùng một số hiệu ở bộ khác là chỉ tiêu khác.", "Chọn đúng bộ, sửa loại đối tượng («kind»), hoặc tách các dòng này ra bảng riêng, chạy với bộ của loại ấy."),
        ("The subject is a «{got}», the set is for a «{expected}».", "One number is another indicator in another set.", "Choose the set, correct «kind», or put such rows in a table of their own and run it with the set of their kind."),
    ),
    "NTM-409": wording(
        ("«{got}» không thuộc các mức: {allowed}.", "Mức lạ không so sánh được.", "Chọn một mức."),
        ("«{got}» is none of the grades: {allowed}.", "It cannot be compared.", "Choose one."),
    ),
    "NTM-410": wording(
        ("Thuộc tính «{key}» không có trong bộ tiêu chí.", "Để trống tên, hoặc rất giống một tên có thật: sẽ bị bỏ qua.", "Sửa tên."),
        ("Attribute «{key}» is not one of the set.", "It has no name, or is very like a real one: it would be ignored.", "Correct it."),
    ),
    "NTM-411": wording(
        ("Đối tượng viết sai: {detail}.", "Không đọc được.", "Xem «Subject» trong tài liệu API."),
        ("The subject is malformed: {detail}.", "It cannot be read.", "See «Subject» in the API reference."),
    ),
    "NTM-412": wording(
        ("Xác nhận của «{key}» là «{got}».", "Xác nhận chỉ là đạt hoặc chưa đạt.", "Trong bảng ghi «đạt» hoặc «chưa đạt»; trong chương trình ghi true hoặc false."),
        ("The attestation of «{key}» is «{got}».", "An attestation is met or not met.", "Write «đạt» or «chưa đạt» in tables, true or false in programs."),
    ),
    "NTM-431": wording(
        ("{got} không phải là một bảng.", "Một cột hay một danh sách không nói mỗi giá trị là của chỉ tiêu nào.", "Đưa vào bảng có tên cột, ví dụ bằng to_frame()."),
        ("{got} is no table.", "A column or a list does not say which indicator a value is for.", "Give a table with named columns, for example by to_frame()."),
    ),
    "NTM-432": wording(
        ("Ô chứa {got}, không phải là một giá trị.", "Không rõ con số hay câu trả lời nào là số liệu.", "Ghi một số, một câu trả lời, hoặc để trống."),
        ("The cell holds {got}, not one value.", "Which number or answer is the figure is not clear.", "Write one number or one answer, or leave it empty."),
    ),
    "NTM-440": wording(
        ("{count} dòng mang tên phường hoặc thị trấn; dòng đầu tiên: {first}.", "Bộ này đánh giá xã; phường, thị trấn tính vào sẽ làm sai số xã.", "Bỏ các dòng đó; nếu là xã, sửa lại tên."),
        ("Rows named as wards or townships: {count}; the first is {first}.", "This set judges communes; wards and townships among them make the counts wrong.", "Remove them; if one is a commune, mend its name."),
    ),
    "NTM-450": wording(
        ("{count} dòng mang tên của đơn vị loại khác; dòng đầu tiên: {first}.", "Bộ này đánh giá {expected}; đơn vị loại khác tính vào sẽ làm sai kết quả chung.", "Chuyển các dòng đó sang bảng riêng; nếu là {expected}, sửa lại tên."),
        ("Rows named as units of another kind: {count}; the first is {first}.", "This set judges a {expected}; units of another kind among them make the counts wrong.", "Move them to a table of their own; if one is a {expected}, mend its name."),
    ),
    "NTM-451": wording(
        ("{count} dòng ghi vùng không phải vùng của tỉnh {province} ({region}); dòng đầu tiên: {first}.", "Mức đạt tra theo vùng: sai vùng thì xét theo mức của nơi khác.", "Kiểm tra vùng và tỉnh của các dòng đó."),
        ("Rows whose region is not that of their province, {province} ({region}): {count}; the first is {first}.", "Requirements are looked up by the region: a wrong one judges by those of another place.", "Check the region and the province of these rows."),
    ),
    "NTM-452": wording(
        ("{count} đơn vị trong danh sách là của tỉnh {got}, không phải {asked}; đơn vị đầu tiên: {first}.", "Các đơn vị đó vẫn được tính, nên con số không phải của riêng {asked}.", "Bỏ các dòng đó khỏi danh sách, hoặc sửa tỉnh."),
        ("Units of the list that are of {got}, not {asked}: {count}; the first is {first}.", "They are counted all the same, so the figures are not those of {asked} alone.", "Remove them from the list, or mend the province."),
    ),
    "NTM-453": wording(
        ("{count} đơn vị ghi thuộc «{whole}», mà danh sách không có mã đó; đơn vị đầu tiên: {first}.", "Các đơn vị đó không được tính vào đơn vị nào có trong danh sách.", "Sửa mã ở cột «thuộc», hoặc thêm «{whole}» vào danh sách."),
        ("Units said to be part of «{whole}», a code that the list does not have: {count}; the first is {first}.", "They count towards no unit that is on the list.", "Mend the code, or add «{whole}» to the list."),
    ),
    "NTM-418": wording(
        ("Hội đồng được ghi là có {got} thành viên; số người chấm ít nhất là {least}.", "Số họp tính trên số thành viên của hội đồng.", "Ghi đúng số thành viên hội đồng."),
        ("The council is said to have {got} members; at least {least} scored.", "The quorum is counted over the members of the council.", "State how many members the council has."),
    ),
    "NTM-417": wording(
        ("Đơn vị «{id}» được liệt kê hai lần: thứ {first} và thứ {second}.", "Một đơn vị chỉ được đếm một lần.", "Bỏ một dòng, hoặc sửa mã."),
        ("The part «{id}» is listed twice: as number {first} and as number {second}.", "A part counts once.", "Drop one of them, or correct the id."),
    ),
    # --- 5xx: tables of subjects ------------------------------------------------------------------------------
    "NTM-501": wording(
        ("Cột «{header}» không phải là chỉ tiêu, thuộc tính hay cột thông tin nào đã biết.", "Bỏ qua một cột chưa rõ có thể làm sai kết quả.", "Sửa tiêu đề; cột chỉ để xem thì mở đầu tiêu đề bằng «ghi chú», hoặc dùng --ignore ở lệnh có nó."),
        ("Column «{header}» is no indicator, attribute or known informational column.", "To drop what is not understood could change a result.", "Correct the header; let one that is for people only begin with «note», or use --ignore where the command has it."),
    ),
    "NTM-454": wording(
        ("Không có dòng nào mang mã hay tên «{got}».", "Chỉ giải thích được những dòng có trong bảng.", "Sửa mã theo bảng."),
        ("No row has the id or the name «{got}».", "Only rows of the table can be explained.", "Correct the id as the table has it."),
    ),
    "NTM-502": wording(
        ("Hai cột cùng nói về «{target}»: «{first}» và «{second}».", "Không rõ cột nào có giá trị.", "Giữ lại một cột."),
        ("Two columns for «{target}»: «{first}» and «{second}».", "Which one counts is not clear.", "Keep one of them."),
    ),
    "NTM-503": wording(
        ("Không tìm thấy dòng tiêu đề.", "Cần một dòng có ít nhất hai cột nhận ra được: mã hoặc tên, và số chỉ tiêu.", "Đặt tiêu đề như «mã xã», «10.1»."),
        ("No header row was found.", "A row with at least two known columns is needed: id or name, and indicator numbers.", "Use headers like «id», «10.1»."),
    ),
    "NTM-504": wording(
        ("Bảng không có cột mã, cột tên.", "Không biết số liệu là của đơn vị nào.", "Thêm cột «mã xã» hoặc «xã»; bảng của một xã thì ghi «Xã …» ở dòng trên bảng."),
        ("The table has no column of codes or names.", "Whom its data are about is not known.", "Add a column «id» or «name»; above a table of one commune, write its name."),
    ),
    "NTM-505": wording(
        ("«{id}» có ở {count} dòng: {rows}.", "Không rõ dòng nào là số liệu đúng.", "Giữ một dòng, hoặc ghi năm khác nhau ở cột «năm»."),
        ("«{id}» stands in {count} rows: {rows}.", "Which row is right is not clear.", "Keep one, or give them different years in a «year» column."),
    ),
    "NTM-506": wording(
        ("Ô báo lỗi của bảng tính: {got}.", "Công thức hỏng không phải là số liệu.", "Sửa công thức, hoặc ghi là chưa có số liệu."),
        ("The cell holds a spreadsheet error: {got}.", "A broken formula is no data.", "Mend the formula, or state the value as unknown."),
    ),
    "NTM-507": wording(
        ("Công thức «{got}» chưa có kết quả lưu trong tệp.", "Thư viện không tính công thức.", "Mở bằng bảng tính rồi lưu lại, hoặc dán giá trị."),
        ("The formula «{got}» has no result stored in the file.", "Formulas are not computed here.", "Open and save it in a spreadsheet, or paste values."),
    ),
    "NTM-508": wording(
        ("{count} ô là công thức, ô đầu tiên là {first}.", "Kết quả đã lưu trong tệp được dùng, không tính lại.", "Nếu bảng chưa được tính lại, hãy mở và lưu trước."),
        ("{count} cells are formulas, the first is {first}.", "The results stored in the file were used, not computed anew.", "If the sheet was not recalculated, open and save it first."),
    ),
    "NTM-509": wording(
        ("Các ô gộp {range} chạm vào vùng số liệu.", "Ô gộp chỉ giữ một giá trị, không rõ của dòng nào.", "Bỏ gộp ô và ghi giá trị vào từng ô."),
        ("Merged cells {range} touch the data.", "They hold one value, of which row is not clear.", "Unmerge them and fill every cell."),
    ),
    "NTM-510": wording(
        ("«{got}» trong cột đo bằng %: là {got} % hay {percent} %?", "Đoán sai sẽ đổi kết quả.", "Viết {percent} hoặc «{got}%»."),
        ("«{got}» in a column measured in %: {got} % or {percent} %?", "A wrong guess changes the outcome.", "Write {percent} or «{got}%»."),
    ),
    "NTM-511": wording(
        ("Cột vừa có ô định dạng phần trăm vừa có «{got}» không định dạng: là {got} % hay {percent} %?", "Đoán sai sẽ đổi kết quả.", "Định dạng cả cột như nhau, hoặc viết «{got}%»."),
        ("The column mixes percent-formatted cells with a plain «{got}»: {got} % or {percent} %?", "A wrong guess changes the outcome.", "Format the whole column alike, or write «{got}%»."),
    ),
    "NTM-512": wording(
        ("Ô chứa ngày {got}.", "Bảng tính hay tự đổi số thành ngày; con số ban đầu đã mất.", "Nhập lại con số, định dạng ô là số hoặc văn bản."),
        ("The cell holds a date, {got}.", "Spreadsheets turn numbers into dates; the number itself is lost.", "Enter the number again in a number or text cell."),
    ),
    "NTM-513": wording(
        ("Dòng có số liệu nhưng không có mã.", "Không biết số liệu của ai.", "Ghi mã, hoặc xóa dòng."),
        ("The row has data but no id.", "Whose data it is is not known.", "State the id, or delete the row."),
    ),
    "NTM-514": wording(
        ("Dòng có {got} ô, tiêu đề có {expected} cột.", "Ô thừa không có tiêu đề; trong tệp CSV thường do dấu phẩy thập phân hoặc thiếu ngoặc kép.", "Ghi tiêu đề cho cột ấy, hoặc sửa dấu ngăn cách của dòng này."),
        ("The row has {got} cells, the header {expected} columns.", "Surplus cells have no heading; in CSV they mostly come from decimal commas or missing quotes.", "Give the column a heading, or mend the separators of this row."),
    ),
    "NTM-515": wording(
        ("Không đọc hay ghi được loại tệp «{got}».", "Các loại đã biết: {allowed}.", "Lưu lại tệp theo một trong các loại đó."),
        ("Files of type «{got}» cannot be read or written.", "Known are: {allowed}.", "Save the file as one of these."),
    ),
    "NTM-516": wording(
        ("Không đọc được bảng: {detail}.", "Tệp hỏng hoặc không đúng loại của nó.", "Mở và lưu lại tệp, rồi thử lại."),
        ("The table cannot be read: {detail}.", "The file is damaged or not of its type.", "Open it, save it again and retry."),
    ),
    "NTM-517": wording(
        ("Nhiều trang tính cùng có bảng: {sheets}.", "Không rõ phải đọc trang nào.", "Chọn một trang (--sheet)."),
        ("Several sheets hold a table: {sheets}.", "Which one to read is not clear.", "Choose one (--sheet)."),
    ),
    "NTM-518": wording(
        ("Ô định dạng phần trăm ({got} %) trong cột đo bằng {unit}.", "Đơn vị không khớp.", "Nhập lại con số theo đúng đơn vị."),
        ("A percent-formatted cell ({got} %) in a column measured in {unit}.", "The units differ.", "Enter the number in the right unit."),
    ),
    "NTM-519": wording(
        ("Tiêu đề «{header}» ghi đơn vị «{got}», chỉ tiêu {target} đo bằng {unit}.", "Con số sẽ lệch đơn vị.", "Đổi số liệu sang {unit} và sửa tiêu đề."),
        ("Header «{header}» states the unit «{got}», indicator {target} is measured in {unit}.", "The numbers would be off.", "Convert them to {unit} and correct the header."),
    ),
    "NTM-520": wording(
        ("Ô ghi «{got}», lệnh gọi ghi {key}={constant}.", "Không rõ giá trị nào đúng.", "Sửa ô, hoặc bỏ giá trị chung."),
        ("The cell says «{got}», the call says {key}={constant}.", "Which is right is not clear.", "Correct the cell, or drop the common value."),
    ),
    "NTM-521": wording(
        ("Tiêu đề {got} là ô số: là «{got}» hay «{other}»?", "Ô số làm mất số 0 ở cuối.", "Đổi ô tiêu đề thành văn bản."),
        ("Header {got} is a number cell: «{got}» or «{other}»?", "Number cells lose a final zero.", "Make the header cell text."),
    ),
    "NTM-522": wording(
        ("Mọi số trong cột này nằm giữa 0 và 1; «{got}» là {got} % hay {percent} %?", "Đoán sai sẽ đổi kết quả.", "Định dạng cột theo phần trăm, hoặc viết «{got}%»."),
        ("Every number of this column lies between 0 and 1; is «{got}» {got} % or {percent} %?", "A wrong guess changes the outcome.", "Format the column as percent, or write «{got}%»."),
    ),
    "NTM-523": wording(
        ("Không có dòng số liệu nào dưới tiêu đề.", "Không có gì để đánh giá.", "Kiểm tra tệp hoặc trang tính."),
        ("There are no data rows below the header.", "There is nothing to evaluate.", "Check the file or the sheet."),
    ),
    "NTM-524": wording(
        ("Không có trang tính «{got}».", "Các trang hiện có: {sheets}.", "Sửa tên trang."),
        ("There is no sheet «{got}».", "The sheets are: {sheets}.", "Correct the name."),
    ),
    "NTM-525": wording(
        ("Không ghi được tệp: {detail}.", "Kết quả chưa được lưu; tệp cũ còn nguyên.", "Kiểm tra đường dẫn và quyền ghi."),
        ("The file cannot be written: {detail}.", "Nothing was saved; an older file is untouched.", "Check the path and the permission."),
    ),
    "NTM-526": wording(
        ("{count} dòng trống được bỏ qua.", "Dòng trống không nói về ai.", "Không cần làm gì."),
        ("{count} empty rows were skipped.", "An empty row is about nobody.", "Nothing needs doing."),
    ),
    "NTM-527": wording(
        ("Bảng không có cột mã; tên được dùng làm mã.", "Hai nơi có thể cùng tên.", "Thêm cột mã nếu có."),
        ("The table has no id column; names serve as ids.", "Two places can share a name.", "Add an id column if there is one."),
    ),
    "NTM-528": wording(
        ("Cột «{header}»: trên phiếu của bộ sản phẩm {product_set}, tên này ứng với: {numbers}.", "Cùng một tên có số khác nhau trên các phiếu.", "Ghi bộ sản phẩm (product_set), hoặc đặt tiêu đề cột bằng số của tiêu chí."),
        ("Column «{header}»: on the sheet of product set {product_set} this name stands for: {numbers}.", "Sheets number the same name differently.", "State the product set (product_set), or head the column with the number of the criterion."),
    ),
    "NTM-529": wording(
        ("{count} ô dùng dấu phẩy thập phân; ô đầu tiên {first}: «{got}» đọc là {read}.", "Dấu phẩy ở đó không thể là hàng nghìn.", "Kiểm tra; nếu sai, viết số với dấu chấm thập phân."),
        ("Cells with a decimal comma: {count}; the first, {first}: «{got}» is read as {read}.", "The comma cannot mean thousands there.", "Check it; if it is wrong, write the number with a decimal point."),
    ),
    "NTM-530": wording(
        ("Bỏ qua {count} dòng tổng cộng, bình quân, mức quy định, tên nhóm, tiêu đề lặp lại hoặc phần ký: {rows}.", "Các dòng đó không phải là một đơn vị.", "Nếu là một đơn vị, ghi đúng tên hoặc mã của đơn vị đó."),
        ("Rows of totals, means, groups, repeated headings or signatures left aside: {count} ({rows}).", "They are no units.", "If one is a unit, enter its own name or code."),
    ),
    "NTM-531": wording(
        ("{count} ô ghi tắt như «{got}» (ô đầu tiên {first}); coi là chưa có số liệu.", "Chữ viết tắt có người hiểu là không áp dụng, có người hiểu là chưa có.", "Ghi rõ «không áp dụng: lý do», hoặc «chưa có số liệu»."),
        ("Cells with an abbreviation such as «{got}»: {count} (the first is {first}); taken as no data.", "Some mean «not applicable» by it, some «no data».", "Write «not applicable: reason», or «unknown»."),
    ),
    "NTM-532": wording(
        ("{count} dòng hoặc cột đang ẩn vẫn được đọc; đầu tiên là {first}.", "Bảng lọc hay ẩn thường khác với phần nhìn thấy.", "Nếu không muốn tính, xóa các dòng, cột đó khỏi bảng."),
        ("Hidden rows or columns read all the same: {count}; the first is {first}.", "A filtered table is mostly not what is seen.", "If they should not count, delete them from the table."),
    ),
    "NTM-533": wording(
        ("Bảng không có cột cho {count} nội dung của bộ tiêu chí: {names}.", "Nội dung không có số liệu thì chưa xác định.", "Thêm cột, hoặc ghi giá trị chung cho mọi dòng."),
        ("What the set looks at and no column states ({count}): {names}.", "What is not given stays undetermined.", "Add the columns, or state a value that all rows share."),
    ),
    "NTM-534": wording(
        ("{got} {unit} lớn gấp nghìn lần mức có thể có.", "Con số có lẽ ghi theo đồng hoặc nghìn đồng.", "Nếu đúng là {fixed} {unit} thì viết {fixed}."),
        ("{got} {unit} is a thousand times what it can be.", "It is probably in VND or thousand VND.", "If {fixed} {unit} is meant, write {fixed}."),
    ),
    "NTM-535": wording(
        ("Bảng có {count} cột mà bộ tiêu chí {set} không xét đến: {names}.", "Các cột đó không ảnh hưởng đến kết quả.", "Nếu thấy lạ, kiểm tra lại bộ tiêu chí đã chọn."),
        ("Columns that {set} never looks at ({count}): {names}.", "They do not change the outcome.", "If that is unexpected, check which set was chosen."),
    ),
    "NTM-536": wording(
        ("Bảng được đọc theo kiểu: {layout}; {count} đơn vị: {units}.", "Bảng không xếp mỗi dòng một đơn vị.", "Nếu không đúng, xếp lại mỗi dòng một đơn vị, mỗi cột một chỉ tiêu."),
        ("The table is read as: {layout}; units: {count} ({units}).", "It does not give each unit a row of its own.", "If that is wrong, lay it out as a row a unit and a column an indicator."),
    ),
    "NTM-537": wording(
        ("Một chỉ tiêu của một đơn vị có hai số liệu khác nhau: {got}.", "Không rõ số liệu nào đúng.", "Giữ lại một dòng, hoặc ghi năm của từng dòng."),
        ("One indicator of one unit has two different figures: {got}.", "Which one counts is not clear.", "Keep one of the rows, or state the year of each."),
    ),
    "NTM-538": wording(
        ("Cách đọc này viết cho bộ {got}, không phải {set}.", "Cùng một số có nghĩa khác nhau ở hai bộ.", "Dùng cách đọc của bộ {set}, hoặc ghi lại bằng «ntm-rules read … --write-mapping»."),
        ("This mapping is of the set {got}, not of {set}.", "One number means different things in two sets.", "Use a mapping of {set}, or write one with «ntm-rules read … --write-mapping»."),
    ),
    "NTM-539": wording(
        ("«{got}» không phải là nội dung nào của bộ tiêu chí.", "Cột đó sẽ không được đọc.", "Ghi số chỉ tiêu, tên thuộc tính, id, name, hoặc aside nếu cột chỉ để xem."),
        ("«{got}» is nothing that the set knows.", "The column would not be read.", "Enter the number of an indicator, an attribute, id, name, or aside where it is for people only."),
    ),
    "NTM-540": wording(
        ("Bảng không còn tiêu đề «{heading}» mà cách đọc nêu.", "Biểu đã đổi, cách đọc có thể không còn đúng.", "Sửa tiêu đề tại chỗ này, hoặc xóa cột đó khỏi cách đọc."),
        ("The table no longer has the heading «{heading}» that the mapping names.", "The form has changed, so the mapping may not be right.", "Correct the heading here, or remove the column from the mapping."),
    ),
    "NTM-541": wording(
        ("Tiêu đề «{heading}» được nêu hai lần.", "Không rõ lần nào có hiệu lực.", "Xóa một lần, hoặc thêm chữ của cột (column)."),
        ("The heading «{heading}» is named twice.", "Which one counts is not clear.", "Delete one, or add the letters of the column."),
    ),
    "NTM-542": wording(
        ("Không đổi được từ «{got}» sang đơn vị của {target}: {unit}.", "Số liệu sẽ sai.", "Ghi đơn vị đúng như cột được ghi, hoặc bỏ khóa unit."),
        ("«{got}» cannot be turned into the unit of {target}: {unit}.", "The figures would be wrong.", "Enter the unit that the column is in, or leave unit out."),
    ),
    "NTM-543": wording(
        ("Tệp {file} không xếp như cách đọc nêu ({layout}).", "Biểu đã đổi, cách đọc có thể không còn đúng.", "Sửa layout hoặc headings, hoặc ghi lại cách đọc từ tệp này."),
        ("The file {file} does not lie as the mapping says ({layout}).", "The form has changed, so the mapping may not be right.", "Correct layout or headings, or write the mapping anew from this file."),
    ),
    "NTM-544": wording(
        ("Tệp {suffix} chỉ đọc được giá trị của ô.", "Không thấy định dạng phần trăm, mã có số 0 đứng đầu, ô gộp, dòng và cột đang ẩn; ô báo lỗi thành ô trống.", "Xem lại các cột tỷ lệ và mã; hoặc lưu thành .xlsx rồi đọc lại."),
        ("Of the file {suffix}, only the values of cells are read.", "Percent formats, zeros before codes, merged cells, hidden rows and columns are not seen; cells with an error are empty.", "Look at shares and codes again; or save it as .xlsx."),
    ),
    "NTM-545": wording(
        ("Tệp có mật khẩu.", "Không có mật khẩu thì không đọc được gì.", "Mở bằng Excel, bỏ mật khẩu rồi lưu lại."),
        ("The file is protected by a password.", "Nothing can be read without it.", "Open it in Excel, remove the password, save it again."),
    ),
    "NTM-546": wording(
        ("Bảng lớn quá: hơn {limit} {what}.", "Không biểu số liệu nào lớn như vậy.", "Xóa phần thừa, hoặc tách thành nhiều tệp."),
        ("The table is too large: more than {limit} {what}.", "No form of figures is that large.", "Delete what is not needed, or split the file."),
    ),
    "NTM-547": wording(
        ("Ngừng đọc ở dòng {row}, sau {limit} dòng trống liền nhau.", "Phần sau chỉ là dòng trống đã định dạng, hoặc quá xa bảng.", "Nếu bên dưới còn số liệu, xóa các dòng trống ở giữa."),
        ("Reading stops at row {row}, after {limit} blank rows on end.", "What follows is blank rows with formats, or too far from the table.", "If there are figures below, delete the blank rows between."),
    ),
    # --- 86x: tables: who states a figure, what it rests on, of which year ---------------------------------------
    "NTM-865": wording(
        ("{count} dòng có người báo, căn cứ hoặc năm số liệu mà không có số liệu tương ứng (dòng đầu tiên {first}).", "Chỉ số liệu mang được căn cứ; xác nhận đạt hay chưa đạt thì không.", "Nhập số liệu, hoặc bỏ qua nếu dòng đó chỉ có xác nhận."),
        ("Rows with a source, evidence or year and no figure that it is said of: {count} (the first is {first}).", "Only a figure carries its evidence; an attestation does not.", "Enter the figure, or let it be where the row only attests."),
    ),
    "NTM-866": wording(
        ("{count} dòng có số liệu của năm khác năm đánh giá (dòng đầu tiên {first}).", "Mức đạt được lấy theo năm đánh giá ghi ở cột «năm».", "Xem lại hai cột: số liệu năm nào thì xét theo mức của năm đó."),
        ("Rows with a figure of another year than the one assessed: {count} (the first is {first}).", "The level is that of the year assessed, in the column «năm».", "Look at both columns: a figure is judged by the level of its year."),
    ),
    "NTM-867": wording(
        ("«{got}» không phải là một năm.", "Cột này ghi năm của số liệu.", "Ghi năm bằng bốn chữ số, như 2024."),
        ("«{got}» is no year.", "The column states the year of the figure.", "Write the year in four digits, as 2024."),
    ),
    "NTM-896": wording(
        ("{count} ô ghi «đạt» hoặc «chưa đạt» thay cho số liệu (ô đầu tiên {first}: «{got}»); tính là xác nhận.", "Ô đó hỏi một con số hoặc một mức.", "Nếu có số liệu thì ghi số liệu: khi đó số liệu quyết định."),
        ("Cells with a verdict in the place of a figure: {count} (the first is {first}: «{got}»); taken as attested.", "A number or a grade is asked there.", "Where there is a figure, write it: then the figure decides."),
    ),
    # --- 6xx: decisions ---------------------------------------------------------------------------------------
    "NTM-550": wording(
        ("«{id}» có ở {count} dòng của bảng.", "Không rõ dòng nào là số liệu đúng.", "Giữ một dòng, hoặc ghi năm khác nhau ở cột «năm»."),
        ("«{id}» stands in {count} rows of the frame.", "Which row is right is not clear.", "Keep one, or give them different years in a «year» column."),
    ),
    "NTM-554": wording(
        ("«{name}» đánh số «{mark}», các dòng đơn vị đánh số 1, 2, 3.", "Có thể là số chung của một nhóm, không phải một đơn vị.", "Nếu là nhóm, để trống số liệu; nếu là đơn vị, đánh số như các dòng khác hoặc ghi mã."),
        ("«{name}» is numbered «{mark}» where units are numbered 1, 2, 3.", "It may be the figure of a whole group, not of a unit.", "Leave the figures of a group empty; number a unit like the others, or give its code."),
    ),
    "NTM-555": wording(
        ("Dòng này đứng dưới một tiêu đề khác, ở dòng {row}: «{got}» thay cho «{header}».", "Trang tính có hai bảng; số liệu của bảng sau không thuộc các cột của bảng trước.", "Tách bảng sau sang tệp hoặc trang tính riêng."),
        ("This row stands below another heading, in row {row}: «{got}» where it was «{header}».", "The sheet holds two tables; the columns of the first are not those of the second.", "Move the second table to a file or sheet of its own."),
    ),
    "NTM-556": wording(
        ("«{got}» có dấu chấm trước ba chữ số, trong bảng dùng dấu phẩy thập phân («{other}»).", "Dấu chấm ở đó có thể là hàng nghìn.", "Viết «{grouped}» nếu là hàng nghìn, «{decimal}» nếu là phần lẻ."),
        ("«{got}» has a point before three digits, in a table with decimal commas («{other}»).", "The point may mark thousands there.", "Write «{grouped}» for thousands, «{decimal}» for a fraction."),
    ),
    "NTM-557": wording(
        ("«{header}»: số là của {number}, tên là của {other}.", "Không rõ số liệu thuộc nội dung nào.", "Sửa số hoặc tên cho khớp với bộ tiêu chí."),
        ("«{header}»: the number is that of {number}, the name that of {other}.", "Which of the two the figures are of is not clear.", "Make the number and the name agree with the set."),
    ),
    "NTM-560": wording(
        ("«{name}» không có số thứ tự, các dòng đơn vị thì có.", "Có thể là dòng tổng, mức quy định hoặc số chung, không phải một đơn vị.", "Nếu là đơn vị, ghi số thứ tự hoặc mã; nếu không, xóa dòng này."),
        ("«{name}» is not numbered where units are.", "It may be a total, a requirement or the figure of a group, not a unit.", "Number a unit, or give its code; else delete the row."),
    ),
    "NTM-561": wording(
        ("Một cột có số liệu mà không có tiêu đề.", "Không có tiêu đề thì không biết số liệu ấy là gì.", "Ghi tiêu đề cho cột; không dùng thì xóa cột."),
        ("A column has data and no heading.", "Without a heading nobody can say what the data are.", "Give the column a heading, or delete it."),
    ),
    "NTM-562": wording(
        ("{count} ô ở cột tiêu chí chỉ đánh dấu «{got}», ô đầu tiên ở đây.", "Dấu ấy có thể là đạt, cũng có thể là còn thiếu.", "Ghi «đạt», «chưa đạt»; hoặc đánh dấu ở một trong hai cột «Đạt» và «Chưa đạt»."),
        ("{count} cells of criteria hold nothing but the mark «{got}», the first one here.", "It may stand for met as well as for lacking.", "Write «met», «not met»; or mark one of two columns «Met» and «Not met»."),
    ),
    "NTM-563": wording(
        ("{count} cột là điểm của người chấm («{first}»), không phải của một sản phẩm.", "Đọc mỗi cột thành một sản phẩm thì sai hạng.", "Ghi điểm các thành viên vào một ô, như «3; 5; 3», mỗi dòng một sản phẩm; hoặc gộp phiếu của từng người bằng «ntm-rules council collect»."),
        ("{count} columns hold the points of those who score («{first}»), not of a product.", "Read as a product each, they would give wrong stars.", "Put the members' points into one cell, «3; 5; 3», a row a product; or join each member's sheet with «ntm-rules council collect»."),
    ),
    "NTM-601": wording(
        ("JSON này không phải quyết định hay bộ tiêu chí đã lưu: {detail}.", "Không đọc được thì không kiểm tra hay áp dụng được.", "Kiểm tra tệp nguồn."),
        ("This JSON is no stored decision or ruleset: {detail}.", "What cannot be read can be neither verified nor applied.", "Check where it came from."),
    ),
    "NTM-602": wording(
        ("Không tìm được bản {version} của «{got}».", "Kiểm tra lại cần đúng bản đã dùng.", "Khôi phục thư mục «published» của bộ tiêu chí."),
        ("Version {version} of «{got}» cannot be found.", "Verifying needs the very version used.", "Restore the set's «published» folder."),
    ),
    "NTM-603": wording(
        ("Không có tiêu chí hay chỉ tiêu «{got}» trong quyết định.", "Số hiệu theo đúng quyết định.", "Sửa số hiệu."),
        ("There is no criterion or indicator «{got}» in the decision.", "Numbers are those of the set.", "Correct the number."),
    ),
    "NTM-606": wording(
        ("«{got}» không chấm điểm theo phiếu.", "Chỉ bộ tiêu chí chấm điểm mới có phiếu, điểm và hạng sao.", "Dùng tiêu chí, chỉ tiêu của bộ này; phiếu có ở bộ OCOP."),
        ("«{got}» does not mark by score sheets.", "Only a set that marks has sheets, points and stars.", "Use its criteria and indicators; the OCOP sets have sheets."),
    ),
    "NTM-413": wording(
        ("«{got}» không phải là điểm của một mức: {allowed}.", "Mỗi thành viên chọn một mức trên phiếu.", "Chọn một mức, hoặc ghi là chưa chấm."),
        ("«{got}» is not the points of a level: {allowed}.", "A member chooses one level of the sheet.", "Choose a level, or state it as not scored."),
    ),
    "NTM-414": wording(
        ("Cần biết bộ sản phẩm; đang là «{got}», có: {allowed}.", "Mỗi bộ sản phẩm có phiếu riêng.", "Nêu số của bộ."),
        ("The product set is needed; given «{got}», there are: {allowed}.", "Each product set has its own sheet.", "State its number."),
    ),
    "NTM-415": wording(
        ("Số thành viên chấm không đều: {got}.", "Điểm bình quân tính trên cùng các thành viên.", "Ghi điểm của mọi thành viên; ai chưa chấm thì để trống (null)."),
        ("The criteria are scored by different numbers of members: {got}.", "The mean is over the same members.", "List every member; null for one who has not scored."),
    ),
    "NTM-416": wording(
        ("Chấm nhiều hơn một trường hợp của «{criterion}»: {got}.", "Phiếu cho chọn đúng một trường hợp.", "Bỏ điểm của trường hợp kia."),
        ("More than one case of «{criterion}» is scored: {got}.", "The sheet lets exactly one be chosen.", "Drop the points of the other."),
    ),
}
