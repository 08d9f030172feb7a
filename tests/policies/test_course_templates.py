"""The file of courses: shipped ones can be planned, and mistakes in one are told with their place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.rules.asking import at, rules
from tracker.domain.errors import PolicyFileError
from tracker.domain.procedure import TargetKind
from tracker.policies.course_templates import read_course_templates
from tracker.policies.toml_file import Problems

TARGETS = {
    TargetKind.FACET: at("L4-L5 both"),
    TargetKind.FORAMEN: at("L4-L5 left"),
    TargetKind.INTERSPACE: at("L4-L5"),
    TargetKind.SI: at("SI both"),
}
GOOD = '[[course]]\nid = "one"\nlabel = "One"\nsource = "A paper"\n[[course.step]]\nchoice = "mbb"\ngap_days = 2\n'


def test_that_every_shipped_course_has_steps_at_the_levels_typed() -> None:
    for template in rules().courses:
        course = template.course("p", TARGETS[template.targets], date(2026, 11, 25))
        assert len(course.steps) == len(template.steps)
        assert template.source
        assert all(step.targets for step in course.steps)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace('"mbb"', '"mbx"'), "course one, step 1: mbx is not among the procedures"),
        (GOOD + 'side = "both"\n', "step 1, side: is left or right"),
        (GOOD + "within_days = 1\n", "step 1, within_days: lies before gap_days"),
        (GOOD.replace("gap_days = 2", "gap_days = 0"), "gap_days"),
        (GOOD + GOOD, "course one: is there twice"),
        (GOOD + "asumed_percent = 80\n", "asumed_percent"),
    ],
)
def test_that_mistakes_are_told_with_their_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "courses.toml").write_text(text, encoding="utf-8")
    problems = Problems()
    read_course_templates(tmp_path, rules().procedures, problems)
    with pytest.raises(PolicyFileError) as caught:
        problems.refuse()

    assert told in caught.value.detail
