"""The demo clinic's procedures in shorthand, and the codes that its authorizations name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.anatomy import Region, Target
from tracker.domain.procedure import Approach, Family, Intent, Sites, parse_sites


@dataclass(frozen=True, slots=True)
class Kind:
    """A procedure with its billing codes: first level and each further one, neck and upper back before low back."""

    family: Family
    intent: Intent | None
    approach: Approach | None
    cervical: tuple[str, str] = ("", "")
    lumbar: tuple[str, str] = ("", "")

    def sites(self, targets: Sequence[str]) -> Sites:
        return parse_sites(targets, self.approach)

    def codes(self, targets: Sequence[Target]) -> tuple[tuple[str, int], ...]:
        """Return the codes with their units, first level before further ones."""
        levels = sorted({target.level for target in targets})
        upper = bool(levels) and levels[0].region is Region.CERVICAL_THORACIC
        first, further = self.cervical if upper else self.lumbar
        lines = ((first, 1), (further, len(levels) - 1))
        return tuple((code, units) for code, units in lines if code and units > 0)


_FACET = (("64490", "64491"), ("64493", "64494"))
_SI = ("27096", "")
DX, TX = Intent.DIAGNOSTIC, Intent.THERAPEUTIC
KINDS = {
    "mbb": Kind(Family.FACET_INJECTION, DX, Approach.MEDIAL_BRANCH, *_FACET),
    "facet": Kind(Family.FACET_INJECTION, TX, Approach.INTRA_ARTICULAR, *_FACET),
    "rfa": Kind(Family.FACET_ABLATION, None, None, ("64633", "64634"), ("64635", "64636")),
    "il": Kind(Family.EPIDURAL, TX, Approach.INTERLAMINAR, ("62321", ""), ("62323", "")),
    "caudal": Kind(Family.EPIDURAL, TX, Approach.CAUDAL, ("", ""), ("62323", "")),
    "tf": Kind(Family.EPIDURAL, TX, Approach.TRANSFORAMINAL, ("64479", "64480"), ("64483", "64484")),
    "si-dx": Kind(Family.SI_INJECTION, DX, Approach.INTRA_ARTICULAR, lumbar=_SI),
    "si": Kind(Family.SI_INJECTION, TX, Approach.INTRA_ARTICULAR, lumbar=_SI),
    "tp": Kind(Family.TRIGGER_POINT, TX, None, lumbar=("20553", "")),
    "genicular": Kind(Family.GENICULAR_BLOCK, DX, None, lumbar=("64454", "")),
    "genicular-rfa": Kind(Family.GENICULAR_ABLATION, None, None, lumbar=("64624", "")),
    "occipital": Kind(Family.OCCIPITAL_BLOCK, TX, None, lumbar=("64405", "")),
    "bvn": Kind(Family.BASIVERTEBRAL_ABLATION, None, None, lumbar=("64628", "")),
    "scs": Kind(Family.SCS_TRIAL, None, None, lumbar=("63650", "")),
}
