"""Holds the pin of PySide6: from 6.12.0 on, every emitted boolean costs Python 3.11 a reference it does not have."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = """
import sys
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    ticked = Signal(bool)
    told = Signal(object)

sender = Sender()
sender.ticked.connect(lambda value: None)
sender.told.connect(lambda value: None)
spare = [True, None] * 10_000  # so that what is lost below does not end the process
before = sys.getrefcount(True), sys.getrefcount(None)
for _ in range(200):
    sender.ticked.emit(True)
    sender.told.emit(None)
after = sys.getrefcount(True), sys.getrefcount(None)
print(after[0] - before[0], after[1] - before[1])
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True and None are immortal from Python 3.12 on")
def test_that_emitting_signals_loses_no_reference() -> None:
    result = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    drift_of_true, drift_of_none = (int(number) for number in result.stdout.split())

    assert abs(drift_of_true) < 50
    assert abs(drift_of_none) < 50
