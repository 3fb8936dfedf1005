"""Citations as styles want them: places, positions, languages, and data that is missing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.citing import Citer, CopyFormat, Place, Position, copy, issues, of_label
from index.citing.rich import Run, escape_markdown, parse, to_html, to_markdown, to_text
from index.citing.styles import SHORT_NAMES, find, shipped_names
from index.errors import BadInput, NotFound
from index.model import Document

REPORT = {
    "type": "report",
    "title": "Detention conditions in Almaty region",
    "author": [{"family": "Nurlanova", "given": "Aigerim"}],
    "publisher": "Field Monitoring Group",
    "publisher-place": "Almaty",
    "issued": {"date-parts": [[2024, 3, 14]]},
    "language": "en",
}
RUSSIAN = {
    "type": "webpage",
    "title": "Дело Бокаева и Аяна",
    "author": [{"literal": "Бюро по правам человека"}],
    "issued": {"date-parts": [[2016, 12, 2]]},
    "URL": "https://example.org/delo",
    "language": "ru",
}


def document(identity: str, csl: dict[str, Any], **fields: Any) -> Document:
    """Return a document with the given citation data."""
    names = [
        name.get("literal") or f"{name['given']} {name['family']}" for name in csl.get("author", ())
    ]
    made = Document(
        id=identity, title=csl.get("title", ""), authors=tuple(names), issued=None, publisher=None,
        language=csl.get("language"), media_type="application/pdf", file_name="a.pdf", size=1,
        sha256="0" * 64, text_sha256="1" * 64, extractor="x", page_count=1, characters=1,
        paged=True, collection=None, imported="2026-01-01T00:00:00Z", passage_count=0,
        note_count=0, unsearchable_pages=(), csl=csl,
    )  # fmt: skip
    return replace(made, **fields)


@pytest.mark.parametrize(
    ("style", "cited", "listed"),
    [
        (
            "chicago-notes-bibliography",
            "Aigerim Nurlanova, Detention Conditions in Almaty Region "
            "(Field Monitoring Group, 2024), 12.",
            "Nurlanova, Aigerim. Detention Conditions in Almaty Region. "
            "Field Monitoring Group, 2024.",
        ),
        (
            "apa",
            "(Nurlanova, 2024, p. 12)",
            "Nurlanova, A. (2024). Detention conditions in Almaty region. Field Monitoring Group.",
        ),
        (
            "ieee",
            "[1, p. 12]",
            "[1] A. Nurlanova, “Detention conditions in Almaty region,” Field Monitoring Group, "
            "Almaty, Mar. 2024.",
        ),
    ],
)
def test_printed_page_in_each_style(style: str, cited: str, listed: str) -> None:
    citation = Citer(style).cite(document("a1", REPORT), Place("page", "12"))
    assert citation.citation == cited
    assert citation.bibliography == listed


def test_positions_follow_the_style() -> None:
    first, second = document("a1", REPORT), document("b2", RUSSIAN)
    cites = [(first, Place("page", "1")), (first, Place("page", "1")), (first, Place("page", "2")),
             (second, None), (first, Place("page", "3"))]  # fmt: skip
    oscola = [to_text(one) for one in Citer("oscola").sequence(cites)]
    assert oscola[1] == "ibid."
    assert oscola[2] == "ibid 2."
    assert oscola[4] == "Nurlanova (n 1) 3."
    chicago = [to_text(one) for one in Citer("chicago-notes-bibliography").sequence(cites)]
    assert chicago[0].startswith("Aigerim Nurlanova, ")
    assert chicago[2] == "Nurlanova, Detention Conditions in Almaty Region, 2."


def test_what_is_remembered_is_what_the_processor_prints() -> None:
    """The page put in afterwards gives what a fresh processor prints for it."""
    one = document("a1", REPORT)
    kept = Citer("chicago-notes-bibliography")
    for value in ("1", "xii", "A-3", "12–15", "123–125", "1, 3"):
        for position in Position:
            fresh = Citer("chicago-notes-bibliography")
            place = Place("page", value)
            assert (
                kept.cite(one, place, position).citation
                == fresh.cite(one, place, position).citation
            )


def test_each_language_is_cited_in_its_own_words() -> None:
    russian = Citer("apa").cite(document("b2", RUSSIAN), Place("page", "5"))
    assert russian.citation == "(Бюро по правам человека, 2016, с. 5)"
    kazakh = {**RUSSIAN, "language": "kk", "title": "Жер митингілері", "accessed": {
        "date-parts": [[2020, 1, 2]]}}  # fmt: skip
    cited = Citer("oscola").cite(document("c3", kazakh, paged=False), Place("paragraph", "12–15"))
    assert "«Жер митингілері»" in cited.citation
    assert "¶ 12–15" in cited.citation
    assert "2 қаңтар" in cited.citation


@pytest.mark.parametrize(
    ("language", "style", "issued", "printed"),
    [
        ("ru", "modern-language-association", [[2026, 11, 27]], "27 ноября 2026 г."),
        ("ru", "modern-language-association", [[2016, 5, 24]], "24 мая 2016 г."),
        ("ru", "modern-language-association", [[2016, 5]], "май 2016 г."),
        ("ru", "oscola", [[2016, 5, 24], [2016, 5, 26]], "24–26 мая 2016 г."),
        ("ru", "iso690-author-date-en", [[2016, 5, 24]], "24 мая 2016"),
        ("uk", "iso690-author-date-en", [[2016, 5, 24]], "24 травня 2016"),
        ("kk", "modern-language-association", [[2026, 11, 27]], "2026 ж. 27 қараша"),
        ("en", "modern-language-association", [[2016, 5, 24]], "24 May 2016"),
    ],
)
def test_a_month_after_a_day_is_in_the_genitive(
    language: str, style: str, issued: list[list[int]], printed: str
) -> None:
    csl = {
        **RUSSIAN, "language": language, "container-title": "Газета",
        "issued": {"date-parts": issued},
    }  # fmt: skip
    assert printed in Citer(style).cite(document("d4", csl)).bibliography


NEWS = {
    "type": "article-newspaper",
    "title": "Protest in Atyrau",
    "author": [{"family": "Lillis", "given": "Joanna"}],
    "container-title": "The Guardian",
    "issued": {"date-parts": [[2016, 4, 24]]},
    "language": "en",
}
CHAPTER = {
    "type": "chapter",
    "title": "Land and power",
    "author": [{"family": "Lillis", "given": "Joanna"}],
    "editor": [{"family": "Brown", "given": "Ann"}],
    "container-title": "Central Asia",
    "publisher": "Routledge",
    "issued": {"date-parts": [[2018]]},
    "page": "33-57",
    "language": "en",
}


@pytest.mark.parametrize(
    ("style", "csl", "printed"),
    [
        # The parts of a locale's date stand apart.
        (
            "nlm-citation-sequence",
            NEWS,
            "1. Lillis J. Protest in Atyrau. The Guardian. 2016 Apr 24.",
        ),
        # So do the lines and columns that a style sets an entry in.
        (
            "american-anthropological-association",
            NEWS,
            "Lillis, Joanna 2016 Protest in Atyrau. The Guardian, April 24.",
        ),
        # A word for an edition stands only beside one; a full stop stands inside American quotes.
        (
            "chicago-notes-bibliography",
            NEWS,
            "Lillis, Joanna. “Protest in Atyrau.” The Guardian, April 24, 2016.",
        ),
        (
            "mcgill-en",
            CHAPTER,
            "Lillis, Joanna, “Land and power” in Ann Brown, ed, Central Asia (Routledge, 2018) 33.",
        ),
        # An English term in the case of titles.
        (
            "apa",
            CHAPTER,
            "Lillis, J. (2018). Land and power. In A. Brown (Ed.), Central Asia (pp. 33–57). "
            "Routledge.",
        ),
        (
            "gost-r-7-0-5-2008",
            {**REPORT, "publisher-place": ""},
            "1. Nurlanova A. Detention conditions in Almaty region. Field Monitoring Group, 2024.",
        ),
    ],
)
def test_entries_as_other_processors_print_them(
    style: str, csl: dict[str, Any], printed: str
) -> None:
    assert Citer(style).cite(document("a1", csl)).bibliography == printed


@pytest.mark.parametrize(
    ("title", "language", "printed"),
    [
        ("Who rules?", "en", "Lillis, Joanna. “Who Rules?” The Guardian, April 24, 2016."),
        ("The end.", "en", "Lillis, Joanna. “The End.” The Guardian, April 24, 2016."),
        ("Кто правит?", "ru", "Lillis, Joanna. «Кто правит?». The Guardian, 24 апреля 2016 г."),
        ("Суд”, в", "ru", "Lillis, Joanna. «Суд”, в». The Guardian, 24 апреля 2016 г."),
    ],
)
def test_stops_and_quotes_are_those_of_the_language(
    title: str, language: str, printed: str
) -> None:
    news = document("a1", {**NEWS, "title": title, "language": language})
    assert Citer("chicago-notes-bibliography").cite(news).bibliography == printed


def test_a_short_citation_has_a_title_where_it_is_needed() -> None:
    one, two = document("a1", NEWS), document("b2", REPORT)
    assert Citer("mla", [one, two]).cite(one).citation == "(Lillis)"
    both = Citer("mla", [one, document("c3", CHAPTER)])
    assert both.cite(one, Place("page", "3")).citation == "(Lillis, “Protest in Atyrau” 3)"


@pytest.mark.parametrize(
    "style",
    "de-buck turcica wiley-vch-books iso690-full-note-with-ibid-ro current-organic-synthesis "
    "errata".split(),
)
def test_styles_that_the_processor_alone_stumbles_over(style: str) -> None:
    documents = [document(f"a{n}", csl) for n, csl in enumerate((REPORT, RUSSIAN, NEWS, CHAPTER))]
    citer = Citer(style, documents)
    for one in documents:
        for position in Position:
            cited = citer.cite(one, Place("page", "12"), position)
            assert one.title.casefold() in cited.bibliography.casefold()


def test_a_law_that_a_style_does_not_list_is_cited_in_its_place() -> None:
    law = {"type": "legislation", "title": "Law on Assembly", "language": "en"}
    assert "Law on Assembly" in Citer("iso690-full-note-en").cite(document("a1", law)).bibliography


@pytest.mark.parametrize(
    ("label", "page", "paged", "place"),
    [
        ("12", 30, True, Place("page", "12")),
        ("", 30, True, Place("page", "31")),
        ("¶ 12–15", 3, False, Place("paragraph", "12–15")),
        ("xii", 0, True, Place("page", "xii")),
    ],
)
def test_places(label: str, page: int, paged: bool, place: Place) -> None:
    assert of_label(label, page, paged=paged) == place


def test_a_missing_author_prints_the_title_once() -> None:
    bare = document("d4", {"type": "report", "title": "A bare report", "language": "en"})
    assert Citer("chicago-notes-bibliography").cite(bare).bibliography == "A Bare Report. n.d."


def test_same_authors_and_year_are_told_apart() -> None:
    csl = {**REPORT, "title": "Another"}
    both = [document("a1", REPORT, issued="2024"), document("b2", csl, issued="2024")]
    citer = Citer("apa", both)
    assert citer.cite(both[1]).citation == "(Nurlanova, 2024a)"
    assert citer.cite(both[0]).citation == "(Nurlanova, 2024b)"


def test_corrected_data_is_cited_at_once() -> None:
    citer = Citer("apa")
    assert "2024" in citer.cite(document("a1", REPORT)).citation
    changed = {**REPORT, "issued": {"date-parts": [[1999]]}}
    assert "1999" in citer.cite(document("a1", changed)).citation
    assert "1999" in citer.cite(document("a1", changed)).bibliography


def test_styles_by_name_and_by_file(tmp_path: Path) -> None:
    assert len(shipped_names()) > 2000
    style = tmp_path / "mine.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>'
        "<title>Mine</title></info><citation><layout><text variable='title' prefix='@'/></layout>"
        "</citation></style>"
    )
    assert Citer(str(style)).cite(document("a1", REPORT)).citation.startswith("@Detention")
    with pytest.raises(NotFound, match="Give a style's name"):
        Citer("zzz-qqq")
    style.write_text("<html/>")
    with pytest.raises(BadInput):
        Citer(str(style))
    style.write_text('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><style>&x;</style>')
    with pytest.raises(BadInput):
        Citer(str(style))


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("harvard1", "harvard-cite-them-right"),
        ("MLA", "modern-language-association"),
        ("gost", "gost-r-7-0-5-2008"),
        ("vancouver", "nlm-citation-sequence"),
        ("apa", "apa"),
    ],
)
def test_short_and_former_names_of_styles(name: str, now: str) -> None:
    assert find(name).stem == now


def test_every_short_name_is_of_a_style_that_is_there() -> None:
    assert set(SHORT_NAMES.values()) <= set(shipped_names())


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("chicago-fulnote-bibliography", "chicago-notes-bibliography"),
        ("apaa", "apa"),
        ("harvard-oxford", "oxford-brookes-university-harvard"),
        ("chicago_author_date", "chicago-author-date"),
        ("gost-2003", "gost-r-7-0-5-2008"),
        ("mla.csl", "modern-language-association"),
    ],
)
def test_near_styles_are_offered(typed: str, offered: str) -> None:
    with pytest.raises(NotFound, match=rf"Near to it are .*{offered}\b"):
        find(typed)


def test_copies_in_each_format() -> None:
    one, place = document("a1", {**REPORT, "title": "A <b> & *c*"}), Place("page", "7")
    citer = Citer("chicago-notes-bibliography")
    found = {kind: copy(citer, one, place, kind) for kind in CopyFormat}
    assert "A <b> & *c*" in found[CopyFormat.TEXT]
    assert "<i>A &lt;b&gt; &amp; *c*</i>" in found[CopyFormat.HTML]
    assert r"*A \<b\> \& \*c\**" in found[CopyFormat.MARKDOWN]
    assert r"title = {A <b> \& *c*}" in found[CopyFormat.BIBTEX]
    assert "TI  - A <b> & *c*" in found[CopyFormat.RIS]
    assert '"family": "Nurlanova"' in found[CopyFormat.CSL]


def test_what_is_to_settle_is_said() -> None:
    documents = [document("a", {"title": "a.pdf"}), document("b", REPORT, issued="2024")]
    sentences = [issue.sentence for issue in issues(documents)]
    assert sentences == [
        "1 document is titled with the name of its file.",
        "1 document has no date.",
        "1 document has neither author nor publisher.",
        "1 document has no language.",
    ]


CSL = st.dictionaries(
    st.sampled_from(["title", "author", "issued", "URL", "publisher", "type", "language", "page",
                     "number", "genre", "edition", "nonsense", "custom", "accessed", "volume"]),
    st.text(max_size=20) | st.integers() | st.none()
    | st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal"]),
                               st.text(max_size=8)), max_size=2)
    | st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.integers(1, 3000), max_size=3),
                                                    max_size=2)}),
)  # fmt: skip


@settings(max_examples=40)
@given(csl=CSL, style=st.sampled_from(["apa", "gost-r-7-0-5-2008", "ieee", "oscola"]))
def test_any_data_can_be_cited_and_copied(csl: dict[str, Any], style: str) -> None:
    one = replace(document("a1", REPORT), csl=csl, title="T", language=None)
    citer = Citer(style)
    for kind in CopyFormat:
        assert isinstance(copy(citer, one, Place("page", "1"), kind), str)


@given(st.text(max_size=60))
def test_rich_text_is_escaped_everywhere(text: str) -> None:
    from lxml import html
    from markdown_it import MarkdownIt

    runs = (Run("before "), Run(text, frozenset({"italic"})))
    rendered = html.fragment_fromstring(to_html(runs).replace("\0", ""), create_parent="p")
    assert {element.tag for element in rendered.iter()} <= {"p", "i"}
    shown = MarkdownIt("commonmark").render(f"x {escape_markdown(text)}")
    assert not [tag for tag in ("<a ", "<img", "<script", "<h1") if tag in shown]
    assert isinstance(to_markdown(runs), str)
    assert to_text(parse("plain")) == "plain"


def test_nothing_dangles_where_data_are_missing() -> None:
    dated = {"type": "report", "title": "Country Profile", "issued": {"date-parts": [[2016]]}}
    entry = Citer("gost-r-7-0-5-2008").cite(document("a1", dated)).bibliography
    assert entry.endswith("Country Profile. 2016.")
