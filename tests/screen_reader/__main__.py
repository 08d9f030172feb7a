"""Opens two clinics on a screen of their own and lets the reader work in the one, and find the way into the other.

    python -m tests.screen_reader

Debian: xvfb dbus-x11 at-spi2-core python3-pyatspi xdotool, beside what Qt needs for a window.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("xvfb-run", "dbus-run-session", "xdotool")
BUS = "/usr/libexec/at-spi-bus-launcher"
SYSTEM_PYTHON = "/usr/bin/python3"
LONGEST_SECONDS = 900
_SESSION = """
({bus} --launch-immediately >/dev/null 2>&1 &)
sleep 0.5
{python} -m tracker --demo & program=$!
timeout {longest} {system_python} {reader} desk; code=$?
kill $program; wait $program 2>/dev/null
[ $code = 0 ] || exit $code
{python} -m tests.screen_reader.clinic "$HOME/clinic" || exit 1
{python} -m tracker --clinic "$HOME/clinic" & program=$!
timeout {longest} {system_python} {reader} door; code=$?
kill $program; wait $program 2>/dev/null; exit $code
"""


def main() -> int:
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing or not Path(BUS).exists():
        print("This needs " + ", ".join(missing or ["at-spi2-core"]) + ", which is not here.")
        return 2
    script = _SESSION.format(
        bus=BUS, python=sys.executable, system_python=SYSTEM_PYTHON, longest=LONGEST_SECONDS,
        reader=Path(__file__).with_name("story.py"),
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="reader-") as home:
        runtime = Path(home) / "run"
        runtime.mkdir(mode=0o700)
        environment = os.environ | {
            "HOME": home, "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": f"{home}/data",
            "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0",
        }  # fmt: skip
        screen = ("xvfb-run", "-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--", "bash", "-c", script)
        return subprocess.call(screen, cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main())
