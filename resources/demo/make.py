"""Make the demo reports from the texts in `source/`: python resources/demo/make.py

Needs fpdf2, Pillow and numpy (the `test` extra) and the DejaVu fonts with their condensed cuts
(Debian: fonts-dejavu-extra). Two runs give the same bytes.
"""

import io
import math
import shutil
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from typeset import COLUMNS, DIM, FONTS, INK, REPORT, Typesetter

HERE = Path(__file__).parent
CYRILLIC_PAGE = "windows-1251"
OLD_FILES = {"08_vestnik_kokmurana_ru.txt": CYRILLIC_PAGE}
"""Texts that are written as an old newsroom system would have written them."""


def main() -> None:
    """Write every report anew."""
    reports = HERE / "reports"
    shutil.rmtree(reports, ignore_errors=True)
    reports.mkdir()
    for source in sorted((HERE / "source").glob("*.txt")):
        text = source.read_text("utf-8")
        if text.startswith("title: "):
            target = reports / f"{source.stem}.pdf"
            target.write_bytes(set_report(text))
        else:
            target = reports / source.name
            target.write_bytes(text.encode(OLD_FILES.get(source.name, "utf-8")))
        print(f"{target.stat().st_size:>8,}  {target.name}")


def set_report(source: str) -> bytes:
    """Return the PDF of one source: `key: value` lines, a rule, then marked-up text."""
    head, _, body = source.partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    columns = facts["layout"] == "columns"
    pdf = Typesetter(COLUMNS if columns else REPORT, facts["head"])
    date = datetime.fromisoformat(facts["date"])
    pdf.describe(facts["title"], facts["author"], date, facts["language"], facts["subtitle"])
    if "cover" in facts:
        cover(pdf, facts)
        pdf.start_page("r", 2)
    else:
        pdf.start_page("D", int(facts["first"]))
        masthead(pdf, facts)
    set_body(pdf, body, int(facts["first"]))
    return pdf.finish()


def set_body(pdf: Typesetter, body: str, first: int) -> None:
    """Set the marked-up lines of a report one after the other."""
    rows: list[list[str]] = []
    after_heading = True
    for line in body.splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "===":
            section(pdf, rest, first)
        elif mark in ("#", "##"):
            pdf.heading(rest, len(mark))
        elif mark == "|":
            rows.append([cell.strip() for cell in rest.split("|")])
        elif mark == ";":
            pdf.table(rows, rest)
            rows = []
        elif mark == "@":
            contents_line(pdf, *rest.split(" | "))
        elif line:
            pdf.paragraph(line, indent=0.0 if after_heading else 4.5)
        after_heading = mark in ("#", "##", ";", "===")


def section(pdf: Typesetter, kind: str, first: int) -> None:
    """Begin the body, a page, or a page that is nothing but a scanned letter."""
    if kind == "body":
        pdf.start_page("D", first)
    elif kind == "scan":
        pdf.start_page(plain=True)
        pdf.image(io.BytesIO(scanned_letter()), x=0, y=0, w=pdf.w, h=pdf.h)
    else:
        pdf.start_page()


def cover(pdf: Typesetter, facts: dict[str, str]) -> None:
    """Set the title page, which has no number."""
    pdf.start_page("r", 1, plain=True)
    pdf.set_fill_color(44, 74, 92)
    pdf.rect(0, 0, 12, pdf.h, style="F")
    pdf.set_text_color(*DIM)
    pdf.set_font("sans", "", 10.5)
    pdf.text(34, 52, facts["publisher"])
    pdf.set_text_color(*INK)
    pdf.set_font("serif", "b", 25)
    pdf.set_xy(33, 92)
    pdf.multi_cell(140, 11.5, facts["title"], align="L")
    pdf.set_x(33)
    pdf.ln(5)
    pdf.set_x(33)
    pdf.set_font("serif", "", 13)
    pdf.multi_cell(130, 7, facts["subtitle"], align="L")
    pdf.set_text_color(*DIM)
    pdf.set_font("sans", "", 9.5)
    pdf.text(34, 250, facts["author"])
    pdf.text(34, 256, spoken_date(facts["date"]))
    pdf.set_font("sans", "", 7.2)
    pdf.text(34, 275, "The people, places, institutions and laws in this report are invented.")


def masthead(pdf: Typesetter, facts: dict[str, str]) -> None:
    """Set title, subtitle and author across the first page."""
    left, width = pdf.look.left, pdf.w - pdf.look.left - pdf.look.right
    pdf.set_text_color(*INK)
    pdf.set_font("serif", "b", 18)
    pdf.set_xy(left - pdf.c_margin, 27)
    pdf.multi_cell(width, 8.2, facts["title"], align="L", new_x="LEFT", new_y="NEXT")
    pdf.ln(1.5)
    pdf.set_x(left - pdf.c_margin)
    pdf.set_font("serif", "i", 11)
    pdf.multi_cell(width, 5.4, facts["subtitle"], align="L", new_x="LEFT", new_y="NEXT")
    pdf.set_text_color(*DIM)
    pdf.set_font("sans", "", 8.4)
    pdf.ln(1.5)
    pdf.set_x(left - pdf.c_margin)
    by = f"{facts['author']} · {spoken_date(facts['date'], facts['language'])}"
    pdf.multi_cell(width, 5, by, align="L", new_x="LEFT", new_y="NEXT")
    pdf.place.y = pdf.get_y() + 3
    pdf.span_end()


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}


