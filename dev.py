#!/usr/bin/env python3
"""Sets the project up and runs it: `python3 dev.py run` opens the program, `python3 dev.py test` runs every test.

Needs nothing but Python: it makes .venv, installs the hash-locked requirements into it, and does nothing twice.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  said before anything below is evaluated, which older versions cannot
    sys.exit("Injection Tracker needs Python 3.11 or newer, and this is older. Try: python3.11 dev.py")

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "setup.json"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LOCKS = {"runtime": ROOT / "requirements" / "runtime.lock", "dev": ROOT / "requirements" / "dev.lock"}

OFFSCREEN_PACKAGES = ("libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libxkbcommon0", "libdbus-1-3")
WINDOW_PACKAGES = ("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0")
WITHOUT_A_WINDOW = {"check", "import", "--self-test", "--help", "-h", "--version"}


class SetupError(Exception):
    """Something the person at the keyboard can mend, in one sentence."""


def main(argv: list[str]) -> int:
    command, arguments = parse(argv)
    try:
        return COMMANDS[command](arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parse(argv: list[str]) -> tuple[str, list[str]]:
    """Return the command and what follows it, untouched."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=COMMANDS, help="; ".join(f"{n}: {f.__doc__}" for n, f in COMMANDS.items()))
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the program, to pytest, ...")
    known = parser.parse_args(argv)
    return known.command, known.arguments


# --- commands ---------------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """open the program (--demo: with invented patients)"""
    if not display_there(arguments):
        raise SetupError(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): run this on a desktop."
        )
    set_up("runtime", OFFSCREEN_PACKAGES + WINDOW_PACKAGES)
    return in_venv("-P", "-m", "tracker", *arguments)


def test(arguments: list[str]) -> int:
    """run every test (what follows goes to pytest)"""
    set_up("dev", OFFSCREEN_PACKAGES)
    workers = () if any(a.startswith("-n") or a == "--pdb" for a in arguments) else ("-n", "auto")
    return in_venv("-m", "pytest", *workers, *arguments, QT_QPA_PLATFORM="offscreen")


def setup(arguments: list[str]) -> int:
    """make .venv and install everything, run nothing"""
    set_up("dev", OFFSCREEN_PACKAGES + (WINDOW_PACKAGES if display_there([]) else ()))
    print(f"Ready: {BIN.relative_to(ROOT) / 'injection-tracker'} opens the program.")
    return 0


def lint(arguments: list[str]) -> int:
    """look for faults of form and type, and for imports that break the floors"""
    set_up("dev", OFFSCREEN_PACKAGES)
    checks = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    )
    return max([in_venv(*check) for check in checks])


def lock(arguments: list[str]) -> int:
    """resolve the requirements anew and write the two lock files"""
    set_up("dev", ())
    resolve = ("-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--upgrade")
    form = ("--generate-hashes", "--no-header", "--no-annotate", "--quiet", "-o")
    failed = in_venv(*resolve, "--group", "dev", *form, "requirements/dev.lock")
    return failed or in_venv(*resolve, "-c", "requirements/dev.lock", *form, "requirements/runtime.lock")


def bench(arguments: list[str]) -> int:
    """measure the four figures that matter (--scale small: in seconds)"""
    set_up("dev", OFFSCREEN_PACKAGES)
    return in_venv("-m", "tests.benchmarks", *arguments, QT_QPA_PLATFORM="offscreen")


def package(arguments: list[str]) -> int:
    """build the one-folder program in dist/ and let it test itself"""
    set_up("dev", OFFSCREEN_PACKAGES)
    failed = in_venv("-m", "PyInstaller", "--noconfirm", "build.spec", *arguments)
    if failed:
        return failed
    program = (
        ROOT / "dist" / "injection-tracker" / ("injection-tracker-console.exe" if WINDOWS else "injection-tracker")
    )
    return subprocess.call([str(program), "--self-test"])


def words(arguments: list[str]) -> int:
    """bring the catalogues of other languages up to the texts of the program"""
    set_up("dev", ())
    return in_venv("-m", "tests.languages")


COMMANDS = {f.__name__: f for f in (run, test, setup, lint, lock, bench, package, words)}


# --- setting up -------------------------------------------------------------------------------------------------------


