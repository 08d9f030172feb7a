"""Tries every part of the program once, in a temporary folder and off the screen, and says step by step what works."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import paths
from tracker.domain.clock import SystemClock
from tracker.domain.coverage import Coverage, Site
from tracker.domain.errors import TrackerError
from tracker.domain.patient import Patient
from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.services.clinics import Clinics

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext

PASSED, FAILED = 0, 1
PASSWORD = "a clinic that lives for a second"
CLINIC = "Selftest Spine"
_CASE = {
    "id": "self-test", "as_of": "2026-11-24",
    "coverage": [{"payer": "medicare", "plan": "Part B", "from": "2016-01-01", "to": None, "order": 1}],
    "site": {"state": "KY", "place_of_service": "11"}, "history": [], "authorizations": [],
    "proposed": {"date": "2026-12-01", "family": "epidural", "intent": "therapeutic", "approach": "interlaminar",
                 "targets": ["L4-L5"]},
}  # fmt: skip
_BLACK_SQUARE = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 60 60] /Contents 4 0 R>> endobj
4 0 obj <</Length 15>> stream
0 0 30 30 re f
endstream endobj
trailer <</Root 1 0 R>>
"""


@dataclass
class Trial:
    """What the steps hand on to each other."""

    folder: Path
    clinics: Clinics
    services: Services | None = None

    def open_services(self) -> Services:
        if self.services is None:
            raise TrackerError("There is no clinic to try this on.")
        return self.services


def run_self_test(resources: Path | None = None) -> int:
    """Print a line a step and return 0 when all of them passed. `resources`: instead of the shipped ones."""
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # env -i leaves no locale
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    failed = 0
    with tempfile.TemporaryDirectory(prefix="injection-tracker-", ignore_cleanup_errors=True) as folder:
        trial = Trial(Path(folder), Clinics(resources or paths.resource_root(), SystemClock()))
        for name, step in STEPS:
            failed += not _passes(name, step, trial)
        if trial.services is not None:
            trial.services.close()
    print(f"{len(STEPS)} steps, all passed." if not failed else f"{failed} of {len(STEPS)} steps failed.")
    return FAILED if failed else PASSED


def _passes(name: str, step: Callable[[Trial], str], trial: Trial) -> bool:
    try:
        told = step(trial)
    except Exception as error:
        said = error.sentence() if isinstance(error, TrackerError) else f"{type(error).__name__}: {error}"
        print(f"FAIL  {name}: {said}", flush=True)
        return False
    print(f"ok    {name}: {told}", flush=True)
    return True


def _expect(holds: object, sentence: str) -> None:
    if not holds:
        raise TrackerError(sentence)


# --- steps ------------------------------------------------------------------------------------------------------------


def _rule_files(trial: Trial) -> str:
    catalog = trial.clinics.catalog()
    _expect(catalog.payers and catalog.procedures, "The rule files are empty.")
    return f"{len(catalog.payers)} payers, {len(catalog.procedures)} procedures"


def _new_clinic(trial: Trial) -> str:
    site = Site("KY", "11", CLINIC, name=CLINIC)
    made = trial.clinics.set_up(trial.folder / "clinic", PASSWORD, "Self Test", site)
    made.close()
    trial.services = trial.clinics.open(trial.folder / "clinic", PASSWORD)
    return "set up, migrated, closed, opened again with its password"


def _patient(trial: Trial) -> str:
    services = trial.open_services()
    added = services.patients.add(Patient("Núñez-O’Brien", "Zoë", date(1951, 7, 2), "S0000001")).value
    services.patients.add_coverage(added.id, Coverage("medicare", "Part B", date(2016, 7, 1)))
    _expect(
        services.patients.get(added.id).patient.name == "Núñez-O’Brien, Zoë", "What was written is not what was read."
    )
    return "written and read back"


def _encryption(trial: Trial) -> str:
    trial.open_services()
    clinic = ClinicFolder(trial.folder / "clinic")
    raw = b"".join(file.read_bytes() for file in clinic.path.iterdir() if file.is_file())
    for clear in (b"SQLite format 3", CLINIC.encode(), "Núñez".encode(), b"S0000001"):
        _expect(clear not in raw, "The clinic's file is not encrypted.")
    frozen = getattr(sys, "frozen", False)
    _expect(not frozen or importlib.util.find_spec("sqlite3") is None, "An unencrypted database library is built in.")
    return f"{len(raw):,} bytes, nothing in the clear"


