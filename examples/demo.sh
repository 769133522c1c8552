#!/usr/bin/env bash
# Cho xem thư viện chạy trên dữ liệu thật / shows the library at work on real data. Run by `make demo`, from anywhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p out

step() { printf '\n\n=== %s\n\n' "$1"; }

step "1. Các bộ tiêu chí đã ghi / The criteria sets on record"
ntm-rules list --on 2024-06-30

step "2. Đánh giá các xã có kết quả đã công bố / Evaluating communes whose verdicts were published"
ntm-rules evaluate examples/kon-tum/communes-2021-2025.csv --set commune-ntm/2021-2025 --on 2023-12-31 \
  -o out/report.html -o out/report.xlsx -o out/report.json
ntm-rules evaluate examples/kon-tum/communes-2016-2020.csv --set commune-ntm/2016-2020 -o out/report-2016-2020.html

step "3. Bảng Excel tiêu đề tiếng Việt (số liệu minh họa) / An Excel table with Vietnamese headers (made-up figures)"
ntm-rules evaluate examples/sample.xlsx --family commune-ntm --on 2024-06-30 --with region=tay-nguyen --with year=2024 -o out/sample.html

step "4. Giải thích một xã / One commune explained"
ntm-rules explain examples/kon-tum/communes-2021-2025.csv --id GL04 --set commune-ntm/2021-2025 --on 2023-12-31

step "5. Số liệu sai thì nói rõ sai ở ô nào / What is wrong is told cell by cell"
# Exit code 1 is what this file must give: rows with problems. Anything else is a failure of the demonstration.
status=0
ntm-rules evaluate examples/bad.xlsx --set commune-ntm/2021-2025 --on 2024-06-30 --with region=tay-nguyen --with year=2024 || status=$?
[ "$status" -eq 1 ] || { echo "examples/bad.xlsx: exit code $status, expected 1" >&2; exit 1; }

step "6. Kết quả đã công bố và kết quả tính được / Published verdicts and ours"
ntm-rules published examples/published/cases.yaml -o out/published.html -o out/published.md

step "7. Sản phẩm OCOP: hội đồng chấm, hạng sao, tiềm năng 5 sao / OCOP products: council, stars, potential five-star"
ntm-rules evaluate examples/ocop/k5-2024.csv --set ocop/2023 --on 2024-06-15 -o out/ocop.html
ntm-rules explain examples/ocop/k5-2024.csv --set ocop/2023 --on 2024-06-15 --id K5-QUOC-TUU --lang en
ntm-rules council minutes examples/ocop/council/scores.csv --products examples/ocop/council/products.csv \
  --set ocop/2026 --on 2026-06-15 -o out/council.html

step "8. Xét lại các xã được công nhận ở Kon Tum / The recognised communes of Kon Tum, reviewed"
ntm-rules review examples/kon-tum/register.csv --on 2024-12-31 -o out/review.html
ntm-rules review examples/office/register.csv --units examples/office/communes.csv --on 2023-12-31 --full

step "9. Số liệu, mục tiêu và số đã công bố / Figures, targets and published totals"
# Exit code 1 is what these figures must give: one published sum of 2018 does not add up.
status=0
ntm-rules targets examples/kon-tum/register.csv --units examples/kon-tum/communes.csv --units examples/kon-tum/districts.csv \
  --on 2023-12-31 --set targets/kon-tum-2024 --value MT1.1=48 --set targets/kon-tum-2025 \
  --published examples/kon-tum/series.csv --claims examples/kon-tum/claims.csv -o out/targets.html || status=$?
[ "$status" -eq 1 ] || { echo "targets: exit code $status, expected 1" >&2; exit 1; }

step "10. Kế hoạch: xã nào gần chuẩn nhất / A plan: which communes are nearest"
ntm-rules plan --units examples/kon-tum/kon-plong-2019.csv --set commune-ntm/2016-2020 --on 2019-12-31 --target 4 --by 2025-12-31 \
  -o out/plan.html -o out/plan.svg
ntm-rules plan examples/office/communes-2022.csv --units examples/office/communes.csv --set commune-ntm/2021-2025 --on 2022-12-31 --target 3