def set_up(lock_name: str, packages: Iterable[str]) -> None:
    """Make the environment hold this lock and the system these packages, unless the stamp says that they do."""
    stamp = read_stamp()
    missing = [name for name in packages if name not in stamp["packages"]]
    if stamp["locks"].get(lock_name) == fingerprint(LOCKS[lock_name]) and not missing:
        return
    install_packages(missing)
    if stamp["locks"].get(lock_name) != fingerprint(LOCKS[lock_name]):
        make_venv()
        install_requirements(LOCKS[lock_name])
        install_project()
        stamp["locks"][lock_name] = fingerprint(LOCKS[lock_name])
    stamp["locks"].setdefault("runtime", fingerprint(LOCKS["runtime"]))  # dev holds all of runtime at the same versions
    stamp["packages"] = sorted({*stamp["packages"], *missing})
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def read_stamp() -> dict:
    """Return what was installed here before; nothing, when that was by another Python or for another checkout."""
    nothing = {"python": sys.version, "checkout": str(ROOT), "locks": {}, "packages": []}
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return nothing
    same = isinstance(stamp, dict) and all(stamp.get(key) == nothing[key] for key in ("python", "checkout"))
    return stamp if same and PYTHON.exists() else nothing


def fingerprint(lock_file: Path) -> str:
    """Return what changes when the lock does."""
    return hashlib.sha256(lock_file.read_bytes()).hexdigest()


def make_venv() -> None:
    """Make .venv unless it is there and of this Python."""
    if PYTHON.exists() and site_packages().exists():
        return
    say("Making .venv")
    result = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if result.returncode:
        raise SetupError(f"Python could not make .venv: {(result.stdout + result.stderr).strip()}")


def install_requirements(lock_file: Path) -> None:
    """Install the locked requirements and compile them, whatever PYTHONDONTWRITEBYTECODE says."""
    say(f"Installing {lock_file.relative_to(ROOT)} (the first time this takes a minute or two)")
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    if in_venv(*pip, "--no-compile", "-r", str(lock_file)):
        raise SetupError("The requirements could not be installed; pip says why above. Run the same command again.")
    in_venv("-m", "compileall", "-qq", "-j", "0", str(site_packages()))


def install_project() -> None:
    """Let .venv find this checkout, and give it the `injection-tracker` command; no build is needed."""
    (site_packages() / "injection-tracker-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        (BIN / "injection-tracker.cmd").write_text('@"%~dp0python.exe" -P -m tracker %*\r\n', encoding="utf-8")
        return
    command = BIN / "injection-tracker"
    command.write_text(f"""#!/bin/sh\nexec "{PYTHON}" -P -m tracker "$@"\n""", encoding="utf-8")
    command.chmod(0o755)


def site_packages() -> Path:
    if WINDOWS:
        return VENV / "Lib" / "site-packages"
    return VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


# --- the system's packages --------------------------------------------------------------------------------------------


def install_packages(names: Iterable[str]) -> None:
    """Install those of Debian's packages that Qt needs and that are not there, or say how to."""
    if not (sys.platform == "linux" and shutil.which("apt-get") and shutil.which("dpkg-query")):
        return
    names = list(names) + ([] if importlib.util.find_spec("ensurepip") else ["python3-venv"])
    missing = [name for name in names if not installed(name)]
    if not missing:
        return
    command = [*as_root(), "apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if command[0] == "apt-get" and os.geteuid() != 0:
        say("Qt may need packages that only an administrator can install. The command: sudo " + " ".join(command))
        return
    say("Installing " + " ".join(missing))
    if not (quietly(*command) or (quietly(*as_root(), "apt-get", "update") and quietly(*command))):
        say("These packages could not be installed. The command: " + " ".join(command))


def quietly(*command: str) -> bool:
    """Run a command of the system without a question or a word and say whether it succeeded."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment).returncode == 0


def installed(name: str) -> bool:
    """Say whether a Debian package is there, under its own name or that of the 64-bit time transition."""
    for candidate in (name, name + "t64"):
        query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", candidate]
        if subprocess.run(query, capture_output=True, text=True).stdout == "installed":
            return True
    return False


def as_root() -> list[str]:
    """Return what to put before a command so that it runs as root without a question; nothing, when there is no way."""
    if os.geteuid() == 0 or not shutil.which("sudo"):
        return []
    return ["sudo", "-n"] if quietly("sudo", "-n", "true") else []


def display_there(arguments: list[str]) -> bool:
    """Say whether a window could be shown, or none is asked for."""
    if sys.platform != "linux" or WITHOUT_A_WINDOW & set(arguments):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def in_venv(*arguments: str, **variables: str) -> int:
    """Run the environment's Python in the project's folder and return its exit code."""
    environment = os.environ | variables
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or every start would compile the program again
    environment.pop("PYTHONPATH", None)
    sys.stdout.flush()
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=environment)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
