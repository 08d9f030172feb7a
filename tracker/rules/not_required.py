"""What a payer said needs no approval: the codes that it was asked about, on the days for which it said so."""

from __future__ import annotations

from tracker.domain.authorization import AuthorizationKind, AuthorizationStatus
from tracker.domain.coverage import Coverage
from tracker.domain.proposal import Case
from tracker.domain.verdict import CodeLine
from tracker.rules.approvals import in_dates


def all_free(
    case: Case,
    coverage: Coverage,
    lines: tuple[CodeLine, ...],
    kind: AuthorizationKind = AuthorizationKind.PAYER,
) -> bool:
    """Tell whether the payer said that none of the lines needs one; without lines: that nothing does."""
    return not still_asked(case, coverage, lines, kind) if lines else _free(case, coverage, kind, "")


def still_asked(
    case: Case, coverage: Coverage, lines: tuple[CodeLine, ...], kind: AuthorizationKind
) -> tuple[CodeLine, ...]:
    """Return the lines of whose codes the payer did not say that they need none."""
    return tuple(line for line in lines if not _free(case, coverage, kind, line.code))


def _free(case: Case, coverage: Coverage, kind: AuthorizationKind, code: str) -> bool:
    """Tell whether it was said of the code; what names no code is about all of them."""
    return any(
        each.status is AuthorizationStatus.NOT_REQUIRED
        and each.kind is kind
        and each.payer == coverage.payer
        and in_dates(each.start, each.end, case.proposal.day)
        and (not each.lines or code in {line.code for line in each.lines})
        for each in case.authorizations
    )
