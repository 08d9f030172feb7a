"""Takes the last act back, unless somebody changed its records since."""

from __future__ import annotations

from collections.abc import Callable

from tracker.domain.errors import ConflictError
from tracker.domain.language import tr
from tracker.services.changes import Changes, Done, UndoToken
from tracker.services.transactions import Transactions
from tracker.storage import users
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork


class UndoService:
    """Undo is an act of its own: it stays on record, and its token would do the act again."""

    def __init__(self, transactions: Transactions, look_again: Callable[[], None] = lambda: None) -> None:
        self._transactions = transactions
        self._look_again = look_again

    def undo(self, token: UndoToken) -> Done[None]:
        """Put every record of the act back as it was. Raises ConflictError when one was changed since.

        Of several acts, all go back at once but those whose records were changed since; when the file fails, none does.
        """
        undone: list[str] = []
        kept: list[ConflictError] = []
        with self._transactions.writing() as uow:
            for each in (token.act_id, *token.earlier):
                try:
                    with uow.part():
                        undone.append(self._take_back(uow, each))
                except ConflictError as error:
                    kept.append(error)
            if not undone:
                raise kept[0]
        self._look_again()  # what was taken back may have been rules
        told = _told(token)
        if kept:
            told = tr("{sentence} Not taken back: what was changed since, and what was done with it.", sentence=told)
        last, *earlier = reversed(undone)
        return Done(None, Changes.everything(), told, UndoToken(last, token.sentence, not token.again, tuple(earlier)))

    def _take_back(self, uow: UnitOfWork, act_id: str) -> str:
        past = uow.acts.get(act_id)
        if past.by != self._transactions.user.name:
            raise ConflictError(tr("{name} did this; only they can take it back.", name=past.by))
        if past.entity == users.ENTITY:  # the key file would not follow
            raise ConflictError(tr("What was done about users is not taken back."), "", tr("Do it the other way round."))
        uow.acts.take_back(act_id)
        return uow.commit(Act("undo", past.entity, past.entity_id, undoes=past.id))


def _told(token: UndoToken) -> str:
    if token.again:
        return tr("Done again: {sentence}", sentence=token.sentence) if token.sentence else tr("Done again.")
    return tr("Taken back: {sentence}", sentence=token.sentence) if token.sentence else tr("Taken back.")
