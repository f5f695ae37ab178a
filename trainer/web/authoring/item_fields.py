"""What a form asks of an item of each of the sixteen types, and of a step of a scenario."""

from trainer.domain.content import ItemType
from trainer.web.authoring.fields import (
    ID,
    PROSE_HELP,
    Field,
    FieldKind,
    choice,
    group,
    groups,
    line,
    lines,
    prose,
    several,
    truth,
    whole,
)

_LOCAL_ID = Field("id", "Id", "Such as a. Answers that are kept name it, so it stays.")
_SAY = line(
    "say", "Phrase to say", "The id of a phrase, shown with the explanation.", choices="phrases", is_optional=True
)
_WHY = prose("explanation", "Why", "What it does to the partner, and what to do instead.")
_EXPLANATION = prose("explanation", "Explanation", "Shown after every answer.")
_METER = "From -2 to 2."
KEYED = (_LOCAL_ID, prose("text", "Answer"), truth("correct", "This is right"), _WHY, _SAY)
GRADED = (
    _LOCAL_ID,
    prose("text", "Answer"),
    choice("effect", "Effect", "effects"),
    whole("trust", "Trust", -2, 2, _METER),
    whole("clarity", "Clarity", -2, 2, _METER),
    prose("consequence", "What happens then", "Told before it is explained."),
    _WHY,
    _SAY,
)
RATED = (_LOCAL_ID, prose("text", "Answer"), choice("effect", "Effect", "effects"), _WHY, _SAY)
PASSAGES = (_LOCAL_ID, prose("text", "Passage"), truth("problem", "It has a problem"), _WHY)
PARTS = (_LOCAL_ID, prose("text", "Part"))
PAIRS = (_LOCAL_ID, prose("left", "Left side"), prose("right", "Right side"), _WHY)
REJECTED = (
    line("text", "Wrong answer", lang="lang", is_optional=True),
    lines("texts", "Or several with the same reason, one a line", "", lang="lang", is_optional=True),
    prose("explanation", "Why it is wrong"),
)
_REJECTED = groups("rejected", "Wrong for a reason", "wrong answer", REJECTED, is_optional=True)
ACCEPTED = lines("accepted", "Accepted answers", "One a line, the best first.", lang="lang")
FLAGS = (
    truth("case_sensitive", "Capital letters matter", is_optional=True),
    truth("kana_matters", "Kana and kanji are not the same", is_optional=True),
    truth("article_optional", "The article may be left out", is_optional=True),
)
_LANG = line("lang", "Language of the answer", "A language tag such as ja or fr.")
_LISTEN = line("listen", "Phrase that is played", "The id of a phrase of this course.", choices="phrases")
GAPS = (Field("id", "Id", "It stands in the text as {id}."), ACCEPTED, _REJECTED, *FLAGS)
SIDE = (
    line("name", "Name", "As in “You, in Hamburg”."),
    line("country", "Country", "Two letters, such as JP.", choices="countries"),
    line("zone", "Time zone", "Such as Asia/Tokyo.", choices="zones"),
    line("opens", "The day begins", "Such as 09:00."),
    line("closes", "The day ends", "Such as 17:30."),
)
_OPTIONS_HELP = "They are mixed for each attempt."

