"""The words of the Rules page: marks, headings, what was booked against a rule, what was denied after it."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.booking import OverrideReason
from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import Family
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade
from tracker.services.desk.money import dollars
from tracker.services.rule_library.denied_rules import DeniedByRule
from tracker.services.rule_library.library_views import Library, Place, RuleState, RuleView
from tracker.ui.theme.status import Status

FAMILIES = {
    Family.FACET_INJECTION: tr("Facet injections"),
    Family.FACET_ABLATION: tr("Facet ablations"),
    Family.EPIDURAL: tr("Epidurals"),
    Family.SI_INJECTION: tr("SI joint injections"),
    Family.SI_ABLATION: tr("SI joint ablations"),
    Family.TRIGGER_POINT: tr("Trigger points"),
    Family.BASIVERTEBRAL_ABLATION: tr("Basivertebral ablations"),
    Family.GENICULAR_BLOCK: tr("Genicular blocks"),
    Family.GENICULAR_ABLATION: tr("Genicular ablations"),
    Family.OCCIPITAL_BLOCK: tr("Occipital blocks"),
    Family.SCS_TRIAL: tr("Stimulator trials"),
}
GRADES = {
    Grade.PRIMARY: tr("the payer's or a government's own document"),
    Grade.SUMMARY: tr("a summary, a copy or a quotation"),
    Grade.REPORT: tr("somebody told of it"),
    Grade.RECALLED: tr("from memory: it warns, and refuses nothing until somebody has seen it"),
}
REASONS = {
    OverrideReason.PAYER_EXCEPTION: tr("payer's exception"),
    OverrideReason.OTHER_SITE: tr("other level or side"),
    OverrideReason.NOT_PERFORMED: tr("not performed"),
    OverrideReason.OTHER_PAYER: tr("other payer that day"),
    OverrideReason.SELF_PAY: tr("self-pay"),
    OverrideReason.CLINICIAN_APPEAL: tr("clinician appeals"),
    OverrideReason.URGENT: tr("urgent"),
    OverrideReason.OTHER: tr("other"),
}
NO_HISTORY = tr("One version of this rule is on file, and this clinic has changed nothing of it.")
ALL, UNCONFIRMED, CHANGED, SUSPECT = "all", "unconfirmed", "changed", "suspect"
CHIPS = (
    (ALL, tr("All")),
    (UNCONFIRMED, tr("Recalled, not confirmed")),
    (CHANGED, tr("Changed by this clinic")),
    (SUSPECT, tr("Overridden or denied")),
)


def passes(view: RuleView, chip: str) -> bool:
    """Tell whether a chip lets a rule through."""
    tests = {
        UNCONFIRMED: view.unconfirmed,
        CHANGED: view.changed,
        SUSPECT: view.suspect,
    }
    return tests.get(chip, True)


def chosen_by(library: Library, chip: str) -> tuple[RuleView, ...]:
    """Return what a chip shows of all payers: each rule once, though several payers follow it; what weighs most first.

    It is named after the payer whose rules they are, where that one is among them.
    """
    found: dict[tuple[str, str, str], list[RuleView]] = {}
    for view in (view for view in library.rules if passes(view, chip)):
        found.setdefault((view.policy, view.rule.id, view.sentence), []).append(view)
    named = [replace(min(same, key=_rank), followers=len(same) - 1) for same in found.values()]
    return tuple(sorted(named, key=_weight, reverse=True) if chip == SUSPECT else named)


def _rank(view: RuleView) -> tuple[bool, bool]:
    """Return what names a rule better the lower it is; among equals the first one does."""
    return not view.place.own, not view.place.leads


def _weight(view: RuleView) -> int:
    return view.denied.said_allowed + view.overridden.count


def place_words(view: RuleView) -> str:
    """Return whose rule it is where rules of many payers are listed."""
    others = view.followers
    return tr_n("{place} and {n} more", "{place} and {n} more", others, place=view.place.label) if others else (
        view.place.label
    )  # fmt: skip


def mark_of(view: RuleView) -> tuple[Status | None, str]:
    """Return the one thing to know about a rule in a list: a tint where somebody should look."""
    if view.count_wrong:
        return Status.CAUTION, tr(
            "Count wrong {wrong} of {count}", wrong=view.overridden.wrong, count=view.overridden.count
        )
    if view.denied.said_allowed:
        return Status.CAUTION, tr("Denied though allowed {count}", count=view.denied.said_allowed)
    if view.overridden.often:
        return Status.CAUTION, tr("Booked against {count}", count=view.overridden.count)
    if any(each.outdated for each in view.changes):
        return Status.CAUTION, tr("Payer's rule changed")
    if view.state is RuleState.OFF:
        return None, tr("Switched off")
    if view.unconfirmed:
        return Status.CAUTION, tr("Not confirmed")
    if view.of_clinic:
        return None, tr("This clinic's")
    if view.state is RuleState.LATER:
        return None, tr("Begins later")
    if view.state is RuleState.ENDED:
        return None, tr("Ended")
    return None, tr("Confirmed") if view.source.confirmed else ""


def title_of(view: RuleView) -> str:
    """Return where a rule stands: "Aetna > Facet injections"."""
    families = [FAMILIES[family] for family in view.rule.families]
    return f"{view.place.label}  ›  {', '.join(families) or view.policy_title}"


def days_of(view: RuleView) -> str:
    """Return since when a rule holds, and how it stands now."""
    state = {
        RuleState.LATER: tr("not yet in force"),
        RuleState.ENDED: tr("ended"),
        RuleState.OFF: tr("switched off here"),
    }
    told = state.get(view.state)
    return f"{view.holds[:1].upper()}{view.holds[1:]}" + (f" ({told})" if told else "")


def source_of(view: RuleView) -> str:
    """Return the document in words: title, section, and the day on which it was read, where somebody noted that."""
    source = view.source
    read = tr("read {day}", day=us_date(source.read_on)) if source.read_on else ""
    return "; ".join(filter(None, (", ".join(filter(None, (source.name, source.section))), read)))


def proof_of(view: RuleView) -> str:
    """Return how well a rule is known, honestly: a confirmed one stays recalled."""
    confirmed = f", {view.source.confirmed}" if view.source.confirmed else f": {GRADES[view.source.grade]}"
    return f"{view.source.grade.label}{confirmed}"


def told_whole(view: RuleView) -> str:
    """Return the rule with its proof, to be copied."""
    return f"{view.sentence}\n{source_of(view)}. {proof_of(view)}. {view.source.url}".strip()


def overridden_words(view: RuleView) -> str:
    """Return how often and why visits were booked against a rule, "" where none was."""
    figures = view.overridden
    if not figures.count:
        return ""
    reasons = ", ".join(f"{REASONS[reason]} {count}" for reason, count in sorted(figures.by_reason.items()))
    times = tr("once") if figures.count == 1 else tr("{count} times", count=figures.count)
    told = tr("Booked against {times}: {reasons}.", times=times, reasons=reasons)
    if view.count_wrong:
        share = round(100 * figures.wrong / figures.count)
        told += tr(" {share}% say that the count is wrong: the rule or the data is.", share=share)
    return told


def denied_words(figures: DeniedByRule) -> str:
    """Return how many claims were denied after the rule had answered, "" where none was."""
    if not figures.count:
        return ""
    last = tr("; the last one {day}", day=us_date(figures.last)) if figures.last else ""
    money = tr("; {amount} in all", amount=dollars(figures.cents)) if figures.cents else ""
    return f"{figures.sentence}{last}{money}."


def nothing_words(label: str) -> tuple[str, ...]:
    """Return what an empty list says of a place, and what to do about it; of all payers ("") that all is well."""
    if not label:
        return (tr("No rule here wants a look."),)
    return (
        tr("No rule of {label} is on file, so every answer is: cannot tell.", label=label),
        tr("This clinic may add what the payer told it, or begin with figures of its own."),
        tr("Adopt figures to begin with…"),
    )


def unruled_words(library: Library, place: Place) -> str:
    """Return how many claims of a place's policies were denied about something that no rule speaks of, "" for none."""
    claims = {claim for figures in library.unruled_at(place.id).values() for claim in figures.claims}
    if not claims:
        return ""
    count = len(claims)
    return tr_n("{n} denied claim that no rule speaks of", "{n} denied claims that no rule speaks of", count)
