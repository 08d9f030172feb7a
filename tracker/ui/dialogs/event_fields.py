"""The fields of an injection, what they offer, and how an entry on file is put into them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from PySide6.QtWidgets import QWidget

from tracker.domain.anatomy import Region
from tracker.domain.event import Event, EventEvidence, EventStatus, Place
from tracker.domain.language import tr
from tracker.domain.patient import Provider
from tracker.domain.procedure import ProcedureChoice, Sites, TargetKind
from tracker.services.words.wording import procedure_word
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField, read_when
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.pick_field import Pick, PickField
from tracker.ui.widgets.procedure_field import ProcedureField
from tracker.ui.widgets.segments import Segments

_PLACES = ((Place.HERE, tr("Here")), (Place.ELSEWHERE, tr("Elsewhere")))
_STATUSES = (
    (EventStatus.PERFORMED, tr("Done")),
    (EventStatus.CANCELLED, tr("Cancelled")),
    (EventStatus.NO_SHOW, tr("No-show")),
    (EventStatus.ABORTED, tr("Aborted")),
)
_EVIDENCE = (
    (EventEvidence.RECORD, tr("A record")),
    (EventEvidence.CLAIM, tr("A claim")),
    (EventEvidence.PATIENT_REPORTED, tr("The patient told it")),
)


_CLAIMED = ((None, tr("Not known")), (True, tr("Yes")), (False, tr("No")))


class Known(Enum):
    """Where a new entry was done, and how one usually knows of it then."""

    HERE = (Place.HERE, EventEvidence.RECORD)
    ELSEWHERE = (Place.ELSEWHERE, EventEvidence.PATIENT_REPORTED)

    @property
    def place(self) -> Place:
        return self.value[0]

    @property
    def evidence(self) -> EventEvidence:
        return self.value[1]

    @classmethod
    def of(cls, place: object) -> Known:
        return cls.HERE if place == Place.HERE else cls.ELSEWHERE


class EventFields:
    """Every field of the form; the dialog reads and fills them."""

    def __init__(self, today: date, parent: QWidget) -> None:
        self.place = Segments(_PLACES, parent, name=tr("Where"))
        self.when = DayField(today, parent, read=read_when, placeholder=tr("1/12/2026, 01/2026 or 2026"))
        self.procedure = ProcedureField((), parent)
        self.levels = LevelField(parent)
        self.region = ChoiceField(
            [Choice(None, "–"), *(Choice(region, region.label) for region in Region)], parent, name=tr("Region")
        )
        self.status = Segments(_STATUSES, parent, name=tr("Outcome"))
        self.evidence = Segments(_EVIDENCE, parent, name=tr("Known from"))
        self.kx = Segments(_CLAIMED, parent, name=tr("KX on the claim"))
        self.percent = LineField(tr("percent"), parent, name=tr("Relief in percent"))
        self.months = LineField(tr("months"), parent, name=tr("How many months it helped"))
        for field, unit in ((self.percent, "%"), (self.months, tr("months"))):
            field.textChanged.connect(lambda text, field=field, unit=unit: field.set_echo(unit if text.strip() else ""))
        self.provider = PickField("", parent, missing=tr("is not one of the clinic's providers."))
        self.payer = PickField(tr("the coverage of that day"), parent, missing=tr("is no payer on the list."))
        self.note = LineField("", parent)

    def put_into(self, form: FormGrid) -> None:
        form.add(tr("W&here"), self.place, (tr("&When"), self.when))
        form.add(tr("&Procedure"), self.procedure)
        form.add(tr("&Levels"), self.levels, (tr("Re&gion"), self.region))
        form.add(tr("&Outcome"), self.status)
        form.add(tr("&Known from"), self.evidence)
        form.add(tr("K&X claimed"), self.kx)
        form.add(tr("&Relief"), self.percent, (tr("&for"), self.months))
        form.add(tr("Pro&vider"), self.provider, (tr("Pa&yer"), self.payer))
        form.add(tr("&Note"), self.note)


def procedures_for(choices: Iterable[ProcedureChoice], event: Event | None) -> list[ProcedureChoice]:
    """Offer the pick list, and what is on file where the list has no such thing."""
    offered = list(choices)
    on_file = choice_of(event, offered) if event else None
    if on_file is not None and on_file not in offered:
        offered.append(on_file)
    return offered


def choice_of(event: Event, choices: Iterable[ProcedureChoice]) -> ProcedureChoice:
    """Return the line of the pick list that says what was done, or one made for it: imported ones may say less."""
    known = list(choices)
    wanted = (event.family, event.intent, event.approach)
    same = [choice for choice in known if (choice.family, choice.intent, choice.approach) == wanted]
    if same:
        return same[0]
    akin = [choice for choice in known if choice.family is event.family]
    closer = [choice for choice in akin if choice.approach is event.approach] or akin
    word = procedure_word(*wanted)
    targets = closer[0].targets if closer else TargetKind.NONE
    return ProcedureChoice("on-file", word, tr("as on file"), *wanted, targets)


def payer_picks(payers: Iterable[tuple[str, str]], event: Event | None) -> list[Pick]:
    """Offer the payers that the rules know, and the one on file where they do not."""
    known = dict(payers)
    if event and event.payer and event.payer not in known:
        known[event.payer] = event.payer
    return [Pick(payer, name, words=(payer,)) for payer, name in known.items()]


def provider_picks(providers: Iterable[Provider]) -> list[Pick]:
    return [Pick(provider.id, provider.name, words=(provider.short,)) for provider in providers]


def sites_of(event: Event) -> Sites:
    """Return where it went; nerves that complete no joint stand alone."""
    return Sites(event.targets, event.nerves, () if event.targets else event.nerves, event.body_regions)
