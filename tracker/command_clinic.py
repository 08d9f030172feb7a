"""Opens the clinic that the arguments of a command name, with a password from standard input or typed unseen."""

from __future__ import annotations

import argparse
import getpass
import sys

from tracker import paths
from tracker.domain.clock import SystemClock
from tracker.domain.errors import TrackerError
from tracker.services import Services
from tracker.services.clinic_file.vault import demo_folder, find_clinic, usual_folder
from tracker.services.clinics import Clinics


def open_clinic(arguments: argparse.Namespace) -> Services:
    """Return the clinic's services. Raises TrackerError when there is no clinic, or the password is wrong."""
    clinics = Clinics(paths.resource_root(), SystemClock())
    base = paths.user_data_dir()
    if arguments.demo:
        return clinics.open_demo(arguments.clinic or demo_folder(base).path)
    folder = arguments.clinic or usual_folder(base).path
    if find_clinic(folder) is None:
        raise TrackerError("There is no clinic in this folder.", f"{folder}.", "Name the clinic's folder by --clinic.")
    return clinics.open(folder, _password(arguments.password_stdin))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise TrackerError("The clinic's password is needed.", "", "Pipe it in and add --password-stdin.")
    try:
        return getpass.getpass("Password of the clinic: ")
    except EOFError:
        raise TrackerError("No password was given.", "", "Start again and type it.") from None
