"""Members of staff at their desks."""

from tests.journeys.acting import Person


class Colleague(Person):
    """A member of staff of one council, signed in with a second factor."""

    council = "leeds"

    def opens_the_worklist(self, show: str = "", *, reaching: str = "") -> None:
        """They look at the cases of their team, or at some of them: mine, unassigned, overdue, closed.

        Other tests leave cases on the same list: with a reference in `reaching`, they turn its pages to that case.
        """
        self.opens(f"/workspace/{self.council}/cases/" + (f"?show={show}" if show else ""))
        if reaching:
            self.turns_pages_to(reaching)

    def turns_pages_to(self, reference: str) -> None:
        """They go from page to page of the list they look at until a case stands on it."""
        while not self.page.get_by_role("link", name=reference, exact=True).count():
            self.follows("Next page")

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
        self.fills("For the person who deals with it next", note)
        self.presses("Add the note")
        self.sees("Your note was added.", note)

    def closes_the_case_as(self, outcome: str) -> None:
        """They close the case that is open, and the applicant is told."""
        self.presses("Close the case…")
        self.chooses(outcome)
        self.presses("Close the case and tell the applicant")
        self.sees("The case is closed, and the applicant will be told in a few seconds.")

    def ticks_off(self, task: str) -> None:
        """They tick off a task of the case that is open."""
        self._go(self.page.get_by_role("button", name="Tick off").filter(has_text=task))
        self.sees("The task is ticked off.")

    def records(self, fact: str, text: str = "", *, choice: str = "") -> None:
        """They record what they found of the case that is open, or correct it."""
        self._go(self.page.get_by_role("link").filter(has_text=f": {fact}"))
        if choice:
            self.chooses(choice)
        else:
            self.fills(fact, text)
        self._go(self.page.locator("main form button.govuk-button").first)
        self.sees("It is recorded.")

    def adds_to_the_letter(self, words: str) -> None:
        """Below the greeting of the letter that was drafted, they write why."""
        letter = self.page.locator('textarea[name="letter"]')
        letter.fill(letter.input_value().replace("\n\n", f"\n\n{words}\n\n", 1))

    def sends_the_question(self) -> None:
        """They send what they ask the applicant."""
        self._go(self.page.locator('main form button[name="do"][value="ask"]'))

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
