"""Members of staff at their desks."""

from tests.journeys.acting import Person


class Colleague(Person):
    """A member of staff of one council, signed in with a second factor."""

    council = "leeds"

    def opens_the_worklist(self, show: str = "") -> None:
        """They look at the cases of their team, or at some of them: mine, unassigned, overdue, closed."""
        self.opens(f"/workspace/{self.council}/cases/" + (f"?show={show}" if show else ""))

    def opens_the_case(self, reference: str) -> None:
        """They open a case in full."""
        self.opens(f"/workspace/{self.council}/cases/{reference}/")

    def takes_the_case(self) -> None:
        """They take the case that is open."""
        self.presses("Assign to me")
        self.sees("The case is yours.")

    def moves_the_case_on(self, move: str) -> None:
        """They press the button of a move."""
        self.presses(move)
        self.sees("The case has moved on.")

    def writes_down(self, note: str) -> None:
        """They add a note to the case that is open."""
        self.fills("For whoever deals with it next", note)
        self.presses("Add the note")
        self.sees("Your note was added.", note)

    def closes_the_case_as(self, outcome: str) -> None:
        """They close the case that is open, and the applicant is told."""
        self.presses("Close the case…")
        self.chooses(outcome)
        self.presses("Close the case and tell the applicant")
        self.sees("The case is closed, and the applicant will be told in a few seconds.")

    def opens_saved_filters(self) -> None:
        """They unfold their saved filters."""
        self.page.locator("summary", has_text="Saved filters").click()

    def chooses_cases(self, *references: str) -> None:
        """They tick cases of the list they are at, and go on to change them."""
        for reference in references:
            self.page.get_by_label(f"Choose {reference}").check()
        self.presses("Change the chosen cases…")

    def looks_at_the_trace(self, kind: str = "") -> None:
        """As the officer, they read what was opened, listed or refused."""
        self.opens(f"/workspace/{self.council}/protection/openings/" + (f"?kind={kind}" if kind else ""))

    def finds(self, words: str) -> None:
        """They type into the search box that every page has."""
        self.page.get_by_label("Find a case by reference, name, date of birth, postcode, phone or email").fill(words)
        self.presses("Find")
