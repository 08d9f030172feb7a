"""Maps of forms and portals: those that are shipped can be read, and every mistake of a clinic's own is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.domain.errors import PolicyFileError
from tracker.domain.request_facts import FACTS
from tracker.paths import resource_root
from tracker.policies.paper_maps import load_maps

GOOD = 'payer = "aetna"\ntitle = "Pain"\nfile = "Aetna pain.pdf"\n[[field]]\nname = "Name"\nfact = "patient.name"\n'


def put(folder: Path, text: str, name: str = "pain.toml", kind: str = "forms") -> Path:
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / name).write_text(text, encoding="utf-8")
    return folder


def test_that_the_shipped_portal_asks_for_facts_and_fits_every_payer() -> None:
    maps = load_maps(resource_root())
    portal = maps.portal_for("cigna")
    assert portal is not None
    assert {field.fact for field in portal.field} <= set(FACTS)


def test_that_a_form_is_found_by_its_name_or_as_the_only_one_of_its_payer(tmp_path: Path) -> None:
    maps = load_maps(put(tmp_path, GOOD))
    assert maps.form_for("AETNA PAIN.PDF", "cigna") is maps.forms[0]
    assert maps.form_for("other.pdf", "aetna") is maps.forms[0]
    assert maps.form_for("other.pdf", "cigna") is None
    two = load_maps(put(tmp_path, GOOD.replace("pain.pdf", "spine.pdf"), "spine.toml"))
    assert two.form_for("other.pdf", "aetna") is None


def test_that_a_payers_own_order_comes_before_the_one_for_all(tmp_path: Path) -> None:
    put(tmp_path, 'title = "All"\n[[field]]\nfact = "code.1"\n', "all.toml", "portals")
    put(tmp_path, 'payer = "aetna"\ntitle = "Own"\n[[field]]\nfact = "code.1"\n', "own.toml", "portals")
    maps = load_maps(tmp_path)
    assert [(each.title if each else "") for each in map(maps.portal_for, ("aetna", "cigna"))] == ["Own", "All"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("patient.name", "patient.nam"), "is no fact of a request"),
        (("name = ", "nmae = "), "name: is missing"),
        (('file = "Aetna pain.pdf"', 'file = "../pain.pdf"'), "file"),
        (("[[field]]", "[field]"), "field"),
        (('title = "Pain"', "title = 3"), "must be text"),
    ],
)
def test_that_a_mistake_names_file_and_place(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    with pytest.raises(PolicyFileError) as refused:
        load_maps(put(tmp_path, GOOD.replace(*change)))
    assert "forms/pain.toml" in refused.value.detail
    assert words in refused.value.detail


def test_that_the_page_about_maps_lists_every_fact_and_its_examples_can_be_read(tmp_path: Path) -> None:
    page = (resource_root().parent / "docs" / "paper-maps.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` | {words} |" in page for name, words in FACTS.items())
    form, portal = (each.split("```")[0] for each in page.split("```toml\n")[1:])
    maps = load_maps(put(put(tmp_path, form), portal, kind="portals"))
    assert (len(maps.forms), len(maps.portals)) == (1, 1)
