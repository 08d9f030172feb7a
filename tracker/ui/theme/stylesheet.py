"""The one stylesheet, made from tokens; a class is styled here wholly or painted by ourselves."""

from __future__ import annotations

from tracker.ui.theme.tokens import Tokens

_SHEET = """
QLineEdit, QDateEdit, QTimeEdit, QSpinBox {
  background: %(ctl)s; color: %(ink)s; border: 1px solid %(line2)s; border-bottom-color: %(edge)s;
  border-radius: 5px; padding: 0 8px; min-height: 28px; selection-background-color: %(accent)s;
  selection-color: %(on_accent)s; placeholder-text-color: %(ink3)s;
}
QLineEdit:focus, QDateEdit:focus, QTimeEdit:focus, QSpinBox:focus {
  border: 2px solid %(focus)s; padding: 0 7px; min-height: 26px;
}
QLineEdit[invalid="true"] { border: 1px solid %(no)s; padding: 0 8px; min-height: 28px; }
QLineEdit[invalid="true"]:focus { border: 2px solid %(no)s; padding: 0 7px; min-height: 26px; }
QLineEdit:disabled { background: %(panel)s; color: %(ink2)s; border-bottom-color: %(line2)s; }
QLineEdit:read-only { background: %(panel)s; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { background: transparent; border: none; padding: 0; }
QLineEdit[tall="true"], QLineEdit[tall="true"]:focus { min-height: 48px; }
QPlainTextEdit {
  background: %(ctl)s; color: %(ink)s; border: 1px solid %(line2)s; border-bottom-color: %(edge)s;
  border-radius: 5px; padding: 3px 4px; selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QPlainTextEdit:focus { border: 2px solid %(focus)s; padding: 2px 3px; }
QTableView, QListView, QTreeView { background: %(surface)s; color: %(ink)s; border: none; outline: none; }
QListView[onpanel="true"] { background: transparent; }
QListView[ringed="true"] { border: 2px solid transparent; border-radius: 5px; }
QListView[ringed="true"]:focus { border-color: %(focus)s; }
QListView[ringed="true"]::item { border-left: 3px solid transparent; padding: 3px 4px; min-height: 20px; }
QListView[ringed="true"]::item:selected { background: %(sel)s; color: %(ink)s; border-left-color: %(accent)s; }
QHeaderView { background: %(panel)s; border: none; }
QHeaderView::section { background: %(panel)s; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableCornerButton::section { background: %(panel)s; border: none; }
QComboBox QAbstractItemView {
  background: %(raised)s; color: %(ink)s; border: 1px solid %(edge)s; outline: none;
  selection-background-color: %(sel)s; selection-color: %(ink)s;
}
QMenuBar { background: %(nav)s; color: %(ink2)s; border: none; padding: 0; spacing: 0; }
QMenuBar::item { background: transparent; padding: 4px 10px 2px 10px; border-bottom: 2px solid transparent; }
QMenuBar[narrow="true"]::item { padding: 4px 5px 2px 5px; }
QMenuBar::item:selected, QMenuBar::item:pressed {
  background: %(sel)s; color: %(ink)s; border-bottom-color: %(accent)s;
}
QMenu { background: %(raised)s; color: %(ink)s; border: 1px solid %(edge)s; padding: 4px 0; menu-scrollable: 1; }
QMenu::item { padding: 5px 28px 5px 25px; border-left: 3px solid transparent; }
QMenu::item:selected { background: %(sel)s; color: %(ink)s; border-left-color: %(accent)s; }
QMenu::item:disabled { color: %(ink_off)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 0; }
QToolTip { background: %(raised)s; color: %(ink)s; border: 1px solid %(edge)s; padding: 4px 6px; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: %(edge)s; margin: 3px; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: %(ink3)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: %(line2)s; }
"""


def build(tokens: Tokens) -> str:
    """Return the stylesheet for these tokens."""
    return _SHEET % tokens._asdict()
