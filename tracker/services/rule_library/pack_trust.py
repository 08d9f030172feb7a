"""Whose signature on a rule pack the clinic trusts: decided by a person who compared the fingerprint."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError, NotFoundError
from tracker.domain.language import tr
from tracker.policies.pack import open_pack, read_pack
from tracker.policies.pack_keys import same_fingerprint
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.rule_library.base_book import ClinicKey, clinic_keys, write_clinic_keys
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.records import Act

Value = TypeVar("Value")


class PackTrustService:
    """The clinic's own keys, beside those that the program ships."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock

    def list_keys(self) -> tuple[ClinicKey, ...]:
        """Return the keys that the clinic itself trusts."""
        with self._transactions.reading() as uow:
            return clinic_keys(uow)

    def key_of(self, path: Path) -> bytes:
        """Return the key that signed a pack, trusted or not. Raises PackError when its signature does not fit."""
        return open_pack(read_pack(path)).key

    def trust(self, key: bytes, name: str, fingerprint: str) -> Done[ClinicKey]:
        """Trust a key from now on; `fingerprint` as the publisher told it. Raises InvalidEntryError when it differs."""
        if not name.strip():
            raise InvalidEntryError(
                tr("Say whose key it is."), "", tr("Type the name of the one who publishes the rules.")
            )
        if not same_fingerprint(fingerprint, key):
            raise InvalidEntryError(
                tr("This is not the fingerprint of the key."),
                tr("What was typed differs from it, so the key is not trusted."),
                tr("Ask the publisher again by phone. When theirs is another, do not use the pack."),
            )
        new = ClinicKey(name.strip(), key, self._transactions.user.name, self._clock.today())
        with self._transactions.writing() as uow:
            known = clinic_keys(uow)
            if any(each.key == key for each in known):
                raise ConflictError(tr("This key is trusted already."))
            write_clinic_keys(uow, (*known, new))
            act_id = uow.commit(Act("trust rule key", "setting"))
        return self._done(new, act_id, tr("Trusted from now on: rule packs signed by {name}", name=new.name))

    def distrust(self, fingerprint: str) -> Done[None]:
        """Trust a key no more: a pack that it signed does not answer any longer either. Raises NotFoundError."""
        with self._transactions.writing() as uow:
            known = clinic_keys(uow)
            left = tuple(each for each in known if not same_fingerprint(fingerprint, each.key))
            if left == known:
                raise NotFoundError(tr("No key with this fingerprint is trusted by the clinic."))
            write_clinic_keys(uow, left)
            act_id = uow.commit(Act("distrust rule key", "setting"))
        return self._done(None, act_id, tr("Trusted no more: rule packs signed by this key"))

    def _done(self, value: Value, act_id: str, sentence: str) -> Done[Value]:
        with self._transactions.reading() as uow:
            self._rules.reload(uow)
        kinds = frozenset({Kind.RULES, Kind.BOOKINGS})
        return Done(value, Changes(kinds=kinds), f"{sentence}.", UndoToken(act_id, f"{sentence}."))
