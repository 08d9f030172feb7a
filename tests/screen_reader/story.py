"""Jobs of the desk, done by ear: visits booked and changed, refusals understood, an approval, a setting, the way in."""

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
    reader.hear_announced("Allowed")
    reader.press("Book on")
    reader.hear_announced("Booked Webb")
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
    reader.hear_announced("An earlier result is missing")
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


def change_a_visit(reader: Reader) -> None:
    """Go to a visit of today, change its note, hear that it is saved, take it back."""
    reader.key("ctrl+1")
    reader.hear_focus("Patient")
    for _press in range(30):
        if "Verdict Allowed" in reader.focused_name() and "Booked" in reader.focused_name():
            break
        reader.key("Down")
    reader.hear_focus("Booked")
    reader.key("e")
    reader.hear("Change a visit", "heading")
    reader.hear_focus("Procedure")
    for _press in range(12):
        if "Note" in reader.focused_name():
            break
        reader.key("Tab")
    reader.hear_focus("Note")
    reader.type("comes with her son")
    reader.key("ctrl+Return")
    reader.hear("note", "label", beginning="Changed ")
    reader.key("ctrl+z")
    reader.hear("Taken back: Changed", "label")


def hear_a_wrong_password(reader: Reader) -> None:
    """Choose oneself, type a wrong password, hear that it is wrong and what to do; then the right one."""
    reader.hear_focus("Password")
    reader.key("shift+Tab")
    reader.hear_focus("Name")
    for _press in range(3):
        if "Kim Oh" in reader.focused_name():
            break
        reader.key("Down")
    reader.hear_focus("Kim Oh")
    reader.key("Tab")
    reader.hear_focus("Password")
    reader.type("seven loud rivers")
    reader.key("Return")
    reader.hear("That is not the password of this person", "label")
    reader.hear("Check Caps Lock", "label")
    reader.hear_focus("Password")
    reader.key("ctrl+a")
    reader.type("seven quiet rivers")
    reader.key("Return")


def hear_what_a_viewer_may_not(reader: Reader) -> None:
    """As somebody who only looks: try to confirm a visit, hear that it is not for viewers and who may."""
    reader.hear("Today", patience=OPENING_SECONDS)
    time.sleep(6)
    reader.take_keyboard("Injection Tracker")
    reader.key("ctrl+1")
    reader.hear_focus("Patient")
    for _press in range(30):
        if "Booked" in reader.focused_name():
            break
        reader.key("Down")
    reader.key("c")
    reader.hear("Viewers look and print", "label")


def record_an_approval(reader: Reader) -> None:
    """Open the worklist, go to a request that waits, record its approval."""
    reader.key("F4")
    row = reader.hear_focus("Patient")
    patient = row.partition("Patient ")[2].partition(", Born")[0]
    reader.key("p")
    reader.hear_focus("number")
    reader.type("A5550123")
    reader.key("Return")
    reader.hear_announced("Approved: ")
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


DESK = (book_a_visit, change_a_visit, hear_a_refusal, hear_the_spine, record_an_approval, save_a_setting)
DOOR = (hear_a_wrong_password, hear_what_a_viewer_may_not)


def main() -> int:
    reader = Reader("Injection Tracker")
    if sys.argv[1:] == ["door"]:
        reader.hear("Sign in", patience=OPENING_SECONDS)
    else:
        reader.hear("Today", patience=OPENING_SECONDS)
        time.sleep(6)  # the demo clinic judges its coming visits first
    reader.take_keyboard("Injection Tracker")
    for job in DOOR if sys.argv[1:] == ["door"] else DESK:
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
