"""The `policies` command: lists, proves, compares, signs and verifies rule books, and takes packs in at a clinic."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import FixedClock
from tests.fixtures import PASSWORD, TODAY, clinic, clinic_template
from tests.policies.packs import Publisher, book_files, sessions_changed
from tests.test_import_command import Terminal
from tracker import cli
from tracker.paths import case_root, resource_root
from tracker.policies.pack import pack_files
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.services.clinics import Clinics

__all__ = ["clinic", "clinic_template"]

PLANS = Path(__file__).parent / "policies" / "plans"
CASE = {
    "id": "maple-1",
    "title": "A first epidural",
    "as_of": "2026-11-24",
    "coverage": [{"payer": "maple", "plan": "", "from": None, "to": None, "order": 1, "authorization_required": False}],
    "site": {"state": "KY", "place_of_service": "11"},
    "history": [],
    "authorizations": [],
    "proposed": {"date": "2026-12-01", "family": "epidural", "targets": ["L4-L5 left"], "approach": "transforaminal"},
    "expect": {"outcome": "allowed"},
    "why": "nothing is on file",
}


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


def run(*arguments: object) -> int:
    return cli.main(["policies", *map(str, arguments)])


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


SHIPPED = int(re.findall(r"\bnumber = (\d+)", (resource_root() / "pack.toml").read_text(encoding="utf-8"))[0])
"""The number of the rules that come with the program."""


def shipped_but(number: int, *changes: tuple[str, str, str]) -> dict[str, bytes]:
    """Return the shipped rule files under another number, with words of some of them replaced."""
    files = pack_files(resource_root())
    files["pack.toml"] = re.sub(rb"\bnumber = \d+", f"number = {number}".encode(), files["pack.toml"], count=1)
    for name, old, new in changes:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)
    return files


def test_that_the_list_counts_policies_and_grades(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("list", put(tmp_path / "book", book_files(2))) == 0

    assert capsys.readouterr().out == (
        "book: Invented rules, number 2 of 11/20/2026.\n"
        "1 payer, 1 policy, 1 rule: 1 primary.\n"
        "\n"
        "Invented Maple\n"
        "  Epidurals: 1 version since 01/01/2024; 1 rule: 1 primary\n"
    )


def test_that_the_list_of_the_shipped_rules_names_every_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert {policy["id"] for policy in told["policies"]} >= {"medicare-facet", "aetna-epidural"}
    assert all(policy["rules"] == sum(policy["evidence"].values()) for policy in told["policies"])
    assert told["number"] >= 1


def test_that_a_good_book_is_called_so_and_a_bad_one_is_refused_with_its_mistakes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("validate") == 0
    assert "No mistake found in" in capsys.readouterr().out

    files = book_files() | {"policies/maple/epidural.toml": b'id = "x"\n'}
    assert run("validate", put(tmp_path / "book", files)) == 2
    assert "policies/maple/epidural.toml: title: is missing." in capsys.readouterr().err


def test_that_a_layer_is_read_over_the_shipped_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("validate", PLANS) == 0
    assert capsys.readouterr().out.startswith("plans over the shipped rules: ")


def test_that_the_shipped_rules_prove_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prove") == 0

    said = capsys.readouterr().out
    count = sum(len(json.loads(path.read_text(encoding="utf-8"))) for path in case_root().glob("*.json"))
    assert said.startswith("Proof of the shipped rules: Injection Tracker rules, number ")
    assert f"{count} cases, all as expected." in said


def test_that_a_pack_proves_itself_by_the_cases_in_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, publisher: Publisher
) -> None:
    wrong = {**CASE, "id": "maple-2", "expect": {"outcome": "not_allowed", "earliest": "2027-01-01"}}
    pack = tmp_path / "maple.rulepack"
    pack.write_bytes(publisher.sign(book_files(cases=[CASE, wrong])))

    assert run("prove", pack) == 1

    said = capsys.readouterr().out
    assert "maple.json      2 cases  1 not as expected" in said
    assert (
        "  maple-2, A first epidural: outcome: expected not_allowed, got allowed;"
        " earliest: expected 2027-01-01, got 2026-12-01.\n      because nothing is on file\n" in said
    )
    assert "2 cases, 1 not as expected." in said
    assert run("prove", pack, "--json") == 1
    assert [case["id"] for case in json.loads(capsys.readouterr().out)["failed"]] == ["maple-2"]


def test_that_a_case_without_a_title_is_told_by_its_id(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, publisher: Publisher
) -> None:
    bare = {key: value for key, value in CASE.items() if key != "title"} | {"expect": {"outcome": "not_allowed"}}
    pack = tmp_path / "maple.rulepack"
    pack.write_bytes(publisher.sign(book_files(cases=[bare])))

    assert run("prove", pack) == 1
    assert "\n  maple-1: outcome: expected not_allowed, got allowed." in capsys.readouterr().out


def test_that_a_book_without_cases_is_not_proven(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, publisher: Publisher
) -> None:
    pack = tmp_path / "maple.rulepack"
    pack.write_bytes(publisher.sign(book_files()))

    assert run("prove", pack) == 1
    assert "There are no cases, so nothing is proven." in capsys.readouterr().out
    assert run("prove", pack, "--cases", tmp_path) == 2


def test_that_a_case_that_cannot_be_read_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, publisher: Publisher
) -> None:
    for expect in ([], {"findings": 3}, {"codes": [{}]}, {"outcome": 7}):
        pack = tmp_path / "maple.rulepack"
        pack.write_bytes(publisher.sign(book_files(cases=[{**CASE, "expect": expect}])))

        assert run("prove", pack) == 2
        assert "maple.json, case maple-1: expect cannot be read." in capsys.readouterr().err


def test_that_a_difference_is_told_by_payer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    old, new = put(tmp_path / "old", book_files(1)), put(tmp_path / "new", book_files(2, limit=4))

    assert run("diff", old, new) == 0
    said = capsys.readouterr().out
    assert said.endswith(f"Invented Maple\n  Epidurals\n    Changed, from 01/01/2024: {sessions_changed(3, 4)}\n")

    assert run("diff", old, new, "--json") == 0
    (change,) = json.loads(capsys.readouterr().out)
    assert (change["who"], change["kind"], change["first"]) == ("Invented Maple", "changed", "2024-01-01")

    assert run("diff", "shipped", "shipped") == 0
    assert "They say the same." in capsys.readouterr().out


def test_that_a_folder_is_signed_and_the_pack_verified(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    key, pack = tmp_path / "key.pem", tmp_path / "rules.rulepack"
    assert run("new-key", "--out", key) == 0
    assert run("sign", resource_root(), "--cases", case_root(), "--key", key, "--out", pack) == 0
    capsys.readouterr()

    assert run("verify", pack) == 1
    assert "signed by a key that is not trusted here" in capsys.readouterr().err
    assert run("verify", pack, "--key", tmp_path / "key.pem.pub") == 0
    assert "This key is trusted: key.pem.pub." in capsys.readouterr().out

    pack.write_bytes(pack.read_bytes()[:-1])
    assert run("verify", pack, "--key", tmp_path / "key.pem.pub") == 2
    assert capsys.readouterr().err.startswith("The rule pack is not whole.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_that_a_private_key_is_for_its_owner_only_and_nothing_is_written_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    key = tmp_path / "key.pem"
    assert run("new-key", "--out", key) == 0
    before = key.read_bytes()

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert run("new-key", "--out", key) == 2
    assert "is there already" in capsys.readouterr().err
    assert key.read_bytes() == before


def test_that_what_is_no_key_no_folder_and_no_pack_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("not a key", encoding="utf-8")
    for arguments, words in (
        (("sign", resource_root(), "--key", note, "--out", tmp_path / "x"), "no private Ed25519 key"),
        (("sign", resource_root(), "--key", tmp_path / "none", "--out", tmp_path / "x"), "cannot be read"),
        (("sign", note, "--key", note, "--out", tmp_path / "x"), "is no folder"),
        (("sign", tmp_path, "--key", note, "--out", tmp_path / "x"), "is no whole rule book"),
        (("verify", note), "no rule pack"),
        (("verify", tmp_path), f"{tmp_path} is no file"),
        (("list", tmp_path / "none"), "is not there"),
    ):
        assert run(*arguments) == 2
        said = capsys.readouterr().err
        assert words in said
        assert len(said.splitlines()) == 1


def at_clinic(clinic: ClinicFolder, *arguments: object) -> int:
    return run(*arguments, "--clinic", clinic.path, "--password-stdin")


@pytest.fixture
def pack(tmp_path: Path, publisher: Publisher) -> Path:
    path = tmp_path / "two.rulepack"
    change = ("policies/medicare/facet.toml", "limit = 4", "limit = 5")
    path.write_bytes(publisher.sign(shipped_but(SHIPPED + 1, change)))
    return path


@pytest.fixture(autouse=True)
def nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(f"{PASSWORD}\n" * 9))


def test_that_a_pack_is_taken_in_at_a_clinic_once_its_key_is_trusted(
    clinic: ClinicFolder, pack: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_clinic(clinic, "take-in", pack, "--yes") == 2
    assert "not trusted here" in capsys.readouterr().err
    assert at_clinic(clinic, "trust", pack, "--name", "The publisher") == 2
    assert "Nobody can be asked here." in capsys.readouterr().err
    assert at_clinic(clinic, "trust", pack, "--fingerprint", "0000") == 2
    assert at_clinic(clinic, "trust", pack, "--name", "P", "--fingerprint", publisher.trusted.fingerprint) == 0

    capsys.readouterr()
    assert at_clinic(clinic, "take-in", pack, "--yes") == 0

    said = capsys.readouterr().out
    assert re.search(rf"Injection Tracker rules, number {SHIPPED + 1} of \d\d/\d\d/20\d\d, signed by P \(", said)
    assert "facet-diagnostic-sessions: limit 4 → 5" in said
    assert "Of 0 coming visits 0 would be answered otherwise." in said
    assert said.endswith(f"Taken in: Rules 2026-11, number {SHIPPED + 1}.\n")
    opened = Clinics(resource_root(), FixedClock(TODAY)).open(clinic.path, PASSWORD)
    assert opened.packs.in_use.catalog.edition.number == SHIPPED + 1
    opened.close()

    assert at_clinic(clinic, "go-back") == 0
    assert capsys.readouterr().out == f"Back to Rules 2026-11, number {SHIPPED}.\n"
    assert at_clinic(clinic, "go-back") == 2


@pytest.mark.parametrize(("answer", "code", "last"), [("no\n", 1, "stay as they are"), ("yes\n", 0, "Taken in")])
def test_that_it_asks_before_it_takes_a_pack_in(
    clinic: ClinicFolder,
    pack: Path,
    publisher: Publisher,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    code: int,
    last: str,
) -> None:
    at_clinic(clinic, "trust", pack, "--name", "P", "--fingerprint", publisher.trusted.fingerprint)
    monkeypatch.setattr("sys.stdin", Terminal(f"{PASSWORD}\n{answer}", person=True))

    assert at_clinic(clinic, "take-in", pack) == code

    assert last in capsys.readouterr().out.splitlines()[-1]


def test_that_the_command_needs_no_qt_and_no_database() -> None:
    code = (
        "import sys, tracker.cli; tracker.cli.main(['policies', 'validate']);"
        "print([name for name in ('PySide6', 'sqlcipher3') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.splitlines()[-1] == "[]"


def test_that_an_empty_part_lists_the_parts(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run()

    assert "PART" in capsys.readouterr().err
