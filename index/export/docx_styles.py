"""The styles of the Word report, so that its reader can change each in one place."""

from typing import Any

INK = "1F2328"
DIM = "6A6F76"
LINE = "C9C9C4"
TEXT_FONT = "Georgia"
HEAD_FONT = "Calibri"


def prepare_styles(document: Any) -> None:
    """Set the page and the styles of a new document."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin = section.bottom_margin = Mm(25)
    _set(document, "Normal", font=TEXT_FONT, size=11, after=6, spacing=1.25)
    _set(document, "Title", font=HEAD_FONT, size=24, after=2, bold=True, plain=True)
    subtitle = _set(document, "Subtitle", font=HEAD_FONT, size=11, color=DIM, after=18)
    subtitle.font.italic = False
    for letters in subtitle.element.findall(f"{_w('rPr')}/{_w('spacing')}"):
        letters.getparent().remove(letters)
    _set(document, "Heading 1", font=HEAD_FONT, size=15, before=22, after=8, bold=True)
    quote = _set(document, "Quote", font=TEXT_FONT, size=11.5, before=10, after=4, spacing=1.3)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Mm(6)
    for name, size, before in (
        ("Passage Tags", 9.5, 0),
        ("Passage Notes", 9, 0),
        ("Report Notice", 10, 0),
    ):
        style = _added(document, name)
        _set(document, name, font=HEAD_FONT, size=size, color=DIM, before=before, after=3)
        style.paragraph_format.left_indent = Mm(0 if name == "Report Notice" else 6)
    entry = _added(document, "Bibliography")
    _set(document, "Bibliography", size=10.5, after=5)
    entry.paragraph_format.left_indent = Mm(8)
    entry.paragraph_format.first_line_indent = Mm(-8)
    _added(document, "footnote text", identity="FootnoteText")
    _set(document, "footnote text", size=9, after=2, spacing=1.1)
    _added(document, "annotation text", identity="CommentText")
    _set(document, "annotation text", font=HEAD_FONT, size=10, after=2, spacing=1.0)
    mark = _added(document, "footnote reference", identity="FootnoteReference", character=True)
    mark.font.superscript = True
    note = _added(document, "annotation reference", identity="CommentReference", character=True)
    note.font.size = Pt(8)


def _added(document: Any, name: str, identity: str = "", character: bool = False) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in [style.name for style in document.styles]:
        return document.styles[name]
    kind = WD_STYLE_TYPE.CHARACTER if character else WD_STYLE_TYPE.PARAGRAPH
    style = document.styles.add_style(name, kind)
    if not character:
        style.base_style = document.styles["Normal"]
    style.element.set(_w("styleId"), identity or name.replace(" ", ""))
    return style


def _set(
    document: Any,
    name: str,
    *,
    size: float,
    font: str = "",
    color: str = INK,
    before: float = 0,
    after: float = 0,
    spacing: float = 0,
    bold: bool = False,
    plain: bool = False,
) -> Any:
    from docx.shared import Pt, RGBColor

    style = document.styles[name]
    if font:
        style.font.name = font
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_w(script), None)
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(_w(script), font)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = RGBColor.from_string(color)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    if spacing:
        style.paragraph_format.line_spacing = spacing
    if plain:
        for border in style.element.findall(f"{_w('pPr')}/{_w('pBdr')}"):
            border.getparent().remove(border)
    return style


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
