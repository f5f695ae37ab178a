"""A trainer brings questions in with nothing but forms: look, confirm, see what became of them."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.server import Server
from tests.interchange.samples import GIFT


def test_questions_are_brought_in_without_javascript(open_page: OpenPage, changing_server: Server) -> None:
    """Nobody else brings files there: a file that a person brings takes the place of the one that they let wait."""
    page = open_page("trainer", server=changing_server, java_script_enabled=False)
    page.goto("/courses/france")
    page.get_by_role("link", name="Bring in questions or phrases").click()
    expect(page.get_by_label("Course", exact=True)).to_have_value("france")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "sales.gift", "mimeType": "text/plain", "buffer": GIFT.encode()}
    )
    page.get_by_label("Title of the quiz").fill("Questions of sales")

    page.get_by_role("button", name="See what it would do").click()
    expect(
        page.get_by_text("6 questions become the draft quiz “Questions of sales” in the course France")
    ).to_be_visible()
    expect(page.get_by_role("link", name="Problems as CSV")).to_be_visible()
    page.get_by_role("button", name="Keep it as a draft").click()

    expect(page.get_by_role("heading", name="sales.gift is in")).to_be_visible()
    expect(page.get_by_text("Nothing is published yet")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Questions of sales").first).to_be_visible()
