"""Rule packs: what is signed is read, and nothing else is: changed, cut off, unsigned, other people's, hostile."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from tests.policies.packs import Publisher, book_files
from tracker.domain.coverage import Site
from tracker.domain.errors import PackError, PolicyFileError, UnknownKeyError
from tracker.domain.policy import InForce
from tracker.domain.procedure import Family
from tracker.paths import case_root, resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.difference import differences
from tracker.policies.pack import load_pack, pack_files, read_pack
from tracker.policies.pack_archive import LARGEST_PACK, packed, unpacked
from tracker.policies.pack_keys import PackKey, fingerprint, new_key, private_key, public_key, same_fingerprint
from tracker.policies.pack_seal import MANIFEST, SIGNATURE, sealed

SITE = Site("site", "Invented site", "KY", "11")


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture(scope="module")
def pack(publisher: Publisher) -> bytes:
    return publisher.sign(book_files())


def refusal(data: bytes, *trusted: PackKey) -> str:
    with pytest.raises(PackError) as refused:
        load_pack(data, trusted)
    return refused.value.sentence()


def limit_on(book: PolicyCatalog, day: date) -> int:
    found = book.in_force("maple", Family.EPIDURAL, SITE, day)
    assert isinstance(found, InForce)
    return found.version.rules[0].limit  # type: ignore[attr-defined]  # the only rule is a max_count


def loose(files: dict[str, bytes], mode: int = 0o100644, compression: int = zipfile.ZIP_STORED) -> bytes:
    """Zip files as any program might."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = compression
            archive.writestr(entry, content)
    return target.getvalue()


def test_that_a_signed_pack_is_a_rule_book(publisher: Publisher, pack: bytes) -> None:
    opened, book = load_pack(pack, [publisher.trusted])

    assert opened.signer([publisher.trusted]).name == publisher.name
    assert (book.edition.number, book.edition.title) == (2, "Rules 2026-11")
    assert limit_on(book, date(2026, 11, 24)) == 3


def test_that_the_shipped_rules_make_a_pack_that_says_the_same(publisher: Publisher) -> None:
    data = publisher.sign(pack_files(resource_root(), case_root()))

    opened, book = load_pack(data, [publisher.trusted])

    shipped = load_catalog(resource_root())
    assert differences(shipped, book) == ()
    assert (len(book.policies), len(book.courses)) == (len(shipped.policies), len(shipped.courses))
    assert {path.name for path in case_root().glob("*.json")} == {
        name.removeprefix("cases/") for name in opened.files if name.startswith("cases/")
    }


def test_that_the_same_files_are_always_the_same_bytes(publisher: Publisher) -> None:
    files = book_files()

    assert publisher.sign(files) == publisher.sign(dict(reversed(files.items())))
    assert hashlib.sha256(packed({"b/c.toml": b"x = 1\n", "a.toml": b""})).hexdigest() == PINNED


PINNED = "2a165cdb933d251c4c37e89ac7eedd7a420ab925f561ef5c2cbb5cd905d6a8ba"
"""On every system and with every Python: otherwise a pack made on one would be refused on another."""


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="this system has no sha256sum")
def test_that_other_tools_can_check_a_pack(publisher: Publisher, pack: bytes, tmp_path: Path) -> None:
    zipfile.ZipFile(BytesIO(pack)).extractall(tmp_path)

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", MANIFEST], cwd=tmp_path, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(book_files())


def test_that_a_pack_with_any_one_byte_changed_is_refused(publisher: Publisher, pack: bytes) -> None:
    for at in range(len(pack)):
        for flip in (0x01, 0x80):
            changed = bytearray(pack)
            changed[at] ^= flip
            with pytest.raises((PackError, PolicyFileError)):
                load_pack(bytes(changed), [publisher.trusted])


def test_that_a_pack_cut_off_anywhere_is_refused_as_not_whole(publisher: Publisher, pack: bytes) -> None:
    for length in range(len(pack)):
        assert "not whole" in refusal(pack[:length], publisher.trusted), length


def test_that_nothing_may_stand_before_or_behind_it(publisher: Publisher, pack: bytes) -> None:
    assert "changed after it was made" in refusal(pack + b"\0", publisher.trusted)
    assert "changed after it was made" in refusal(pack + pack, publisher.trusted)
    assert "no rule pack" in refusal(b"\0" + pack, publisher.trusted)


def test_that_a_changed_file_is_named(publisher: Publisher, pack: bytes) -> None:
    files = unpacked(pack)
    files["policies/maple/epidural.toml"] = files["policies/maple/epidural.toml"].replace(b"limit = 3", b"limit = 9")

    said = refusal(packed(files), publisher.trusted)

    assert said.startswith("The rule pack was changed after it was signed. policies/maple/epidural.toml is not as it")