def spoken_date(date: str, language: str = "en") -> str:
    """Return an ISO date as a reader of `language` would write it."""
    year, month, day = (int(part) for part in date.split("-"))
    name = MONTHS[language].split()[month - 1]
    if language == "kk":
        return f"{year} жылғы {day} {name}"
    return f"{day} {name} {year}" + (" года" if language == "ru" else "")


def contents_line(pdf: Typesetter, title: str, page: str) -> None:
    """Set one line of the contents with its leader."""
    pdf.place.y += 6.2
    left, right, y = pdf.look.left, pdf.w - pdf.look.right, pdf.place.y
    pdf.set_font("serif", "", 10)
    pdf.set_text_color(*INK)
    pdf.text(left, y, title)
    pdf.text(right - pdf.get_string_width(page), y, page)
    pdf.set_draw_color(*DIM)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=0.2, gap=1.4)
    pdf.line(left + pdf.get_string_width(title) + 3, y - 0.4, right - 8, y - 0.4)
    pdf.set_dash_pattern()


LETTER = """Бюро степных прав

На Ваш № 14-К/19 от 3 июня 2019 года

     Кокмуранский отдел полиции сообщает, что 14 мая 2019
года шестнадцать лиц были приглашены в отдел для
профилактической беседы. Указанные лица не задерживались
и могли покинуть отдел в любое время. Записи в журнале
отсутствуют ввиду отсутствия предмета записи.

     Гр. Садвакасов Е. К. (в документах также Садуакасов)
доставлен 16 мая 2019 года в связи с подготовкой собрания,
не согласованного с администрацией, в нарушение статьи 6
закона № 118. Защитник допущен 18 мая. Задержка вызвана
отсутствием журнала учёта посещений.



Начальник отдела
подполковник полиции                      Д. Абдрахманов"""


def scanned_letter() -> bytes:
    """Return a JPEG that looks like a typed letter from an office scanner."""
    width, height = 1240, 1754  # A4 at 150 dots an inch
    page = Image.new("L", (width, height), 246)
    draw = ImageDraw.Draw(page)
    head = ImageFont.truetype(FONTS / "DejaVuSerif-Bold.ttf", 27)
    typed = ImageFont.truetype(FONTS / "DejaVuSansMono.ttf", 25)
    for index, line in enumerate(("ТОРГАЙСАЙСКАЯ ОБЛАСТЬ", "КОКМУРАНСКИЙ ОТДЕЛ ПОЛИЦИИ")):
        draw.text((width / 2, 120 + 42 * index), line, font=head, fill=50, anchor="mm")
    draw.line((150, 205, width - 150, 205), fill=70, width=3)
    draw.text((150, 240), "24 июня 2019 г.   № 4-1187", font=typed, fill=60)
    draw.multiline_text((150, 360), LETTER, font=typed, fill=55, spacing=17)
    _sign(draw)
    _stamp(page)
    page = page.rotate(-0.7, Image.Resampling.BICUBIC, fillcolor=243)
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    grain = np.random.default_rng(118).normal(0, 2.2, (height, width))
    shade = np.linspace(0, 9, width)[None, :]  # the lid was not quite shut
    pixels = np.clip(np.asarray(page, float) + grain - shade, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=33)
    return out.getvalue()


def _sign(draw: ImageDraw.ImageDraw) -> None:
    points = []
    for step in range(240):
        t = step / 240
        x = 600 + 210 * t + 26 * math.sin(19 * t)
        points.append((x, 1140 + 44 * math.sin(23 * t + 1) * (1 - 0.7 * t) - 30 * t))
    draw.line(points, fill=70, width=4, joint="curve")


def _stamp(page: Image.Image) -> None:
    """Print a round seal over the signature, pale and not quite level."""
    seal = Image.new("L", (300, 300), 0)
    draw = ImageDraw.Draw(seal)
    for inset, thick in ((4, 5), (14, 2), (84, 3)):
        draw.ellipse((inset, inset, 299 - inset, 299 - inset), outline=255, width=thick)
    font = ImageFont.truetype(FONTS / "DejaVuSans-Bold.ttf", 24)
    text = "КОКМУРАНСКИЙ ОТДЕЛ ПОЛИЦИИ • "
    for index, letter in enumerate(text):
        angle = 360 * index / len(text)
        tile = Image.new("L", (300, 300), 0)
        ImageDraw.Draw(tile).text((150, 44), letter, font=font, fill=255, anchor="mm")
        turned = tile.rotate(-angle, Image.Resampling.BICUBIC)
        seal.paste(255, mask=turned)
    draw.text((150, 150), "№ 4", font=font, fill=255, anchor="mm")
    seal = seal.rotate(14, Image.Resampling.BICUBIC)
    page.paste(120, (330, 1030), mask=seal.point(lambda value: value * 0.62))


if __name__ == "__main__":
    main()
