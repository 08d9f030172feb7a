"""Taking rule packs in: what is shown before, what is refused with which words, one act, undo, going back."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.fakes import FixedClock
from tests.policies.packs import Publisher, book_files, sessions_changed
from tests.services.rule_library.packed_clinic import (
    BEFORE_MARCH,
    IN_MARCH,
    book_two_visits,
    open_packed,
    trust,
    written,
)
from tracker.domain.errors import (
    ConflictError,
    InvalidEntryError,
    NotFoundError,
    PackError,
    StaleAnswerError,
    StorageError,
    UnknownKeyError,
)
from tracker.domain.verdict import Outcome
from tracker.services import Services
from tracker.services.changes import Kind
from tracker.services.clinic_file.vault import DataKey
from tracker.services.rule_library.base_book import PACK_IN_USE
from tracker.services.rule_library.rule_effect import CalledOffError
from tracker.services.transactions import Transactions
from tracker.services.visits.schedule import DayRow
from tracker.storage.database import Database
from tracker.storage.packs import PackRepository
from tracker.storage.rows.rules import rule_pack


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, clock: FixedClock, publisher: Publisher) -> Services:
    """A clinic with the program's book number 1 (3 a year) that trusts the publisher."""
    opened = open_packed(transactions, data_key, clock)
    trust(opened, publisher)
    return opened


def take_in(services: Services, folder: Path, data: bytes) -> object:
    return services.packs.take_in(services.packs.look_at(written(folder, data)))


def refusal(services: Services, path: Path) -> str:
    with pytest.raises(PackError) as refused:
        services.packs.look_at(path)
    assert services.packs.in_use.catalog.edition.number == 1
    return refused.value.sentence()


def coming(services: Services) -> tuple[DayRow, ...]:
    return services.schedule.next_days(date(2026, 11, 24), 200)


def test_that_a_look_tells_signer_difference_and_visits_and_writes_nothing(
    services: Services, publisher: Publisher, tmp_path: Path, transactions: Transactions
) -> None:
    _, march = book_two_visits(services)
    path = written(tmp_path, publisher.sign(book_files(2, later=(IN_MARCH, 1))))
    with transactions.reading() as uow:
        before = uow.acts.latest_id()

    seen = services.packs.look_at(path)

    assert (seen.signer, seen.fingerprint) == (publisher.name, publisher.trusted.fingerprint)
    assert (seen.edition.number, seen.before.number, seen.policies) == (2, 1, 1)
    assert [change.sentence() for change in seen.changes] == [f"Changed, from 03/01/2027: {sessions_changed(3, 1)}"]
    assert seen.effect.judged == 2
    (visit,) = seen.effect.visits
    assert (visit.booking_id, visit.patient.last, visit.day) == (march, "Invented", IN_MARCH)
    assert visit.was.outcome < visit.now.outcome is Outcome.NOT_ALLOWED
    assert visit.coverage == "Invented Maple"
    with transactions.reading() as uow:
        assert uow.acts.latest_id() == before
    assert services.packs.in_use.catalog.edition.number == 1