OF_TYPE: dict[ItemType, tuple[Field, ...]] = {
    ItemType.BEST_NEXT_STEP: (groups("options", "Options", "option", GRADED, f"One of each effect. {_OPTIONS_HELP}"),),
    ItemType.MOST_AND_LEAST: (groups("options", "Options", "option", GRADED, f"One of each effect. {_OPTIONS_HELP}"),),
    ItemType.RATE_EACH: (groups("options", "Options", "option", RATED, f"Three or more. {_OPTIONS_HELP}"),),
    ItemType.CHOICE: (groups("options", "Options", "option", KEYED, f"One is right. {_OPTIONS_HELP}"),),
    ItemType.WHAT_DOES_IT_MEAN: (groups("options", "Meanings", "meaning", KEYED, f"Four. {_OPTIONS_HELP}"),),
    ItemType.LISTENING: (_LISTEN, groups("options", "Options", "option", KEYED, f"One is right. {_OPTIONS_HELP}")),
    ItemType.MULTIPLE_CHOICE: (
        groups("options", "Options", "option", KEYED, f"Two or more are right. {_OPTIONS_HELP}"),
    ),
    ItemType.SPOT_THE_PROBLEM: (groups("passages", "Passages", "passage", PASSAGES, "In their order; some are fine."),),
    ItemType.TYPED: (_LANG, ACCEPTED, _REJECTED, *FLAGS, _EXPLANATION),
    ItemType.DICTATION: (
        _LISTEN,
        lines("accepted", "Also accepted", "Beside the phrase itself, one a line.", is_optional=True),
        _REJECTED,
        _EXPLANATION,
    ),
    ItemType.CLOZE: (
        _LANG,
        prose("text", "Text with gaps", "Each gap as {its-id}."),
        groups("gaps", "Gaps", "gap", GAPS, is_keyed=True),
        _EXPLANATION,
    ),
    ItemType.ORDERING: (
        groups("parts", "Parts", "part", PARTS, "In the right order; learners see them mixed."),
        Field("also", "Other right orders", "One order a line: ids with commas.", FieldKind.ORDERS, is_optional=True),
        _EXPLANATION,
    ),
    ItemType.MATCHING: (
        groups("pairs", "Pairs", "pair", PAIRS, "Three or more."),
        groups("extras", "Right sides that belong to none", "right side", PARTS, is_optional=True),
        _EXPLANATION,
    ),
    ItemType.NUMERIC: (
        line("value", "Right number", "Such as 12.5."),
        line("tolerance", "Tolerance", "How far off is still right.", is_optional=True),
        line("unit", "Unit", is_optional=True),
        lines("locales", "Ways to write numbers", "One a line, such as en_GB or de_DE."),
        _EXPLANATION,
    ),
    ItemType.CALENDAR: (
        group("ours", "Our side", SIDE),
        group("theirs", "Their side", SIDE),
        whole("month", "Month", 1, 12, "The search begins on the next such date."),
        whole("day", "Day", 1, 28),
        whole("days", "Days to search through", 3, 21),
        whole("minutes", "Minutes of the call", 15, 240),
    ),
    ItemType.BRANCHING: (
        line("title", "Title of the scenario"),
        line("start", "First step", "The id of a step.", choices="places"),
    ),
}
_BOUNDS = (
    whole("at_least", "At least", 1, 100, is_optional=True),
    whole("below", "Below", 1, 100, is_optional=True),
)
WHEN = (
    group("trust", "Trust", _BOUNDS, is_optional=True),
    group("clarity", "Clarity", _BOUNDS, is_optional=True),
    group("time", "Time", _BOUNDS, is_optional=True),
    lines("chose", "These were chosen before", "One a line, as step.choice.", is_optional=True),
    lines("not_chose", "None of these was chosen before", "One a line, as step.choice.", is_optional=True),
)
DETOUR = (
    line("to", "Leads to", "The id of a step or of an ending.", choices="places"),
    group("when", "When", WHEN),
)
NODE = (
    Field("id", "Id", "Choices lead to it by this id."),
    line("title", "Title"),
    prose("text", "What happens", PROSE_HELP),
    prose("ask", "Question"),
    groups(
        "choices",
        "Choices",
        "choice",
        (
            *GRADED,
            line("next", "Leads to", "The id of a step or of an ending.", choices="places"),
            whole("time", "Time", -2, 2, _METER, is_optional=True),
            group("when", "Offered only when", WHEN, is_optional=True),
            groups(
                "next_if", "Leads elsewhere", "detour", DETOUR, "The first whose condition holds.", is_optional=True
            ),
            several("competencies", "Serves, if not what the item serves", "competencies", is_optional=True),
        ),
        "Exactly one is the best.",
    ),
    truth("repair", "It repairs a bad choice", is_optional=True),
)


def item_fields(item_type: str) -> tuple[Field, ...]:
    """The fields of an item; of a type that nobody knows, those that every item has."""
    kind = ItemType(item_type) if item_type in set(ItemType) else None
    ask = () if kind is ItemType.BRANCHING else (prose("ask", "Question"),)
    return (
        ID,
        prose("stem", "Situation", PROSE_HELP),
        *ask,
        *(OF_TYPE[kind] if kind else ()),
        prose("misreading", "Tempting misreading", is_optional=True),
        choice(
            "cultural_guess",
            "What a rule about the country would say",
            "guesses",
            "Mark it only where that is so.",
            is_optional=True,
        ),
        prose("counter_case", "Where it is otherwise", is_optional=True),
        several("competencies", "What it serves", "competencies"),
        choice("topic", "Topic", "topics", is_optional=True),
        choice("level", "CEFR level", "levels", is_optional=True),
        choice("lesson", "Lesson to read again", "lessons", is_optional=True),
        several("sources", "Sources", "sources"),
        several("facts", "Facts it rests on", "facts", is_optional=True),
    )
