"""The files about authorizations, read when first asked for: terms, checklists and codes; mistakes told together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tracker.domain.authorization_terms import Terms
from tracker.domain.checklist import ChecklistItem
from tracker.domain.denial_codes import CodeLists
from tracker.policies.authorization_schema import ChecklistIn, TermsIn
from tracker.policies.authorization_terms import Asked, choose, read_terms
from tracker.policies.checklists import AskedProcedure, choose_items, read_checklists
from tracker.policies.denial_codes import read_code_lists
from tracker.policies.rule_path import RulePath
from tracker.policies.sourced_files import Names
from tracker.policies.toml_file import Problems


@dataclass(frozen=True, slots=True)
class _Files:
    terms: tuple[TermsIn, ...]
    checklists: tuple[ChecklistIn, ...]
    codes: CodeLists


@dataclass(frozen=True)
class AuthorizationFacts:
    """What lies in `folders`; a file of a later folder stands for one of the same id in an earlier."""

    folders: tuple[RulePath, ...]
    names: Names

    @cached_property
    def _files(self) -> _Files:
        problems = Problems()
        files = _Files(
            read_terms([folder / "authorization" for folder in self.folders], self.names, problems),
            read_checklists([folder / "checklists" for folder in self.folders], self.names, problems),
            read_code_lists(self.folders, problems),
        )
        problems.refuse()
        return files

    def check(self) -> None:
        """Read all files. Raises PolicyFileError that lists every mistake."""
        _ = self._files

    def terms(self, asked: Asked) -> Terms:
        return choose(self._files.terms, asked)

    def checklist(self, asked: AskedProcedure) -> tuple[ChecklistItem, ...]:
        return choose_items(self._files.checklists, asked)

    @property
    def terms_files(self) -> tuple[TermsIn, ...]:
        return self._files.terms

    @property
    def checklist_files(self) -> tuple[ChecklistIn, ...]:
        return self._files.checklists

    @property
    def codes(self) -> CodeLists:
        return self._files.codes


def facts_in(
    folders: tuple[RulePath, ...], payers: frozenset[str], states: frozenset[str], read: list[AuthorizationFacts]
) -> AuthorizationFacts:
    """Return what lies in the folders; of `read`, where it was read for a catalog that names the same."""
    wanted = AuthorizationFacts(folders, Names(payers, states))
    if wanted not in read:
        read.append(wanted)
    return read[read.index(wanted)]
