"""Rule books and their differences in the words of the page that takes them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.ui.theme.status import Status

if TYPE_CHECKING:
    from tracker.services.rule_library.base_book import BaseBook, ClinicKey
    from tracker.services.rule_library.packs import BookChange, PackPreview
    from tracker.services.rule_library.rule_effect import VisitChange


def visits(count: int) -> str:
    """Return "1 visit", "1,240 visits"."""
    return tr_n("{n:,} visit", "{n:,} visits", count)


def verdict_words(seen: PackPreview) -> tuple[Status, str]:
    """Return what may be said of the pack as a whole."""
    count = len(seen.effect.visits)
    if count:
        return Status.CAUTION, tr(
            "{count:,} of {visits} ahead would be answered otherwise", count=count, visits=visits(seen.effect.judged)
        )
    if seen.effect.judged:
        return Status.OK, tr(
            "No visit ahead is answered otherwise: {visits} looked at", visits=visits(seen.effect.judged)
        )
    return Status.OK, tr("No visit is booked ahead, so none is answered otherwise")


def book_words(book: BaseBook) -> str:
    """Return "Rules 2026-11, number 1 of 11/27/2026: 45 policies, 34 payers."."""
    edition = book.catalog.edition
    payers = tr_n("{n:,} payer", "{n:,} payers", len(book.catalog.payers))
    counted = f"{_policies(book)}, {payers}"
    return tr(
        "{title}, number {number} of {published}: {counted}.",
        title=edition.title,
        number=edition.number,
        published=us_date(edition.published),
        counted=counted,
    )


def origin_words(book: BaseBook) -> str:
    if book.pack_id:
        return tr("Taken in from a rule pack that was signed by {signer}.", signer=book.signer)
    return tr("They came with the program.")


def key_words(key: ClinicKey) -> str:
    return tr(
        "{name}, trusted by {by} on {on}. Fingerprint {fingerprint}",
        name=key.name,
        by=key.by,
        on=us_date(key.on),
        fingerprint=key.as_trusted.fingerprint,
    )


def fact_words(book: BaseBook) -> str:
    """Return what stands in the status line: "Rules 2026-11, 45 policies"."""
    words = f"{book.catalog.edition.title}, {_policies(book)}"
    return tr("{words}; the rule pack cannot be used", words=words) if book.trouble else words


def pack_words(seen: PackPreview) -> str:
    """Return who signed what: "Rules 2027-03, number 2 of 03/01/2027, after number 1"."""
    edition = seen.edition
    return tr(
        "{title}, number {number} of {published}, after number {number2}",
        title=edition.title,
        number=edition.number,
        published=us_date(edition.published),
        number2=seen.before.number,
    )


def was_words(change: VisitChange) -> str:
    """Return the old answer shortly, in full where only the words of the answer differ."""
    return change.was.flag if change.was.flag != change.now.flag else change.was.headline


def visit_words(change: VisitChange) -> str:
    """Return a visit's change in full."""
    who = f"{change.patient.name}, {us_date(change.patient.born)}, {us_date(change.day, True)}"
    return tr(
        "{who}: was {headline}; would be {headline2}. {reason}",
        who=who,
        headline=change.was.headline,
        headline2=change.now.headline,
        reason=change.now.reason,
    )


def change_words(change: BookChange) -> str:
    """Return a change of the rules in full."""
    return f"{change.who}, {change.about}. {change.sentence()}"


def signer_words(seen: PackPreview) -> str:
    return tr("Signed by {signer}, fingerprint {fingerprint}", signer=seen.signer, fingerprint=seen.fingerprint)


def _policies(book: BaseBook) -> str:
    return tr_n("{n:,} policy", "{n:,} policies", len(book.catalog.policies))