step "11. Từ bộ cũ sang bộ mới (số liệu minh họa) / From the old set to the new one (made-up figures)"
ntm-rules transition examples/office/communes-2020.csv --set commune-ntm/2016-2020 --on 2020-12-31 \
  --to commune-ntm/2021-2025 --to-on 2022-12-31 --new-values examples/office/communes-2022.csv -o out/transition.html

step "12. Theo dõi: từng việc ở Kon Tum 2020-2024, và cảnh báo (dòng «giả định» là minh họa) / Watching: events, and the alerts that follow"
if python -c "import durable" 2>/dev/null; then
  ntm-rules watch examples/kon-tum/journal.jsonl --since 2023-01-01 --digest week -o out/digest.md -o out/digest.txt -o out/alerts.atom
else
  echo "Chưa cài phần mở rộng «durable»: bỏ qua / the extra «durable» is not installed: left out"
fi

step "13. Một mã, hai đơn vị: trước và sau ngày 01/07/2025 / One code, two units: before and after 2025-07-01"
ntm-rules units 23317 --units examples/units/kon-tum.csv
ntm-rules targets examples/kon-tum/register.csv --units examples/units/kon-tum.csv --on 2025-06-30
ntm-rules targets examples/kon-tum/register.csv --units examples/units/kon-tum.csv --on 2025-12-31

step "14. Một báo cáo cho cả tỉnh: sổ, bảng, mục tiêu / One report of a province: register, table, targets"
# Exit code 1 is what these files must give: the table also has communes of Gia Lai, which are not on the list.
status=0
ntm-rules report examples/kon-tum/communes-2021-2025.csv --on 2023-12-31 --province kon-tum --register examples/kon-tum/register.csv \
  --units examples/kon-tum/communes.csv --units examples/kon-tum/districts.csv --set targets/kon-tum-2024 --set targets/kon-tum-2025 \
  -o out/office.html -o out/office.xlsx -o out/office.docx -o out/office.json > /dev/null || status=$?
[ "$status" -eq 1 ] || { echo "report: exit code $status, expected 1" >&2; exit 1; }
printf 'Báo cáo của tỉnh / the report of the province: %s\n' "$PWD/out/office.html"

step "15. Đối chiếu bản ký: mười con số của một văn bản bịa, với một bản sao của bộ tiêu chí / Certifying ten figures of a made-up document, for a copy of a set"
trial="$(mktemp -d)"
trap 'rm -rf "$trial"' EXIT
mkdir -p "$trial/copy/minh-hoa"
folder="$(python -c 'from ntm_rules.loading.catalogue import bundled; print(bundled().folder)')"
sed -e 's|^ruleset: .*|ruleset: minh-hoa/2021-2025|' -e 's|^instrument: .*|instrument: 0/MINH-HOA|' -e '/^# yaml-language-server/d' \
  "$folder/national/commune-ntm/2021-2025/ruleset.yaml" >"$trial/copy/minh-hoa/ruleset.yaml"
cat >"$trial/copy/instruments.yaml" <<'END'
instruments:
  - {instrument: 0/MINH-HOA, title: {vi: Văn bản bịa để minh họa, en: Made up}, issuer: {vi: không ai, en: nobody}, level: recalled}
END
text=examples/certify/van-ban-minh-hoa.txt
one=(examples/sample.xlsx --id M001 --set minh-hoa/2021-2025 --on 2024-06-30 --with region=tay-nguyen --with year=2024 --of 10 --add "$trial/copy")
ntm-rules figures checklist minh-hoa/2021-2025 --document "$text" -o "$trial/doi-chieu.xlsx" --add "$trial/copy"
python examples/certify/fill.py "$trial/doi-chieu.xlsx"
echo "-- trước / before:"
ntm-rules explain "${one[@]}"
ntm-rules figures certify "$trial/doi-chieu.xlsx" --document "$text" --by "Sở Minh họa" --on 2026-11-30 --into "$trial/doi-chieu" --add "$trial/copy"
echo "-- sau / after:"
ntm-rules explain "${one[@]}" --add "$trial/doi-chieu"

printf '\n\nBáo cáo: %s (mở bằng trình duyệt); so với công bố: %s\n' "$PWD/out/report.html" "$PWD/out/published.html"
printf 'The report: %s (open it in a browser); the comparison: %s\n' "$PWD/out/report.html" "$PWD/out/published.html"
