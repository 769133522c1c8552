"""What is wrong with a journal, and with what is watched, 85x and 86x."""

from __future__ import annotations

from ntm_rules.messages.wording import Wording, wording

MONITORING: dict[str, dict[str, Wording]] = {
    "NTM-850": wording(
        (
            "Không nạp được durable_rules trên Python này: {detail}.",
            "Bản phát hành 2.0.28 chỉ chạy trên Python 3.11 và 3.12.",
            "Trên 3.13, cài lại: CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject' pip install --no-cache-dir --force-reinstall durable_rules==2.0.28 (cần gcc); nơi khác hãy dùng 3.11 hoặc 3.12.",
        ),
        (
            "durable_rules cannot be imported on this Python: {detail}.",
            "As published, 2.0.28 only runs on Python 3.11 and 3.12.",
            "On 3.13, install it anew: CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject' pip install --no-cache-dir --force-reinstall durable_rules==2.0.28 (needs gcc); elsewhere use 3.11 or 3.12.",
        ),
    ),
    "NTM-851": wording(
        (
            "Lớp bảo vệ durable_rules từ chối: {detail}.",
            "Thứ khác đi có thể làm hỏng hoặc treo tiến trình, hay bị so sai trong im lặng.",
            "Chỉ đưa vào luật và dữ kiện đúng dạng ghi trong «Guard.add» và «Guard.put».",
        ),
        (
            "The guard of durable_rules refuses: {detail}.",
            "Anything else may crash or hang the process, or be compared wrongly in silence.",
            "Put in only rules and facts of the shapes that «Guard.add» and «Guard.put» describe.",
        ),
    ),
    "NTM-852": wording(
        (
            "Lớp bảo vệ durable_rules dừng lại: {detail}.",
            "Quá mức này durable_rules lỗi, treo hoặc nhầm hai thứ với nhau.",
            "Chia nhỏ, đổi tên, hoặc mở một lớp bảo vệ mới.",
        ),
        (
            "The guard of durable_rules stops: {detail}.",
            "Beyond this durable_rules fails, hangs or takes one thing for another.",
            "Divide it, rename it, or open another guard.",
        ),
    ),
    "NTM-853": wording(
        (
            "Chuỗi luật và phần đánh giá không khớp: {detail}.",
            "Một trong hai sai; trạng thái không được đổi.",
            "Gửi nhật ký cho người bảo trì; trong lúc đó dùng «ntm-rules evaluate».",
        ),
        (
            "The chain and the core disagree: {detail}.",
            "One of them is wrong; nothing was changed.",
            "Send the journal to the maintainers; use «ntm-rules evaluate» meanwhile.",
        ),
    ),
    "NTM-854": wording(
        (
            "Điều được báo viết sai: {detail}.",
            "Không đọc được thì không theo dõi được.",
            "Xem các dạng dòng trong tài liệu «Giám sát» (docs/monitor.md).",
        ),
        ("What is told is malformed: {detail}.", "What cannot be read cannot be watched.", "See the kinds of lines in docs/monitor.md."),
    ),
    "NTM-855": wording(
        (
            "«{got}»: {detail}.",
            "Điều được báo không khớp với các đơn vị đã biết.",
            "Báo đơn vị trước (tell: unit), hoặc sửa điều được báo.",
        ),
        (
            "«{got}»: {detail}.",
            "What is told does not fit the units that are known.",
            "Tell the unit first (tell: unit), or correct what is told.",
        ),
    ),
    "NTM-856": wording(
        ("Không rút được: {detail}.", "Chỉ rút được điều đang đứng vững, đúng như đã báo.", "Xem lại điều đã báo sau cùng."),
        ("Cannot be retracted: {detail}.", "Only what stands can be retracted, exactly as it was told.", "Look up what was told last."),
    ),
    "NTM-857": wording(
        (
            "Ngày {got} trước ngày đang xét {on}.",
            "Thời gian chỉ đi tới; lùi lại sẽ xóa những cảnh báo đã phát.",
            "Dùng ngày muộn hơn, hoặc phát lại nhật ký từ đầu.",
        ),
        (
            "The day {got} is before the day watched, {on}.",
            "Time only runs forward; going back would undo alerts already given.",
            "Use a later day, or replay the journal from its start.",
        ),
    ),
    "NTM-858": wording(
        (
            "Dòng cuối của nhật ký bị đứt ({size} byte).",
            "Việc ghi bị ngắt giữa chừng; điều ghi dở chưa được nhận.",
            "Báo lại điều đó; mở nhật ký với mend=True để bỏ phần đứt rồi ghi tiếp.",
        ),
        (
            "The last line of the journal is torn ({size} bytes).",
            "Writing was interrupted; what it held was never taken.",
            "Tell it again; open the journal with mend=True to cut the fragment off and go on.",
        ),
    ),
    "NTM-859": wording(
        (
            "Dòng này của nhật ký không đọc được: {detail}.",
            "Bỏ qua trong im lặng sẽ cho một trạng thái khác.",
            "Khôi phục dòng từ bản sao; nhật ký chỉ được ghi thêm, không sửa.",
        ),
        (
            "This line of the journal cannot be read: {detail}.",
            "Skipping it in silence would give another state.",
            "Restore the line from a copy; a journal is only ever appended to.",
        ),
    ),
    "NTM-860": wording(
        (
            "Phiên giám sát đã đóng.",
            "Điều báo thêm sẽ không được ghi và không sinh cảnh báo.",
            "Mở phiên mới: Monitor(…), hoặc Monitor.resume(nhật ký).",
        ),
        (
            "The monitor is closed.",
            "What is told now would neither be written nor lead to alerts.",
            "Open another one: Monitor(…), or Monitor.resume(journal).",
        ),
    ),
    "NTM-861": wording(
        (
            "Nhật ký đã bị cắt hoặc thay trong lúc đang đọc: dòng {line} không còn như trước.",
            "Điều đã báo không còn nằm trong tệp; đọc tiếp sẽ lẫn hai nhật ký.",
            "Phát lại từ đầu; nhật ký chỉ được ghi thêm, không cắt và không xoay vòng.",
        ),
        (
            "The journal was cut or replaced while it was read: line {line} is not what it was.",
            "What was told is no longer in the file; reading on would mix two journals.",
            "Play it again from its start; a journal is only appended to, neither cut nor rotated.",
        ),
    ),
    "NTM-862": wording(
        (
            "Không ghi được nhật ký: {detail}.",
            "Điều vừa báo chưa có hiệu lực, vì sẽ mất khi khởi động lại.",
            "Kiểm tra đường dẫn, quyền ghi và dung lượng đĩa rồi báo lại; sau khi lỗi lặp lại, mở bằng Monitor.resume(…, mend=True).",
        ),
        (
            "The journal cannot be written: {detail}.",
            "What was just told is not in effect: it would be gone after a restart.",
            "Check the path, the permission and the space on the disk and tell it again; if it goes on, open with Monitor.resume(…, mend=True).",
        ),
    ),
    "NTM-863": wording(
        (
            "Tệp ghi chỗ đã báo không khớp với nhật ký «{journal}».",
            "Phần đã báo của nhật ký nay khác trước, nên không biết còn tin nào chưa báo.",
            "Khôi phục nhật ký; hoặc xóa tệp ghi chỗ đã báo để báo lại từ đầu.",
        ),
        (
            "The place kept does not fit the journal «{journal}».",
            "The part of it that was told is not what it was, so what is still to be told is not known.",
            "Restore the journal; or remove the file of the place, to be told everything again.",
        ),
    ),
    "NTM-864": wording(
        (
            "Tệp ghi chỗ đã báo không đọc được: {detail}.",
            "Không biết đã báo đến đâu thì sẽ báo lặp hoặc bỏ sót.",
            "Chọn tệp khác; hoặc xóa tệp này để báo lại từ đầu.",
        ),
        (
            "The file of the place kept cannot be read: {detail}.",
            "Without it alerts would be told twice, or not at all.",
            "Name another file; or remove this one, to be told everything again.",
        ),
    ),
}
