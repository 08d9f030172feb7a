"""Files with one mistake each, read with all the shipped ones: the words of the refusal stand on top of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tracker import cli
from tracker.domain.errors import PolicyFileError
from tracker.paths import resource_root
from tracker.policies import load_catalog

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))
FOLLOWER = '\n[[payer]]\nid = "broken"\nname = "Broken"\nrules = "broken"\n'


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Return a copy of the shipped files, with a payer that follows the rules called broken."""
    root = resource_root()
    for name in ("policies", "procedures"):
        shutil.copytree(root / name, tmp_path / name)
    for name in ("pack.toml", "payers.toml", "contractors.toml"):
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def put_in(shipped: Path, *files: Path) -> None:
    with (shipped / "payers.toml").open("a", encoding="utf-8") as payers:
        payers.write(FOLLOWER)
    for number, file in enumerate(files):
        folder = shipped / "policies" / f"own-{number}"
        folder.mkdir()
        shutil.copy(file, folder / ("broken.toml" if len(files) == 1 else file.name))


def expected(file: Path) -> list[str]:
    lines = file.read_bytes().decode("utf-8", errors="replace").splitlines()
    return [line.removeprefix("# says: ") for line in lines if line.startswith("# says: ")]


def refusal(folder: Path) -> str:
    with pytest.raises(PolicyFileError) as refused:
        load_catalog(folder)
    return refused.value.sentence()


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_that_a_mistake_names_file_rule_and_key_and_says_what_is_right(file: Path, shipped: Path) -> None:
    put_in(shipped, file)
    sentence = refusal(shipped)

    assert expected(file), "the file says nothing of what it expects"
    for words in expected(file):
        assert words in sentence
    assert "Traceback" not in sentence
    assert str(shipped) not in sentence


def test_that_the_files_would_load_without_their_mistake(shipped: Path) -> None:
    right = shipped / "right.toml"
    source = next(file for file in BROKEN if file.stem == "unknown-source")
    right.write_text(source.read_text(encoding="utf-8").replace('"leter"', '"letter"'), encoding="utf-8")
    put_in(shipped, right)

    assert load_catalog(shipped).payer("broken") is not None


def test_that_the_mistakes_of_all_files_are_told_together(shipped: Path) -> None:
    chosen = [file for file in BROKEN if file.stem in ("unknown-source", "zero-window", "not-toml", "bad-date")]
    put_in(shipped, *chosen)
    sentence = refusal(shipped)

    for file in chosen:
        assert f"{file.name}: " in sentence
    assert "4 mistakes" in sentence


@pytest.mark.parametrize(
    ("file", "right", "wrong", "words"),
    [
        (
            "payers.toml",
            'rules = "medicare"',
            'rules = "medicar"',
            "payer medicare, rules: no policy is called",
        ),
        ("payers.toml", 'id = "humana"', 'id = "medicare"', "payers.toml: payer medicare: is there twice"),
        ("payers.toml", "plan_authorization = false", "plan_autorization = false", "plan_autorization: is not a key"),
        ("contractors.toml", '"KY", "OH"', '"KY", "IL"', "contractors.toml: state IL: is there twice"),
        (
            "procedures/codes.toml",
            'base = ["64493"]',
            'base = ["64499"]',
            "code 64494, base: 64499 is not among",
        ),
        (
            "procedures/schemes.toml",
            '"64490", "64491"',
            '"64490", "64499"',
            "64499 is not among the codes",
        ),
        ("procedures/choices.toml", 'id = "rfa"', 'id = "mbb"', "choice mbb: is there twice"),
    ],
)
def test_that_the_files_beside_the_rules_are_looked_through_too(
    file: str, right: str, wrong: str, words: str, shipped: Path
) -> None:
    path = shipped / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")

    assert words in refusal(shipped)


@pytest.mark.parametrize("file", ["payers.toml", "contractors.toml", "procedures/codes.toml"])
def test_that_a_file_that_is_not_there_is_told(file: str, shipped: Path) -> None:
    (shipped / file).unlink()

    assert f"{Path(file).name}: cannot be read" in refusal(shipped)


def test_that_the_command_tells_it_in_plain_words(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(shipped, next(file for file in BROKEN if file.stem == "unknown-key"))
    monkeypatch.setattr("tracker.paths.resource_root", lambda: shipped)
    cases = shipped / "cases.json"
    cases.write_text("[]", encoding="utf-8")

    assert cli.main(["check", str(cases)]) == 2
    assert "limt: is not a key" in capsys.readouterr().err
