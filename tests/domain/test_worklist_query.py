"""The worklist's one line: what each word means, and that a word without meaning is told."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.errors import InvalidEntryError
from tracker.domain.worklist_query import Reader, WorkQuery

TUESDAY = date(2026, 11, 24)
READER = Reader(TUESDAY, "Jo Diaz", lambda text: frozenset({"aetna"}) if text.startswith("aet") else frozenset())


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("", WorkQuery()),
        ("is:late", WorkQuery(late=True)),
        ("is:overdue is:unbooked", WorkQuery(late=True, unbooked=True)),
        ("is:open", WorkQuery(open=True)),
        ("payer:aet", WorkQuery(payers=frozenset({"aetna"}))),
        ("owner:me", WorkQuery(owner="Jo Diaz")),
        ("owner:nobody", WorkQuery(owner="")),
        ("owner:Kim", WorkQuery(owner="Kim")),
        ("due<=today", WorkQuery(due_until=TUESDAY)),
        ("due:t", WorkQuery(due_until=TUESDAY)),
        ("due<t", WorkQuery(due_until=date(2026, 11, 23))),
        ("due<7", WorkQuery(due_until=date(2026, 12, 1))),
        ("ends<=12/3", WorkQuery(ends_until=date(2026, 12, 3))),
        ("ENDS<=2026-12-03", WorkQuery(ends_until=date(2026, 12, 3))),
        ("smi jane", WorkQuery(name="smi jane")),
        ("A118", WorkQuery(number="A118")),
        ('owner:"Owner 3"', WorkQuery(owner="Owner 3")),
        ('"owner:Kim Reyes" smith', WorkQuery(owner="Kim Reyes", name="smith")),
        ("owner:“Owner 3” is:late", WorkQuery(owner="Owner 3", late=True)),
        ('payer:"aetna of"', WorkQuery(payers=frozenset({"aetna"}))),
        ('is:late owner:"Kim Rey', WorkQuery(late=True, owner="Kim Rey")),
        ('"van  Dam" jo', WorkQuery(name="van  Dam jo")),
        ('""', WorkQuery()),
    ],
)
def test_that_each_word_narrows_the_list(line: str, query: WorkQuery) -> None:
    assert READER.read(line) == query


def test_that_states_add_up_and_other_words_narrow() -> None:
    query = READER.read("is:denied is:appealed owner:me smith due<=t")
    assert query.statuses == {AuthorizationStatus.DENIED, AuthorizationStatus.APPEALED}
    assert (query.owner, query.name, query.due_until) == ("Jo Diaz", "smith", TUESDAY)


@pytest.mark.parametrize(
    ("line", "token"), [("is:lost", "lost"), ("payer:zzz", "zzz"), ("due<=soonish", "soonish"), ("ends<n", "n")]
)
def test_that_a_word_without_meaning_is_named(line: str, token: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        READER.read(line)
    assert refused.value.token == token
