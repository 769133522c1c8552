"""The wording of every problem code, in both languages. A code keeps its meaning for ever; a retired one stays listed.

1xx reading YAML · 2xx the content of a ruleset · 3xx editions and overlays · 4xx a subject · 5xx tables · 6xx decisions ·
7xx the call · 85x the monitor · 9xx the installation.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Wording(NamedTuple):
    """What is wrong, why it is refused, how to mend it."""

    what: str
    why: str
    mend: str


def _code(vi: tuple[str, str, str], en: tuple[str, str, str]) -> dict[str, Wording]:
    return {"vi": Wording(*vi), "en": Wording(*en)}


MESSAGES: Final[dict[str, dict[str, Wording]]] = {
    # --- 1xx: reading YAML -------------------------------------------------------------------------------------
    "NTM-101": _code(
        ("Không đọc được YAML: {detail}.", "Sai cú pháp thì cả tệp không có nghĩa.", "Sửa dấu câu hoặc lề tại chỗ này."),
        ("Not readable as YAML: {detail}.", "With broken syntax the file has no meaning.", "Mend punctuation or indentation here."),
    ),
    "NTM-102": _code(
        ("Tệp hoặc giá trị quá lớn: {size} ký tự.", "Giới hạn là {limit}.", "Tách tệp hoặc rút ngắn giá trị."),
        ("File or value too large: {size} characters.", "The limit is {limit}.", "Split the file or shorten the value."),
    ),
    "NTM-103": _code(
        ("Có neo hoặc bí danh YAML (& hoặc *).", "Mỗi con số phải đọc được ngay tại chỗ của nó.", "Viết nội dung ra tại chỗ."),
        ("A YAML anchor or alias (& or *).", "Every figure must be readable where it stands.", "Write the content out."),
    ),
    "NTM-104": _code(
        ("Có thẻ YAML «{tag}».", "Bộ tiêu chí là dữ liệu, không phải đối tượng.", "Bỏ thẻ; đặt văn bản trong ngoặc kép nếu cần."),
        ("A YAML tag «{tag}».", "A ruleset is data, not objects.", "Remove the tag; quote the text if need be."),
    ),
    "NTM-105": _code(
        ("Lồng quá sâu.", "Giới hạn là {limit} tầng.", "Làm phẳng cấu trúc."),
        ("Nested too deep.", "The limit is {limit} levels.", "Flatten the structure."),
    ),
    "NTM-106": _code(
        ("Khóa «{key}» viết hai lần (lần đầu ở dòng {first}).", "Không rõ giá trị nào có hiệu lực.", "Xóa một trong hai."),
        ("Key «{key}» stands twice (first on line {first}).", "Which value counts is not clear.", "Delete one of them."),
    ),
    "NTM-107": _code(
        ("Tệp không phải UTF-8.", "Chữ Việt chỉ đọc đúng trong UTF-8.", "Lưu lại tệp với mã UTF-8."),
        ("The file is not UTF-8.", "Vietnamese is only read rightly in UTF-8.", "Save the file as UTF-8."),
    ),
    "NTM-108": _code(
        ("Không mở được tệp: {detail}.", "Không có gì để đọc.", "Kiểm tra đường dẫn và quyền đọc."),
        ("The file cannot be opened: {detail}.", "There is nothing to read.", "Check the path and the permission."),
    ),
    "NTM-109": _code(
        ("Khóa không phải là một dòng chữ.", "Khóa phải là văn bản thường.", "Viết khóa bằng một từ."),
        ("A key is not plain text.", "Keys must be plain text.", "Write the key as one word."),
    ),
    "NTM-110": _code(
        ("Tệp rỗng hoặc chứa nhiều tài liệu.", "Mỗi tệp đúng một tài liệu.", "Giữ đúng một tài liệu, bỏ dấu ---."),
        ("The file is empty or holds several documents.", "One file, one document.", "Keep exactly one document; drop the ---."),
    ),
    # --- 2xx: the content of a ruleset -------------------------------------------------------------------------
    "NTM-201": _code(
        ("Không có khóa «{key}» ở đây.", "Khóa lạ thường là khóa viết sai, và sẽ bị bỏ qua.", "Sửa hoặc xóa khóa."),
        ("There is no key «{key}» here.", "An unknown key is mostly a misspelt one, and would be ignored.", "Correct or delete it."),
    ),
    "NTM-202": _code(
        ("Thiếu «{key}».", "Không có nó thì không quyết định được.", "Thêm «{key}: …»."),
        ("«{key}» is missing.", "Without it nothing can be decided.", "Add «{key}: …»."),
    ),
    "NTM-203": _code(
        ("Ở đây cần {expected}, đang là «{got}».", "Cấu trúc khác với mẫu.", "Xem trang «Ngôn ngữ bộ tiêu chí»."),
        ("Here {expected} is needed, not «{got}».", "The structure differs from the format.", "See the page on the rule language."),
    ),
    "NTM-204": _code(
        ("«{got}» không phải là số.", "Số viết bằng chữ số và dấu chấm thập phân, không có chữ.", "Viết như 62.35."),
        ("«{got}» is not a number.", "Numbers are digits with a decimal point, nothing else.", "Write it like 62.35."),
    ),
    "NTM-205": _code(
        ("«{got}» dùng dấu phẩy thập phân.", "Dấu phẩy có thể là hàng nghìn hay phần lẻ.", "Viết «{fixed}»."),
        ("«{got}» uses a decimal comma.", "A comma may mean thousands or decimals.", "Write «{fixed}»."),
    ),
    "NTM-206": _code(
        ("«{got}» không thuộc các giá trị được phép: {allowed}.", "Giá trị lạ không có nghĩa pháp lý.", "Chọn một giá trị."),
        ("«{got}» is none of the allowed values: {allowed}.", "An unknown value has no legal meaning.", "Choose one of them."),
    ),
    "NTM-207": _code(
        ("«{got}» không phải là ngày.", "Ngày viết theo năm-tháng-ngày.", "Viết như 2024-03-01."),
        ("«{got}» is not a day.", "Days are written year-month-day.", "Write it like 2024-03-01."),
    ),
    "NTM-208": _code(
        ("«{got}» không phải là giá trị của chiều «{dimension}».", "Ô của bảng sẽ không bao giờ được đọc.", "Sửa tên cột hoặc vùng."),
        ("«{got}» is not a value of the dimension «{dimension}».", "The cell would never be read.", "Correct the region or column."),
    ),
    "NTM-209": _code(
        ("Đơn vị «{got}» không có trong danh mục.", "Đơn vị lạ làm phép so sánh mất nghĩa.", "Dùng một đơn vị của danh mục."),
        ("Unit «{got}» is not in the list.", "An unknown unit makes the comparison meaningless.", "Use a unit of the list."),
    ),
    "NTM-210": _code(
        ("Con số không có nguồn.", "Mỗi con số phải nói ai quy định và đã kiểm tra đến đâu.", "Thêm «source: {{at: …, level: …}}»."),
        ("A figure without a source.", "Every figure must say who set it and how far it was checked.", "Add «source: {{at: …, level: …}}»."),
    ),
    "NTM-211": _code(
        ("{got} {unit} nằm ngoài khoảng {low} đến {high}.", "Giá trị không thể xảy ra.", "Kiểm tra con số hoặc đơn vị."),
        ("{got} {unit} lies outside {low} to {high}.", "The value is impossible.", "Check the figure or the unit."),
    ),
    "NTM-212": _code(
        ("Cần đúng một phép so sánh, đang có: {got}.", "Mỗi chỉ tiêu có một mức đạt.", "Giữ một trong: {allowed}."),
        ("Exactly one operator is needed, found: {got}.", "An indicator has one requirement.", "Keep one of: {allowed}."),
    ),
    "NTM-213": _code(
        ("Phép «{operator}» không hợp với cách đo «{measure}».", "Phép so sánh sẽ không có nghĩa.", "Đổi phép so sánh hoặc cách đo."),
        ("Operator «{operator}» does not fit the measure «{measure}».", "The comparison has no meaning.", "Change operator or measure."),
    ),
    "NTM-214": _code(
        ("Số hiệu «{got}» dùng hai lần.", "Số hiệu là tên của chỉ tiêu trong mọi kết quả.", "Đặt lại theo số trong quyết định."),
        ("Number «{got}» is used twice.", "It names the indicator in every result.", "Number it as the decision does."),
    ),
    "NTM-215": _code(
        ("Văn bản «{got}» không có trong instruments.yaml.", "Căn cứ phải tra được.", "Thêm văn bản hoặc sửa số hiệu."),
        ("Instrument «{got}» is not in instruments.yaml.", "The authority must be traceable.", "Add it or correct the number."),
    ),
    "NTM-216": _code(
        ("Thuộc tính «{got}» chưa khai báo trong bộ tiêu chí.", "Điều kiện sẽ luôn chưa xác định.", "Khai báo trong «attributes» hoặc sửa tên."),
        ("Attribute «{got}» is not declared in the set.", "The condition would stay undetermined.", "Declare it under «attributes» or correct it."),
    ),
    "NTM-217": _code(
        ("Chiều «{got}» chưa khai báo trong «dimensions».", "Bảng không biết tra theo gì.", "Khai báo hoặc sửa tên."),
        ("Dimension «{got}» is not declared under «dimensions».", "The table cannot be looked up.", "Declare it or correct the name."),
    ),
    "NTM-218": _code(
        ("Nguồn ghi «{level}» nhưng không nói đã thấy ở đâu.", "Mức tin cậy phải kiểm chứng được.", "Thêm «seen: [địa chỉ]»."),
        ("The source says «{level}» but not where it was seen.", "The level must be verifiable.", "Add «seen: [address]»."),
    ),
    "NTM-219": _code(
        ("Con số có giá trị nhưng mức tin cậy là «missing».", "Thiếu số liệu thì không có giá trị.", "Bỏ giá trị hoặc nêu đúng mức."),
        ("A figure has a value but the level «missing».", "What is missing has no value.", "Remove the value or state the level."),
    ),
    "NTM-220": _code(
        ("Ngày hết hiệu lực {until} trước ngày có hiệu lực {start}.", "Khoảng thời gian rỗng.", "Sửa một trong hai ngày."),
        ("The last day {until} is before the first day {start}.", "The period is empty.", "Correct one of the days."),
    ),
    "NTM-221": _code(
        ("Tiêu chí không có chỉ tiêu và không nói vì sao.", "Nội dung thiếu phải được nêu.", "Thêm «indicators» hoặc «missing: {{vi: …, en: …}}»."),
        ("A criterion without indicators that does not say why.", "Absent content must be stated.", "Add «indicators» or «missing: {{vi: …, en: …}}»."),
    ),
    "NTM-222": _code(
        ("Văn bản để trống.", "Người đọc cần một câu.", "Viết nội dung hoặc bỏ khóa."),
        ("The text is empty.", "People need words here.", "Write the text or drop the key."),
    ),
    "NTM-223": _code(
        ("Số hiệu «{got}» viết sai dạng.", "Dạng đúng: {expected}.", "Sửa theo dạng đó."),
        ("The identifier «{got}» is malformed.", "The form is {expected}.", "Write it in that form."),
    ),
    "NTM-224": _code(
        ("Cần {k} trong {n} điều kiện.", "Không bao giờ có thể đạt.", "Giảm số cần đạt hoặc thêm điều kiện."),
        ("{k} of {n} conditions are needed.", "That can never be met.", "Lower the count or add conditions."),
    ),
    "NTM-225": _code(
        ("Nội dung khác với bản {version} đã công bố.", "Bản đã công bố không bao giờ đổi.", "Hoàn nguyên, hoặc nâng «version» và công bố bản mới."),
        ("The content differs from version {version} as published.", "A published edition never changes.", "Undo it, or raise «version» and publish."),
    ),
    "NTM-226": _code(
        ("Bản {version} chưa được công bố.", "Quyết định lưu trữ cần bản công bố để kiểm tra lại.", "Chạy «ntm-rules publish {folder}»."),
        ("Version {version} is not published.", "Stored decisions need it to be verified.", "Run «ntm-rules publish {folder}»."),
    ),
    "NTM-227": _code(
        ("CHANGELOG.md không nhắc bản {version}.", "Người dùng cần biết điều gì đã đổi.", "Thêm một mục cho bản này."),
        ("CHANGELOG.md does not mention version {version}.", "People need to know what changed.", "Add an entry."),
    ),
    "NTM-228": _code(
        ("Ví dụ «{example}»: {node} phải là «{expected}», kết quả là «{got}».", "Ví dụ là lời hứa của bộ tiêu chí.", "Sửa quy tắc hoặc ví dụ."),
        ("Example «{example}»: {node} should be «{expected}» and is «{got}».", "Examples are the set's promise.", "Mend the rule or the example."),
    ),
    "NTM-229": _code(
        ("Thiếu tệp «{file}» bên cạnh.", "Mỗi bộ tiêu chí đi cùng ví dụ và lịch sử thay đổi.", "Thêm tệp đó."),
        ("The file «{file}» beside it is missing.", "Every set comes with examples and a changelog.", "Add it."),
    ),
    "NTM-230": _code(
        ("Có «conditions» thì «passes» phải là all_of.", "Điều kiện phải luôn được đáp ứng, không thể bù bằng tiêu chí khác.", "Bỏ «passes»."),
        ("With «conditions», «passes» must be all_of.", "A condition must always hold; no criterion makes up for it.", "Drop «passes»."),
    ),
    "NTM-231": _code(
        ("Các hạng sao phải xếp từ cao xuống thấp, điểm giảm dần đến 0: {got}.", "Mỗi tổng điểm phải rơi vào một hạng.", "Xếp lại «stars»."),
        ("Stars must fall from high to low, points down to 0: {got}.", "Every total must fall into a class.", "Put «stars» in order."),
    ),
    "NTM-232": _code(
        ("Không có tiêu chí dùng chung «{got}».", "Phiếu sẽ thiếu tiêu chí này.", "Sửa tên, dạng «tệp/tên»."),
        ("There is no shared criterion «{got}».", "The sheet would lack it.", "Correct the name, as «file/name»."),
    ),
    "NTM-233": _code(
        ("«{what}» ghi {stated} điểm nhưng cộng lại là {sum}.", "Điểm tối đa phải bằng tổng các mức cao nhất.", "Sửa điểm, hoặc ghi vào «anomalies» nếu văn bản in như vậy."),
        ("«{what}» states {stated} points, its levels add up to {sum}.", "The maximum is the sum of the best levels.", "Correct it, or list it under «anomalies» if printed so."),
    ),
    "NTM-234": _code(
        ("Dấu sao của «{criterion}» đòi {got} điểm, không phải là một mức: {allowed}.", "Dấu in cạnh một mức của tiêu chí.", "Chọn một mức."),
        ("A mark of «{criterion}» asks for {got} points, which is no level: {allowed}.", "Marks are printed beside a level.", "Choose a level."),
    ),
    "NTM-235": _code(
        ("«unless_stated» chỉ dùng với thuộc tính có hoặc không.", "Chỉ một câu trả lời có/không mới suy ra được từ danh sách.", "Thêm «yes_no: true» hoặc bỏ khóa này."),
        ("«unless_stated» goes with yes-or-no attributes only.", "Only such an answer follows from a list.", "Add «yes_no: true» or drop the key."),
    ),
    # --- 3xx: editions and overlays ----------------------------------------------------------------------------
    "NTM-301": _code(
        ("Bản sửa đổi nhắm tới «{target}», không có trong bộ tiêu chí.", "Thay đổi sẽ rơi vào khoảng không.", "Sửa số hiệu."),
        ("The overlay targets «{target}», which is not in the set.", "The change would land nowhere.", "Correct the number."),
    ),
    "NTM-302": _code(
        ("«{first}» và «{second}» cùng đặt lại «{target}» từ một ngày.", "Không rõ bản nào có hiệu lực.", "Bỏ một thay đổi hoặc đổi ngày hiệu lực."),
        ("«{first}» and «{second}» both set «{target}» from one day.", "Which one counts is not clear.", "Drop one or change its day."),
    ),
    "NTM-303": _code(
        ("Bản của tỉnh nới lỏng «{target}»: {got} thay cho {national}.", "Tỉnh chỉ được điền hoặc siết chặt.", "Sửa con số."),
        ("The provincial overlay loosens «{target}»: {got} for {national}.", "A province may fill or tighten only.", "Correct the figure."),
    ),
    "NTM-304": _code(
        ("Bản sửa đổi nhắm tới bộ «{target}», không có trong danh mục.", "Không có gì để sửa.", "Sửa «amends»."),
        ("The overlay amends «{target}», which is not in the catalogue.", "There is nothing to amend.", "Correct «amends»."),
    ),
    "NTM-305": _code(
        ("«province» phải có khi và chỉ khi bản sửa đổi là của tỉnh.", "Nếu không, không rõ áp dụng ở đâu.", "Thêm hoặc bỏ «province»."),
        ("«province» goes with provincial overlays, and only with them.", "Otherwise it is not clear where it applies.", "Add or drop it."),
    ),
    "NTM-306": _code(
        ("Không có «{got}» trong danh mục.", "Chỉ dùng được bộ tiêu chí đã ghi.", "Xem «ntm-rules list»."),
        ("«{got}» is not in the catalogue.", "Only listed sets can be used.", "See «ntm-rules list»."),
    ),
    "NTM-307": _code(
        ("Không có bản «{got}» nào có hiệu lực ngày {on}.", "Các bản đã ghi: {editions}.", "Chọn ngày khác, hoặc nạp đích danh một bản không kèm ngày."),
        ("No edition of «{got}» is in force on {on}.", "Editions on record: {editions}.", "Choose another day, or load an edition by name without a day."),
    ),
    "NTM-308": _code(
        ("Hai bản cùng có hiệu lực ngày {on}: {editions}.", "Không rõ bản nào quyết định.", "Nạp đích danh một bản."),
        ("Two editions are in force on {on}: {editions}.", "Which one decides is not clear.", "Load one of them by name."),
    ),
    "NTM-309": _code(
        ("«{got}» có trong hai tệp: {first} và {second}.", "Mỗi tên chỉ một tài liệu.", "Đổi tên một tệp."),
        ("«{got}» stands in two files: {first} and {second}.", "One name, one document.", "Rename one."),
    ),
    "NTM-310": _code(
        ("Bản sửa đổi thêm «{target}», đã có sẵn.", "Số hiệu trùng.", "Dùng «set» hoặc số hiệu khác."),
        ("The overlay adds «{target}», which exists.", "Numbers must differ.", "Use «set» or another number."),
    ),
    "NTM-311": _code(
        ("Một thay đổi cần đúng một trong: set, add, remove.", "Đang có: {got}.", "Tách thành từng mục."),
        ("A change takes exactly one of: set, add, remove.", "Found: {got}.", "Split it."),
    ),
    "NTM-312": _code(
        ("Hồ sơ nộp {filed} được xét theo {use} đến hết {until}; ngày {on} đã quá hạn chuyển tiếp.", "Văn bản không nói hồ sơ khi đó theo bộ nào.", "Hỏi cơ quan có thẩm quyền, hoặc nạp đích danh một bản."),
        ("A dossier filed on {filed} is decided under {use} until {until}; {on} is past the transition.", "The text does not say what follows.", "Ask the authority, or load an edition by name."),
    ),
    # --- 4xx: a subject ----------------------------------------------------------------------------------------
    "NTM-401": _code(
        ("Bộ tiêu chí không có chỉ tiêu «{key}».", "Giá trị sẽ bị bỏ qua trong im lặng.", "Sửa số hiệu hoặc bỏ giá trị."),
        ("The set has no indicator «{key}».", "The value would be dropped in silence.", "Correct the number or drop the value."),
    ),
    "NTM-402": _code(
        ("«{got}» không phải là số.", "Chỉ tiêu này đo bằng {unit}.", "Viết như 62.35, hoặc ghi là chưa có số liệu."),
        ("«{got}» is not a number.", "This indicator is measured in {unit}.", "Write it like 62.35, or state it as unknown."),
    ),
    "NTM-403": _code(
        ("«{got}» dùng dấu phẩy thập phân.", "Dấu phẩy có thể là hàng nghìn hay phần lẻ.", "Viết «{fixed}»."),
        ("«{got}» uses a decimal comma.", "A comma may mean thousands or decimals.", "Write «{fixed}»."),
    ),
    "NTM-404": _code(
        ("{got} {unit} nằm ngoài khoảng {low} đến {high}.", "Giá trị không thể xảy ra.", "Kiểm tra con số hoặc đơn vị."),
        ("{got} {unit} lies outside {low} to {high}.", "The value is impossible.", "Check the figure or the unit."),
    ),
    "NTM-405": _code(
        ("«{got}» không phải là đạt hay chưa đạt.", "Chỉ tiêu này trả lời có hoặc không.", "Dùng true hoặc false («đạt», «chưa đạt» trong bảng)."),
        ("«{got}» is neither met nor not met.", "This indicator is answered yes or no.", "Use true or false («đạt», «chưa đạt» in tables)."),
    ),
    "NTM-406": _code(
        ("Thuộc tính «{key}» có giá trị lạ «{got}»; được phép: {allowed}.", "Giá trị lạ sẽ đọc nhầm cột.", "Chọn một giá trị."),
        ("Attribute «{key}» has an unknown value «{got}»; allowed: {allowed}.", "It would read the wrong column.", "Choose one."),
    ),
    "NTM-407": _code(
        ("Xác nhận cho «{key}», không phải tiêu chí hay chỉ tiêu của bộ.", "Xác nhận sẽ bị bỏ qua trong im lặng.", "Sửa số hiệu."),
        ("An attestation for «{key}», which is no criterion or indicator here.", "It would be dropped in silence.", "Correct the number."),
    ),
    "NTM-408": _code(
        ("Đối tượng là «{got}», bộ tiêu chí dành cho «{expected}».", "Kết quả sẽ không có nghĩa.", "Chọn bộ tiêu chí hoặc sửa «kind»."),
        ("The subject is a «{got}», the set is for a «{expected}».", "The result would mean nothing.", "Choose the set or correct «kind»."),
    ),
    "NTM-409": _code(
        ("«{got}» không thuộc các mức: {allowed}.", "Mức lạ không so sánh được.", "Chọn một mức."),
        ("«{got}» is none of the grades: {allowed}.", "It cannot be compared.", "Choose one."),
    ),
    "NTM-410": _code(
        ("Thuộc tính «{key}» không có trong bộ tiêu chí.", "Rất giống một thuộc tính có thật, sẽ bị bỏ qua.", "Sửa tên."),
        ("Attribute «{key}» is not one of the set.", "It is very like a real one and would be ignored.", "Correct it."),
    ),
    "NTM-411": _code(
        ("Đối tượng viết sai: {detail}.", "Không đọc được.", "Xem «Subject» trong tài liệu API."),
        ("The subject is malformed: {detail}.", "It cannot be read.", "See «Subject» in the API reference."),
    ),
    "NTM-412": _code(
        ("Xác nhận của «{key}» là «{got}».", "Xác nhận chỉ là đạt (true) hoặc chưa đạt (false).", "Dùng true hoặc false."),
        ("The attestation of «{key}» is «{got}».", "An attestation is met (true) or not met (false).", "Use true or false."),
    ),
    # --- 6xx: decisions ----------------------------------------------------------------------------------------
    "NTM-601": _code(
        ("Không phải quyết định «ntm-rules/decision/v1»: {detail}.", "Không đọc được thì không kiểm tra được.", "Kiểm tra tệp nguồn."),
        ("Not a decision «ntm-rules/decision/v1»: {detail}.", "What cannot be read cannot be verified.", "Check where it came from."),
    ),
    "NTM-602": _code(
        ("Không tìm được bản {version} của «{got}».", "Kiểm tra lại cần đúng bản đã dùng.", "Khôi phục thư mục «published» của bộ tiêu chí."),
        ("Version {version} of «{got}» cannot be found.", "Verifying needs the very version used.", "Restore the set's «published» folder."),
    ),
    "NTM-603": _code(
        ("Không có tiêu chí hay chỉ tiêu «{got}» trong quyết định.", "Số hiệu theo đúng quyết định.", "Sửa số hiệu."),
        ("There is no criterion or indicator «{got}» in the decision.", "Numbers are those of the set.", "Correct the number."),
    ),
    "NTM-413": _code(
        ("«{got}» không phải là điểm của một mức: {allowed}.", "Mỗi thành viên chọn một mức trên phiếu.", "Chọn một mức, hoặc ghi là chưa chấm."),
        ("«{got}» is not the points of a level: {allowed}.", "A member chooses one level of the sheet.", "Choose a level, or state it as not scored."),
    ),
    "NTM-414": _code(
        ("Cần biết bộ sản phẩm (product_set); đang là «{got}», có: {allowed}.", "Mỗi bộ sản phẩm có phiếu riêng.", "Nêu số của bộ."),
        ("The product set is needed; given «{got}», there are: {allowed}.", "Each product set has its own sheet.", "State its number."),
    ),
    "NTM-415": _code(
        ("Số thành viên chấm không đều: {got}.", "Điểm bình quân tính trên cùng các thành viên.", "Ghi điểm của mọi thành viên; ai chưa chấm thì để trống (null)."),
        ("The criteria are scored by different numbers of members: {got}.", "The mean is over the same members.", "List every member; null for one who has not scored."),
    ),
    "NTM-416": _code(
        ("Chấm nhiều hơn một trường hợp của «{criterion}»: {got}.", "Phiếu cho chọn đúng một trường hợp.", "Bỏ điểm của trường hợp kia."),
        ("More than one case of «{criterion}» is scored: {got}.", "The sheet lets exactly one be chosen.", "Drop the points of the other."),
    ),
    # --- 5xx: tables of subjects -------------------------------------------------------------------------------
    "NTM-501": _code(
        ("Cột «{header}» không phải là chỉ tiêu, thuộc tính hay cột thông tin nào đã biết.", "Cột lạ sẽ bị bỏ qua trong im lặng.", "Sửa tiêu đề, hoặc khai báo là cột thông tin (--ignore)."),
        ("Column «{header}» is no indicator, attribute or known informational column.", "It would be dropped in silence.", "Correct the header, or declare it informational (--ignore)."),
    ),
    "NTM-502": _code(
        ("Hai cột cùng nói về «{target}»: «{first}» và «{second}».", "Không rõ cột nào có giá trị.", "Giữ lại một cột."),
        ("Two columns for «{target}»: «{first}» and «{second}».", "Which one counts is not clear.", "Keep one of them."),
    ),
    "NTM-503": _code(
        ("Không tìm thấy dòng tiêu đề.", "Cần một dòng có ít nhất hai cột nhận ra được: mã hoặc tên, và số chỉ tiêu.", "Đặt tiêu đề như «mã xã», «10.1»."),
        ("No header row was found.", "A row with at least two known columns is needed: id or name, and indicator numbers.", "Use headers like «id», «10.1»."),
    ),
    "NTM-504": _code(
        ("Bảng không có cột mã cũng không có cột tên.", "Không biết mỗi dòng nói về đối tượng nào.", "Thêm cột «mã xã» hoặc «xã»."),
        ("The table has neither an id nor a name column.", "Whom a row is about is not known.", "Add a column «id» or «name»."),
    ),
    "NTM-505": _code(
        ("«{id}» có ở {count} dòng: {rows}.", "Không rõ dòng nào là số liệu đúng.", "Giữ một dòng, hoặc ghi năm khác nhau ở cột «năm»."),
        ("«{id}» stands in {count} rows: {rows}.", "Which row is right is not clear.", "Keep one, or give them different years in a «year» column."),
    ),
    "NTM-506": _code(
        ("Ô báo lỗi của bảng tính: {got}.", "Công thức hỏng không phải là số liệu.", "Sửa công thức, hoặc ghi là chưa có số liệu."),
        ("The cell holds a spreadsheet error: {got}.", "A broken formula is no data.", "Mend the formula, or state the value as unknown."),
    ),
    "NTM-507": _code(
        ("Công thức «{got}» chưa có kết quả lưu trong tệp.", "Thư viện không tính công thức.", "Mở bằng bảng tính rồi lưu lại, hoặc dán giá trị."),
        ("The formula «{got}» has no result stored in the file.", "Formulas are not computed here.", "Open and save it in a spreadsheet, or paste values."),
    ),
    "NTM-508": _code(
        ("{count} ô là công thức, ô đầu tiên là {first}.", "Kết quả đã lưu trong tệp được dùng, không tính lại.", "Nếu bảng chưa được tính lại, hãy mở và lưu trước."),
        ("{count} cells are formulas, the first is {first}.", "The results stored in the file were used, not computed anew.", "If the sheet was not recalculated, open and save it first."),
    ),
    "NTM-509": _code(
        ("Các ô gộp {range} chạm vào vùng số liệu.", "Ô gộp chỉ giữ một giá trị, không rõ của dòng nào.", "Bỏ gộp ô và ghi giá trị vào từng ô."),
        ("Merged cells {range} touch the data.", "They hold one value, of which row is not clear.", "Unmerge them and fill every cell."),
    ),
    "NTM-510": _code(
        ("«{got}» trong cột đo bằng %: là {got} % hay {percent} %?", "Đoán sai sẽ đổi kết quả.", "Viết {percent} hoặc «{got}%»."),
        ("«{got}» in a column measured in %: {got} % or {percent} %?", "A wrong guess changes the outcome.", "Write {percent} or «{got}%»."),
    ),
    "NTM-511": _code(
        ("Cột vừa có ô định dạng phần trăm vừa có «{got}» không định dạng: là {got} % hay {percent} %?", "Đoán sai sẽ đổi kết quả.", "Định dạng cả cột như nhau, hoặc viết «{got}%»."),
        ("The column mixes percent-formatted cells with a plain «{got}»: {got} % or {percent} %?", "A wrong guess changes the outcome.", "Format the whole column alike, or write «{got}%»."),
    ),
    "NTM-512": _code(
        ("Ô chứa ngày {got}.", "Bảng tính hay tự đổi số thành ngày; con số ban đầu đã mất.", "Nhập lại con số, định dạng ô là số hoặc văn bản."),
        ("The cell holds a date, {got}.", "Spreadsheets turn numbers into dates; the number itself is lost.", "Enter the number again in a number or text cell."),
    ),
    "NTM-513": _code(
        ("Dòng có số liệu nhưng không có mã.", "Không biết số liệu của ai.", "Ghi mã, hoặc xóa dòng."),
        ("The row has data but no id.", "Whose data it is is not known.", "State the id, or delete the row."),
    ),
    "NTM-514": _code(
        ("Dòng có {got} ô, tiêu đề có {expected} cột.", "Ô thừa thường do dấu phẩy thập phân hoặc thiếu ngoặc kép.", "Sửa dấu ngăn cách của dòng này."),
        ("The row has {got} cells, the header {expected} columns.", "Surplus cells mostly come from decimal commas or missing quotes.", "Mend the separators of this row."),
    ),
    "NTM-515": _code(
        ("Không đọc hay ghi được loại tệp «{got}».", "Các loại đã biết: {allowed}.", "Lưu lại tệp theo một trong các loại đó."),
        ("Files of type «{got}» cannot be read or written.", "Known are: {allowed}.", "Save the file as one of these."),
    ),
    "NTM-516": _code(
        ("Không đọc được bảng: {detail}.", "Tệp hỏng hoặc không đúng loại của nó.", "Mở và lưu lại tệp, rồi thử lại."),
        ("The table cannot be read: {detail}.", "The file is damaged or not of its type.", "Open it, save it again and retry."),
    ),
    "NTM-517": _code(
        ("Nhiều trang tính cùng có bảng: {sheets}.", "Không rõ phải đọc trang nào.", "Chọn một trang (--sheet)."),
        ("Several sheets hold a table: {sheets}.", "Which one to read is not clear.", "Choose one (--sheet)."),
    ),
    "NTM-518": _code(
        ("Ô định dạng phần trăm ({got} %) trong cột đo bằng {unit}.", "Đơn vị không khớp.", "Nhập lại con số theo đúng đơn vị."),
        ("A percent-formatted cell ({got} %) in a column measured in {unit}.", "The units differ.", "Enter the number in the right unit."),
    ),
    "NTM-519": _code(
        ("Tiêu đề «{header}» ghi đơn vị «{got}», chỉ tiêu {target} đo bằng {unit}.", "Con số sẽ lệch đơn vị.", "Đổi số liệu sang {unit} và sửa tiêu đề."),
        ("Header «{header}» states the unit «{got}», indicator {target} is measured in {unit}.", "The numbers would be off.", "Convert them to {unit} and correct the header."),
    ),
    "NTM-520": _code(
        ("Ô ghi «{got}», lệnh gọi ghi {key}={constant}.", "Không rõ giá trị nào đúng.", "Sửa ô, hoặc bỏ giá trị chung."),
        ("The cell says «{got}», the call says {key}={constant}.", "Which is right is not clear.", "Correct the cell, or drop the common value."),
    ),
    "NTM-521": _code(
        ("Tiêu đề {got} là ô số: là «{got}» hay «{other}»?", "Ô số làm mất số 0 ở cuối.", "Đổi ô tiêu đề thành văn bản."),
        ("Header {got} is a number cell: «{got}» or «{other}»?", "Number cells lose a final zero.", "Make the header cell text."),
    ),
    "NTM-522": _code(
        ("Mọi số trong cột này nằm giữa 0 và 1; «{got}» là {got} % hay {percent} %?", "Đoán sai sẽ đổi kết quả.", "Định dạng cột theo phần trăm, hoặc viết «{got}%»."),
        ("Every number of this column lies between 0 and 1; is «{got}» {got} % or {percent} %?", "A wrong guess changes the outcome.", "Format the column as percent, or write «{got}%»."),
    ),
    "NTM-523": _code(
        ("Không có dòng số liệu nào dưới tiêu đề.", "Không có gì để đánh giá.", "Kiểm tra tệp hoặc trang tính."),
        ("There are no data rows below the header.", "There is nothing to evaluate.", "Check the file or the sheet."),
    ),
    "NTM-524": _code(
        ("Không có trang tính «{got}».", "Các trang hiện có: {sheets}.", "Sửa tên trang."),
        ("There is no sheet «{got}».", "The sheets are: {sheets}.", "Correct the name."),
    ),
    "NTM-525": _code(
        ("Không ghi được tệp: {detail}.", "Kết quả chưa được lưu; tệp cũ còn nguyên.", "Kiểm tra đường dẫn và quyền ghi."),
        ("The file cannot be written: {detail}.", "Nothing was saved; an older file is untouched.", "Check the path and the permission."),
    ),
    "NTM-526": _code(
        ("{count} dòng trống được bỏ qua.", "Dòng trống không nói về ai.", "Không cần làm gì."),
        ("{count} empty rows were skipped.", "An empty row is about nobody.", "Nothing needs doing."),
    ),
    "NTM-527": _code(
        ("Bảng không có cột mã; tên được dùng làm mã.", "Hai nơi có thể cùng tên.", "Thêm cột mã nếu có."),
        ("The table has no id column; names serve as ids.", "Two places can share a name.", "Add an id column if there is one."),
    ),
    # --- 7xx: the call -----------------------------------------------------------------------------------------
    "NTM-701": _code(
        ("Chưa rõ dùng bộ tiêu chí nào.", "Cần đúng một trong: --set (một bộ cụ thể), --family (bộ có hiệu lực trong ngày).", "Thêm --set hoặc --family; xem «ntm-rules list»."),
        ("Which criteria set to use is not stated.", "Exactly one is needed: --set (one edition) or --family (the one in force that day).", "Add --set or --family; see «ntm-rules list»."),
    ),
    "NTM-702": _code(
        ("«--family» cần có «--on».", "Không có ngày thì không biết văn bản nào có hiệu lực.", "Thêm --on, như --on 2024-06-30."),
        ("«--family» needs «--on».", "Without a day, which law is in force is not known.", "Add --on, as --on 2024-06-30."),
    ),
    "NTM-703": _code(
        ("«{got}» không phải là thuộc tính=giá trị của bộ tiêu chí này.", "Giá trị chung lạ sẽ không có tác dụng.", "Dùng một trong: {allowed}."),
        ("«{got}» is no attribute=value of this set.", "A strange common value would have no effect.", "Use one of: {allowed}."),
    ),
    "NTM-704": _code(
        ("Không có đối tượng «{got}» trong tệp.", "Không có gì để giải thích.", "Sửa mã."),
        ("There is no subject «{got}» in the file.", "There is nothing to explain.", "Correct the id."),
    ),
    "NTM-705": _code(
        ("Đánh giá lại không cho đúng quyết định đã lưu.", "Quyết định đã bị sửa, hoặc được lập bằng một bản khác.", "Lấy lại tệp gốc."),
        ("Evaluating again does not give the stored decision.", "It was changed, or made with another version.", "Get the original file."),
    ),
    "NTM-706": _code(
        ("Lược đồ «{file}» đã cũ.", "Trình soạn thảo sẽ kiểm tra sai.", "Chạy «ntm-rules schema»."),
        ("The schema «{file}» is stale.", "Editors would check against the wrong format.", "Run «ntm-rules schema»."),
    ),
    "NTM-707": _code(
        ("Cần {expected}.", "Lệnh chưa đủ.", "Xem «ntm-rules --help»."),
        ("{expected} is needed.", "The call is not complete.", "See «ntm-rules --help»."),
    ),
    "NTM-708": _code(
        ("Cần đúng một trong --output và --read; --draft chỉ đi cùng --read.", "Lệnh này hoặc ghi ra Excel, hoặc đọc lại.", "Bỏ bớt hoặc thêm tùy chọn."),
        ("Exactly one of --output and --read is needed; --draft goes with --read.", "It either writes Excel or reads it.", "Drop or add an option."),
    ),
    # --- 9xx: the installation ---------------------------------------------------------------------------------
    "NTM-901": _code(
        ("Chưa cài thư viện «{package}».", "Phần này cần gói tùy chọn «{extra}».", "Chạy: pip install 'ntm-rules[{extra}]'."),
        ("The package «{package}» is not installed.", "This part needs the extra «{extra}».", "Run: pip install 'ntm-rules[{extra}]'."),
    ),
    # --- 85x: the monitor --------------------------------------------------------------------------------------
    "NTM-850": _code(
        ("Không nạp được durable_rules trên Python này: {detail}.", "Bản phát hành 2.0.28 chỉ chạy trên Python 3.11 và 3.12.", "Trên 3.13, cài lại: CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject' pip install --no-cache-dir --force-reinstall durable_rules==2.0.28 (cần gcc); nơi khác hãy dùng 3.11 hoặc 3.12."),
        ("durable_rules cannot be imported on this Python: {detail}.", "As published, 2.0.28 only runs on Python 3.11 and 3.12.", "On 3.13, install it anew: CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject' pip install --no-cache-dir --force-reinstall durable_rules==2.0.28 (needs gcc); elsewhere use 3.11 or 3.12."),
    ),
    "NTM-851": _code(
        ("Lớp bảo vệ durable_rules từ chối: {detail}.", "Thứ khác đi có thể làm hỏng hoặc treo tiến trình, hay bị so sai trong im lặng.", "Chỉ đưa vào luật và dữ kiện đúng dạng ghi trong «Guard.add» và «Guard.put»."),
        ("The guard of durable_rules refuses: {detail}.", "Anything else may crash or hang the process, or be compared wrongly in silence.", "Put in only rules and facts of the shapes that «Guard.add» and «Guard.put» describe."),
    ),
    "NTM-852": _code(
        ("Lớp bảo vệ durable_rules dừng lại: {detail}.", "Quá mức này durable_rules lỗi, treo hoặc nhầm hai thứ với nhau.", "Chia nhỏ, đổi tên, hoặc mở một lớp bảo vệ mới."),
        ("The guard of durable_rules stops: {detail}.", "Beyond this durable_rules fails, hangs or takes one thing for another.", "Divide it, rename it, or open another guard."),
    ),
    "NTM-853": _code(
        ("Chuỗi luật và phần đánh giá không khớp: {detail}.", "Một trong hai sai; trạng thái không được đổi.", "Gửi nhật ký cho người bảo trì; trong lúc đó dùng «ntm-rules evaluate»."),
        ("The chain and the core disagree: {detail}.", "One of them is wrong; nothing was changed.", "Send the journal to the maintainers; use «ntm-rules evaluate» meanwhile."),
    ),
    "NTM-854": _code(
        ("Điều được báo viết sai: {detail}.", "Không đọc được thì không theo dõi được.", "Xem các dạng dòng trong tài liệu «Giám sát» (docs/monitor.md)."),
        ("What is told is malformed: {detail}.", "What cannot be read cannot be watched.", "See the kinds of lines in docs/monitor.md."),
    ),
    "NTM-855": _code(
        ("«{got}»: {detail}.", "Không biết điều này nói về đơn vị nào.", "Báo đơn vị trước (tell: unit), hoặc sửa mã."),
        ("«{got}»: {detail}.", "Which unit this is about is not known.", "Tell the unit first (tell: unit), or correct the code."),
    ),
    "NTM-856": _code(
        ("Không rút được: {detail}.", "Chỉ rút được điều đang đứng vững, đúng như đã báo.", "Xem lại điều đã báo sau cùng."),
        ("Cannot be retracted: {detail}.", "Only what stands can be retracted, exactly as it was told.", "Look up what was told last."),
    ),
    "NTM-857": _code(
        ("Ngày {got} trước ngày đang xét {on}.", "Thời gian chỉ đi tới; lùi lại sẽ xóa những cảnh báo đã phát.", "Dùng ngày muộn hơn, hoặc phát lại nhật ký từ đầu."),
        ("The day {got} is before the day watched, {on}.", "Time only runs forward; going back would undo alerts already given.", "Use a later day, or replay the journal from its start."),
    ),
    "NTM-858": _code(
        ("Dòng cuối của nhật ký bị đứt ({size} byte).", "Việc ghi bị ngắt giữa chừng; điều ghi dở chưa được nhận.", "Báo lại điều đó; mở nhật ký với mend=True để bỏ phần đứt rồi ghi tiếp."),
        ("The last line of the journal is torn ({size} bytes).", "Writing was interrupted; what it held was never taken.", "Tell it again; open the journal with mend=True to cut the fragment off and go on."),
    ),
    "NTM-859": _code(
        ("Dòng này của nhật ký không đọc được: {detail}.", "Bỏ qua trong im lặng sẽ cho một trạng thái khác.", "Khôi phục dòng từ bản sao; nhật ký chỉ được ghi thêm, không sửa."),
        ("This line of the journal cannot be read: {detail}.", "Skipping it in silence would give another state.", "Restore the line from a copy; a journal is only ever appended to."),
    ),
    # --- 8xx: registers ----------------------------------------------------------------------------------------
    "NTM-801": _code(
        ("«{got}» không đọc được ở cột «{column}».", "Từ lạ có thể là việc khác.", "Dùng một trong: {allowed}."),
        ("«{got}» cannot be read in the column «{column}».", "A strange word may mean another thing.", "Use one of: {allowed}."),
    ),
    "NTM-802": _code(
        ("Thiếu «{column}».", "Không có thì không biết việc này nói về gì.", "Điền ô, hoặc bỏ dòng."),
        ("«{column}» is missing.", "Without it what the act is about is not known.", "Fill the cell, or drop the row."),
    ),
    "NTM-803": _code(
        ("Không có ngày, cũng không có ngày «biết chậm nhất».", "Không biết việc này đã xảy ra vào ngày xét hay chưa.", "Ghi ngày có hiệu lực, hoặc một ngày mà đến đó chắc chắn đã xảy ra."),
        ("Neither a day nor a day by which it is known.", "Whether it had happened by the day looked at is not known.", "State the day of effect, or a day by which it had surely happened."),
    ),
    "NTM-804": _code(
        ("«{got}» ở cột «{column}» không phải là một ngày.", "Ngày viết cách khác có thể bị hiểu nhầm ngày với tháng.", "Viết YYYY-MM-DD, như 2019-05-13."),
        ("«{got}» in the column «{column}» is no day.", "Other ways of writing confuse day and month.", "Write YYYY-MM-DD, as 2019-05-13."),
    ),
    "NTM-805": _code(
        ("{unit}: hai quyết định công nhận «{status}» chồng nhau (quyết định trước ở {first}, đến {until}).", "Không rõ quyết định nào là căn cứ.", "Xóa dòng trùng, ghi ngày hết hạn của quyết định trước, hoặc bộ tiêu chí của từng quyết định."),
        ("{unit}: two recognitions as «{status}» overlap (the earlier at {first}, until {until}).", "Which one it rests on is not clear.", "Delete the duplicate, enter the last day of the earlier one, or the edition of each."),
    ),
    "NTM-806": _code(
        ("{unit} {name}: công nhận ngày {day} theo «{edition}», bộ này có hiệu lực từ {start}.", "Không thể công nhận theo bộ chưa có.", "Sửa ngày hoặc bộ tiêu chí."),
        ("{unit} {name}: recognised on {day} under «{edition}», which is in force from {start}.", "Nothing is recognised under a set that does not exist yet.", "Correct the day or the edition."),
    ),
    "NTM-807": _code(
        ("{unit} {name}: hết hạn {until} trước ngày công nhận {day}.", "Một trong hai ngày sai.", "Sửa ngày."),
        ("{unit} {name}: the end {until} is before the recognition of {day}.", "One of the days is wrong.", "Correct it."),
    ),
    "NTM-808": _code(
        ("{unit} {name}: «{act}» ngày {day}, nhưng đơn vị đã sáp nhập ngày {merged} vào {into}.", "Đơn vị không còn; danh hiệu không tự chuyển.", "Ghi mã của đơn vị mới, hoặc sửa ngày."),
        ("{unit} {name}: «{act}» on {day}, but the unit was merged on {merged} into {into}.", "The unit no longer exists, and its status does not pass on.", "Enter the code of the new unit, or correct the day."),
    ),
    "NTM-809": _code(
        ("{unit}: danh hiệu «{status}», sổ cho là {register}, bảng số liệu ghi {table}.", "Không rõ bên nào đúng.", "Sửa một trong hai; để trống thì lấy theo sổ."),
        ("{unit}: status «{status}», the register says {register}, the table {table}.", "Which of them is right is not clear.", "Correct one; left empty, the register counts."),
    ),
    "NTM-810": _code(
        ("Mã {unit} ({name}) không có trong danh sách đơn vị.", "Tên không dùng để nối, vì nhiều nơi trùng tên.", "Sửa mã, hoặc thêm đơn vị vào danh sách."),
        ("The code {unit} ({name}) is not on the list of units.", "Names do not join, since places share them.", "Correct the code, or add the unit to the list."),
    ),
    "NTM-811": _code(
        ("{unit}: tên «{name}» khác tên trong danh sách «{listed}».", "Có thể sai mã.", "Kiểm tra mã; nếu là cách viết khác, ghi vào «tên khác» của danh sách."),
        ("{unit}: the name «{name}» is not «{listed}» of the list.", "The code may be wrong.", "Check the code; another spelling goes into «other names» of the list."),
    ),
    "NTM-812": _code(
        ("{unit} {name}: bộ tiêu chí «{got}» không có trong danh mục, hoặc không phải căn cứ cho danh hiệu này.", "Không kiểm tra được việc công nhận.", "Sửa tên bộ, hoặc để trống."),
        ("{unit} {name}: the edition «{got}» is not on record, or is not the basis for this status.", "The recognition cannot be checked.", "Correct it, or leave it empty."),
    ),
    "NTM-813": _code(
        ("{unit} {name}: thu hồi «{status}» mà sổ không có quyết định công nhận trước đó.", "Sổ thiếu một việc, hoặc sai mã.", "Thêm quyết định công nhận, hoặc sửa mã."),
        ("{unit} {name}: «{status}» revoked, but no recognition before it is on record.", "An act is missing, or the code is wrong.", "Add the recognition, or correct the code."),
    ),
    "NTM-815": _code(
        ("{as_of}: {check}: {detail}.", "Số liệu công bố không khớp với nhau, hoặc không cùng một cách đếm.", "Xem lại nguồn; số nào không khớp thì không dùng làm căn cứ."),
        ("{as_of}: {check}: {detail}.", "The published figures do not agree, or do not count the same thing.", "Look up the source; do not build on figures that disagree."),
    ),
    "NTM-816": _code(
        ("«{got}» không phải là một số liệu ({column}).", "Đọc sai một con số tổng hợp sẽ sai mọi so sánh.", "Viết số với dấu chấm; các dải như «15-18=2; 10-14=20»."),
        ("«{got}» is no figure ({column}).", "A misread total spoils every comparison.", "Write numbers with a point; bands as «15-18=2; 10-14=20»."),
    ),
    "NTM-817": _code(
        ("{unit} {name}: danh hiệu «{status}» là của {expected}, dòng này ghi {got}.", "Danh hiệu của loại đơn vị này không thể thuộc loại khác.", "Sửa danh hiệu hoặc loại đơn vị."),
        ("{unit} {name}: the status «{status}» belongs to «{expected}», the row says «{got}».", "A status of one kind of unit cannot be held by another.", "Correct the status or the kind."),
    ),
    "NTM-818": _code(
        ("«{target}» không phải là mục tiêu đếm hay tỷ lệ xã đạt chuẩn.", "Kế hoạch chỉ lập được cho số xã phải đạt.", "Ghi một số, như --target 53, hoặc một bộ mục tiêu và --indicator."),
        ("«{target}» is no target for a count or share of communes.", "A plan needs the number of communes to reach.", "Give a number, as --target 53, or a set of targets and --indicator."),
    ),
    "NTM-819": _code(
        ("«{got}» không có trong «{edition}».", "Ánh xạ sai sẽ đưa số liệu vào nhầm chỗ.", "Sửa số hiệu."),
        ("«{got}» is not in «{edition}».", "A wrong mapping would put a value in the wrong place.", "Correct the number."),
    ),
    "NTM-820": _code(
        ("Không có bản ánh xạ nào từ «{old}» sang «{new}».", "Số liệu không được tự chuyển từ bộ này sang bộ kia.", "Đưa số liệu theo bộ mới bằng --new-values, hoặc lập tệp map.yaml."),
        ("No mapping from «{old}» to «{new}» is on record.", "Values are never carried from one set to another by guessing.", "Give values of the new set with --new-values, or write a map.yaml."),
    ),
    "NTM-821": _code(
        ("{unit}: số công bố {published} nằm ngoài khoảng {low}–{high} tính từ sổ và số liệu.", "Sổ thiếu hoặc thừa, hoặc hai bên đếm khác nhau.", "Đối chiếu danh sách; không bên nào được sửa tự động."),
        ("{unit}: the published {published} lies outside {low} to {high} from register and decisions.", "The register is short or long, or the two count differently.", "Compare the lists; neither is changed by itself."),
    ),
    "NTM-822": _code(
        ("Hai số liệu về chỉ tiêu này khác mức đo: bộ cũ {old}, bộ mới {new}.", "Ánh xạ chỉ cho cùng một đại lượng.", "Bỏ dòng ánh xạ."),
        ("The two indicators do not measure alike: old {old}, new {new}.", "A mapping is only for one and the same quantity.", "Drop this line of the mapping."),
    ),
}
