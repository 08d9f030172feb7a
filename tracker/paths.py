"""Where the shipped files and the user's own files lie: in a checkout, an installed wheel, or a frozen build."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP_NAME = "injection-tracker"


def resource_root() -> Path:
    """Return the folder of rule files, fonts and icons.

    A wheel and a frozen build carry it inside the package; in a checkout it lies beside the package.
    """
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def case_root() -> Path:
    """Return the folder of the cases that prove the shipped rules: with the resources, or in a checkout the tests'."""
    inside = resource_root() / "cases"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "tests" / "cases"


def user_data_dir() -> Path:
    """Return where clinics are kept unless another folder is chosen. Makes nothing."""
    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def user_log_dir() -> Path:
    """Return where the program's log (never patient data) is written. Makes nothing."""
    return platformdirs.user_log_path(APP_NAME, appauthor=False)
