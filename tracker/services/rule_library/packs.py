"""Rule packs at the clinic: look at one before it is taken in, take it in, and go back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tracker.domain.clock import Clock
from tracker.domain.errors import NotFoundError, PackError, StaleAnswerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.difference import BookChange, differences
from tracker.policies.edition import Edition
from tracker.policies.pack import Pack, load_pack, read_pack
from tracker.policies.pack_keys import PackKey
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.rule_library.base_book import PACK_IN_USE, BaseBook, base_book, clinic_keys
from tracker.services.rule_library.rule_effect import CalledOffError, RuleEffect, TwoBooks
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act, StoredPack
from tracker.storage.unit_of_work import UnitOfWork

__all__ = ["BookChange", "PackPreview", "PackService", "told"]

RULE_CHANGES = Changes(kinds=frozenset({Kind.RULES, Kind.BOOKINGS, Kind.COVERAGES}))


@dataclass(frozen=True, slots=True)
class PackPreview:
    """A pack that may be taken in: who signed it, what it says otherwise, and which coming visits that changes."""

    edition: Edition
    before: Edition
    signer: str
    fingerprint: str
    policies: int
    changes: tuple[BookChange, ...]
    effect: RuleEffect
    data: bytes = field(repr=False)
    compared_with: str = ""
    """The mark of the book that it was compared with: another one may be in use by the time it is taken in."""


class PackService:
    """Refuses whatever is not newer, whole and signed by somebody trusted; the rules in use then stay as they are."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._payers = payers
        self._clock = clock

    @property
    def in_use(self) -> BaseBook:
        """Return the book that answers here, and what is wrong with the one that should."""
        return self._rules.base

    def look_at(
        self,
        path: Path,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        called_off: Callable[[], bool] = lambda: False,
    ) -> PackPreview:
        """Verify the pack and say what it would change; nothing is written. Raises PackError or PolicyFileError."""

        def tell(done: int, total: int) -> None:
            if called_off():
                raise CalledOffError
            progress(done, total)

        data = read_pack(path)
        with self._transactions.reading() as uow:
            base = self._base(uow)
            _, catalog, key = self._verified(uow, data, base)
            after = self._rules.with_layer(catalog)
            effect = TwoBooks(self._rules.catalog, after, self._payers, self._clock.today()).effect(uow, tell)
        return PackPreview(
            edition=catalog.edition,
            before=base.catalog.edition,
            signer=key.name,
            fingerprint=key.fingerprint,
            policies=len(catalog.policies),
            changes=differences(base.catalog, catalog),
            effect=effect,
            data=data,
            compared_with=_mark(base),
        )

    def take_in(self, seen: PackPreview) -> Done[Edition]:
        """Answer by the pack that was looked at. Raises StaleAnswerError when other rules came into use meanwhile."""
        with self._transactions.writing() as uow:
            base = self._base(uow)
            if _mark(base) != seen.compared_with:
                raise StaleAnswerError(
                    tr("Other rules came into use meanwhile, so nothing was changed."),
                    "",
                    tr("Look at the pack again."),
                )
            pack, catalog, key = self._verified(uow, seen.data, base)
            pack_id = uow.packs.find_id(pack.mark) or uow.packs.add(self._stored(pack, key, seen.data))
            uow.clinic.set(PACK_IN_USE, pack_id)
            act_id = uow.commit(Act("take in rules", "rule_pack", pack_id))
        return self._done(catalog.edition, act_id, tr("Taken in: {rules}", rules=told(catalog.edition)))

    def go_back(self) -> Done[Edition]:
        """Answer by the rules that were in use before this pack. Raises NotFoundError when there are none."""
        with self._transactions.writing() as uow:
            if not uow.clinic.settings().get(PACK_IN_USE, ""):
                raise NotFoundError(tr("These are the rules that the program came with; there are none before them."))
            before = uow.packs.find_before(self._base(uow).catalog.edition.number)
            shipped = self._rules.shipped.edition.number
            uow.clinic.set(PACK_IN_USE, before.id if before and before.number > shipped else "")
            act_id = uow.commit(Act("go back to earlier rules", "rule_pack"))
            edition = self._base(uow).catalog.edition
        return self._done(edition, act_id, tr("Back to {rules}", rules=told(edition)))

    def _base(self, uow: UnitOfWork) -> BaseBook:
        return base_book(uow, self._rules.shipped, self._rules.keys)

    def _verified(self, uow: UnitOfWork, data: bytes, base: BaseBook) -> tuple[Pack, PolicyCatalog, PackKey]:
        trusted = (*self._rules.keys, *(each.as_trusted for each in clinic_keys(uow)))
        pack, catalog = load_pack(data, trusted)
        catalog.check_authorization_files()
        _refuse_older(catalog.edition, base.catalog.edition, same=pack.mark == base.mark)
        return pack, catalog, pack.signer(trusted)

    def _stored(self, pack: Pack, key: PackKey, data: bytes) -> StoredPack:
        edition, by = pack.edition(), self._transactions.user.name
        return StoredPack(
            edition.name, edition.number, edition.published, key.name, pack.mark, data, by, self._clock.now()
        )

    def _done(self, value: Edition, act_id: str, sentence: str) -> Done[Edition]:
        with self._transactions.reading() as uow:
            self._rules.reload(uow)
        return Done(value, RULE_CHANGES, f"{sentence}.", UndoToken(act_id, f"{sentence}."))


def told(edition: Edition) -> str:
    """Return "Rules 2026-11, number 3"."""
    return tr("{edition}, number {number}", edition=edition.title, number=edition.number)


def _mark(base: BaseBook) -> str:
    return base.mark or f"shipped {base.catalog.edition.number}"


def _refuse_older(new: Edition, used: Edition, *, same: bool) -> None:
    if same:
        raise PackError(tr("These rules are in use already."), "", tr("There is nothing to do."))
    if new.number == used.number:
        raise PackError(
            tr(
                "This rule pack has the number of the rules in use, {number}, and says something else.",
                number=used.number,
            ),
            "",
            tr("Ask the publisher for a pack with a number of its own."),
        )
    if new.number < used.number:
        raise PackError(
            tr("This rule pack is older than the rules in use."),
            tr(
                "It is number {number} of {day}; in use is number {used} of {used_day}.",
                number=new.number,
                day=us_date(new.published),
                used=used.number,
                used_day=us_date(used.published),
            ),
            tr("Ask for the newest one."),
        )
