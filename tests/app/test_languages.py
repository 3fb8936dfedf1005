"""Names for the codes of languages."""

from app.languages import language_name


def test_codes_have_names_and_unknown_ones_stay() -> None:
    assert [language_name(code) for code in ("en", "ru", "kk")] == ["English", "Russian", "Kazakh"]
    assert language_name("qqx") == "qqx"