def test_that_rules_from_march_on_leave_the_last_day_of_february_as_it_was(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    book_two_visits(services)
    february, march = coming(services)
    assert (february.booking.day, march.booking.day) == (BEFORE_MARCH, IN_MARCH)
    assert march.outcome < Outcome.NOT_ALLOWED

    done = services.packs.take_in(
        services.packs.look_at(written(tmp_path, publisher.sign(book_files(2, later=(IN_MARCH, 1)))))
    )

    assert coming(services)[0].verdict == february.verdict
    assert coming(services)[1].outcome is Outcome.NOT_ALLOWED
    assert done.sentence == "Taken in: Rules 2026-11, number 2."
    assert {Kind.RULES, Kind.BOOKINGS} <= done.changes.kinds
    assert not done.changes.patients


def test_that_taking_in_is_one_act_and_undo_brings_the_old_rules_back(
    services: Services, publisher: Publisher, tmp_path: Path, transactions: Transactions
) -> None:
    done = services.packs.take_in(services.packs.look_at(written(tmp_path, publisher.sign(book_files(2, limit=1)))))
    assert done.undo is not None
    with transactions.reading() as uow:
        act = uow.acts.get(uow.acts.latest_id())
    assert (act.id, act.kind, act.by) == (done.undo.act_id, "take in rules", "Jo Diaz")

    services.undo.undo(done.undo)

    assert services.packs.in_use.catalog.edition.number == 1
    with transactions.reading() as uow:
        assert uow.packs.find_before(99) is None
    take_in(services, tmp_path, publisher.sign(book_files(2, limit=1)))
    assert services.packs.in_use.catalog.edition.number == 2


def test_that_the_rules_taken_in_answer_at_the_next_opening(
    services: Services,
    publisher: Publisher,
    tmp_path: Path,
    transactions: Transactions,
    data_key: DataKey,
    clock: FixedClock,
) -> None:
    files = book_files(2)
    files["payers.toml"] += b'[[payer]]\nid = "oak"\nname = "Invented Oak"\nrules = "maple"\n'
    take_in(services, tmp_path, publisher.sign(files))
    assert ("oak", "Invented Oak") in services.desk.payers()

    again = open_packed(transactions, data_key, clock)

    assert (again.packs.in_use.catalog.edition.number, again.packs.in_use.signer) == (2, publisher.name)
    assert again.packs.in_use.trouble is None
    assert ("oak", "Invented Oak") in again.desk.payers()


def test_that_a_newer_program_answers_by_its_own_newer_rules(
    services: Services,
    publisher: Publisher,
    tmp_path: Path,
    transactions: Transactions,
    data_key: DataKey,
    clock: FixedClock,
) -> None:
    take_in(services, tmp_path, publisher.sign(book_files(2)))

    again = open_packed(transactions, data_key, clock, number=3)

    assert (again.packs.in_use.catalog.edition.number, again.packs.in_use.pack_id) == (3, "")
    assert again.packs.in_use.trouble is None


def test_that_a_pack_cut_off_is_refused(services: Services, publisher: Publisher, tmp_path: Path) -> None:
    data = publisher.sign(book_files(2))

    assert refusal(services, written(tmp_path, data[: len(data) // 2])).startswith("The rule pack is not whole.")


def test_that_a_changed_pack_is_refused(services: Services, publisher: Publisher, tmp_path: Path) -> None:
    data = publisher.sign(book_files(2)).replace(b"limit = 3", b"limit = 9")

    assert "was changed after it was" in refusal(services, written(tmp_path, data))


def test_that_an_older_pack_is_refused_with_both_numbers(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    take_in(services, tmp_path, publisher.sign(book_files(3)))

    with pytest.raises(PackError) as refused:
        services.packs.look_at(written(tmp_path, publisher.sign(book_files(2, published=date(2026, 10, 1)))))

    said = "It is number 2 of 10/01/2026; in use is number 3 of 11/20/2026."
    assert (refused.value.title, refused.value.detail) == ("This rule pack is older than the rules in use.", said)
    assert services.packs.in_use.catalog.edition.number == 3


def test_that_the_same_pack_and_another_of_its_number_are_told_apart(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    data = publisher.sign(book_files(2))
    take_in(services, tmp_path, data)

    with pytest.raises(PackError, match="in use already"):
        services.packs.look_at(written(tmp_path, data))
    with pytest.raises(PackError, match="says something else"):
        services.packs.look_at(written(tmp_path, publisher.sign(book_files(2, limit=5))))


def test_that_a_key_must_be_trusted_first(services: Services, tmp_path: Path, transactions: Transactions) -> None:
    stranger = Publisher("Somebody else")
    path = written(tmp_path, stranger.sign(book_files(2)))
    with pytest.raises(UnknownKeyError):
        services.packs.look_at(path)
    key = services.pack_trust.key_of(path)

    with pytest.raises(InvalidEntryError, match="not the fingerprint"):
        services.pack_trust.trust(key, "Somebody else", "0000 0000")
    done = services.pack_trust.trust(key, "Somebody else", stranger.trusted.fingerprint.lower())

    assert services.packs.look_at(path).signer == "Somebody else"
    assert [(each.name, each.by, each.on) for each in services.pack_trust.list_keys()][-1] == (
        "Somebody else",
        "Jo Diaz",
        date(2026, 11, 24),
    )
    assert done.undo is not None
    services.undo.undo(done.undo)
    with pytest.raises(UnknownKeyError):
        services.packs.look_at(path)


def test_that_a_key_is_trusted_once_and_by_a_name(services: Services, publisher: Publisher) -> None:
    key = publisher.trusted

    with pytest.raises(ConflictError, match="trusted already"):
        services.pack_trust.trust(key.key, key.name, key.fingerprint)
    with pytest.raises(InvalidEntryError, match="whose key"):
        services.pack_trust.trust(key.key, "  ", key.fingerprint)


def test_that_rules_of_a_key_that_is_trusted_no_more_do_not_answer(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    take_in(services, tmp_path, publisher.sign(book_files(2)))

    services.pack_trust.distrust(publisher.trusted.fingerprint)

    used = services.packs.in_use
    assert used.catalog.edition.number == 1
    assert used.trouble is not None
    assert "not trusted here" in used.trouble.detail
    with pytest.raises(NotFoundError):
        services.pack_trust.distrust(publisher.trusted.fingerprint)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda data: base64.b64encode(zlib.compress(data[:-9])).decode(), "not whole"),
        (lambda data: base64.b64encode(zlib.compress(data)[:-9]).decode(), "damaged"),
        (lambda _data: "no base64", "damaged"),
    ],
)
def test_that_a_pack_that_is_damaged_on_file_is_told_and_the_shipped_rules_answer(
    services: Services,
    publisher: Publisher,
    tmp_path: Path,
    transactions: Transactions,
    database: Database,
    data_key: DataKey,
    clock: FixedClock,
    content: Callable[[bytes], str],
    why: str,
) -> None:
    data = publisher.sign(book_files(2))
    take_in(services, tmp_path, data)
    with database.transaction(write=True) as connection:
        connection.execute(update(rule_pack).values(content=content(data)))

    again = open_packed(transactions, data_key, clock)

    assert again.packs.in_use.catalog.edition.number == 1
    assert again.packs.in_use.trouble is not None
    assert why in again.packs.in_use.trouble.detail


def test_that_nothing_is_half_written(
    services: Services,
    publisher: Publisher,
    tmp_path: Path,
    transactions: Transactions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = services.packs.look_at(written(tmp_path, publisher.sign(book_files(2))))
    add = PackRepository.add

    def full_disk(self: PackRepository, new: object) -> str:
        add(self, new)  # type: ignore[arg-type]  # handed through
        raise StorageError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(PackRepository, "add", full_disk)
        with pytest.raises(StorageError):
            services.packs.take_in(seen)

    assert services.packs.in_use.catalog.edition.number == 1
    with transactions.reading() as uow:
        assert uow.packs.find_before(99) is None
        assert uow.clinic.settings().get(PACK_IN_USE, "") == ""
    services.packs.take_in(seen)
    assert services.packs.in_use.catalog.edition.number == 2


def test_that_what_was_compared_with_other_rules_is_not_taken_in(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    seen = services.packs.look_at(written(tmp_path, publisher.sign(book_files(3))))
    take_in(services, tmp_path, publisher.sign(book_files(2)))

    with pytest.raises(StaleAnswerError):
        services.packs.take_in(seen)

    assert services.packs.in_use.catalog.edition.number == 2


def test_that_going_back_leads_to_the_pack_before_and_then_to_the_shipped_rules(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    for number in (2, 4):
        take_in(services, tmp_path, publisher.sign(book_files(number)))

    assert services.packs.go_back().sentence == "Back to Rules 2026-11, number 2."
    assert services.packs.in_use.catalog.edition.number == 2
    done = services.packs.go_back()
    assert services.packs.in_use.catalog.edition.number == 1
    with pytest.raises(NotFoundError, match="none before them"):
        services.packs.go_back()
    assert done.undo is not None
    services.undo.undo(done.undo)
    assert services.packs.in_use.catalog.edition.number == 2
    take_in(services, tmp_path, publisher.sign(book_files(4)))
    assert services.packs.in_use.catalog.edition.number == 4


def test_that_a_look_can_be_called_off_and_tells_how_far_it_is(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    book_two_visits(services)
    path = written(tmp_path, publisher.sign(book_files(2)))
    told: list[tuple[int, int]] = []

    services.packs.look_at(path, lambda done, total: told.append((done, total)))
    with pytest.raises(CalledOffError):
        services.packs.look_at(path, called_off=lambda: True)

    assert told == [(0, 2), (2, 2)]


def test_that_what_the_clinic_changed_itself_holds_over_the_rules_taken_in(
    services: Services, publisher: Publisher, tmp_path: Path
) -> None:
    book_two_visits(services)
    look, aim = services.library.look(), services.clinic_rules.aim
    (rule,) = look.rules
    services.clinic_rules.switch_off(rule, aim(rule.place), "Agreed with the payer")

    seen = services.packs.look_at(written(tmp_path, publisher.sign(book_files(2, limit=1))))
    services.packs.take_in(seen)

    assert seen.effect.visits == ()
    assert services.packs.in_use.catalog.edition.number == 2
    assert all(row.outcome < Outcome.NOT_ALLOWED for row in coming(services))


def test_that_a_pack_taken_in_at_another_desk_answers_here_after_a_look(
    services: Services, publisher: Publisher, tmp_path: Path, database: Database, data_key: DataKey, clock: FixedClock
) -> None:
    second = Database.open(database.path, data_key.secret)
    other_desk = open_packed(Transactions(second, clock, services.user), data_key, clock)
    take_in(other_desk, tmp_path, publisher.sign(book_files(2, later=(IN_MARCH, 1))))
    assert services.packs.in_use.catalog.edition.number == 1

    assert services.library.keep_up()
    assert services.packs.in_use.catalog.edition.number == 2
    assert not services.library.keep_up()
    assert not other_desk.library.keep_up()

    other_desk.packs.go_back()
    assert services.library.keep_up()
    assert services.packs.in_use.catalog.edition.number == 1
    second.close()
