"""Drafts: kept for each user and place in the encrypted file, written over, taken away, never an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import text

from tests.builders import a_request
from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tracker.domain.booking import Elsewhere
from tracker.domain.draft import Draft
from tracker.domain.patient import User
from tracker.services.clinic_file.drafts import DraftService
from tracker.services.transactions import Transactions
from tracker.storage.database import Database

HALF = Draft("", {"patient": "ru", "levels": "l4"})


@pytest.fixture
def drafts(transactions: Transactions, clock: FixedClock) -> DraftService:
    return DraftService(transactions, clock)


def test_that_a_whole_request_and_what_was_typed_come_back_as_they_were(drafts: DraftService, patient_id: str) -> None:
    asked = replace(a_request(patient_id, TODAY), starts=time(9, 30), note="stairs", elsewhere=Elsewhere.NONE)
    draft = Draft(patient_id, {"day": "12/3", "note": "stairs"}, asked)
    drafts.save("check", draft)

    kept = drafts.find("check")
    assert kept is not None
    assert kept.draft == draft


def test_that_the_next_draft_is_written_over_the_one_before(drafts: DraftService, clock: FixedClock) -> None:
    drafts.save("check", HALF)
    drafts.save("check", Draft("", {"patient": "ruiz"}))

    kept = drafts.find("check")
    assert kept is not None
    assert kept.draft.typed == {"patient": "ruiz"}
    assert kept.saved_at == clock.now()


def test_that_each_place_and_each_user_has_a_draft_of_its_own(
    drafts: DraftService, database: Database, clock: FixedClock
) -> None:
    others = DraftService(Transactions(database, clock, User("Kim Lee")), clock)
    drafts.save("check", HALF)

    assert others.find("check") is None
    assert drafts.find("new patient") is None
    others.forget("check")
    assert drafts.find("check") is not None


def test_that_a_draft_that_is_done_is_gone(drafts: DraftService) -> None:
    drafts.save("check", HALF)
    drafts.forget("check")
    drafts.forget("check")

    assert drafts.find("check") is None


def test_that_a_patient_who_is_not_on_file_any_more_leaves_the_typed_text(drafts: DraftService) -> None:
    drafts.save("check", Draft("gone", {"note": "stairs"}, a_request("gone", TODAY)))

    kept = drafts.find("check")
    assert kept is not None
    assert kept.draft == Draft("", {"note": "stairs"})


def test_that_no_draft_is_an_act(drafts: DraftService, database: Database) -> None:
    with database.transaction(write=False) as connection:
        before = connection.execute(text("SELECT count(*) FROM act")).scalar_one()
    drafts.save("check", HALF)
    drafts.forget("check")

    with database.transaction(write=False) as connection:
        assert connection.execute(text("SELECT count(*) FROM act")).scalar_one() == before


def test_that_a_draft_of_another_version_is_no_draft(drafts: DraftService, database: Database) -> None:
    drafts.save("check", HALF)
    with database.transaction(write=True) as connection:
        connection.execute(text("""UPDATE draft SET content = '{"patient":"","typed":[1]}'"""))

    assert drafts.find("check") is None
