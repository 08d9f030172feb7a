"""Puts texts about patients on the clipboard, and asks histories of clipboards and clouds to keep out."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication

_KEEP_OUT = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
    ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\0\0\0\0"),
    ('application/x-qt-windows-mime;value="CanUploadToCloudClipboard"', b"\0\0\0\0"),
)


def copy_private(text: str) -> None:
    """Copy a text that names patients; how long it stays, the clinic's settings say."""
    data = _made_by_qt()
    data.setText(text)
    for kind, content in _KEEP_OUT:
        data.setData(kind, content)
    QGuiApplication.clipboard().setMimeData(data)


def _made_by_qt() -> QMimeData:
    """Return an empty one that may outlive Python: some platforms keep the clipboard until after it has ended.

    One that Python makes calls back into it when it dies, and the program would end with a fault.
    """
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    for kind in data.formats():
        data.removeFormat(kind)
    return data
