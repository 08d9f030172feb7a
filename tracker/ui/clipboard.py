"""Puts texts about patients on the clipboard, and asks histories of clipboards and clouds to keep out."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_KEEP_OUT = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
    ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\0\0\0\0"),
    ('application/x-qt-windows-mime;value="CanUploadToCloudClipboard"', b"\0\0\0\0"),
)


def copy_private(text: str) -> None:
    """Copy a text that names patients; how long it stays, the clinic's settings say."""
    data = QMimeData()
    data.setText(text)
    for kind, content in _KEEP_OUT:
        data.setData(kind, content)
    QGuiApplication.clipboard().setMimeData(data)
