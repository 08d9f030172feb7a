"""Two jobs of the desk, done by ear: a visit is checked and booked, an approval is recorded."""

from __future__ import annotations

import sys
import time

from reader import Reader, Unheard


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


def record_an_approval(reader: Reader) -> None:
    """Open the worklist, go to a request that waits, record its approval."""
    reader.key("F4")
    reader.hear_focus("Patient")
    reader.key("p")
    reader.hear_focus("number")
    reader.type("A5550123")
    reader.key("Return")
    reader.hear("Approved: Humana", "label")


def main() -> int:
    reader = Reader("Injection Tracker")
    reader.hear("Today")
    time.sleep(6)  # the demo clinic judges its coming visits first
    reader.take_keyboard("Injection Tracker")
    for job in (book_a_visit, record_an_approval):
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
    print("Both jobs were done by ear.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
