"""Looks whether the record of acts is what was written: along its chain, and against what the newest backup holds."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.errors import BackupError
from tracker.domain.language import tr, tr_n
from tracker.services.clinic_file.backups import BackupService
from tracker.services.transactions import Transactions
from tracker.services.words.act_words import kind_words
from tracker.services.words.wording import us_moment
from tracker.storage.copies import CalledOff, Tell


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """`whole`: nothing was changed; `act_id`: the first act that does not fit, "" for none."""

    whole: bool
    sentence: str
    act_id: str = ""


class AuditChain:
    """Reads only. It takes long on a large record: make it off the GUI thread."""

    def __init__(self, transactions: Transactions, backups: BackupService) -> None:
        self._transactions = transactions
        self._backups = backups

    def verify(self, tell: Tell = lambda _done, _total: None, called_off: CalledOff = lambda: False) -> ChainVerdict:
        """Return whether the record is whole, and the first act that is not where it was written."""
        with self._transactions.reading() as uow:
            chain = uow.chain.look_along(tell, called_off)
            broken = uow.acts.get(chain.broken) if chain.broken else None  # its images may be no images any more
        if chain.broken:
            what = kind_words(broken.kind) if broken else ""
            where = tr("{what}, {at} by {by}", what=what, at=us_moment(broken.at), by=broken.by) if broken else ""
            told = tr("The record was changed outside the program. The first act that does not fit: {act}.", act=where)
            return ChainVerdict(False, told, chain.broken)
        if cut := self._missing_since_backup():
            return ChainVerdict(False, cut)
        told = tr_n("{n:,} act is as it was written.", "{n:,} acts are as they were written.", chain.sealed)
        older = tr_n("{n:,} older act has no seal.", "{n:,} older acts have no seal.", chain.unsealed)
        return ChainVerdict(True, f"{told} {older}" if chain.unsealed else told)

    def _missing_since_backup(self) -> str:
        """Return a sentence when the act that the newest backup ends with is not here as it was, "" else."""
        try:
            newest = self._backups.newest_mark()
        except BackupError:
            return ""  # the folder is out of reach: the chain alone has to do
        if newest is None:
            return ""
        made_at, act_id, mark = newest
        with self._transactions.reading() as uow:
            if uow.chain.find_mark(act_id) == mark:
                return ""
        when = us_moment(made_at)
        return tr("The record does not go on from the backup of {when}: its end was cut off, or it was rewritten.",
                  when=when)  # fmt: skip
