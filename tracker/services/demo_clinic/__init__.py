"""The demo clinic's invented people and their history: pure data made from a day and a seed, nothing written."""

from __future__ import annotations

from tracker.services.demo_clinic.build import build_demo
from tracker.services.demo_clinic.records import DemoClinic, DemoPatient

__all__ = ["DemoClinic", "DemoPatient", "build_demo"]
