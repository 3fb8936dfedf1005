"""A small typesetter for the demo reports: justified paragraphs with notes at the page's foot."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import PageLabelStyle

FONTS = Path("/usr/share/fonts/truetype/dejavu")
POINT = 25.4 / 72  # millimetres
INK, DIM, LINE = (28, 30, 34), (104, 109, 116), (176, 180, 186)
NOTE = re.compile(r"\^\[(.*?)\](?!\w)")


@dataclass(frozen=True)
class Word:
    """A word with its style, and the number of the note behind it (0: none)."""

    text: str
    style: str = ""
    note: int = 0


@dataclass(frozen=True)
class Look:
    """Sizes in points, distances in millimetres."""

    size: float = 10.0
    leading: float = 5.15
    note_size: float = 7.9
    note_leading: float = 3.85
    left: float = 30.0
    right: float = 30.0
    top: float = 27.0
    bottom: float = 25.0
    columns: int = 1
    gutter: float = 7.0


REPORT = Look()
COLUMNS = Look(
    size=9.1, leading=4.65, note_size=7.4, note_leading=3.6, left=19, right=19, columns=2
)


@dataclass
class Place:
    """Where the next line goes: a column of a page, with the notes gathered at its foot."""

    column: int = 0
    y: float = 0.0
    top: float = 0.0
    notes: list[tuple[int, list[list[Word]]]] = field(default_factory=list)


class Typesetter(FPDF):
    """Sets one report; `head` runs above the text, the printed page number stands below it."""

    def __init__(self, look: Look, head: str) -> None:
        super().__init__(unit="mm", format="A4")
        self.look, self.running_head = look, head
        self.place = Place()
        self.note_texts: dict[int, str] = {}
        self.plain_page = False
        self.set_auto_page_break(False)
        self.set_margins(look.left, look.top, look.right)
        for family, file in (("serif", "DejaVuSerifCondensed"), ("sans", "DejaVuSansCondensed")):
            self.add_font(family, "", FONTS / f"{file}.ttf")
            self.add_font(family, "b", FONTS / f"{file}-Bold.ttf")
        self.add_font("serif", "i", FONTS / "DejaVuSerifCondensed-Italic.ttf")

    def describe(
        self, title: str, author: str, date: datetime, language: str, subject: str
    ) -> None:
        """Write the document's metadata, the same at every run."""
        self.set_title(title)
        self.set_author(author)
        self.set_lang(language)
        self.set_subject(subject)
        self.set_producer("Muniment demo reports")
        self.set_creation_date(date.replace(tzinfo=UTC))

    @property
    def column_width(self) -> float:
        """How wide a column is, in millimetres."""
        inside = self.w - self.look.left - self.look.right
        return (inside - self.look.gutter * (self.look.columns - 1)) / self.look.columns

    @property
    def column_left(self) -> float:
        """Where the present column begins."""
        return self.look.left + self.place.column * (self.column_width + self.look.gutter)

    # Pages and columns

    def start_page(
        self, label: str = "D", number: int | None = None, *, plain: bool = False
    ) -> None:
        """Begin a page; `plain` pages carry neither head nor number."""
        self._finish_column()
        self.plain_page = plain
        self.add_page(label_style=PageLabelStyle(label), label_start=number)
        self.place = Place(y=self.look.top, top=self.look.top)
        if not plain:
            self._furniture()

    def _furniture(self) -> None:
        self.set_text_color(*DIM)
        self.set_font("sans", "", 7.6)
        self.text(self.look.left, 16, self.running_head)
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(self.look.left, 18.4, self.w - self.look.right, 18.4)
        self.set_font("serif", "", 9)
        label = self.get_page_label()
        self.text((self.w - self.get_string_width(label)) / 2, self.h - 13, label)

    def finish(self) -> bytes:
        """Set the last notes and return the file."""
        self._finish_column()
        return bytes(self.output())

    def next_column(self) -> None:
        """Go on in the next column, or on the next page."""
        if self.place.column + 1 < self.look.columns:
            top, column = self.place.top, self.place.column + 1
            self._finish_column()
            self.place = Place(column=column, y=top, top=top)
        else:
            self.start_page()

    def span_end(self) -> None:
        """Begin the columns below what was set across the page."""
        self.place.top = self.place.y

    def _notes_height(self, notes: list[tuple[int, list[list[Word]]]]) -> float:
        lines = sum(len(lines) for _, lines in notes)
        return lines * self.look.note_leading + 4.2 if notes else 0.0

    def _room(self, extra: list[tuple[int, list[list[Word]]]]) -> float:
        foot = self.h - self.look.bottom - self._notes_height(self.place.notes + extra)
        return foot - self.place.y

    def _finish_column(self) -> None:
        notes, self.place.notes = self.place.notes, []
        if not notes or not self.page:
            return
        y = self.h - self.look.bottom - self._notes_height(notes) + 2.4
        self.set_draw_color(*LINE)
        self.line(self.column_left, y, self.column_left + 22, y)
        y += 1.6
        for number, lines in notes:
            for index, line in enumerate(lines):
                y += self.look.note_leading
                x = self.column_left
                if index == 0:
                    self._raised(x, y - 0.9, str(number), self.look.note_size)
                last = index == len(lines) - 1
                self._line(
                    line, x + 4.2, y - 0.9, self.column_width - 4.2, self.look.note_size, last
                )

    # Paragraphs

    def words(self, text: str, style: str = "") -> list[Word]:
        """Cut a paragraph into words; `_italic_`, and `^[…]` for a note, whose lines are kept."""
        found: list[Word] = []
        position = 0
        for match in NOTE.finditer(text):
            found += self._plain(text[position : match.start()], style)
            number = len(self.note_texts) + 1
            self.note_texts[number] = match[1]
            last = found.pop()
            found.append(Word(last.text, last.style, number))
            position = match.end()
        return found + self._plain(text[position:], style)

    def _plain(self, text: str, style: str) -> list[Word]:
        if "https" in text:  # an address may hold an underscore
            return [Word(word, style) for word in text.split()]
        found = []
        for index, part in enumerate(text.split("_")):
            slanted = "i" if index % 2 else style
            found += [Word(with_breaks(word), slanted) for word in part.split()]
        return _join_punctuation(found)

    def _width(self, word: Word, size: float) -> float:
        self.set_font("serif", word.style, size)
        width = self.get_string_width(word.text.replace("\xad", ""))
        if word.note:
            self.set_font("serif", "", size * 0.66)
            width += self.get_string_width(str(word.note)) + 0.3
        return width

    def break_lines(
        self, words: list[Word], width: float, size: float, indent: float = 0.0
    ) -> list[list[Word]]:
        """Return the words line by line, broken at spaces and soft hyphens."""
        self.set_font("serif", "", size)
        space = self.get_string_width(" ") * 0.92
        lines: list[list[Word]] = [[]]
        left = width - indent
        for word in words:
            need = self._width(word, size) + (space if lines[-1] else 0)
            if need <= left:
                lines[-1].append(word)
                left -= need
                continue
            head, tail = self._hyphenate(word, left - space, size)
            if head:
                lines[-1].append(head)
            lines.append([tail])
            left = width - self._width(tail, size)
        return lines

    def _hyphenate(self, word: Word, room: float, size: float) -> tuple[Word | None, Word]:
        parts = word.text.split("\xad")
        for count in range(len(parts) - 1, 0, -1):
            head = Word("".join(parts[:count]) + "-", word.style)
            if self._width(head, size) <= room:
                return head, Word("\xad".join(parts[count:]), word.style, word.note)
        return None, word

    def paragraph(self, text: str, *, indent: float = 4.5) -> None:
        """Set one justified paragraph, with its notes on the page where they are called."""
        look = self.look
        lines = self.break_lines(self.words(text), self.column_width, look.size, indent)
        for index, line in enumerate(lines):
            notes = [(word.note, self._note_lines(word.note)) for word in line if word.note]
            # Neither the first nor the last line of a paragraph stands alone on a page.
            together = 2 if index in (0, len(lines) - 2) else 1
            if self._room(notes) < look.leading * together:
                self.next_column()
            self.place.notes += notes
            self.place.y += look.leading
            offset = indent if index == 0 else 0.0
            left, width = self.column_left + offset, self.column_width - offset
            self._line(line, left, self.place.y - 1.2, width, look.size, index == len(lines) - 1)

    def _note_lines(self, number: int) -> list[list[Word]]:
        words = self._plain(self.note_texts[number], "")
        return self.break_lines(words, self.column_width - 4.2, self.look.note_size)

    def _line(
        self, line: list[Word], x: float, y: float, width: float, size: float, last: bool
    ) -> None:
        self.set_font("serif", "", size)
        space = self.get_string_width(" ") * 0.92
        natural = sum(self._width(word, size) for word in line)
        gaps = max(len(line) - 1, 1)
        fill = (width - natural) / gaps
        gap = space if last or fill > space * 3.2 else fill
        self.set_text_color(*INK)
        for word in line:
            self.set_font("serif", word.style, size)
            shown = word.text.replace("\xad", "")
            self.text(x, y, shown)
            x += self.get_string_width(shown)
            if word.note:
                x += 0.3
                self._raised(x, y, str(word.note), size)
                self.set_font("serif", "", size * 0.66)
                x += self.get_string_width(str(word.note))
            # A space of its own keeps words apart for whatever reads the file.
            self.set_font("serif", "", size)
            self.text(x, y, " ")
            x += gap

    def _raised(self, x: float, y: float, text: str, size: float) -> None:
        self.set_font("serif", "", size * 0.66)
        self.set_text_color(*INK)
        self.text(x, y - size * POINT * 0.36, text)

    # Other blocks

    def heading(self, text: str, level: int) -> None:
        """Set a heading that stays with the paragraph below it, and enter it in the outline."""
        size = {1: 13.5, 2: 10.6}[level] if self.look.columns == 1 else 9.8
        if self._room([]) < 24:
            self.next_column()
        self.start_section(text, level=level - 1)
        at_top = self.place.y <= self.place.top + 0.1
        self.place.y += (
            0 if at_top else 4.2 if self.look.columns == 1 else 2.6
        ) + size * POINT * 1.2
        self.set_font("sans", "b", size)
        self.set_text_color(*INK)
        self.text(self.column_left, self.place.y, text)
        self.place.y += 2.2

    def table(self, rows: list[list[str]], caption: str) -> None:
        """Set a table with a caption below it; numbers stand to the right."""
        height = 5.2
        if self._room([]) < height * len(rows) + 18:
            self.next_column()
        self.place.y += 3
        first = self.column_width * 0.37
        rest = (self.column_width - first) / (len(rows[0]) - 1)
        for index, row in enumerate(rows):
            y = self.place.y + height
            self.set_font("sans", "b" if index == 0 else "", 7.8)
            self.set_text_color(*INK)
            self.text(self.column_left + 1, y - 1.5, row[0])
            for column, cell in enumerate(row[1:]):
                right = self.column_left + first + rest * (column + 1) - 1
                self.text(right - self.get_string_width(cell), y - 1.5, cell)
            self.set_draw_color(*(INK if index in (0, len(rows) - 1) else LINE))
            self.set_line_width(0.3 if index in (0, len(rows) - 1) else 0.12)
            self.line(self.column_left, y, self.column_left + self.column_width, y)
            self.place.y = y
        self.place.y += 1
        self.small(caption)
        self.place.y += 2.6

    def small(self, text: str) -> None:
        """Set a caption in small dim letters."""
        self.set_font("sans", "", 7.2)
        self.set_text_color(*DIM)
        for line in self.multi_cell(self.column_width, 3.6, text, dry_run=True, output="LINES"):
            self.place.y += 3.6
            self.text(self.column_left, self.place.y, line)


