from io import BytesIO

import docx
import pypdf
import pytest
from django.utils.translation import override
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as people
from diemtua.reports.tests.factories import a_quarter, issue

pytestmark = pytest.mark.django_db
POINT = 72 / 25.4


@pytest.fixture
def report(db):
    a_quarter()
    return issue(people.asker(role=Role.COMMITTEE_SECRETARY))


@pytest.fixture
def word(report):
    return docx.Document(BytesIO(bytes(report.docx)))


@pytest.fixture
def pdf(report):
    return pypdf.PdfReader(BytesIO(bytes(report.pdf)))


def everything(word):
    yield from word.paragraphs
    for table in word.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def find(word, text):
    return next(one for one in everything(word) if one.text == text)


def close(length, millimetres):
    return abs(length - Mm(millimetres)) < Mm(0.5)


def test_the_sheet_is_a4_with_the_margins_prescribed(word):
    for section in word.sections:
        assert close(section.page_width, 210)
        assert close(section.page_height, 297)
        assert all(close(side, 20) for side in (section.top_margin, section.bottom_margin))
        assert close(section.left_margin, 30)
        assert close(section.right_margin, 15)


def test_everything_is_in_times_new_roman_and_black(word):
    for name in ("Normal", "Heading 1"):
        assert word.styles[name].font.name == "Times New Roman"
        assert str(word.styles[name].font.color.rgb) == "000000"
    assert all(run.font.name is None for one in everything(word) for run in one.runs)


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (13, "bold")),
        ("Độc lập - Tự do - Hạnh phúc", (14, "bold")),
        ("ỦY BAN NHÂN DÂN", (13, "")),
        ("BAN VÌ SỰ TIẾN BỘ", (13, "bold")),
        ("Số: 01/BC-BVSTB", (13, "")),
        ("Cần Thơ, ngày 16 tháng 12 năm 2026", (14, "italic")),
        ("BÁO CÁO", (14, "bold")),
        ("Nơi nhận:", (12, "bold italic")),
        ("- Bộ Nội vụ (để báo cáo);", (11, "")),
        ("- Lưu: VT, BVSTB.", (11, "")),
        ("TM. BAN VÌ SỰ TIẾN BỘ CỦA PHỤ NỮ", (14, "bold")),
        ("KT. TRƯỞNG BAN", (14, "bold")),
        ("PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ", (14, "bold")),
        ("Nguyễn Thị Mẫu", (14, "bold")),
    ],
)
def test_each_element_has_its_size_and_style(word, text, font):
    size, style = font
    (run,) = find(word, text).runs
    assert run.font.size.pt == size
    assert (bool(run.font.bold), bool(run.font.italic)) == ("bold" in style, "italic" in style)


def test_the_body_is_justified_with_its_first_line_indented(word):
    body = find(word, "Đường dây trực liên tục.")
    assert body.paragraph_format.alignment == ALIGN.JUSTIFY
    assert close(body.paragraph_format.first_line_indent, 12.7)
    assert body.paragraph_format.space_after.pt >= 6


def test_the_page_number_stands_in_the_top_margin_and_not_on_page_one(word, pdf):
    for section in word.sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert section.header.paragraphs[0].alignment == ALIGN.CENTER
        assert section.first_page_header.paragraphs[0].text == ""
    first, second = (page.extract_text() for page in pdf.pages[:2])
    assert not first.lstrip().startswith("1")
    assert second.lstrip().startswith("2")


def test_the_annex_has_its_own_page_numbers(word):
    assert word.sections[-1]._sectPr.xpath("w:pgNumType/@w:start") == ["1"]


def test_the_pdf_is_a4_in_a_font_as_wide_as_times_for_all_letters(pdf):
    assert abs(float(pdf.pages[0].mediabox.width) - 210 * POINT) < 1
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("Tinos" in font for font in fonts)


def test_the_picture_has_words_for_whoever_cannot_see_it(word):
    (described,) = word.element.xpath("//wp:docPr/@descr")
    assert "Quý IV năm 2026: 79,8%" in described
    assert "Mục tiêu năm 2030: 90%" in described


def test_the_files_are_vietnamese_whatever_language_the_screen_has(db):
    with override("en"):
        english = issue(people.asker(role=Role.COMMITTEE_SECRETARY))
    word = docx.Document(BytesIO(bytes(english.docx)))
    assert any("quý IV năm 2026" in one.text for one in word.paragraphs)
