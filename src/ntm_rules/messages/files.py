"""Reading YAML (1xx), the content of a ruleset (2xx), editions and overlays (3xx)."""

from __future__ import annotations

from typing import Final

from ntm_rules.messages.wording import Wording, wording

FILES: Final[dict[str, dict[str, Wording]]] = {
    # --- 1xx: reading YAML ------------------------------------------------------------------------------------
    "NTM-101": wording(
        ("Không đọc được YAML: {detail}.", "Sai cú pháp thì cả tệp không có nghĩa.", "Sửa dấu câu hoặc lề tại chỗ này."),
        ("Not readable as YAML: {detail}.", "With broken syntax the file has no meaning.", "Mend punctuation or indentation here."),
    ),
    "NTM-102": wording(
        ("Tệp hoặc giá trị quá lớn: {size} ký tự.", "Giới hạn là {limit}.", "Tách tệp hoặc rút ngắn giá trị."),
        ("File or value too large: {size} characters.", "The limit is {limit}.", "Split the file or shorten the value."),
    ),
    "NTM-103": wording(
        ("Có neo hoặc bí danh YAML (& hoặc *).", "Mỗi con số phải đọc được ngay tại chỗ của nó.", "Viết nội dung ra tại chỗ."),
        ("A YAML anchor or alias (& or *).", "Every figure must be readable where it stands.", "Write the content out."),
    ),
    "NTM-104": wording(
        ("Có thẻ YAML «{tag}».", "Bộ tiêu chí là dữ liệu, không phải đối tượng.", "Bỏ thẻ; đặt văn bản trong ngoặc kép nếu cần."),
        ("A YAML tag «{tag}».", "A ruleset is data, not objects.", "Remove the tag; quote the text if need be."),
    ),
    "NTM-105": wording(
        ("Lồng quá sâu.", "Giới hạn là {limit} tầng.", "Làm phẳng cấu trúc."),
        ("Nested too deep.", "The limit is {limit} levels.", "Flatten the structure."),
    ),
    "NTM-106": wording(
        ("Khóa «{key}» viết hai lần (lần đầu ở dòng {first}).", "Không rõ giá trị nào có hiệu lực.", "Xóa một trong hai."),
        ("Key «{key}» stands twice (first on line {first}).", "Which value counts is not clear.", "Delete one of them."),
    ),
    "NTM-107": wording(
        ("Tệp không phải UTF-8.", "Chữ Việt chỉ đọc đúng trong UTF-8.", "Lưu lại tệp với mã UTF-8."),
        ("The file is not UTF-8.", "Vietnamese is only read rightly in UTF-8.", "Save the file as UTF-8."),
    ),
    "NTM-108": wording(
        ("Không mở được tệp: {detail}.", "Không có gì để đọc.", "Kiểm tra đường dẫn và quyền đọc."),
        ("The file cannot be opened: {detail}.", "There is nothing to read.", "Check the path and the permission."),
    ),
    "NTM-109": wording(
        ("Khóa không phải là một dòng chữ.", "Khóa phải là văn bản thường.", "Viết khóa bằng một từ."),
        ("A key is not plain text.", "Keys must be plain text.", "Write the key as one word."),
    ),
    "NTM-110": wording(
        ("Tệp rỗng hoặc chứa nhiều tài liệu.", "Mỗi tệp đúng một tài liệu.", "Giữ đúng một tài liệu, bỏ dấu ---."),
        ("The file is empty or holds several documents.", "One file, one document.", "Keep exactly one document; drop the ---."),
    ),
    # --- 2xx: the content of a ruleset ------------------------------------------------------------------------
    "NTM-201": wording(
        ("Không có khóa «{key}» ở đây.", "Khóa lạ thường là khóa viết sai, và sẽ bị bỏ qua.", "Sửa hoặc xóa khóa."),
        ("There is no key «{key}» here.", "An unknown key is mostly a misspelt one, and would be ignored.", "Correct or delete it."),
    ),
    "NTM-202": wording(
        ("Thiếu «{key}».", "Không có nó thì không quyết định được.", "Thêm «{key}: …»."),
        ("«{key}» is missing.", "Without it nothing can be decided.", "Add «{key}: …»."),
    ),
    "NTM-276": wording(
        ("Thiếu lời tiếng Anh (en).", "Trang tra cứu và lời giải thích có cả bản tiếng Anh.", "Thêm «en: …»; chưa dịch được thì chép lại lời tiếng Việt."),
        ("The English words (en) are missing.", "Pages and explanations are in both languages.", "Add «en: …»; until it is translated, repeat the Vietnamese."),
    ),
    "NTM-203": wording(
        ("Ở đây cần {expected}, đang là «{got}».", "Cấu trúc khác với mẫu.", "Xem trang «Ngôn ngữ bộ tiêu chí»."),
        ("Here {expected} is needed, not «{got}».", "The structure differs from the format.", "See the page on the rule language."),
    ),
    "NTM-204": wording(
        ("«{got}» không phải là số.", "Số viết bằng chữ số và dấu chấm thập phân, không có chữ.", "Viết như 62.35."),
        ("«{got}» is not a number.", "Numbers are digits with a decimal point, nothing else.", "Write it like 62.35."),
    ),
    "NTM-205": wording(
        ("«{got}» dùng dấu phẩy thập phân.", "Dấu phẩy có thể là hàng nghìn hay phần lẻ.", "Viết «{fixed}»."),
        ("«{got}» uses a decimal comma.", "A comma may mean thousands or decimals.", "Write «{fixed}»."),
    ),
    "NTM-206": wording(
        ("«{got}» không thuộc các giá trị được phép: {allowed}.", "Giá trị lạ không có nghĩa pháp lý.", "Chọn một giá trị."),
        ("«{got}» is none of the allowed values: {allowed}.", "An unknown value has no legal meaning.", "Choose one of them."),
    ),
    "NTM-207": wording(
        ("«{got}» không phải là ngày.", "Ngày viết theo năm-tháng-ngày.", "Viết như 2024-03-01."),
        ("«{got}» is not a day.", "Days are written year-month-day.", "Write it like 2024-03-01."),
    ),
    "NTM-208": wording(
        ("«{got}» không phải là giá trị của chiều «{dimension}».", "Ô của bảng sẽ không bao giờ được đọc.", "Sửa tên cột hoặc vùng."),
        ("«{got}» is not a value of the dimension «{dimension}».", "The cell would never be read.", "Correct the region or column."),
    ),
    "NTM-209": wording(
        ("Đơn vị «{got}» không có trong danh mục.", "Đơn vị lạ làm phép so sánh mất nghĩa.", "Dùng một đơn vị của danh mục."),
        ("Unit «{got}» is not in the list.", "An unknown unit makes the comparison meaningless.", "Use a unit of the list."),
    ),
    "NTM-210": wording(
        ("Con số không có nguồn, hoặc nguồn chưa ghi «level».", "Mỗi con số phải nói ai quy định và đã kiểm tra đến đâu.", "Thêm «source: {{at: …, level: …}}»."),
        ("A figure without a source, or whose source has no «level».", "Every figure must say who set it and how far it was checked.", "Add «source: {{at: …, level: …}}»."),
    ),
    "NTM-211": wording(
        ("{got} {unit} nằm ngoài khoảng {low} đến {high}.", "Giá trị không thể xảy ra.", "Kiểm tra con số hoặc đơn vị."),
        ("{got} {unit} lies outside {low} to {high}.", "The value is impossible.", "Check the figure or the unit."),
    ),
    "NTM-212": wording(
        ("Cần đúng một phép so sánh, đang có: {got}.", "Mỗi chỉ tiêu có một mức đạt.", "Giữ một trong: {allowed}."),
        ("Exactly one operator is needed, found: {got}.", "An indicator has one requirement.", "Keep one of: {allowed}."),
    ),
    "NTM-213": wording(
        ("Phép «{operator}» không hợp với cách đo «{measure}».", "Phép so sánh sẽ không có nghĩa.", "Đổi phép so sánh hoặc cách đo."),
        ("Operator «{operator}» does not fit the measure «{measure}».", "The comparison has no meaning.", "Change operator or measure."),
    ),
    "NTM-214": wording(
        ("Số hiệu «{got}» dùng hai lần.", "Số hiệu là tên của chỉ tiêu trong mọi kết quả.", "Đặt lại theo số trong quyết định."),
        ("Number «{got}» is used twice.", "It names the indicator in every result.", "Number it as the decision does."),
    ),
    "NTM-215": wording(
        ("Văn bản «{got}» không có trong instruments.yaml.", "Căn cứ phải tra được.", "Thêm văn bản hoặc sửa số hiệu."),
        ("Instrument «{got}» is not in instruments.yaml.", "The authority must be traceable.", "Add it or correct the number."),
    ),
    "NTM-216": wording(
        ("Thuộc tính «{got}» chưa khai báo trong bộ tiêu chí.", "Điều kiện sẽ luôn chưa xác định.", "Khai báo trong «attributes» hoặc sửa tên."),
        ("Attribute «{got}» is not declared in the set.", "The condition would stay undetermined.", "Declare it under «attributes» or correct it."),
    ),
    "NTM-217": wording(
        ("Chiều «{got}» chưa khai báo trong «dimensions».", "Bảng không biết tra theo gì.", "Khai báo hoặc sửa tên."),
        ("Dimension «{got}» is not declared under «dimensions».", "The table cannot be looked up.", "Declare it or correct the name."),
    ),
    "NTM-218": wording(
        ("Nguồn ghi «{level}» nhưng không nói đã thấy ở đâu.", "Mức tin cậy phải kiểm chứng được.", "Thêm «seen: [địa chỉ]»."),
        ("The source says «{level}» but not where it was seen.", "The level must be verifiable.", "Add «seen: [address]»."),
    ),
    "NTM-219": wording(
        ("Con số có giá trị nhưng mức tin cậy là «missing».", "Thiếu số liệu thì không có giá trị.", "Bỏ giá trị hoặc nêu đúng mức."),
        ("A figure has a value but the level «missing».", "What is missing has no value.", "Remove the value or state the level."),
    ),
    "NTM-220": wording(
        ("Ngày hết hiệu lực {until} trước ngày có hiệu lực {start}.", "Khoảng thời gian rỗng.", "Sửa một trong hai ngày."),
        ("The last day {until} is before the first day {start}.", "The period is empty.", "Correct one of the days."),
    ),
    "NTM-221": wording(
        ("Tiêu chí không có chỉ tiêu và không nói vì sao.", "Nội dung thiếu phải được nêu.", "Thêm «indicators» hoặc «missing: {{vi: …, en: …}}»."),
        ("A criterion without indicators that does not say why.", "Absent content must be stated.", "Add «indicators» or «missing: {{vi: …, en: …}}»."),
    ),
    "NTM-222": wording(
        ("Văn bản để trống.", "Người đọc cần một câu.", "Viết nội dung hoặc bỏ khóa."),
        ("The text is empty.", "People need words here.", "Write the text or drop the key."),
    ),
    "NTM-223": wording(
        ("Số hiệu «{got}» viết sai dạng.", "Dạng đúng: {expected}.", "Sửa theo dạng đó."),
        ("The identifier «{got}» is malformed.", "The form is {expected}.", "Write it in that form."),
    ),
    "NTM-224": wording(
        ("Cần {k} trong {n} điều kiện.", "Không bao giờ có thể đạt.", "Giảm số cần đạt hoặc thêm điều kiện."),
        ("{k} of {n} conditions are needed.", "That can never be met.", "Lower the count or add conditions."),
    ),
    "NTM-225": wording(
        ("Nội dung khác với bản {version} đã công bố: {change}.", "Bản đã công bố không bao giờ đổi.", "Hoàn nguyên, hoặc nâng «version» và công bố bản mới."),
        ("The content differs from version {version} as published: {change}.", "A published edition never changes.", "Undo it, or raise «version» and publish."),
    ),
    "NTM-226": wording(
        ("Bản {version} chưa được công bố.", "Quyết định lưu trữ cần bản công bố để kiểm tra lại.", "Chạy «ntm-rules publish {folder}»."),
        ("Version {version} is not published.", "Stored decisions need it to be verified.", "Run «ntm-rules publish {folder}»."),
    ),
    "NTM-227": wording(
        ("CHANGELOG.md không nhắc bản {version}.", "Người dùng cần biết điều gì đã đổi.", "Thêm một mục cho bản này."),
        ("CHANGELOG.md does not mention version {version}.", "People need to know what changed.", "Add an entry."),
    ),
    "NTM-228": wording(
        ("Ví dụ «{example}»: {node} phải là «{expected}», kết quả là «{got}».", "Ví dụ là lời hứa của bộ tiêu chí.", "Sửa quy tắc hoặc ví dụ."),
        ("Example «{example}»: {node} should be «{expected}» and is «{got}».", "Examples are the set's promise.", "Mend the rule or the example."),
    ),
    "NTM-229": wording(
        ("Thiếu tệp «{file}» bên cạnh.", "Mỗi bộ tiêu chí đi cùng ví dụ và lịch sử thay đổi.", "Thêm tệp đó."),
        ("The file «{file}» beside it is missing.", "Every set comes with examples and a changelog.", "Add it."),
    ),
    "NTM-230": wording(
        ("Có «conditions» thì «passes» phải là all_of.", "Điều kiện phải luôn được đáp ứng, không thể bù bằng tiêu chí khác.", "Bỏ «passes»."),
        ("With «conditions», «passes» must be all_of.", "A condition must always hold; no criterion makes up for it.", "Drop «passes»."),
    ),
    "NTM-231": wording(
        ("Các hạng sao phải xếp từ cao xuống thấp, điểm giảm dần đến 0: {got}.", "Mỗi tổng điểm phải rơi vào một hạng.", "Xếp lại «stars»."),
        ("Stars must fall from high to low, points down to 0: {got}.", "Every total must fall into a class.", "Put «stars» in order."),
    ),
    "NTM-232": wording(
        ("Không có tiêu chí dùng chung «{got}».", "Phiếu sẽ thiếu tiêu chí này.", "Sửa tên, dạng «tệp/tên»."),
        ("There is no shared criterion «{got}».", "The sheet would lack it.", "Correct the name, as «file/name»."),
    ),
    "NTM-233": wording(
        ("«{what}» ghi {stated} điểm nhưng cộng lại là {sum}.", "Điểm tối đa phải bằng tổng các mức cao nhất.", "Sửa điểm, hoặc ghi vào «anomalies» nếu văn bản in như vậy."),
        ("«{what}» states {stated} points, its levels add up to {sum}.", "The maximum is the sum of the best levels.", "Correct it, or list it under «anomalies» if printed so."),
    ),
    "NTM-234": wording(
        ("Dấu sao của «{criterion}» đòi {got} điểm, không phải là một mức: {allowed}.", "Dấu in cạnh một mức của tiêu chí.", "Chọn một mức."),
        ("A mark of «{criterion}» asks for {got} points, which is no level: {allowed}.", "Marks are printed beside a level.", "Choose a level."),
    ),
    "NTM-235": wording(
        ("«unless_stated» chỉ dùng với thuộc tính có hoặc không.", "Chỉ một câu trả lời có/không mới suy ra được từ danh sách.", "Thêm «yes_no: true» hoặc bỏ khóa này."),
        ("«unless_stated» goes with yes-or-no attributes only.", "Only such an answer follows from a list.", "Add «yes_no: true» or drop the key."),
    ),
    "NTM-236": wording(
        ("«{got}» được gõ bằng chữ có dấu rời (Unicode tổ hợp).", "Trông giống nhau nhưng máy tìm không thấy.", "Gõ lại bằng Unicode dựng sẵn."),
        ("«{got}» is typed in decomposed letters.", "It looks the same, but searches miss it.", "Type it again in composed Unicode (NFC)."),
    ),
    "NTM-237": wording(
        ("Tỷ lệ ghi {got} %, tức là chưa đến 1 %.", "Tỷ lệ tính bằng phần trăm: 62 là 62 %.", "Nếu ý là {percent} % thì viết {percent}."),
        ("A share of {got} %, which is less than 1 %.", "Shares are in percent: 62 is 62 %.", "If {percent} % is meant, write {percent}."),
    ),
    "NTM-238": wording(
        ("Nguồn của con số này là «{level}», các con số khác trong bảng là «{others}».", "Thường là quên ghi nguồn.", "Ghi đúng nguồn của nó; nếu đúng là yếu hơn, ghi level và lý do (note) ngay ở con số."),
        ("The source of this figure is «{level}», the others of its table are «{others}».", "Mostly a source left out.", "State its source; if it is so, give the figure its level and a note that says why."),
    ),
    "NTM-246": wording(
        ("«{target}» được đặt hai lần trong cùng một văn bản.", "Chỉ lần sau có hiệu lực, mà không ai thấy.", "Gộp thành một thay đổi, giữ một con số."),
        ("«{target}» is set twice in one document.", "Only the later one counts, and nobody sees that.", "Join the two, with one figure."),
    ),
    "NTM-247": wording(
        ("Ngày có hiệu lực {got} sớm hơn ngày {known} của «{key}» trong instruments.yaml.", "Thường là viết lộn ngày và tháng.", "Ghi cùng một ngày ở hai nơi."),
        ("In force from {got}, before {known}, the day of «{key}» in instruments.yaml.", "Mostly day and month are turned round.", "Give one day in both places."),
    ),
    "NTM-248": wording(
        ("Thay đổi ở «{target}» không đổi gì: mức quốc gia cũng là {got}.", "Thường là con số chưa sửa.", "Ghi mức của tỉnh, hoặc bỏ thay đổi này."),
        ("The change of «{target}» changes nothing: the national level is {got} too.", "Mostly a figure not entered yet.", "Enter the province's level, or leave the change out."),
    ),
    "NTM-249": wording(
        ("«{got}» được đọc là {number}, không phải {thousand}.", "Dấu chấm ở đây là dấu thập phân.", "Viết {number} hoặc {thousand}."),
        ("«{got}» is read as {number}, not {thousand}.", "The point is a decimal point here.", "Write {number} or {thousand}."),
    ),
    # --- 3xx: editions and overlays ---------------------------------------------------------------------------
    "NTM-243": wording(
        ("Không ngày nào, tỉnh nào còn dùng con số «{at}» mà bản đối chiếu đã đọc trong {instrument}.", "Chỉ tiêu đã đổi số, cột, phép so, để tỉnh quy định, hoặc con số nay thuộc văn bản khác; điều đã đọc không có hiệu lực gì.", "Lập bảng đối chiếu mới cho bộ tiêu chí hiện nay, đọc lại con số đó."),
        ("On no day and in no province is the figure «{at}», which the certificate read in {instrument}, used any more.", "The indicator has another number, column or comparison, is left to provinces, or the figure is of another document; what was read has no effect.", "Make a checklist of the set as it is now, and read that figure again."),
    ),
    "NTM-244": wording(
        ("Bản đối chiếu lập bên phiên bản {base} của {edition}; phiên bản ấy không còn.", "Con số giống nhau thì vẫn dùng được, nhưng không xem lại được lúc đối chiếu đã so với gì.", "Đặt lại tệp của phiên bản ấy vào thư mục «published», hoặc lập bản đối chiếu mới."),
        ("The certificate was made beside version {base} of {edition}, which is gone.", "Figures that are the same go on to hold, but nobody can see what was compared then.", "Put the file of that version back into the folder «published», or make a new certificate."),
    ),
    "NTM-245": wording(
        ("«{first}» đọc thấy {got}; bộ tiêu chí ghi {held}, đã đối chiếu bản ký.", "Hai lần đọc bản ký khác nhau, nên con số giữ nguyên mà không còn là chính thức.", "Cùng mở lại trang đó. Nếu bộ tiêu chí ghi sai, một cơ quan nữa đối chiếu; nếu không, lập lại bản đối chiếu."),
        ("«{first}» read {got}; the set says {held}, checked against the signed text.", "Two readings of the signed text differ, so the figure stays and is official no more.", "Open the page together. If the set is wrong, have a second office certify it; if not, make the certificate anew."),
    ),
    "NTM-261": wording(
        ("Bảng đối chiếu lập từ phiên bản {got}; nay bộ tiêu chí là phiên bản {now}.", "Mọi con số đã chọn vẫn như lúc lập bảng, nên kết quả vẫn dùng được.", "Không cần làm gì; lập bảng mới nếu muốn xem cả những con số có thêm."),
        ("The checklist was made of version {got}; the set is now version {now}.", "Every figure that was ticked is as it was then, so what was read still holds.", "Nothing need be done; make a new checklist to see what figures there are now."),
    ),
    "NTM-301": wording(
        ("Bản sửa đổi nhắm tới «{target}», không có trong bộ tiêu chí.", "Thay đổi sẽ rơi vào khoảng không.", "Sửa số hiệu."),
        ("The overlay targets «{target}», which is not in the set.", "The change would land nowhere.", "Correct the number."),
    ),
    "NTM-302": wording(
        ("«{first}» và «{second}» cùng đặt lại «{target}» từ một ngày.", "Không rõ bản nào có hiệu lực.", "Bỏ một thay đổi hoặc đổi ngày hiệu lực."),
        ("«{first}» and «{second}» both set «{target}» from one day.", "Which one counts is not clear.", "Drop one or change its day."),
    ),
    "NTM-303": wording(
        ("Bản của tỉnh nới lỏng «{target}»: {got} thay cho {national}.", "Tỉnh chỉ được điền hoặc siết chặt.", "Sửa hoặc bỏ thay đổi này."),
        ("The provincial overlay loosens «{target}»: {got} for {national}.", "A province may fill or tighten only.", "Mend the change or leave it out."),
    ),
    "NTM-304": wording(
        ("Bản sửa đổi nhắm tới bộ «{target}», không có trong danh mục.", "Không có gì để sửa.", "Sửa «amends»."),
        ("The overlay amends «{target}», which is not in the catalogue.", "There is nothing to amend.", "Correct «amends»."),
    ),
    "NTM-305": wording(
        ("«province» phải có khi và chỉ khi bản sửa đổi là của tỉnh.", "Nếu không, không rõ áp dụng ở đâu.", "Thêm hoặc bỏ «province»."),
        ("«province» goes with provincial overlays, and only with them.", "Otherwise it is not clear where it applies.", "Add or drop it."),
    ),
    "NTM-306": wording(
        ("Không có «{got}» trong danh mục.", "Chỉ dùng được bộ tiêu chí đã ghi.", "Xem «ntm-rules list»."),
        ("«{got}» is not in the catalogue.", "Only listed sets can be used.", "See «ntm-rules list»."),
    ),
    "NTM-307": wording(
        ("Không có bản «{got}» nào có hiệu lực ngày {on}.", "Các bản đã ghi: {editions}.", "Chọn một ngày mà bản đã ghi có hiệu lực, hoặc nêu tên một bản và không nêu ngày."),
        ("No edition of «{got}» is in force on {on}.", "Editions on record: {editions}.", "Choose a day on which an edition is in force, or name an edition and no day."),
    ),
    "NTM-308": wording(
        ("Hai bản cùng có hiệu lực ngày {on}: {editions}.", "Không rõ bản nào quyết định.", "Nạp đích danh một bản."),
        ("Two editions are in force on {on}: {editions}.", "Which one decides is not clear.", "Load one of them by name."),
    ),
    "NTM-309": wording(
        ("«{got}» có trong hai tệp: {first} và {second}.", "Mỗi tên chỉ một tài liệu.", "Đổi tên một tệp."),
        ("«{got}» stands in two files: {first} and {second}.", "One name, one document.", "Rename one."),
    ),
    "NTM-310": wording(
        ("Bản sửa đổi thêm «{target}», đã có sẵn.", "Số hiệu trùng.", "Dùng «set» hoặc số hiệu khác."),
        ("The overlay adds «{target}», which exists.", "Numbers must differ.", "Use «set» or another number."),
    ),
    "NTM-311": wording(
        ("Một thay đổi cần đúng một trong: set, add, remove.", "Đang có: {got}.", "Tách thành từng mục."),
        ("A change takes exactly one of: set, add, remove.", "Found: {got}.", "Split it."),
    ),
    "NTM-312": wording(
        ("Hồ sơ nộp {filed} được xét theo {use} đến hết {until}; ngày {on} đã quá hạn chuyển tiếp.", "Văn bản không nói hồ sơ khi đó theo bộ nào.", "Hỏi cơ quan có thẩm quyền, hoặc nạp đích danh một bản."),
        ("A dossier filed on {filed} is decided under {use} until {until}; {on} is past the transition.", "The text does not say what follows.", "Ask the authority, or load an edition by name."),
    ),
    "NTM-313": wording(
        ("«{got}» không phải là mã của tỉnh nào.", "Sai tên tỉnh thì quy định của tỉnh bị bỏ qua mà không ai biết.", "Dùng mã trong danh sách tỉnh, như kon-tum."),
        ("«{got}» is not the slug of any province.", "A wrong name would leave the rules of the province aside in silence.", "Use a slug of the list of provinces, as kon-tum."),
    ),
    "NTM-314": wording(
        ("{got} không còn là một tỉnh vào ngày {on}.", "Ngày cuối là {until}; sau đó nhập vào {successor}.", "Xét theo tỉnh mới thì dùng {successor} (mã «{slug}»)."),
        ("{got} is no province on {on}.", "Its last day was {until}; it went into {successor}.", "For the new province use {successor} («{slug}»)."),
    ),
    "NTM-315": wording(
        ("Tỉnh được ghi là {got}, không phải {asked}.", "Quy định được đọc là của {asked}.", "Xem lại tỉnh, hoặc đọc quy định của {got}."),
        ("The province stated is {got}, not {asked}.", "The rules that were read are those of {asked}.", "Check the province, or read the rules of {got}."),
    ),
    "NTM-316": wording(
        ("Mã «{got}» có hai dòng trùng ngày.", "Một ngày chỉ có một tỉnh mang mã đó.", "Ghi ngày cuối của dòng trước và ngày đầu của dòng sau."),
        ("Two lines of «{got}» share days.", "On one day a slug names one province.", "Give the first line its last day and the second its first."),
    ),
    "NTM-317": wording(
        ("Chưa ghi quy định nào của {got} cho bộ tiêu chí này.", "Mức do tỉnh quy định thì chưa có số liệu.", "Tỉnh đã có văn bản thì thêm vào danh mục."),
        ("No rules of {got} for this set are on record.", "The levels that a province sets are not available.", "Where it issued some, add them to the catalogue."),
    ),
    "NTM-318": wording(
        ("Bộ «{got}» chỉ có bản của từng tỉnh, không có bản chung cả nước.", "Các bản đã ghi: {editions}.", "Nêu một trong các tỉnh đó, hoặc nạp đích danh một bản."),
        ("«{got}» is on record for single provinces only, with no national edition.", "Editions on record: {editions}.", "Name one of those provinces, or load an edition by name."),
    ),
    "NTM-319": wording(
        ("{got} có quy định riêng cho bộ tiêu chí này; quy định đó không được đọc.", "Lệnh gọi không nêu tỉnh nên chỉ đọc quy định chung.", "Nêu tỉnh «{slug}» để đọc cả quy định của tỉnh."),
        ("{got} has rules of its own for this set; they were not read.", "No province was asked for, so only the national rules were.", "Ask for the province «{slug}» to read its rules too."),
    ),
    "NTM-320": wording(
        ("«{got}» đã có ở {first}; {second} lại ghi tên đó.", "Thư mục thêm vào chỉ bổ sung, không thay văn bản đã có.", "Đổi tên trong tệp sau, hoặc bỏ khỏi tệp đó."),
        ("«{got}» stands in {first} already; {second} names it again.", "A folder that is added only adds; it replaces no text.", "Rename it in the latter file, or take it out there."),
    ),
    "NTM-321": wording(
        (
            "Hai bản đối chiếu khác nhau: «{first}» đọc thấy {got}, «{second}» đọc thấy {other}.",
            "Không rõ trang văn bản ghi số nào, nên con số giữ nguyên như khi chưa đối chiếu, và không phải chính thức.",
            "Cùng mở lại trang đó, lập lại bản đối chiếu sai.",
        ),
        (
            "Two certificates differ: «{first}» read {got}, «{second}» read {other}.",
            "Which figure the page has is not clear, so the figure stays as if nobody had checked it, and is not official.",
            "Open the page together and make the wrong certificate anew.",
        ),
    ),
    "NTM-322": wording(
        (
            "Loại «{got}» và phần «certifies» không đi với nhau.",
            "Bản đối chiếu chỉ có «certifies», không có «changes»; văn bản khác thì ngược lại.",
            "Lập lại bằng lệnh «ntm-rules figures certify», hoặc sửa «kind».",
        ),
        (
            "The kind «{got}» and the part «certifies» do not go together.",
            "A certificate has «certifies» and no «changes»; any other document the other way round.",
            "Make it anew with «ntm-rules figures certify», or correct «kind».",
        ),
    ),
    "NTM-323": wording(
        (
            "Bản đối chiếu đã bị sửa sau khi lập.",
            "Dấu niêm «seal» không còn khớp, nên không rõ ai đã đọc thấy gì.",
            "Lập lại bằng lệnh «ntm-rules figures certify».",
        ),
        (
            "The certificate was changed after it was made.",
            "Its «seal» no longer fits, so nobody can say who read what.",
            "Make it anew with «ntm-rules figures certify».",
        ),
    ),
    "NTM-324": wording(
        (
            "Đối chiếu ngày {got}, trước ngày ban hành {instrument} ({issued}).",
            "Không ai đọc được bản ký khi chưa ký.",
            "Ghi đúng ngày đối chiếu rồi lập lại.",
        ),
        (
            "Read on {got}, before {instrument} was issued ({issued}).",
            "Nobody can read a signed text before it is signed.",
            "Give the right day and make the certificate anew.",
        ),
    ),
    "NTM-325": wording(
        ("«{got}» không phải là một ngày.", "Ngày quyết định văn bản nào có hiệu lực.", "Dùng date(2024, 6, 30)."),
        ("«{got}» is no day.", "The day says which law is in force.", "Give a date, as date(2024, 6, 30)."),
    ),
    "NTM-326": wording(
        ("Gói {package} khai là có bộ tiêu chí ở «{got}», nhưng ở đó không có thư mục nào.", "Thiếu văn bản của gói thì kết quả có thể khác.", "Cài lại gói đó, hoặc gỡ ra; muốn bỏ qua mọi gói thì đặt NTM_RULES_INSTALLED=no."),
        ("The package {package} says that it has rulesets in «{got}», and there is no folder.", "Without the texts of the package the results may be others.", "Install it again, or take it away; to leave all packages aside set NTM_RULES_INSTALLED=no."),
    ),
    "NTM-327": wording(
        ("Đã thêm bộ tiêu chí của gói {packages}.", "Gói cài trong máy có kèm bộ tiêu chí thì được đọc thêm; kết quả ghi tên từng văn bản đã dùng.", "Không muốn đọc thì đặt NTM_RULES_INSTALLED=no."),
        ("The rulesets of the package {packages} were added.", "Rulesets of installed packages are read too; a decision names every text it rests on.", "To leave them aside set NTM_RULES_INSTALLED=no."),
    ),
    "NTM-328": wording(
        ("Từ ngày {on}, {got} không áp dụng được nữa cùng các văn bản khác{where}.", "Đến ngày đó hai văn bản mâu thuẫn, nên không đánh giá được gì.", "Sửa theo lỗi đi kèm; nếu văn bản cũ đã hết hiệu lực thì ghi ngày cuối của nó."),
        ("From {on} on, {got} can no longer be applied together with the others{where}.", "On that day two texts contradict each other, and nothing can be decided.", "Mend it as the problem beside it says; where the older text has ended, give its last day."),
    ),
    "NTM-329": wording(
        ("{count} dòng của {got} được đánh giá theo cả quy định của {got}.", "Tỉnh này có quy định riêng cho bộ tiêu chí; lệnh gọi không nêu tỉnh nên mỗi dòng theo tỉnh của mình.", "Muốn mọi dòng theo một tỉnh thì nêu --province."),
        ("{count} rows of {got} were judged by the rules of {got} too.", "It has rules of its own for this set; no province was asked for, so each row goes by its own.", "To judge all rows by one province name it with --province."),
    ),
    "NTM-330": wording(
        ("Quy định của {got} cho bộ tiêu chí này không có hiệu lực ngày {on}.", "Các quy định đã ghi có hiệu lực: {spans}.", "Chọn ngày khác; tỉnh đã có văn bản khác thì thêm vào danh mục."),
        ("The rules of {got} for this set are not in force on {on}.", "Those on record are in force: {spans}.", "Choose another day; where the province issued others, add them to the catalogue."),
    ),
}
