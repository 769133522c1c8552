"""What is doubtful in a file and loads all the same, 250 to 271."""

from __future__ import annotations

from typing import Final

from ntm_rules.messages.wording import Wording, wording

DOUBTS: Final[dict[str, dict[str, Wording]]] = {
    "NTM-250": wording(
        ("«{key}» viết sai: «{got}».", "Ghi chú không đọc được thì không có tác dụng, mà không ai biết.", "Viết như {expected}."),
        ("«{key}» is not well written: «{got}».", "A note that cannot be read has no effect, and nobody knows.", "Write it as {expected}."),
    ),
    "NTM-251": wording(
        ("Ở đây không còn chỗ đáng ngờ {got} nào.", "Điều đã chấp nhận không còn; để lại thì che mất lỗi sau này.", "Xóa {got} khỏi «accepted»."),
        ("Nothing doubtful of the kind {got} is found here any more.", "What was accepted is gone, and the note would hide the next one.", "Take {got} out of «accepted»."),
    ),
    "NTM-252": wording(
        ("Đã quá ngày {got}, ngày phải xem lại chỗ này.", "Người ghi đã hẹn xem lại vì khi đó có thể có con số hoặc văn bản mới.", "Xem lại, rồi ghi ngày mới hoặc xóa «review_by»."),
        ("The day {got}, by which this was to be looked at again, has passed.", "Whoever wrote it expected a new figure or document by then.", "Look at it, then give a new day or drop «review_by»."),
    ),
    "NTM-253": wording(
        ("Ghi chú nói «{got}», nhưng con số đã có.", "Ghi chú cũ làm người đọc ngờ con số đã kiểm.", "Sửa hoặc xóa ghi chú."),
        ("The note says «{got}», yet the figure is there.", "An old note makes readers doubt a figure that was checked.", "Correct the note or drop it."),
    ),
    "NTM-254": wording(
        ("Tên của «{got}» {fault}.", "Người đọc kết quả chỉ thấy tên.", "Ghi tên như trong văn bản."),
        ("The title of «{got}» {fault}.", "Whoever reads a result sees the title alone.", "Give the title of the document."),
    ),
    "NTM-255": wording(
        ("Ngày cuối {got} muộn hơn ngày cuối {known} của «{edition}».", "Sau ngày đó bộ tiêu chí đã hết hiệu lực, văn bản này không đổi được gì.", "Ghi ngày cuối không muộn hơn của bộ tiêu chí."),
        ("The last day {got} is after {known}, the last of «{edition}».", "After that day the set is out of force, and there is nothing to change.", "Give a last day that is not after that of the set."),
    ),
    "NTM-256": wording(
        ("Văn bản của tỉnh «{got}» nằm ở thư mục {folder}.", "Người giữ tệp của tỉnh sẽ không tìm thấy.", "Chuyển vào thư mục provinces/{got}, hoặc sửa «province»."),
        ("A text of the province «{got}» stands in the folder {folder}.", "Those who keep the files of the province will not find it.", "Move it to provinces/{got}, or correct «province»."),
    ),
    "NTM-257": wording(
        ("Con số ghi là đã đối chiếu bản ký mà không nói ở chỗ nào.", "Không ai mở lại được đúng trang để kiểm.", "Ghi «at»: phụ lục, mục, điều, khoản."),
        ("The figure is said to be checked against the signed text, but not where in it.", "Nobody can open the page again.", "Give «at»: annex, item, article, clause."),
    ),
    "NTM-258": wording(
        ("Thang sao có chỗ lạ: {got}.", "Một hạng không sản phẩm nào vào được thì thường là gõ sai.", "Sửa «stars» theo văn bản."),
        ("The classes of stars are odd: {got}.", "A class that no product falls into is mostly a slip.", "Correct «stars» by the document."),
    ),
    "NTM-259": wording(
        ("Bảng thiếu «{got}», {where}.", "Ở đó sẽ chưa xác định, mà không ai biết là sót.", "Thêm con số (một con số cho mọi nơi thì không cần bảng), hoặc ghi «missing» ở đó nếu văn bản không nói."),
        ("The table lacks «{got}», {where}.", "There the outcome is open, and nobody knows of the slip.", "Add the figure (one figure for all needs no table), or write «missing» there if the document has none."),
    ),
    "NTM-270": wording(
        ("Ở «{criterion}», dấu {stars} sao đòi {got} điểm, dấu {above} sao chỉ đòi {least}.", "Hạng cao hơn mà đòi ít hơn thì thường là gõ sai.", "Sửa dấu sao, hoặc ghi vào «anomalies» nếu văn bản in như vậy."),
        ("In «{criterion}» the mark of {stars} stars asks for {got} points, that of {above} stars for {least} only.", "A higher class that asks for less is mostly a slip.", "Correct the mark, or declare it under «anomalies» if it is printed so."),
    ),
    "NTM-271": wording(
        ("«seen» ghi «{got}», không nói đã đọc ở đâu.", "Người kiểm lại không tìm được chỗ đã đọc.", "Ghi địa chỉ trang, hoặc đã đọc bản nào, như «bản ký»."),
        ("«seen» says «{got}», which is no place.", "Whoever checks it again cannot find what was read.", "Give the address of the page, or say which copy was read, as «bản ký», the signed one."),
    ),
}  # fmt: skip
