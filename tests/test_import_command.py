"""The `import` command through real clinics and real files: counts, problems by line, exit codes, passwords."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import FixedClock
from tests.fixtures import PASSWORD, TODAY, clinic, clinic_template
from tracker import cli
from tracker.domain.backup_plan import BackupPlan
from tracker.paths import resource_root
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.services.clinics import Clinics

__all__ = ["clinic", "clinic_template"]

SAMPLES = Path(__file__).parent / "exchange" / "samples"


class Terminal(io.StringIO):
    """Standard input at which somebody sits, or does not."""

    def __init__(self, text: str = "", *, person: bool = False) -> None:
        super().__init__(text)
        self._person = person

    def isatty(self) -> bool:
        return self._person


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(PASSWORD + "\n"))


def run(clinic: ClinicFolder, *arguments: str) -> int:
    return cli.main(["import", "--clinic", str(clinic.path), "--password-stdin", *arguments])


def patients_on_file(clinic: ClinicFolder) -> int:
    services = Clinics(resource_root(), FixedClock(TODAY)).open(clinic.path, PASSWORD)
    try:
        return sum(len(services.patients.find(name)) for name in ("Whitlock", "O’Rourke", "Núñez", "Grayson"))
    finally:
        services.close()


def test_that_a_file_is_taken_in(clinic: ClinicFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(clinic, str(SAMPLES / "patients.csv")) == 0

    assert capsys.readouterr().out == "patients.csv: 4 new, 0 changed, 0 already on file, 0 rejected.\n"
    assert patients_on_file(clinic) == 4


@pytest.mark.parametrize("reachable", [True, False])
def test_that_what_is_new_is_backed_up_first_and_a_backup_that_fails_stops_nothing(
    clinic: ClinicFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, reachable: bool
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    services = Clinics(resource_root(), FixedClock(TODAY)).open(clinic.path, PASSWORD)
    services.backups.change(BackupPlan(str(folder)))
    services.close()
    if not reachable:
        folder.rmdir()

    assert run(clinic, str(SAMPLES / "patients.csv")) == 0

    assert len(list(tmp_path.glob("backups/*"))) == (1 if reachable else 0)
    assert ("without a backup before it" in capsys.readouterr().err) is not reachable
    assert patients_on_file(clinic) == 4


def test_that_a_dry_run_writes_nothing(clinic: ClinicFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(clinic, "--dry-run", str(SAMPLES / "patients.csv")) == 0

    said = capsys.readouterr().out
    assert said.startswith("patients.csv: 4 new")
    assert said.endswith("Nothing was written: this was a dry run.\n")
    assert patients_on_file(clinic) == 0


def test_that_problems_are_told_by_line(
    clinic: ClinicFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(clinic, str(SAMPLES / "patients.csv"))
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", Terminal(PASSWORD))

    assert run(clinic, str(SAMPLES / "procedures.csv")) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "4 rejected" in lines[0]
    assert any(line.startswith("rejected  line 11, date:") for line in lines)
    assert any(line.startswith("remark    line ") for line in lines) or all("rejected" in line for line in lines)


def test_that_the_result_is_told_as_json(clinic: ClinicFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(clinic, "--json", "--dry-run", str(SAMPLES / "procedures.csv")) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["format"], told["dry_run"]) == ("procedures.csv", "procedures", True)
    assert set(told["counts"][0]) == {"kind", "new", "changed", "same", "rejected"}
    assert set(told["problems"][0]) == {"line", "field", "what", "how", "rejected"}


def refused(code: int, capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


def test_that_a_wrong_password_is_one_sentence(
    clinic: ClinicFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("some other long sentence\n"))

    assert "not the password" in refused(run(clinic, str(SAMPLES / "patients.csv")), capsys)


def test_that_a_missing_file_is_one_sentence(clinic: ClinicFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nowhere.csv cannot be read" in refused(run(clinic, "nowhere.csv"), capsys)


def test_that_a_folder_without_a_clinic_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["import", "--clinic", str(tmp_path), "--password-stdin", str(SAMPLES / "patients.csv")])

    assert "There is no clinic in this folder." in refused(code, capsys)


def test_that_the_password_is_never_asked_of_a_pipe(
    clinic: ClinicFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    code = cli.main(["import", "--clinic", str(clinic.path), str(SAMPLES / "patients.csv")])

    assert "--password-stdin" in refused(code, capsys)


def test_that_a_person_is_asked_without_an_echo(
    clinic: ClinicFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(person=True))
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)

    assert cli.main(["import", "--clinic", str(clinic.path), str(SAMPLES / "patients.csv")]) == 0
    assert PASSWORD not in capsys.readouterr().out


def test_that_the_demo_takes_files_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--demo", "--clinic", str(tmp_path / "demo"), "import", str(SAMPLES / "patients.csv")]) == 0
    assert capsys.readouterr().out.startswith("patients.csv: 4 new")


def test_that_it_needs_no_qt() -> None:
    code = "import sys, tracker.import_command; print('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
