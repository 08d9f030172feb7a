"""Jobs of the desk, done by ear: a visit is booked, a refusal understood, an approval recorded, a setting saved."""

from __future__ import annotations

import re
import sys
import time

from reader import OPENING_SECONDS, Reader, Unheard

PLACE = re.compile(r"check box [CTL]\d")


def book_a_visit(reader: Reader) -> None:
    """Check an epidural for a patient of the demo clinic, hear the answer, book it."""
    reader.key("F3")
    reader.hear_focus("Patient")
    reader.type("webb")
    time.sleep(0.7)
    reader.key("Return")
    reader.hear_focus("Procedure")
    reader.type("il")
    time.sleep(0.7)
    reader.key("Tab")
    reader.hear_focus("Levels")
    reader.type("l45")
    reader.key("Tab")
    reader.hear_focus("Date")
    reader.type("+13")
    reader.hear("Allowed")
    reader.press("Book on")
    reader.hear("Booked Webb", "label")


def hear_a_refusal(reader: Reader) -> None:
    """Ask for a fifth block within the year, hear that it is refused, and why."""
    reader.key("F3")
    reader.hear_focus("Patient")
    reader.key("ctrl+a")
    reader.type("whitaker")
    time.sleep(0.7)
    reader.key("Return")
    reader.hear_focus("Procedure")
    reader.key("ctrl+a")
    reader.type("mbb")
    time.sleep(0.7)
    reader.key("Tab")
    reader.hear_focus("Levels")
    reader.key("ctrl+a")
    reader.type("l45b")
    reader.key("Tab")
    reader.hear_focus("Date")
    reader.key("ctrl+a")
    reader.type("+1")
    reader.hear("", beginning="Not allowed: ")
    reader.hear("At most 4 diagnostic facet sessions", "label")


def hear_the_spine(reader: Reader) -> None:
    """Go to the picture of the spine, hear what each place is and how it stands, choose one by the space bar."""
    for _press in range(12):
        if PLACE.match(reader.focused_name()):
            break
        reader.key("Tab")
    told = reader.hear_focus("in 12 months")
    reader.key("Down")
    reader.hear_other_focus(told, "in 12 months")
    before = reader.is_checked()
    reader.key("space")
    reader.hear_checked(not before)


def record_an_approval(reader: Reader) -> None:
    """Open the worklist, go to a request that waits, record its approval."""
    reader.key("F4")
    row = reader.hear_focus("Patient")
    patient = row.partition("Patient ")[2].partition(", Born")[0]
    reader.key("p")
    reader.hear_focus("number")
    reader.type("A5550123")
    reader.key("Return")
    reader.hear(f"{patient}.", "label", beginning="Approved: ")


def save_a_setting(reader: Reader) -> None:
    """Change the name of the clinic in the settings, save it, hear that it is saved."""
    reader.key("ctrl+9")
    reader.hear_focus("Sections")
    reader.hear("Clinic", "list item")
    reader.key("Return")
    reader.hear_focus("Name")
    reader.key("End")
    reader.type(" North")
    reader.key("ctrl+Return")
    reader.hear("Changed the clinic's settings", "label")


def main() -> int:
    reader = Reader("Injection Tracker")
    reader.hear("Today", patience=OPENING_SECONDS)
    time.sleep(6)  # the demo clinic judges its coming visits first
    reader.take_keyboard("Injection Tracker")
    jobs = (book_a_visit, hear_a_refusal, hear_the_spine, record_an_approval, save_a_setting)
    for job in jobs:
        print(job.__doc__, flush=True)
        try:
            job(reader)
        except Unheard as unheard:
            print(f"FAILED: {unheard}")
            holder = reader.focused()
            print(f"  focus: {holder.getRoleName()} {holder.name}" if holder is not None else "  no focus")
            print(
                "  showing: " + "; ".join(n.name for n in reader.everything() if n.getRoleName() == "label" and n.name)
            )
            return 1
    print("All jobs were done by ear.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
