"""Somebody who takes a quiz: with scripts or without, the page is the same."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.answering import right_entries, wrong_entries
from trainer.domain.content import Content, Item, MostAndLeast, OneOf, Option, Quiz, Scenario, SomeOf


class Player:
    """Answers the item that is on the page, by the mouse."""

    def __init__(self, page: Page, content: Content, quiz_id: str) -> None:
        self.page = page
        self.quiz: Quiz = content.quizzes[quiz_id]

    def begin(self) -> None:
        """Start the quiz, or go on where it stopped."""
        self.page.goto(f"/quizzes/{self.quiz.id}")
        self.page.get_by_role("button", name=re.compile("^(Start|Go on|Practise again)")).click()
        expect(self.question).to_be_visible()

    @property
    def question(self) -> Locator:
        return self.page.locator("[data-question]")

    @property
    def verdict(self) -> Locator:
        """The heading of the feedback."""
        return self.page.get_by_role("heading", level=1, name=re.compile("Saved"))

    @property
    def options(self) -> Locator:
        return self.question.locator("label.option")

    @property
    def check(self) -> Locator:
        return self.page.get_by_role("button", name="Check")

    @property
    def onward(self) -> Locator:
        return self.page.get_by_role("link", name=re.compile("^(Next|Go on|See how it went)"))

    @property
    def save_state(self) -> Locator:
        return self.question.get_by_role("status")

    def item(self) -> Item:
        """The item that the address names."""
        found = re.search(r"/items/([\w.-]+)", self.page.url)
        assert found, self.page.url
        return next(item for item in self.quiz.items if item.id == found[1])

    def option(self, option: Option) -> Locator:
        return self.options.filter(has=self.page.locator(f'input[value="{option.id}"]'))

    def right_options(self, *, is_worst: bool = False) -> list[Option]:
        """What to choose on this page: the best, or the worst that there is."""
        match self.item().interaction:
            case SomeOf(options):
                return [option for option in options if option.is_right != is_worst]
            case OneOf(options):
                return [sorted(options, key=lambda option: option.score)[0 if is_worst else -1]]
            case Scenario(nodes=nodes):
                shown = set(self.values())
                choices = next(
                    [choice.option for choice in node.choices if choice.option.id in shown]
                    for node in nodes.values()
                    if self._asks(node.title)
                )
                return [sorted(choices, key=lambda option: option.score)[0 if is_worst else -1]]
            case _:
                return []

    def values(self) -> list[str]:
        """The ids of the options, in the order that they are shown."""
        boxes = self.question.locator("[name=options]")
        values: list[str] = boxes.evaluate_all("boxes => boxes.map((box) => box.value)")
        return values

    def choose(self, *, is_worst: bool = False) -> None:
        for option in self.right_options(is_worst=is_worst):
            self.option(option).click()
        interaction = self.item().interaction
        if isinstance(interaction, MostAndLeast):
            entries = wrong_entries(interaction) if is_worst else right_entries(interaction)
            for slot, value in entries.items():
                self.question.locator(f'[name="entry-{slot}"][value="{value}"]').check()

    def answer(self, *, is_worst: bool = False) -> None:
        """Answer the item on the page; it is saved."""
        self.choose(is_worst=is_worst)
        self.check.click()
        expect(self.verdict).to_be_visible()

    def go_on(self) -> None:
        """From the feedback to the next page: an item, or at the end the summary."""
        self.onward.click()
        expect(self.verdict).to_be_hidden()

    def is_over(self) -> bool:
        return self.page.url.endswith("/summary")

    def _asks(self, title: str) -> bool:
        return title in (self.question.locator(".eyebrow").text_content() or "")
