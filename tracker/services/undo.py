"""Takes the last act back, unless somebody changed its records since."""

from __future__ import annotations

from collections.abc import Callable

from tracker.domain.errors import ConflictError
from tracker.domain.language import tr
from tracker.services.changes import Changes, Done, UndoToken
from tracker.services.transactions import Transactions
from tracker.storage import users
from tracker.storage.records import Act


class UndoService:
    """Undo is an act of its own: it stays on record, and its token would do the act again."""

    def __init__(self, transactions: Transactions, look_again: Callable[[], None] = lambda: None) -> None:
        self._transactions = transactions
        self._look_again = look_again

    def undo(self, token: UndoToken) -> Done[None]:
        """Put every record of the act back as it was. Raises ConflictError when one was changed since."""
        with self._transactions.writing() as uow:
            past = uow.acts.get(token.act_id)
            if past.by != self._transactions.user.name:
                raise ConflictError(tr("{name} did this; only they can take it back.", name=past.by))
            if past.entity == users.ENTITY:  # the key file would not follow
                raise ConflictError(
                    tr("What was done about users is not taken back."), "", tr("Do it the other way round.")
                )
            uow.acts.take_back(token.act_id)
            act_id = uow.commit(Act("undo", past.entity, past.entity_id, undoes=past.id))
        self._look_again()  # what was taken back may have been rules
        return Done(None, Changes.everything(), _told(token), UndoToken(act_id, token.sentence, not token.again))


def _told(token: UndoToken) -> str:
    if token.again:
        return tr("Done again: {sentence}", sentence=token.sentence) if token.sentence else tr("Done again.")
    return tr("Taken back: {sentence}", sentence=token.sentence) if token.sentence else tr("Taken back.")