def test_that_a_file_more_or_less_is_named(publisher: Publisher, pack: bytes) -> None:
    more = unpacked(pack) | {"policies/maple/own.toml": b""}
    less = unpacked(pack)
    del less["payers.toml"]

    assert "policies/maple/own.toml was added." in refusal(packed(more), publisher.trusted)
    assert "payers.toml is missing." in refusal(packed(less), publisher.trusted)


@pytest.mark.parametrize("missing", [SIGNATURE, MANIFEST])
def test_that_an_unsigned_pack_is_refused(publisher: Publisher, pack: bytes, missing: str) -> None:
    files = unpacked(pack)
    del files[missing]

    assert refusal(packed(files), publisher.trusted).startswith("The rule pack is not signed.")
    assert refusal(packed(book_files()), publisher.trusted).startswith("The rule pack is not signed.")


def test_that_the_signature_of_another_pack_does_not_fit(publisher: Publisher, pack: bytes) -> None:
    other = unpacked(publisher.sign(book_files(3)))
    files = unpacked(pack) | {SIGNATURE: other[SIGNATURE]}

    assert "The signature does not fit" in refusal(packed(files), publisher.trusted)


def test_that_a_trusted_key_cannot_be_named_over_anothers_signature(publisher: Publisher) -> None:
    files = unpacked(Publisher("somebody else").sign(book_files()))
    first, second = unpacked(publisher.sign(book_files()))[SIGNATURE].splitlines()
    files[SIGNATURE] = first + b"\n" + files[SIGNATURE].splitlines()[1] + b"\n"

    assert "The signature does not fit" in refusal(packed(files), publisher.trusted)
    assert second not in files[SIGNATURE]


def test_that_a_key_that_nobody_trusts_is_told_by_its_fingerprint(publisher: Publisher, pack: bytes) -> None:
    with pytest.raises(UnknownKeyError) as refused:
        load_pack(pack, [Publisher("somebody else").trusted])

    assert refused.value.fingerprint == publisher.trusted.fingerprint
    assert publisher.trusted.fingerprint in refused.value.sentence()


def test_that_a_key_speaks_only_for_packs_of_its_time(publisher: Publisher, pack: bytes) -> None:
    key = publisher.trusted.key

    load_pack(pack, [PackKey("until that day", key, until=date(2026, 11, 20))])
    assert "not trusted for its date" in refusal(pack, PackKey("ended before", key, until=date(2026, 11, 19)))
    assert "not trusted for its date" in refusal(pack, PackKey("begins later", key, since=date(2026, 11, 21)))


@pytest.mark.parametrize(
    "name", ["../payers.toml", "/etc/passwd", "policies/../../x.toml", "C:/x.toml", "a\\b.toml", ".hidden", "a//b", "é"]
)
def test_that_a_name_that_leads_elsewhere_is_refused(publisher: Publisher, name: str) -> None:
    said = refusal(loose({name: b""}), publisher.trusted)

    assert said.startswith("The rule pack holds a file with a name that is not allowed.")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_that_a_file_that_is_there_twice_is_refused(publisher: Publisher) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("payers.toml", "")
        archive.writestr("Payers.toml", "")

    assert refusal(target.getvalue(), publisher.trusted).startswith("The rule pack holds a file twice.")


def test_that_links_and_compressed_files_are_refused(publisher: Publisher, pack: bytes) -> None:
    files = unpacked(pack)
    bomb = loose({"payers.toml": bytes(50_000_000)}, compression=zipfile.ZIP_DEFLATED)

    for hostile in (loose(files, stat.S_IFLNK | 0o777), loose(files, compression=zipfile.ZIP_DEFLATED), bomb):
        assert "made by something else" in refusal(hostile, publisher.trusted)


def test_that_too_large_a_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.rulepack"
    with path.open("wb") as file:
        file.truncate(LARGEST_PACK * 100)

    with pytest.raises(PackError, match="too large"):
        read_pack(path)


def test_that_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        read_pack(tmp_path / "nowhere.rulepack")


def test_that_a_pack_for_a_newer_program_is_refused(publisher: Publisher) -> None:
    said = refusal(publisher.sign(book_files(more='program = "99.1"\n')), publisher.trusted)

    assert said.startswith("These rules need a newer program. They need version 99.1; this is ")


def test_that_a_signed_file_that_the_program_does_not_know_is_refused(publisher: Publisher) -> None:
    files = sealed(book_files() | {"surprises/new.toml": b""}, private_key(publisher.pair[0]))

    assert "surprises/new.toml. Update the program first." in refusal(packed(files), publisher.trusted)


