"""Every page that a person can see, in one table."""

from dataclasses import dataclass, field

from tests.browser.server import Person
from tests.browser.world import BEGINNER


@dataclass(frozen=True)
class Sight:
    """A page as somebody sees it. `press` is the button to press after opening it, `fill` what to type before."""

    name: str
    who: str | Person | None
    path: str
    status: int = 200
    press: str | None = None
    fill: dict[str, str] = field(default_factory=dict)
    title: str = ""
    """What the title of the page after the button starts with."""


def _wrong(name: str, who: str | Person | None, path: str, press: str, **fill: str) -> Sight:
    """A form that comes back with what is wrong with it."""
    return Sight(name, who, path, press=press, fill=fill, title="Error: ")


SIGHTS = (
    # nobody is signed in
    Sight("sign in", None, "/sign-in"),
    _wrong("sign in with errors", None, "/sign-in", "Sign in"),
    Sight("invitation", None, "/invitations/{invitation}"),
    _wrong("invitation with errors", None, "/invitations/{invitation}", "Join", again="something else"),
    Sight("new password", None, "/invitations/{reset}"),
    Sight("used invitation", None, "/invitations/used", 410),
    Sight("no such page, signed out", None, "/nowhere", 404),
    # somebody who has just joined
    Sight("first page of a beginner", BEGINNER, "/"),
    Sight("courses of a beginner", BEGINNER, "/courses"),
    Sight("quiz of a beginner", BEGINNER, "/quizzes/{quiz}"),
    Sight("progress of a beginner", BEGINNER, "/progress"),
    Sight("competency of a beginner", BEGINNER, "/progress/building-trust"),
    Sight("record of a beginner", BEGINNER, "/record"),
    # a learner
    Sight("first page", "learner", "/"),
    Sight("courses", "learner", "/courses"),
    Sight("course", "learner", "/courses/japan"),
    Sight("Japanese lesson", "learner", "/lessons/japan-greeting"),
    Sight("French lesson", "learner", "/lessons/france-greeting"),
    Sight("lesson without phrases", "learner", "/lessons/partnering-escalation"),
    Sight("report of a fact", "learner", "/facts/{fact}/report"),
    _wrong("report of a fact with errors", "learner", "/facts/{fact}/report", "Send to a trainer"),
    Sight("quiz", "learner", "/quizzes/{quiz}"),
    Sight("situation", "learner", "/attempts/{attempt}/items/{situation}"),
    Sight("choice", "learner", "/attempts/{attempt}/items/{choice}"),
    Sight("multiple choice", "learner", "/attempts/{attempt}/items/{several}"),
    Sight("meaning", "learner", "/attempts/{attempt}/items/{meaning}"),
    Sight("middle of a scenario", "learner", "/attempts/{attempt}/items/{story}"),
    _wrong("item with errors", "learner", "/attempts/{attempt}/items/{choice}", "Check"),
    Sight("spot the problem", "learner", "/attempts/{mail}/items/{spot_the_problem_in_mail}"),
    Sight("calendar", "learner", "/attempts/{mail}/items/{calendar_in_mail}"),
    Sight("numeric", "learner", "/attempts/{mail}/items/{numeric_in_mail}"),
    Sight("matching", "learner", "/attempts/{mail}/items/{matching_in_mail}"),
    Sight("most and least", "learner", "/attempts/{mail}/items/{most_and_least_in_mail}"),
    Sight("rate each", "learner", "/attempts/{mail}/items/{rate_each_in_mail}"),
    Sight("typed", "learner", "/attempts/{writing}/items/{typed_in_writing}"),
    Sight("cloze", "learner", "/attempts/{writing}/items/{cloze_in_writing}"),
    Sight("listening", "learner", "/attempts/{writing}/items/{listening_in_writing}"),
    Sight("ordering", "learner", "/attempts/{writing}/items/{ordering_in_writing}"),
    _wrong("ratings with errors", "learner", "/attempts/{mail}/items/{rate_each_in_mail}", "Check"),
    Sight("feedback on a wrong spot the problem", "learner", "/attempts/{wrong}/items/{spot_the_problem_in_ladder}/0"),
    Sight("feedback on a wrong cloze", "learner", "/attempts/{wrong}/items/{cloze_in_ladder}/0"),
    Sight("feedback on a wrong numeric", "learner", "/attempts/{wrong}/items/{numeric_in_ladder}/0"),
    Sight("feedback on a wrong matching", "learner", "/attempts/{wrong}/items/{matching_in_ladder}/0"),
    Sight("feedback on a wrong most and least", "learner", "/attempts/{wrong}/items/{most_and_least_in_ladder}/0"),
    Sight("feedback on a wrong rate each", "learner", "/attempts/{wrong}/items/{rate_each_in_ladder}/0"),
    Sight("feedback on a wrong ordering", "learner", "/attempts/{wrong}/items/{ordering_in_ladder}/0"),
    Sight("feedback on the best", "learner", "/attempts/{attempt}/items/{best}/0"),
    Sight("feedback on the harmful", "learner", "/attempts/{attempt}/items/{harmful}/0"),
    Sight("feedback on several", "learner", "/attempts/{finished}/items/{several}/0"),
    Sight("feedback in a scenario", "learner", "/attempts/{attempt}/items/{story}/0"),
    Sight("end of a scenario", "learner", "/attempts/{finished}/items/{story}/{story_end}"),
    Sight("summary", "learner", "/attempts/{finished}/summary"),
    Sight("summary of a scenario that ended badly", "learner", "/attempts/{lost}/summary"),
    Sight("scenario played again", "learner", "/replays/{replay}"),
    _wrong("scenario played again with errors", "learner", "/replays/{replay}", "Check"),
    Sight("end of a scenario played again", "learner", "/replays/{replay_over}/{replay_end}"),
    Sight("start of a drill", "learner", "/quizzes/drill-japan"),
    Sight("review", "learner", "/review"),
    Sight("review of a beginner", BEGINNER, "/review"),
    _wrong("review with errors", "learner", "/review", "Check"),
    Sight("feedback in the review", "learner", "/review/answers/{reviewed}"),
    Sight("settings of the review", "learner", "/review/settings"),
    _wrong("settings of the review with errors", "learner", "/review/settings", "Save", new_per_day="many"),
    Sight("quiz with an assessment", BEGINNER, "/quizzes/{sitting_quiz}"),
    Sight("quiz with an open assessment", "learner", "/quizzes/{sitting_quiz}"),
    Sight("quiz with no attempt left", "learner", "/quizzes/{times}"),
    Sight("overview of an assessment", "learner", "/assessments/{sitting}"),
    Sight("item of an assessment", "learner", "/assessments/{sitting}/items/{sat_first}"),
    Sight("flagged item of an assessment", "learner", "/assessments/{sitting}/items/{sat_second}"),
    Sight("result of an assessment", "learner", "/assessments/{closed}"),
    Sight("result of an assessment that explains", "learner", "/assessments/{told}"),
    Sight("feedback in an assessment", "learner", "/assessments/{told}/items/{told_first}/0/feedback"),
    Sight("progress", "learner", "/progress"),
    Sight("competency", "learner", "/progress/remote-meetings"),
    Sight("competency that no seat needs", "learner", "/progress/fr-hospitality"),
    Sight("no such competency", "learner", "/progress/nothing", 404),
    Sight("record of the forecasts", "learner", "/record"),
    Sight("debrief", "learner", "/engagements/{just_over}/debrief"),
    _wrong("debrief with errors", "learner", "/engagements/{just_over}/debrief", "Save the debrief"),
    Sight("account", "learner", "/account"),
    Sight("company rules", "learner", "/company"),
    Sight("not allowed", "learner", "/teams", 403),
    Sight("no such page", "learner", "/nowhere", 404),
    Sight("forms only", "learner", "/sign-out", 405),
    # a manager
    Sight("first page of a manager", "manager", "/"),
    Sight("readiness", "manager", "/teams"),
    Sight("record of the teams", "manager", "/record"),
    Sight("team", "manager", "/teams/{team}"),
    Sight("ready engagement", "manager", "/engagements/{ready}"),
    Sight("mixed engagement", "manager", "/engagements/{mixed}"),
    Sight("unready engagement", "manager", "/engagements/{unready}"),
    Sight("engagement that is over", "manager", "/engagements/{over}"),
    Sight("debrief of a team", "manager", "/engagements/{over}/debrief"),
    Sight("engagement without seats", "manager", "/engagements/{bare}"),
    Sight("country of an engagement", "manager", "/teams/{team}/engagements/new"),
    Sight("plan of an engagement", "manager", "/teams/{team}/engagements/new?country=JP"),
    _wrong("plan with errors", "manager", "/teams/{team}/engagements/new?country=JP", "Plan it"),
    Sight("change of an engagement", "manager", "/engagements/{ready}/edit"),
    _wrong("change with errors", "manager", "/engagements/{ready}/edit", "Save", partner="", agenda_minutes="1"),
    Sight("seats", "manager", "/engagements/{ready}/seats"),
    Sight("no seats", "manager", "/engagements/{bare}/seats"),
    _wrong("seats with errors", "manager", "/engagements/{bare}/seats", "Add the seat"),
    # a trainer
    Sight("first page of a trainer", "trainer", "/"),
    Sight("content health", "trainer", "/desk"),
    Sight("items of a course", "trainer", "/desk?course=partnering"),
    Sight("items that need a look", "trainer", "/desk?found=y"),
    Sight("no item fits", "trainer", "/desk?course=france&quiz=pt-remote-call"),
    Sight("figures of an item", "trainer", "/desk/items/{choice}"),
    Sight("figures of a conversation", "trainer", "/desk/items/{story}"),
    _wrong("content health with errors", "trainer", "/desk", "Close the report"),
    Sight("scenarios", "trainer", "/content/scenarios"),
    Sight("map of a scenario", "trainer", "/content/scenarios/{timed_story}"),
    Sight("used-up attempts", "trainer", "/desk/attempts"),
    _wrong("used-up attempts with errors", "trainer", "/desk/attempts", "Grant one more"),
    # an administrator
    Sight("first page of an administrator", "admin", "/"),
    Sight("content health of an administrator", "admin", "/desk"),
    Sight("people", "admin", "/people"),
    Sight("people of a team", "admin", "/people/teams/{team}"),
    Sight("person", "admin", "/people/{learner}"),
    Sight("invite someone", "admin", "/people/invite"),
    _wrong("invite with errors", "admin", "/people/invite", "Make the link", email="nobody"),
    Sight("change of the company rules", "admin", "/company"),
    _wrong("company rules with errors", "admin", "/company", "Put in force", min_answers="2", max_width="wide"),
    Sight(
        "link of an invitation",
        "admin",
        "/people/invite",
        press="Make the link",
        fill={"name": "Ina Vited", "email": "ina.vited@halden.example"},
        title="The link",
    ),
)

NOT_PAGES = {
    "assets.show_asset": "a file",
    "desk.download_items": "a file",
    "health.show_health": "for machines",
    "health.show_readiness": "for machines",
    "learn.play_phrase": "a sound",
    "quizzes.play_item": "a sound",
    "queue.show_ticket": "for scripts",
    "quizzes.show_ahead": "pages that come, for scripts",
    "quizzes.resume_attempt": "only leads to an item or the summary",
}
"""Routes that answer to GET and show no page, with the reason."""
