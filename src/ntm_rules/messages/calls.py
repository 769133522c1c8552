"""The call (7xx), registers (8xx), councils (84x), the monitor (85x), the installation (9xx)."""

from __future__ import annotations

from typing import Final

from ntm_rules.messages.wording import Wording, wording

CALLS: Final[dict[str, dict[str, Wording]]] = {
    "NTM-272": wording(
        ("«{got}» được ghi hai lần.", "Mỗi lần gọi chỉ dùng một tệp ở đây; tệp kia sẽ bị bỏ qua mà không ai biết.", "Giữ một lần, rồi chạy lệnh lần nữa cho tệp kia."),
        ("«{got}» is given twice.", "One file is used there; the other would be passed over, and nobody told.", "Keep one, and run the command again for the other file."),
    ),
    "NTM-273": wording(
        ("Nơi lưu kết quả «{got}» nằm trong thư mục bộ tiêu chí «{folder}».", "Tệp của máy không được lẫn với văn bản.", "Chọn một thư mục khác, hoặc bỏ --cache."),
        ("Results would be kept in «{got}», which lies among the rulesets in «{folder}».", "What a program makes must not stand among texts.", "Name another folder, or leave --cache out."),
    ),
    "NTM-274": wording(
        ("Văn bản riêng của {names} cũng khác nhau, ở đây chưa so.", "Lệnh gọi không nêu tỉnh nên chỉ so phần chung của cả nước.", "Muốn so cho một tỉnh thì nêu --province."),
        ("Texts of {names} differ as well and are not compared here.", "No province was asked for, so only what holds for the whole country is.", "To compare them for a province, name it with --province."),
    ),
    "NTM-275": wording(
        ("Thư mục «{folder}» chỉ có văn bản sửa đổi {sets}, không có bộ ấy.", "Đọc riêng thư mục này thì không có gì để sửa đổi.", "Đọc cùng các bộ đi kèm: --add {folder}, không ghi thư mục riêng hay --rulesets."),
        ("The folder «{folder}» holds only what amends {sets}, and not these.", "Read alone, it has nothing to amend.", "Read it with the texts that come with the library: --add {folder}, and neither the folder by itself nor --rulesets."),
    ),
    # --- 7xx: the call ----------------------------------------------------------------------------------------
    "NTM-701": wording(
        ("Chưa rõ dùng bộ tiêu chí nào.", "Cần đúng một trong: --set (một bộ cụ thể), --family (bộ có hiệu lực trong ngày).", "Thêm --set hoặc --family; xem «ntm-rules list»."),
        ("Which criteria set to use is not stated.", "Exactly one is needed: --set (one edition) or --family (the one in force that day).", "Add --set or --family; see «ntm-rules list»."),
    ),
    "NTM-702": wording(
        ("«--family» cần có «--on».", "Không có ngày thì không biết văn bản nào có hiệu lực.", "Thêm --on, như --on 2024-06-30."),
        ("«--family» needs «--on».", "Without a day, which law is in force is not known.", "Add --on, as --on 2024-06-30."),
    ),
    "NTM-703": wording(
        ("«{got}» không phải là thuộc tính=giá trị của bộ tiêu chí này.", "Giá trị chung lạ sẽ không có tác dụng.", "Dùng một trong: {allowed}."),
        ("«{got}» is no attribute=value of this set.", "A strange common value would have no effect.", "Use one of: {allowed}."),
    ),
    "NTM-704": wording(
        ("Không có đối tượng «{got}» trong tệp.", "Không có gì để giải thích.", "Sửa mã."),
        ("There is no subject «{got}» in the file.", "There is nothing to explain.", "Correct the id."),
    ),
    "NTM-705": wording(
        ("Đánh giá lại không cho đúng quyết định đã lưu: {detail}.", "Quyết định đã bị sửa, hoặc được lập bằng một bản khác.", "Lấy lại tệp gốc."),
        ("Evaluating again does not give the stored decision: {detail}.", "It was changed, or made with another version.", "Get the original file."),
    ),
    "NTM-706": wording(
        ("Lược đồ «{file}» đã cũ.", "Trình soạn thảo sẽ kiểm tra sai.", "Chạy «ntm-rules schema»."),
        ("The schema «{file}» is stale.", "Editors would check against the wrong format.", "Run «ntm-rules schema»."),
    ),
    "NTM-707": wording(
        ("Cần {expected}.", "Lệnh chưa đủ.", "Xem «ntm-rules --help»."),
        ("{expected} is needed.", "The call is not complete.", "See «ntm-rules --help»."),
    ),
    "NTM-708": wording(
        ("Cần đúng một trong --output và --read; --into-place, --draft, --instrument đi cùng --read, không đi cùng nhau.", "Lệnh này hoặc ghi ra Excel, hoặc đọc lại vào một chỗ.", "Bỏ bớt hoặc thêm tùy chọn."),
        ("Exactly one of --output and --read is needed; --into-place, --draft, --instrument go with --read, not with each other.", "It either writes Excel or reads it into one place.", "Drop or add an option."),
    ),
    "NTM-709": wording(
        ("Tệp kết quả «{output}» chính là tệp đầu vào «{input}».", "Ghi đè sẽ làm mất số liệu gốc.", "Chọn tên khác cho tệp kết quả."),
        ("The output «{output}» is the input «{input}».", "Writing over it would destroy what was read.", "Choose another name for the output."),
    ),
    "NTM-710": wording(
        ("Còn thiếu {options}.", "Không có thì không lập được văn bản.", "Thêm các mục này vào lệnh, hoặc chạy lệnh trong cửa sổ lệnh để được hỏi từng mục."),
        ("Still needed: {options}.", "The document cannot be set up without.", "Add these to the command, or run it in a terminal and be asked."),
    ),
    "NTM-711": wording(
        ("«{got}» không dùng được ở đây.", "Tên và số hiệu có một dạng duy nhất.", "Viết như {expected}."),
        ("«{got}» cannot be used here.", "Names and numbers have one form.", "Write as {expected}."),
    ),
    "NTM-712": wording(
        ("Đã có «{got}».", "Lệnh này không bao giờ ghi đè.", "Sửa tệp đã có, hoặc kiểm tra lại số hiệu."),
        ("«{got}» exists already.", "Nothing is ever written over.", "Edit what is there, or check the number."),
    ),
    "NTM-713": wording(
        ("«{got}» đã có trong danh sách với ngày ban hành {known}, ở đây ghi {day}.", "Hai văn bản khác năm có thể cùng số.", "Kiểm tra số và ngày; nếu là hai văn bản, ghi số kèm năm, như 99/2024/QĐ-UBND."),
        ("«{got}» is listed with the day {known}; here it is {day}.", "Two documents of different years may share a number.", "Check number and day; if they are two, add the year, as 99/2024/QĐ-UBND."),
    ),
    "NTM-714": wording(
        ("Bản công bố {version} đã bị sửa.", "Quyết định đã lưu theo bản này không kiểm tra lại được nữa.", "Lấy lại tệp gốc; muốn sửa nội dung thì nâng «version» và công bố bản mới."),
        ("The published version {version} was changed.", "Decisions stored under it cannot be verified any more.", "Get the original file back; for a change raise «version» and publish."),
    ),
    "NTM-715": wording(
        ("Bản công bố {version} không còn.", "Quyết định đã lưu theo bản này không kiểm tra lại được nữa.", "Lấy lại tệp đã xóa."),
        ("The published version {version} is gone.", "Decisions stored under it cannot be verified any more.", "Get the deleted file back."),
    ),
    "NTM-716": wording(
        ("Bản công bố {version} không có trong danh sách SHA256SUMS bên cạnh.", "Không có mã kiểm thì không biết tệp còn nguyên hay không.", "Đối chiếu tệp, rồi chạy «ntm-rules publish {folder}»."),
        ("The published version {version} is not on the list SHA256SUMS beside it.", "Without its hash nobody knows whether it is whole.", "Look at the file, then run «ntm-rules publish {folder}»."),
    ),
    "NTM-717": wording(
        ("Phiên bản {got} thấp hơn bản {newest} đã công bố.", "Phiên bản không bao giờ lùi.", "Đặt «version» cao hơn {newest}."),
        ("Version {got} is below {newest}, which is published.", "Versions never go back.", "Set «version» above {newest}."),
    ),
    "NTM-718": wording(
        ("Ví dụ còn bỏ sót {count} chỗ: {points}.", "Chỗ không có ví dụ thì ghi sai cũng không ai biết.", "Thêm ví dụ; xem hết bằng «ntm-rules coverage {id}»."),
        ("No example reaches {count} places: {points}.", "A slip there would not be noticed.", "Add examples; «ntm-rules coverage {id}» lists all."),
    ),
    "NTM-719": wording(
        ("{claim}: {detail}.", "Điều này phải đúng với mọi đơn vị.", "Sửa quy tắc; phản ví dụ ở «ntm-rules prove {id}»."),
        ("{claim}: {detail}.", "It must hold for every subject.", "Correct the rule; «ntm-rules prove {id}» gives the counterexample."),
    ),
    "NTM-720": wording(
        ("Tệp «{got}» không được đọc vì tên không đúng.", "Chỉ tệp có đuôi .yaml được đọc; văn bản trong tệp này coi như không có.", "Đổi tên thành «{name}», hoặc chuyển tệp đi nơi khác."),
        ("The file «{got}» is not read: its name is wrong.", "Only files that end with .yaml are read; the text in it counts for nothing.", "Rename it to «{name}», or move it elsewhere."),
    ),
    # --- 8xx: registers ---------------------------------------------------------------------------------------
    "NTM-801": wording(
        ("«{got}» không đọc được ở cột «{column}».", "Từ lạ có thể là việc khác.", "Dùng một trong: {allowed}."),
        ("«{got}» cannot be read in the column «{column}».", "A strange word may mean another thing.", "Use one of: {allowed}."),
    ),
    "NTM-802": wording(
        ("Thiếu «{column}».", "Không có thì không biết việc này nói về gì.", "Điền ô, hoặc bỏ dòng."),
        ("«{column}» is missing.", "Without it what the act is about is not known.", "Fill the cell, or drop the row."),
    ),
    "NTM-803": wording(
        ("Không có ngày, cũng không có ngày «biết chậm nhất».", "Không biết việc này đã xảy ra vào ngày xét hay chưa.", "Ghi ngày có hiệu lực, hoặc một ngày mà đến đó chắc chắn đã xảy ra."),
        ("Neither a day nor a day by which it is known.", "Whether it had happened by the day looked at is not known.", "State the day of effect, or a day by which it had surely happened."),
    ),
    "NTM-804": wording(
        ("«{got}» ở cột «{column}» không phải là một ngày.", "Không rõ ngày thì không biết việc có hiệu lực từ bao giờ.", "Viết ngày/tháng/năm, như 13/05/2019."),
        ("«{got}» in the column «{column}» is no day.", "Without its day nobody knows from when it counts.", "Write day/month/year as 13/05/2019, or 2019-05-13."),
    ),
    "NTM-805": wording(
        ("{unit}: hai quyết định công nhận «{status}» chồng nhau (quyết định trước ở {first}, đến {until}).", "Không rõ quyết định nào là căn cứ.", "Xóa dòng trùng, ghi ngày hết hạn của quyết định trước, hoặc bộ tiêu chí của từng quyết định."),
        ("{unit}: two recognitions as «{status}» overlap (the earlier at {first}, until {until}).", "Which one it rests on is not clear.", "Delete the duplicate, enter the last day of the earlier one, or the edition of each."),
    ),
    "NTM-806": wording(
        ("{unit} {name}: công nhận ngày {day} theo «{edition}», bộ này có hiệu lực từ {start}.", "Không thể công nhận theo bộ chưa có.", "Sửa ngày hoặc bộ tiêu chí."),
        ("{unit} {name}: recognised on {day} under «{edition}», which is in force from {start}.", "Nothing is recognised under a set that does not exist yet.", "Correct the day or the edition."),
    ),
    "NTM-807": wording(
        ("{unit} {name}: hết hạn {until} trước ngày công nhận {day}.", "Một trong hai ngày sai.", "Sửa ngày."),
        ("{unit} {name}: the end {until} is before the recognition of {day}.", "One of the days is wrong.", "Correct it."),
    ),
    "NTM-808": wording(
        ("{unit} {name}: «{act}» ngày {day}, nhưng đơn vị đã sáp nhập ngày {merged} vào {into}.", "Đơn vị không còn; danh hiệu không tự chuyển.", "Ghi mã của đơn vị mới, hoặc sửa ngày."),
        ("{unit} {name}: «{act}» on {day}, but the unit was merged on {merged} into {into}.", "The unit no longer exists, and its status does not pass on.", "Enter the code of the new unit, or correct the day."),
    ),
    "NTM-809": wording(
        ("{unit}: danh hiệu «{status}», sổ cho là {register}, bảng số liệu ghi {table}.", "Không rõ bên nào đúng.", "Sửa một trong hai; để trống thì lấy theo sổ."),
        ("{unit}: status «{status}», the register says {register}, the table {table}.", "Which of them is right is not clear.", "Correct one; left empty, the register counts."),
    ),
    "NTM-810": wording(
        ("Mã {unit} ({name}) không có trong danh sách đơn vị.", "Tên không dùng để nối, vì nhiều nơi trùng tên.", "Sửa mã, hoặc thêm đơn vị vào danh sách."),
        ("The code {unit} ({name}) is not on the list of units.", "Names do not join, since places share them.", "Correct the code, or add the unit to the list."),
    ),
    "NTM-811": wording(
        ("{unit}: tên «{name}» khác tên trong danh sách «{listed}».", "Có thể sai mã.", "Kiểm tra mã; nếu là cách viết khác, ghi vào «tên khác» của danh sách."),
        ("{unit}: the name «{name}» is not «{listed}» of the list.", "The code may be wrong.", "Check the code; another spelling goes into «other names» of the list."),
    ),
    "NTM-812": wording(
        ("{unit} {name}: bộ tiêu chí «{got}» không có trong danh mục, hoặc không phải căn cứ cho danh hiệu này.", "Không kiểm tra được việc công nhận.", "Sửa tên bộ, hoặc để trống."),
        ("{unit} {name}: the edition «{got}» is not on record, or is not the basis for this status.", "The recognition cannot be checked.", "Correct it, or leave it empty."),
    ),
    "NTM-813": wording(
        ("{unit} {name}: thu hồi «{status}» mà sổ không có quyết định công nhận trước đó.", "Sổ thiếu một việc, hoặc sai mã.", "Thêm quyết định công nhận, hoặc sửa mã."),
        ("{unit} {name}: «{status}» revoked, but no recognition before it is on record.", "An act is missing, or the code is wrong.", "Add the recognition, or correct the code."),
    ),
    "NTM-815": wording(
        ("{as_of}: {check}: {detail}.", "Số liệu công bố không khớp với nhau, hoặc không cùng một cách đếm.", "Xem lại nguồn; số nào không khớp thì không dùng làm căn cứ."),
        ("{as_of}: {check}: {detail}.", "The published figures do not agree, or do not count the same thing.", "Look up the source; do not build on figures that disagree."),
    ),
    "NTM-816": wording(
        ("«{got}» không phải là một số liệu ({column}).", "Đọc sai một con số tổng hợp sẽ sai mọi so sánh.", "Viết số với dấu chấm; các dải như «15-18=2; 10-14=20»."),
        ("«{got}» is no figure ({column}).", "A misread total spoils every comparison.", "Write numbers with a point; bands as «15-18=2; 10-14=20»."),
    ),
    "NTM-817": wording(
        ("{unit} {name}: danh hiệu «{status}» là của {expected}, dòng này ghi {got}.", "Danh hiệu của loại đơn vị này không thể thuộc loại khác.", "Sửa danh hiệu hoặc loại đơn vị."),
        ("{unit} {name}: the status «{status}» belongs to «{expected}», the row says «{got}».", "A status of one kind of unit cannot be held by another.", "Correct the status or the kind."),
    ),
    "NTM-818": wording(
        ("«{target}» không phải là mục tiêu đếm từ danh sách đơn vị.", "Kế hoạch cần biết bao nhiêu đơn vị phải đạt, và đạt gì.", "Ghi số đơn vị phải đạt tất cả, như --target 53; số tiêu chí mỗi xã, --criteria 15; số bình quân, --mean 16.5; hoặc một bộ mục tiêu và --indicator."),
        ("«{target}» is no target counted from a list of units.", "A plan needs to know how many units are to reach what.", "Give the number to reach in all, as --target 53; criteria for each, --criteria 15; a mean, --mean 16.5; or a set of targets and --indicator."),
    ),
    "NTM-819": wording(
        ("«{got}» không có trong «{edition}».", "Ánh xạ sai sẽ đưa số liệu vào nhầm chỗ.", "Sửa số hiệu."),
        ("«{got}» is not in «{edition}».", "A wrong mapping would put a value in the wrong place.", "Correct the number."),
    ),
    "NTM-820": wording(
        ("Không có bản ánh xạ nào từ «{old}» sang «{new}».", "Số liệu không được tự chuyển từ bộ này sang bộ kia.", "Đưa số liệu theo bộ mới bằng --new-values, hoặc lập tệp map.yaml."),
        ("No mapping from «{old}» to «{new}» is on record.", "Values are never carried from one set to another by guessing.", "Give values of the new set with --new-values, or write a map.yaml."),
    ),
    "NTM-821": wording(
        ("{unit}: số công bố {published} nằm ngoài khoảng {low}–{high} tính từ sổ và số liệu.", "Sổ thiếu hoặc thừa, hoặc hai bên đếm khác nhau.", "Đối chiếu danh sách; không bên nào được sửa tự động."),
        ("{unit}: the published {published} lies outside {low} to {high} from register and decisions.", "The register is short or long, or the two count differently.", "Compare the lists; neither is changed by itself."),
    ),
    "NTM-822": wording(
        ("Hai số liệu về chỉ tiêu này khác mức đo: bộ cũ {old}, bộ mới {new}.", "Ánh xạ chỉ cho cùng một đại lượng.", "Bỏ dòng ánh xạ."),
        ("The two indicators do not measure alike: old {old}, new {new}.", "A mapping is only for one and the same quantity.", "Drop this line of the mapping."),
    ),
    "NTM-823": wording(
        ("{unit}: «{attribute}», danh sách đơn vị ghi {listed}, bảng số liệu ghi {table}.", "Không rõ bên nào đúng, mà mức đạt tùy theo đó.", "Sửa một trong hai; để trống trong bảng thì lấy theo danh sách."),
        ("{unit}: «{attribute}», the list of units says {listed}, the table {table}.", "Which of them is right is not clear, and what is required depends on it.", "Correct one; left empty in the table, the list counts."),
    ),
    "NTM-824": wording(
        ("{unit}: ghi đạt {count} tiêu chí, mà bộ tiêu chí chỉ có {total}.", "Số này được đếm theo bộ khác.", "Ghi số tiêu chí đạt theo bộ có hiệu lực ngày xét, hoặc để trống."),
        ("{unit}: {count} criteria are said to be met, but the set has only {total}.", "The number was counted under another set.", "Enter the criteria met under the set in force that day, or leave it empty."),
    ),
    "NTM-825": wording(
        ("«{target}» đếm {kind} theo: {by}; «{edition}» không quyết định điều đó.", "Nâng chỉ tiêu của bộ này không làm cho đơn vị được đếm.", "Lập kế hoạch theo bộ là căn cứ (--set): {sets}; «–» là không có bộ nào, mục tiêu không đạt được bằng cách nâng chỉ tiêu."),
        ("«{target}» counts by: {by} (unit: {kind}); «{edition}» does not settle that.", "Raising indicators of this set makes no unit count.", "Plan with a set that is its basis (--set): {sets}; «–» says that none is, the target is not reached by raising indicators."),
    ),
    "NTM-826": wording(
        ("{unit} {name}: ngày {day} có «{status}» mà không có «{needed}».", "Bộ tiêu chí của danh hiệu này đòi phải có danh hiệu kia; các bảng đếm sẽ lệch nhau.", "Thêm quyết định công nhận «{needed}», hoặc quyết định thu hồi «{status}»."),
        ("{unit} {name}: on {day} it has «{status}» and not «{needed}».", "The set of this status asks for the other one; counts of the two will not fit.", "Add the recognition as «{needed}», or the revocation of «{status}»."),
    ),
    "NTM-827": wording(
        ("Không có đơn vị «{got}» trong danh sách (ngày xét: {day}).", "Không đoán từ tên gần giống.", "Sửa mã hoặc tên, đổi ngày, hoặc thêm danh sách bằng --units."),
        ("There is no unit «{got}» on the list (day looked at: {day}).", "A name that is near is not taken for it.", "Correct code or name, change the day, or add a list with --units."),
    ),
    "NTM-828": wording(
        ("«{got}» là tên của {count} đơn vị.", "Tên dùng chung thì không chọn thay.", "Hỏi bằng mã, hoặc ghi thêm nơi: «Tân Lập, Kon Rẫy»."),
        ("«{got}» names {count} units.", "Which of them is meant is not guessed.", "Ask by code, or add the place: «Tân Lập, Kon Rẫy»."),
    ),
    "NTM-829": wording(
        ("«{got}» không phải là một thời hạn.", "Không rõ thời hạn thì không biết ngày hết hạn.", "Viết «36 tháng», «3 năm» hoặc «đến 15/12/2025»; để trống thì theo quy định."),
        ("«{got}» is no term.", "Without it the last day is not known.", "Write «36 tháng», «3 năm» or «đến 15/12/2025»; left empty, the law counts."),
    ),
    "NTM-830": wording(
        ("{unit} {name}: ngày xét là {kind}, không phải là xã.", "Bộ tiêu chí về xã không xét đơn vị này; số liệu được để riêng.", "Bỏ dòng này, hoặc sửa loại hình trong danh sách."),
        ("{unit} {name}: on the day looked at it is a {kind} and no commune.", "The set of communes does not judge it; its figures are left aside.", "Drop the row, or correct its kind on the list."),
    ),
    "NTM-831": wording(
        ("{unit} {name}: số liệu năm {year}, mà đơn vị mang mã này có từ ngày {begins}.", "Đó là số liệu của đơn vị cũ cùng mã; số liệu được để riêng.", "Đưa số liệu của đơn vị mới."),
        ("{unit} {name}: figures of {year}, but the unit of this code began on {begins}.", "They are of the former unit of the code; they are left aside.", "Give figures of the new unit."),
    ),
    "NTM-832": wording(
        ("Tệp này không phải báo cáo trước: {detail}.", "Không có gì để so sánh.", "Dùng tệp JSON mà lệnh «report» đã ghi (-o báo-cáo.json), hoặc kết quả đánh giá đã lưu."),
        ("This is no former report: {detail}.", "There is nothing to compare with.", "Use the JSON that the command «report» wrote (-o report.json), or stored decisions."),
    ),
    "NTM-833": wording(
        ("{unit} {name}: danh sách ghi {typed} thôn, mà các thôn đã kê có từ {low} đến {high}.", "Hai số về một xã thì không biết theo số nào; ở đây theo các thôn đã kê.", "Sửa số ghi ở xã, hoặc bổ sung thôn và quyết định công nhận."),
        ("{unit} {name}: the list says {typed} villages, those listed allow {low} to {high}.", "Of two numbers only one can be right; the villages listed count.", "Correct the number of the commune, or add villages and recognitions."),
    ),
    "NTM-834": wording(
        ("{name}: không tìm được «{whole}» trong danh sách, hoặc tên đó của nhiều xã.", "Không biết thôn thuộc xã nào thì không đếm được theo xã.", "Ghi mã xã, hoặc thêm xã vào danh sách đơn vị."),
        ("{name}: «{whole}» is not on the list, or several communes are called so.", "Without its commune a village counts for none.", "Write the code of the commune, or add it to the list of units."),
    ),
    "NTM-837": wording(
        ("{count} đơn vị có số liệu của các năm {years}; ở đây xét theo năm {year}: {units}.", "Một lần xét theo số liệu của một năm.", "Muốn xét theo năm khác thì đổi ngày xét (--on)."),
        ("{count} units have figures of {years}; here those of {year} count: {units}.", "A unit is judged by the figures of one year.", "For another year, change the day looked at (--on)."),
    ),
    "NTM-838": wording(
        ("{unit} {name}: danh sách ghi thuộc «{first}» ({there}), lại ghi thuộc «{second}».", "Một xã chỉ thuộc một huyện; ở đây tính theo dòng trước.", "Bỏ một dòng; nếu xã chuyển huyện, ghi «từ ngày», «đến ngày» ở từng dòng."),
        ("{unit} {name}: the list has it in «{first}» ({there}) and again in «{second}».", "A commune is part of one district; the earlier row counts.", "Drop a row; if it changed its district, write first and last days on both."),
    ),
    "NTM-839": wording(
        ("{unit} ({name}): {act} ngày {day}, mà đơn vị mang mã này có từ ngày {begins}.", "Không thể công nhận hay thu hồi đơn vị chưa có.", "Sửa ngày; nếu là đơn vị cũ cùng mã, thêm đơn vị cũ vào danh sách với ngày cuối."),
        ("{unit} ({name}): {act} of {day}, but the unit of this code began on {begins}.", "Nothing can be decided of a unit that is not there yet.", "Correct the day; if it is of the former unit of the code, add that to the list with its last day."),
    ),
    # --- 84x: councils ----------------------------------------------------------------------------------------
    "NTM-840": wording(
        ("Phiếu của {what} khác: «{got}», đang xét «{expected}».", "Điểm theo phiếu khác không cộng chung được.", "Lấy đúng phiếu đã phát cho đợt chấm này, hoặc bỏ tệp ra."),
        ("A sheet of another {what}: «{got}»; this round has «{expected}».", "Points of another sheet cannot be added to these.", "Use the sheet handed out for this round, or leave the file out."),
    ),
    "NTM-841": wording(
        ("Đã có tệp «{file}».", "Ghi đè có thể làm mất điểm đã chấm.", "Chọn thư mục khác, như mỗi vòng chấm một thư mục."),
        ("There is a file «{file}» already.", "Writing over it could destroy points.", "Choose another folder, as one a round."),
    ),
    "NTM-842": wording(
        ("Không đọc được như phiếu của hội đồng: {detail}.", "Không biết phiếu của ai, chấm sản phẩm nào.", "Dùng phiếu do «council new» ghi ra, hoặc bảng có thành viên, mã sản phẩm, tiêu chí, điểm."),
        ("It cannot be read as a sheet of a council: {detail}.", "Whose it is, and of which product, is not known.", "Use the sheets that «council new» writes, or a table of member, product, criterion, points."),
    ),
    "NTM-843": wording(
        ("{member} nộp hai phiếu giống nhau cho {product}; phiếu kia ở {other}.", "Một phiếu chỉ tính một lần.", "Bỏ bớt một tệp."),
        ("{member} has returned the same sheet of {product} twice; the other one is at {other}.", "A sheet counts once.", "Leave one of the files out."),
    ),
    "NTM-844": wording(
        ("{member} nộp hai phiếu khác nhau cho {product}, ở tiêu chí {criteria}; phiếu kia ở {other}.", "Không biết phiếu nào là ý kiến cuối; các tiêu chí này coi là chưa chấm.", "Giữ lại một phiếu; chấm lại thì ghi vòng 2."),
        ("{member} has returned two different sheets of {product}, at {criteria}; the other one is at {other}.", "Which one holds is not known; these criteria count as not scored.", "Keep one of them; a second scoring is round 2."),
    ),
    "NTM-845": wording(
        ("{member} chưa chấm {count} tiêu chí của {product}: {criteria}.", "Điểm bình quân còn để ngỏ.", "Xin thành viên chấm nốt."),
        ("{member} has not scored {count} criteria of {product}: {criteria}.", "The mean stays open.", "Ask for the rest."),
    ),
    "NTM-846": wording(
        ("{member} chưa có phiếu của {product}.", "Không biết là vắng hay chưa nộp.", "Xin phiếu; nếu vắng thì ghi vào biên bản."),
        ("There is no sheet of {product} from {member}.", "Absent or late is not known.", "Ask for it; if absent, state it in the minutes."),
    ),
    "NTM-847": wording(
        ("Sản phẩm {product} chưa có phiếu nào.", "Chưa có gì để xét.", "Xin phiếu, hoặc bỏ sản phẩm khỏi danh sách."),
        ("There is no sheet of the product {product}.", "There is nothing to decide on.", "Ask for the sheets, or take the product off the list."),
    ),
    "NTM-848": wording(
        ("{product} chỉ có phiếu của {member}.", "Một thành viên không thành hội đồng; không tính hạng sao.", "Cần phiếu của ít nhất hai thành viên."),
        ("{product} has a sheet of {member} alone.", "One member is no council; no class is computed.", "Sheets of two members at least are needed."),
    ),
    "NTM-849": wording(
        ("Ô «{column}» ghi «{got}», không có trong đợt chấm.", "Điểm này không biết tính cho ai.", "Sửa ô, hoặc thêm vào danh sách."),
        ("The cell «{column}» says «{got}», which is not in this round.", "For whom these points count is not known.", "Correct the cell, or add it to the list."),
    ),
    # --- 87x, 88x: figures against the signed text -------------------------------------------------------------
    "NTM-870": wording(
        ("Không con số nào của «{edition}» lấy từ «{got}».", "Mỗi bảng đối chiếu là của một văn bản.", "Chọn một trong: {allowed}."),
        ("No figure of «{edition}» stands in «{got}».", "A checklist is of one document.", "Choose one of: {allowed}."),
    ),
    "NTM-871": wording(
        ("«{edition}» chấm theo phiếu điểm.", "Trên một phiếu, con số nào chưa đối chiếu cũng quyết định như nhau, nên không xếp được con số nào cần tra trước.", "Xem «ntm-rules figures list {edition}»; lập bảng đối chiếu bằng «ntm-rules figures checklist {edition}»."),
        ("«{edition}» scores by sheets.", "On a sheet every figure that was not checked counts alike, so none comes before another.", "See «ntm-rules figures list {edition}»; make a checklist with «ntm-rules figures checklist {edition}»."),
    ),
    "NTM-872": wording(
        ("Dòng này thuộc bảng đối chiếu khác: {got}; cả tệp là {expected}.", "Mỗi tệp là một bảng, của một bộ, một phiên bản và một văn bản.", "Để mỗi bảng một tệp."),
        ("This row belongs to another checklist: {got}; the file is {expected}.", "A file is one checklist, of one set, version and document.", "Keep each checklist in a file of its own."),
    ),
    "NTM-873": wording(
        ("«{got}» không phải là một con số của «{edition}» lấy từ {instrument}.", "Không rõ dòng này nói về con số nào.", "Lấy lại dòng từ bảng gốc, hoặc lập bảng mới bằng «ntm-rules figures checklist»."),
        ("«{got}» is no figure of «{edition}» in {instrument}.", "Which figure this row is about is not clear.", "Take the row from the original, or make a new one with «ntm-rules figures checklist»."),
    ),
    "NTM-874": wording(
        ("Khi lập bảng, {cell} ghi «{was}»; nay bộ tiêu chí ghi «{now}».", "Kết quả đối chiếu là của con số cũ.", "Lập lại bảng, xem lại dòng này."),
        ("When the checklist was made, {cell} was «{was}»; the set now says «{now}».", "What was ticked is the older figure.", "Make the checklist anew and look at this row again."),
    ),
    "NTM-875": wording(
        ("{cell}: có kết quả «{tick}» mà chưa ghi trang.", "Không có trang thì không ai kiểm tra lại được.", "Ghi trang của bản ký có con số đó."),
        ("{cell}: ticked «{tick}» without a page.", "Without a page nobody can look it up again.", "Enter the page of the signed text."),
    ),
    "NTM-876": wording(
        ("{cell}: chọn «sai» mà chưa ghi văn bản ghi bao nhiêu.", "Không rõ con số đúng.", "Ghi con số của văn bản vào cột «văn bản ghi»."),
        ("{cell}: ticked «sai» without what the page says.", "The right figure is not known.", "Enter the figure of the document under «văn bản ghi»."),
    ),
    "NTM-877": wording(
        ("{cell}: chọn «{tick}», văn bản ghi «{got}», ở đây đang ghi «{held}».", "Kết quả và con số không khớp nhau.", "Giống nhau thì chọn «đúng»; khác, hoặc ở đây chưa có số, thì chọn «sai»; văn bản không có thì để trống cột «văn bản ghi»."),
        ("{cell}: ticked «{tick}», the page says «{got}», here stands «{held}».", "Tick and figure do not fit.", "Tick «đúng» where they agree, «sai» where they differ or none stands here; where the document has none, leave «văn bản ghi» empty."),
    ),
    "NTM-878": wording(
        ("{cell}: có số hoặc trang mà chưa chọn kết quả.", "Không rõ dòng này đã xem xong chưa.", "Chọn «đúng», «sai» hoặc «không có», hoặc để trống cả dòng."),
        ("{cell}: a figure or a page without a tick.", "Whether this row was looked at is not clear.", "Tick «đúng», «sai» or «không có», or leave the row empty."),
    ),
    "NTM-879": wording(
        ("{cell}: con số do tỉnh quy định.", "Quyết định này giao cho tỉnh; đối chiếu không đặt thay tỉnh được.", "Lập văn bản của tỉnh (overlay.yaml, kind: provincial), rồi đối chiếu văn bản đó."),
        ("{cell}: the province sets this figure.", "The document leaves it to the province; a certificate cannot set it.", "Write the text of the province (overlay.yaml, kind: provincial) and certify that."),
    ),
    "NTM-880": wording(
        ("{cell} có kết quả ở hai dòng, dòng trước là {first}.", "Mỗi con số chỉ đối chiếu một lần trong một bảng.", "Giữ một dòng."),
        ("{cell} is ticked in two rows, the first is {first}.", "A figure is certified once in a checklist.", "Keep one of them."),
    ),
    "NTM-881": wording(
        ("Bản ký đưa vào có sha256 {got}…, bảng đối chiếu lập cho bản {expected}….", "Hai tệp khác nhau, không rõ đã xem tệp nào.", "Đưa đúng tệp, hoặc lập bảng mới cho tệp này."),
        ("The document given has sha256 {got}…, the checklist was made for {expected}….", "They differ, and which one was read is not clear.", "Give the right file, or make a checklist for this one."),
    ),
    "NTM-882": wording(
        ("Bản đối chiếu «{got}» đã có.", "Bản đối chiếu đã lập không được ghi đè.", "Đặt tên khác: --name TÊN."),
        ("A certificate «{got}» exists.", "A certificate is never written over.", "Give another name: --name."),
    ),
    "NTM-883": wording(
        ("Chưa dòng nào được chọn «đúng» hay «sai».", "Không có gì để lập bản đối chiếu.", "Điền cột «kết quả», «trang», và «văn bản ghi» nếu sai."),
        ("No row is ticked «đúng» or «sai».", "There is nothing to certify.", "Fill «kết quả», «trang», and «văn bản ghi» where wrong."),
    ),
    "NTM-884": wording(
        ("{cell}: chỉ tiêu này hỏi đạt hay chưa đạt, không có con số để ghi khác.", "Văn bản đòi điều khác thì phải sửa bộ tiêu chí.", "Để trống dòng này và báo lại nội dung của văn bản."),
        ("{cell}: this indicator asks for yes, there is no figure to differ.", "Where the document asks for something else, the set has to be changed.", "Leave the row empty and report what the document says."),
    ),
    "NTM-885": wording(
        ("{cell}: «{got}» được đọc là {read}.", "Dấu phẩy ở đây chỉ có thể là phần lẻ.", "Xem lại nếu không phải vậy."),
        ("{cell}: «{got}» was read as {read}.", "The comma can only be a decimal one here.", "Look again if it is not."),
    ),
    "NTM-886": wording(
        ("{cell}: văn bản không có con số này; ở đây giữ nguyên «{held}».", "Bản đối chiếu chỉ ghi điều đọc thấy.", "Xem lại con số lấy từ đâu và sửa bộ tiêu chí."),
        ("{cell}: the document has no such figure; «{held}» stays here.", "A certificate says only what was read.", "Find out where the figure comes from and mend the set."),
    ),
    "NTM-887": wording(
        ("Cột «{header}» mang số {number} nhưng không nêu kết quả của {number}.", "Kế hoạch, chênh lệch, số lượng hay lý do không phải là kết quả; cột này bị bỏ qua.", "Sửa tiêu đề nếu là kết quả; nếu không, mở đầu tiêu đề bằng «ghi chú», hoặc dùng --ignore ở lệnh có nó."),
        ("Column «{header}» bears the number {number} but states no result of it.", "A plan, a change, a count or a reason is no result; the column is left out.", "Correct the header if it is the result; else let it begin with «note», or use --ignore where the command has it."),
    ),
    "NTM-888": wording(
        ("Đã có tệp «{file}».", "Cách đọc trong tệp có thể đã được sửa tay; ghi đè sẽ mất.", "Chọn tên khác, hoặc thêm --force để ghi đè."),
        ("There is a file «{file}» already.", "It may have been edited by hand; that would be lost.", "Choose another name, or add --force to write over it."),
    ),
    "NTM-898": wording(
        ("«{path}» không phải là tệp của bộ tiêu chí.", "Chỉ mở tệp YAML và CHANGELOG.md trong «national» và «provinces», và instruments.yaml.", "Bỏ tệp này ra khỏi tệp nén, hoặc đặt lại vào đúng thư mục."),
        ("«{path}» is no file of a ruleset.", "Only YAML files and CHANGELOG.md below «national» and «provinces», and instruments.yaml, are opened.", "Take it out of the archive, or put it into its folder."),
    ),
    "NTM-899": wording(
        ("Không mở được tệp nén này.", "Tệp hỏng, có mật khẩu, hoặc không phải là tệp zip của văn bản.", "Chọn tệp zip đã tải về từ trang này, hoặc nén lại thư mục."),
        ("This archive cannot be opened.", "It is broken, has a password, or is no zip of texts.", "Choose the zip that was downloaded from this page, or zip the folder again."),
    ),
    # --- 9xx: the installation --------------------------------------------------------------------------------
    "NTM-901": wording(
        ("Chưa cài thư viện «{package}».", "Phần này cần gói tùy chọn «{extra}».", "Chạy: pip install 'ntm-rules[{extra}]'."),
        ("The package «{package}» is not installed.", "This part needs the extra «{extra}».", "Run: pip install 'ntm-rules[{extra}]'."),
    ),
    "NTM-737": wording(
        ("--fix cần tên thư mục.", "Tệp trong thư mục đó được sửa ngay; bản đi kèm phần mềm thì không sửa.", "Viết «ntm-rules check THƯ-MỤC --fix»."),
        ("--fix needs the name of a folder.", "Its files are mended at once; those that come with the program are left alone.", "Write «ntm-rules check FOLDER --fix»."),
    ),
}