def test_that_a_folder_with_a_mistake_is_not_signed(publisher: Publisher) -> None:
    files = book_files() | {"payers.toml": b'[[payer]]\nid = "maple"\nname = "Maple"\nrules = "oak"\n'}

    with pytest.raises(PolicyFileError, match="mistake"):
        publisher.sign(files)


def test_that_only_what_belongs_into_a_pack_goes_into_it(publisher: Publisher, tmp_path: Path) -> None:
    shutil.copytree(resource_root(), tmp_path / "book")
    (tmp_path / "book" / "policies" / "notes.txt").write_text("mine", encoding="utf-8")

    names = set(pack_files(tmp_path / "book"))

    assert "pack.toml" in names
    assert not {name for name in names if name.endswith((".txt", ".otf", ".svg")) or name == "pack-keys.toml"}


def test_that_line_ends_of_another_system_change_nothing(tmp_path: Path) -> None:
    for folder, end in (("here", "\n"), ("there", "\r\n")):
        for name, content in book_files().items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.replace(b"\n", end.encode()))

    assert pack_files(tmp_path / "here") == pack_files(tmp_path / "there") == book_files()


def test_that_a_version_that_begins_later_leaves_the_days_before_alone(publisher: Publisher) -> None:
    old = load_pack(publisher.sign(book_files()), [publisher.trusted])[1]
    new = load_pack(publisher.sign(book_files(3, later=(date(2027, 3, 1), 1))), [publisher.trusted])[1]

    assert limit_on(old, date(2027, 2, 28)) == limit_on(new, date(2027, 2, 28)) == 3
    assert (limit_on(old, date(2027, 3, 1)), limit_on(new, date(2027, 3, 1))) == (3, 1)


def test_that_only_an_ed25519_key_signs() -> None:
    secret, public = new_key()

    for pem in (public, b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
        with pytest.raises(PackError, match="no private Ed25519 key"):
            private_key(pem)
    with pytest.raises(PackError, match="no public Ed25519 key"):
        public_key(secret)


def test_that_a_fingerprint_is_known_however_it_is_typed(publisher: Publisher) -> None:
    key = publisher.trusted.key

    assert same_fingerprint(fingerprint(key).lower().replace(" ", "-"), key)
    assert not same_fingerprint(fingerprint(key)[:-1], key)
    assert not same_fingerprint("", key)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("number", "9" * 30, "pack.toml: number: must be 999999999 or less"),
        ("number", "9" * 5000, "pack.toml: holds a number with thousands of figures; correct it."),
        ("number", "0", "pack.toml: number: must be 1 or more, not 0."),
        ("number", "true", "pack.toml: number: must be a whole number."),
        ("published", "9999-12-31", "pack.toml: published: must lie between 1990 and 2099."),
        ("published", "0001-01-01", "pack.toml: published: must lie between 1990 and 2099."),
        ("program", f'"{"9" * 5000}"', "pack.toml: program: has 5000 signs; 40 at most."),
        ("program", '"latest"', "pack.toml: program: must be the number of a version, such as 1.4."),
        ("name", f'"{"A" * 81}"', "pack.toml: name: has 81 signs; 80 at most."),
        ("name", '" "', "pack.toml: name: is empty; write the name, or leave it out."),
        ("name", '"Rules \\u202e2"', "pack.toml: name: holds a sign that cannot be seen (U+202E); type it anew."),
        ("note", f'"{"A" * 2001}"', "pack.toml: note: has 2001 signs; 2000 at most."),
        ("replaces", "-1", "pack.toml: replaces: must be 0 or more, not -1."),
    ],
    ids=range(13),
)
def test_that_a_signed_pack_that_says_nonsense_of_itself_is_refused_in_a_sentence(
    publisher: Publisher, key: str, value: str, told: str
) -> None:
    """Who signs may be careless, or not the one whom the clinic thinks: a seal makes no number readable."""
    says = {"name": '"Invented rules"', "number": "2", "published": "2026-11-01"} | {key: value}
    files = book_files() | {"pack.toml": "".join(f"{name} = {each}\n" for name, each in says.items()).encode()}
    with pytest.raises(PolicyFileError) as refused:
        load_pack(packed(sealed(files, private_key(publisher.pair[0]))), (publisher.trusted,))

    assert told in refused.value.detail
    assert len(refused.value.detail.splitlines()) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_that_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.rulepack")
    for path in (tmp_path / "pipe.rulepack", tmp_path):
        with pytest.raises(PackError, match="cannot be read"):
            read_pack(path)
