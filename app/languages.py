"""The names of languages for their codes."""

from PySide6.QtCore import QLocale


def language_name(code: str) -> str:
    """Return what a language is called in English, or the code of one that Qt does not know."""
    language = QLocale.codeToLanguage(code)
    if language in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    return QLocale.languageToString(language)
