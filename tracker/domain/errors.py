"""Errors that a user can mend, each with a title, a detail and a way on."""

from __future__ import annotations

import re

_LONG_QUOTE = re.compile(r"“([^”]{40})[^”]{20,}”")


class TrackerError(Exception):
    """Something the person at the desk can put right.

    `title` says what, `detail` where and why, `remedy` what to do next; each is plain text
    without patient data, fit to be shown or printed as it stands.
    """

    def __init__(self, title: str, detail: str = "", remedy: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.remedy = remedy

    def sentence(self) -> str:
        """Return all three parts as one line."""
        return " ".join(" ".join((self.title, self.detail, self.remedy)).split())

    def lines(self) -> str:
        """Return it with each line of the detail on one of its own, where there are several; else as one line."""
        if "\n" not in self.detail:
            return self.sentence()
        return "\n".join(part for part in (self.title, self.detail, self.remedy) if part)


class InvalidEntryError(TrackerError):
    """Typed text that has no meaning in its field; `token` is the part that is wrong.

    Of a long text its beginning is quoted: what is wrong and what to do must not stand behind a pasted page.
    `about` names what has to be mended where a form has several fields: day, coverage, procedure, levels, site, birth.
    """

    def __init__(self, title: str, detail: str = "", remedy: str = "", token: str = "", *, about: str = "") -> None:
        super().__init__(_LONG_QUOTE.sub(r"“\1…”", title), detail, remedy)
        self.token = token
        self.about = about


class InvalidCaseError(TrackerError):
    """A case file that cannot be read as cases."""


class PolicyFileError(TrackerError):
    """One or more rule files that cannot be loaded; the detail lists file, rule, key, what is wrong, what is right."""


class PackError(TrackerError):
    """A rule pack that is not taken: changed, cut off, unsigned, older, or too new; the rules in use stay."""


class UnknownKeyError(PackError):
    """A rule pack that is whole, signed by a key that nobody here trusts yet; `fingerprint` tells which."""

    def __init__(self, title: str, detail: str, remedy: str, fingerprint: str) -> None:
        super().__init__(title, detail, remedy)
        self.fingerprint = fingerprint


class NotFoundError(TrackerError):
    """A record that was asked for by id and is not there (any more)."""


class StaleAnswerError(TrackerError):
    """What the scheduler saw is no longer the answer: nothing was booked."""


class ConflictError(TrackerError):
    """Somebody else changed or took the same thing first."""


class VaultError(TrackerError):
    """The clinic's file cannot be opened: wrong password, no database, newer program, damaged key file."""


class WrongPasswordError(VaultError):
    """No slot of the key file opens with this password."""


class NotAllowedError(TrackerError):
    """The role of whoever is signed in does not cover this; the title says who may."""


class StorageError(TrackerError):
    """The clinic's file could not be read or written just now; nothing was half saved."""


class BackupError(TrackerError):
    """A backup could not be made, read or trusted; everything that was there before still is."""


class BackupStoppedError(BackupError):
    """Somebody had enough of waiting; nothing was half done."""


class ImportFileError(TrackerError):
    """A file that cannot be taken in at all (row problems are listed, not raised)."""