def _import_file(trial: Trial) -> str:
    file = trial.folder / "patients.csv"
    file.write_text("mrn,last_name,first_name,birth_date\nS0000002,Kovač,An,03/14/1958\n", encoding="utf-8")
    done = trial.open_services().imports.run(file).value
    _expect(done.total("new") == 1, "An import file was not taken in.")
    return done.sentence()


def _answer(trial: Trial) -> str:
    from tracker.services.rule_library.cases import answer_cases

    answer = answer_cases(json.dumps([_CASE]), "self-test", trial.clinics.catalog())[0]
    _expect(answer["outcome"] in ("allowed", "caution"), f"A plain case was answered {answer['outcome']}.")
    return f"a first epidural: {answer['outcome']}"


def _proof(trial: Trial) -> str:
    from tracker.policies.books import case_texts
    from tracker.services.rule_library.proving import prove

    cases = case_texts(paths.case_root())
    _expect(cases, "The cases that prove the rules are missing.")
    name = min(cases)
    proof = prove({name: cases[name]}, trial.clinics.catalog())
    _expect(proof.holds, proof.sentence())
    return f"{len(cases)} files, {name}: {proof.sentence()}"


def _rule_pack(trial: Trial) -> str:
    from tracker.policies.pack import pack_files, sign_pack
    from tracker.policies.pack_keys import fingerprint, new_key, private_key, public_key

    services, edition = trial.open_services(), trial.clinics.catalog().edition
    secret, public = new_key()
    files = pack_files(trial.clinics.resources)
    files["pack.toml"] = f'name = "Self-test"\nnumber = {edition.number + 1}\npublished = 2026-01-01\n'.encode()
    path, key = trial.folder / "self-test.rulepack", public_key(public)
    path.write_bytes(sign_pack(files, private_key(secret)))
    services.pack_trust.trust(key, "Self-test", fingerprint(key))
    done = services.packs.take_in(services.packs.look_at(path))
    _expect(services.packs.in_use.catalog.edition.name == "Self-test", "A rule pack was not taken in.")
    return done.sentence


def _page_of_a_pdf(trial: Trial) -> str:
    from tracker.exchange.pdf_pictures import PdfPictures

    with PdfPictures(_BLACK_SQUARE) as pictures:
        (band,) = pictures.bands(0, 30, 30)
    dark = sum(band.points[place] < 64 for place in range(0, len(band.points), 4))
    _expect(dark == 225, "A page of a PDF was not drawn as it is.")
    return f"drawn as {band.width} x {band.height} points"


def _window(trial: Trial) -> str:
    from PySide6.QtCore import qInstallMessageHandler

    before = qInstallMessageHandler(lambda _kind, _context, _text: None)  # Qt talks about locales that env -i lacks
    try:
        return _draw_window(trial.open_services())
    finally:
        qInstallMessageHandler(before)


def _draw_window(services: Services) -> str:
    from PySide6.QtGui import QFontInfo
    from PySide6.QtWidgets import QApplication

    from tracker.ui import icons, theme
    from tracker.ui.main_window import MainWindow
    from tracker.ui.pages import PAGES

    application = QApplication.instance() or QApplication(["self-test"])
    _expect(isinstance(application, QApplication), "Qt runs without widgets.")
    theme.apply(application, "light")  # type: ignore[arg-type]  # looked at one line above
    with _page_context(services) as context:
        window = MainWindow(context, PAGES)
        if PAGES:
            window.open_page(PAGES[0].id)
        picture = window.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    _expect(len(colours) > 8, "The window was drawn empty.")
    _expect(QFontInfo(theme.font("body")).family() == "Inter", "The typeface is missing.")
    return f"{picture.width()} x {picture.height()}, {len(PAGES)} pages, {len(icons.names())} icons"


@contextmanager
def _page_context(services: Services) -> Iterator[PageContext]:
    from tracker.ui.notifier import Notifier
    from tracker.ui.pages.page import PageContext
    from tracker.ui.preferences import Preferences
    from tracker.ui.tasks import TaskRunner

    tasks = TaskRunner()
    with tempfile.TemporaryDirectory() as folder:
        yield PageContext(services, tasks, Notifier(), Preferences(Path(folder) / "window.ini"))
        tasks.shutdown()


STEPS: tuple[tuple[str, Callable[[Trial], str]], ...] = (
    ("rule files", _rule_files),
    ("new clinic", _new_clinic),
    ("patient", _patient),
    ("encryption", _encryption),
    ("import file", _import_file),
    ("answer", _answer),
    ("proof", _proof),
    ("rule pack", _rule_pack),
    ("page of a PDF", _page_of_a_pdf),
    ("window", _window),
)
