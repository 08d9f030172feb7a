"""What the clinic adds to the shipped rules: its own rules, confirmations, packs, and how each visit stood last."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from tracker.domain.clinic_rule import ClinicRuleAction
from tracker.domain.verdict import Outcome
from tracker.storage.rows.columns import ID_LENGTH, Moment, id_field, one_of, table_of


class ClinicRuleRow(SQLModel, table=True):
    """One change of the clinic to a payer's rules. `content` is the rule as JSON, "" where a rule is switched off.

    An ended change stays, so that who changed what and when can still be read.
    """

    __tablename__ = "clinic_rule"
    __table_args__ = (
        one_of("action", ClinicRuleAction),
        CheckConstraint("(action = 'off') = (content = '')", name="content_fits_action"),
    )

    id: str = id_field()
    version: int
    rules: str = Field(index=True)
    action: str
    policy: str
    rule_id: str
    fingerprint: str
    payer: str
    plan: str
    content: str
    reason: str
    made_by: str
    made_at: datetime = Field(sa_type=Moment)
    ended_by: str
    ended_at: datetime | None = Field(sa_type=Moment, nullable=True)


class RuleConfirmationRow(SQLModel, table=True):
    """Who has seen a recalled rule in the payer's own document; `fingerprint` is of the rule as it then was."""

    __tablename__ = "rule_confirmation"

    id: str = id_field()
    version: int
    policy: str
    rule_id: str
    fingerprint: str
    seen_in: str
    confirmed_by: str
    confirmed_at: datetime = Field(sa_type=Moment)


class RulePackRow(SQLModel, table=True):
    """A rule pack that the clinic took in, as it came (compressed, in base64); `mark` is the SHA-256 of its bytes.

    Which of them is in use is a setting, so that a change of it does not write a whole pack into the record of acts.
    """

    __tablename__ = "rule_pack"

    id: str = id_field()
    version: int
    name: str
    number: int
    published: date
    signer: str
    mark: str = Field(unique=True)
    content: str
    taken_in_by: str
    taken_in_at: datetime = Field(sa_type=Moment)


class StandingRow(SQLModel, table=True):
    """How a coming visit stood when it was last judged, and before that: to show a difference, never a source.

    While all that the answer rested on is the same, so is the answer: the patient's records, by their revision
    (`chart`, 0 where nobody knows), and the rules and the clinic's facts, by `grounds`: those for the payers and
    families of procedures that `basis` names. `since` and `until`: the day matters, and it holds between these.
    """

    __tablename__ = "standing"
    __table_args__ = (one_of("outcome", Outcome), one_of("was_outcome", Outcome, optional=True))

    booking_id: str = Field(
        primary_key=True, foreign_key="booking.id", ondelete="CASCADE", sa_type=String(ID_LENGTH), nullable=False
    )
    outcome: str
    headline: str
    reason: str
    marks: str
    grounds: str
    chart: int
    basis: str
    since: date | None
    until: date | None
    judged_at: datetime = Field(sa_type=Moment)
    was_outcome: str | None
    was_headline: str
    because: str
    changed_at: datetime | None = Field(sa_type=Moment, nullable=True, index=True)
    seen_at: datetime | None = Field(sa_type=Moment, nullable=True)


class StandingTurnRow(SQLModel, table=True):
    """One answer that a coming visit had, from `at` until the next one: what was raised and when it went, for reports.

    Never a source, and no act's: undo does not meet it.
    """

    __tablename__ = "standing_turn"
    __table_args__ = (one_of("outcome", Outcome),)

    id: str = id_field()
    booking_id: str = Field(
        foreign_key="booking.id", ondelete="CASCADE", sa_type=String(ID_LENGTH), nullable=False, index=True
    )
    outcome: str
    headline: str
    at: datetime = Field(sa_type=Moment, index=True)


class RecheckRow(SQLModel, table=True):
    """The last time that every coming visit was up to date: up to which act, and on which day. One row."""

    __tablename__ = "recheck"

    id: str = id_field()
    last_act: str
    day: date


clinic_rule = table_of(ClinicRuleRow)
rule_confirmation = table_of(RuleConfirmationRow)
rule_pack = table_of(RulePackRow)
standing = table_of(StandingRow)
standing_turn = table_of(StandingTurnRow)
recheck = table_of(RecheckRow)
