"""From the start of the process to the first painted window, beside a window of bare PySide6, in processor time."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure
from tracker.services.clinic_file import vault
from tracker.storage.keyfile import KdfCosts

ROOT = Path(__file__).resolve().parents[2]
RUNS = {"small": 5, "full": 15}
GOAL_RATIO = 1.5
BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

def report():
    print(time.process_time(), flush=True)
    os._exit(0)

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, report)

app = QApplication(sys.argv[:1])
window = Window()
window.setCentralWidget(QLabel("hello"))
window.resize(520, 540)
window.show()
app.exec()
"""
OURS = """
import gc, os, sys, time
gc.disable()  # as the command itself does before it loads any of this
from pathlib import Path
from tracker import cli, paths
from tracker.ui.start import gate

def report():
    print(time.process_time(), flush=True)
    os._exit(0)

def tell_when_painted(self, do):
    gate.FirstPaint(self.window).seen.connect(report)

gate.Gate._after_paint = tell_when_painted
paths.user_data_dir = lambda: Path(sys.argv[1])
cli.main([])
"""


def measure(scale: str) -> list[Figure]:
    compileall.compile_dir(ROOT / "tracker", quiet=2)
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        clinic = vault.usual_folder(Path(home)).path
        vault.create_clinic(
            clinic, "only for the benchmarks of this project", "Bench", costs=KdfCosts(19456, 2, 1)
        ).wipe()
        pairs = [(_seconds(BARE, home), _seconds(OURS, home, home)) for _ in range(RUNS[scale] + 1)][1:]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    note = f"bare {bare * 1000:.0f} ms, ours {ours * 1000:.0f} ms, medians of {len(pairs)}"
    return [Figure("first window / bare PySide6 window (processor)", ours / bare, "times", GOAL_RATIO, note)]


def _seconds(program: str, home: str, *arguments: str) -> float:
    """Run a program that prints the processor time it took until its window was painted."""
    folders = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ | folders
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program, *arguments]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return float(told.stdout)
