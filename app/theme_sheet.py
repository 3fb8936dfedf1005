"""The style sheet: only what Fusion and a palette cannot say."""

from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from app.theme import Colors

SHEET = """
QWidget {{ font-size: {size}px; }}
QToolTip {{ background: {pane}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QMainWindow, QDialog {{ background: {background}; }}
QSplitter::handle {{ background: {line}; }}
QMenuBar {{ background: {background}; border-bottom: 1px solid {line}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {selection}; }}
QMenu {{ background: {pane}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 20px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {dim}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QLineEdit, QPlainTextEdit, QTextEdit[field="true"], QComboBox, QSpinBox, QDateEdit {{
    background: {pane}; color: {text}; border: 1px solid {line}; border-radius: 6px;
    padding: 4px 8px; selection-background-color: {mark}; selection-color: {text}; }}
QLineEdit, QPlainTextEdit, QComboBox, QComboBox QLineEdit {{ placeholder-text-color: {dim}; }}
QSpinBox QLineEdit {{ border: none; padding: 0 6px; background: transparent; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit[field="true"]:focus, QComboBox:focus,
QSpinBox:focus {{ border-color: {accent}; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow, QSpinBox::down-arrow {{ image: url({down}); width: 12px; height: 12px; }}
QSpinBox::up-arrow {{ image: url({up}); width: 12px; height: 12px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 20px; background: none; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
*[popup="true"] {{ background: {pane}; border: 1px solid {line}; }}
QTextBrowser {{ background: {pane}; border: 1px solid {line}; border-radius: 6px; }}
*[roomy="true"]::item {{ padding: 5px 4px; }}
QComboBox QAbstractItemView {{ background: {pane}; border: 1px solid {line}; }}
QPushButton {{ background: {pane}; color: {text}; border: 1px solid {line}; border-radius: 6px;
    padding: 5px 12px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {selection}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {dim}; }}
QPushButton[primary="true"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton[primary="true"]:disabled {{ background: {line}; color: {dim}; border-color: {line}; }}
QPushButton[link="true"] {{ border: none; background: transparent; padding: 0; color: {accent};
    text-decoration: underline; }}
QToolButton {{ border: none; border-radius: 6px; padding: 4px; background: transparent;
    color: {text}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked {{ background: {selection}; color: {accent}; }}
QToolButton:disabled {{ color: {dim}; }}
QToolButton:focus {{ border: 1px solid {accent}; padding: 3px; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QAbstractItemView {{ background: {pane}; border: none; outline: none;
    selection-background-color: {selection}; selection-color: {text}; }}
QHeaderView {{ background: {background}; }}
QHeaderView::section {{ background: {background}; color: {dim}; border: none; padding: 6px 8px;
    border-bottom: 1px solid {line}; font-weight: 600; }}
QScrollArea {{ border: none; background: {pane}; }}
QScrollArea[framed="true"] {{ border: 1px solid {pane}; }}
QScrollArea[framed="true"]:focus {{ border-color: {accent}; }}
QTabBar::tab {{ padding: 8px 12px; border: 1px solid transparent; color: {dim}; }}
QTabBar::tab:selected {{ background: {pane}; color: {text}; border-color: {line};
    border-bottom-color: {pane}; border-top-left-radius: 6px; border-top-right-radius: 6px; }}
QTabBar::tab:selected:focus {{ border-color: {accent}; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: {box}px; height: {box}px;
    border: 1px solid {dim}; border-radius: 3px; background: {pane}; }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {accent};
    border-color: {accent}; image: url({tick}); }}
QCheckBox:focus {{ color: {accent}; }}
QCheckBox:disabled {{ color: {dim}; }}
QProgressBar {{ background: {line}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {scroll}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
*[dim="true"] {{ color: {dim}; }}
*[small="true"] {{ font-size: {small}px; }}
*[strong="true"] {{ font-weight: 600; }}
*[warning="true"] {{ color: {warning}; }}
*[heading="true"] {{ color: {dim}; font-weight: 600; font-size: {small}px; }}
*[pane="true"] {{ background: {pane}; }}
*[title="true"] {{ font-weight: 600; font-size: {title}px; }}
"""


def style_sheet(colors: "Colors", text_size: int) -> str:
    """Return the style sheet for a theme and a text size in pixels."""
    return SHEET.format(
        down=resources.path("icons/arrow_down.svg").as_posix(),
        tick=resources.path(f"icons/tick_{'dark' if colors.dark else 'light'}.svg").as_posix(),
        up=resources.path("icons/arrow_up.svg").as_posix(),
        size=text_size,
        box=text_size + 1,
        small=max(text_size - 1, 9),
        title=text_size + 4,
        background=colors.background,
        pane=colors.pane,
        line=colors.line,
        text=colors.text,
        dim=colors.dim,
        selection=colors.selection,
        accent=colors.accent,
        on_accent=colors.on_accent,
        warning=colors.warning,
        hover=colors.hover,
        mark="#3d5a8f" if colors.dark else "#bcd3fa",
        scroll="#4a4e55" if colors.dark else "#c6c6c1",
    )