VOWELS = "аеёиоуыэюяәіөүұ"
SYLLABLE = re.compile(
    rf"(?<=[{VOWELS}])([^\W\d_{VOWELS}ьъй]?[^\W\d_{VOWELS}]*?)(?=[^\W\d_{VOWELS}ьъй][{VOWELS}])",
    re.IGNORECASE,
)


def with_breaks(word: str) -> str:
    """Return a long Cyrillic word with soft hyphens where its syllables part."""
    if len(word) < 7 or not re.search("[а-яәғқңөұүһі]", word, re.IGNORECASE):
        return word
    broken = SYLLABLE.sub(lambda match: match[1] + "\xad", word).split("\xad")
    while len(broken) > 1 and len(re.sub(r"\W", "", broken[-1])) < 3:
        broken[-2:] = ["".join(broken[-2:])]
    while len(broken) > 1 and len(re.sub(r"\W", "", broken[0])) < 3:
        broken[:2] = ["".join(broken[:2])]
    return "\xad".join(broken)


def _join_punctuation(words: list[Word]) -> list[Word]:
    """Give punctuation that an italic word left behind back to that word."""
    joined: list[Word] = []
    for word in words:
        if joined and re.fullmatch(r"[.,;:!?»”)]+", word.text):
            last = joined.pop()
            word = Word(last.text + word.text, last.style, word.note)
        joined.append(word)
    return joined
