"""Files that were made to do harm, or by an editor with ways of its own: one sentence with the file, never a crash."""

from __future__ import annotations

import pytest

from tests.policies.test_mistakes import GOOD
from tracker.domain.errors import PolicyFileError
from tracker.paths import resource_root
from tracker.policies.loader import read_policies
from tracker.policies.pack import pack_files
from tracker.policies.reading import load_catalog
from tracker.policies.rule_path import PackPath
from tracker.policies.toml_file import Problems

FILE = "policies/own.toml"


def told(text: str | bytes) -> list[str]:
    """Return what is said of the file when it is read as the program reads it."""
    data = text if isinstance(text, bytes) else text.encode()
    problems = Problems()
    read_policies(PackPath({FILE: data}) / "policies", problems)
    return problems.found


@pytest.mark.parametrize("head", ["", "\ufeff"], ids=["plain", "with the mark of some editors"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_that_editors_of_all_systems_write_readable_files(head: str, ends: str) -> None:
    assert told(head + GOOD.replace("\n", ends)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("limit = 4", f"limit = {'9' * 5000}"), "holds a number with thousands of figures; correct it."),
        (f"x = {'[' * 5000}{']' * 5000}", "its brackets stand in one another too deep; write it flatter."),
        (f"x = {'{a=' * 3000}1{'}' * 3000}", "its brackets stand in one another too deep; write it flatter."),
        (f"a{'.a' * 20000} = 1", "its parts stand in one another too deep; write it flatter."),
        (GOOD.replace('"Own"', '"a\\u202eb"'), "title: holds a sign that cannot be seen (U+202E); type it anew."),
        (GOOD.replace('"Own"', '"a\\u0000b"'), "title: holds a sign that cannot be seen (U+0000); type it anew."),
        (GOOD + '"\\u200b" = 1', "holds a sign that cannot be seen (U+200B); type it anew."),
        (GOOD.encode("utf-16"), "is not UTF-8 text; save it as UTF-8."),
        (GOOD.replace("Own", "Öwn").encode("latin-1"), "is not UTF-8 text; save it as UTF-8."),
        (GOOD + "\x00", "is not TOML: Invalid statement (at line 33, column 1)."),
        (
            GOOD.replace("limit = 4", "limit = 4\nlimit = 5"),
            "The key stands there twice, or the heading above it is missing.",
        ),
        (GOOD.replace('"Own"', "Own"), "Text stands in straight quotation marks; true and false are small."),
        (GOOD.replace("[[version]]", "[[version]"), "The bracket that closes the heading is missing."),
        (GOOD.replace("limit = 4", "limit = 4 %"), "a day is written 2026-01-31, and a figure has no sign behind it."),
        (b"\xff" * 64, "is not UTF-8 text; save it as UTF-8."),
    ],
    ids=range(15),
)
def test_that_what_no_reader_can_take_is_one_sentence_with_the_file(text: str | bytes, words: str) -> None:
    (sentence,) = told(text)

    assert sentence.endswith(words)
    assert sentence.startswith("policies/own.toml: ") or sentence.startswith("own.toml: ")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("payers.toml", "[[payer]]", f"x = {'[' * 5000}{']' * 5000}\n[[payer]]"),
        ("pack.toml", "number = ", f"number = {'9' * 5000}\n#"),
        ("contractors.toml", "[[contractor]]", f"x = {'9' * 5000}\n[[contractor]]"),
        ("procedures/codes.toml", "[[", f"x = {'[' * 5000}{']' * 5000}\n[["),
    ],
)
def test_that_every_file_of_a_book_is_read_so(name: str, old: str, new: str) -> None:
    files = dict(pack_files(resource_root()))
    files[name] = files[name].replace(old.encode(), new.encode(), 1)
    with pytest.raises(PolicyFileError) as raised:
        load_catalog(PackPath(files))

    assert name.rpartition("/")[2] in raised.value.detail


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ('approaches = ["medial-branch"]', "rule probe"),
        ('counts = { families = ["facet-ablation"], intents = ["diagnostic"] }', "rule probe, counts"),
        ('counts = { families = ["epidural"], approaches = ["cyst"] }', "rule probe, counts"),
    ],
)
def test_that_a_rule_about_what_nobody_can_do_is_refused(wrong: str, place: str) -> None:
    """It would be in force and never speak: the one who wrote it believes that a limit holds."""
    files = dict(pack_files(resource_root()))
    name = next(each for each in files if each.startswith("policies/aetna/") and b'"epidural"' in files[each])
    rule = '\n[[version.rule]]\nid = "probe"\nkind = "max_count"\nfamilies = ["epidural"]\nlimit = 4\n'
    rule += f'per = "region"\nwindow = {{ months = 12 }}\nevidence = "report"\nsource = "SOURCE"\n{wrong}\n'
    text = files[name].decode()
    source = text.partition("[sources.")[2].partition("]")[0]
    files[name] = (text + rule.replace("SOURCE", source)).encode()
    with pytest.raises(PolicyFileError) as raised:
        load_catalog(PackPath(files))

    assert f"{place}: no procedure is of these families, intents and approaches at once" in raised.value.detail
