"""What each part of a charter lacks, in words that say what is missing and what to do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from trainer.domain.charter.contacts import Flag, FlagKind, contact_flags
from trainer.domain.charter.ladder import Break, BreakKind, ladder_breaks
from trainer.domain.charter.values import Charter, Section, Sharing
from trainer.domain.gaps import Weight
from trainer.domain.parties import Party

SIDE_WORDS = {Party.OURS: "our side", Party.THEIRS: "the partner’s side"}
NAMED_IN_FULL = 4
"""So many rules make a list in which somebody has to search."""
MINUTES_WITHIN = 24.0


@dataclass(frozen=True, slots=True)
class Found:
    """Something missing; `owner` and `due_on` only where they are not those of the part."""

    kind: str
    weight: Weight
    section: Section
    about: str
    missing: str
    todo: str
    owner: str = ""
    due_on: date | None = None


def blocks(section: Section, kind: str, missing: str, todo: str, about: str = "") -> Found:
    return Found(kind, Weight.BLOCKS, section, about, missing, todo)


def risks(section: Section, kind: str, missing: str, todo: str, about: str = "") -> Found:
    return Found(kind, Weight.RISKS, section, about, missing, todo)


def lacks_of_objective(charter: Charter) -> Iterator[Found]:
    objective = charter.objective
    if not objective.sentence:
        yield blocks(
            Section.OBJECTIVE,
            "no objective",
            "There is no common objective in one sentence.",
            "Ask both sides “What do we count?” and “By which date?”, and write one sentence from the answers.",
        )
        return
    if not objective.measure:
        yield risks(
            Section.OBJECTIVE,
            "no measure",
            "The common objective has no measure.",
            "Name the figure today, the figure wanted, and where it is counted.",
        )
    if objective.by is None:
        yield risks(
            Section.OBJECTIVE,
            "no date",
            "The common objective has no date.",
            "Agree the day by which it is reached, and the day of a first look.",
        )
    if not (objective.ours and objective.theirs):
        side = Party.THEIRS if objective.ours else Party.OURS
        yield risks(
            Section.OBJECTIVE,
            "one view",
            f"It is not written what {SIDE_WORDS[side]} wants from the objective.",
            "Ask which figure each side is judged by at home.",
            side,
        )
    if not (objective.agreed_ours and objective.agreed_theirs and objective.agreed_on):
        yield risks(
            Section.OBJECTIVE,
            "not agreed",
            "It is not written who agreed the objective, and when.",
            "Read the sentence back in both languages, and write down who said yes on which day.",
        )


def lacks_of_contacts(charter: Charter, names: Mapping[str, str], starts_on: date) -> Iterator[Found]:
    if not charter.contacts:
        yield blocks(
            Section.CONTACTS,
            "no contacts",
            "There are no points of contact.",
            "Name for Sales, Supply and Support who answers on each side, each with a deputy.",
        )
        return
    for flag in contact_flags(charter, starts_on, names):
        yield _of_flag(flag)


def _of_flag(flag: Flag) -> Found:
    """Without a name: what is missing is kept for the trend, and told to readers who are told of nobody."""
    side = SIDE_WORDS[flag.side] if flag.side else ""
    match flag.kind:
        case FlagKind.NO_PRIMARY:
            words = f"{flag.interface}: nobody answers for it on {side}."
            todo = f"Name who answers for {flag.interface} on {side}."
            return blocks(Section.CONTACTS, flag.kind, words, todo, flag.about)
        case FlagKind.NO_DEPUTY:
            words = f"{flag.interface}: there is no deputy on {side}."
            todo = "Name a deputy: leave, illness and travel fill a good part of every year."
        case FlagKind.SAME_PERSON:
            words = f"{flag.interface}: the contact on {side} is also the deputy."
            todo = "Name somebody else as deputy."
        case FlagKind.ABSENT:
            words = f"{flag.interface}: the contact on {side} is away on the day of the meeting."
            todo = "Introduce the deputy before, with the open points on one page."
        case FlagKind.NO_HOURS:
            words = f"{flag.interface}: the hours of the contact on {side} are missing."
            todo = "Ask from when to when, and in which zone, the phone is answered."
        case FlagKind.NO_OVERLAP:
            words = f"{flag.interface}: the two sides are not at work together for an hour of any day."
            todo = "Agree an hour early or late on some days, and take turns in who has it."
        case FlagKind.GONE:
            words = f"{flag.interface}: who answers for it on {side} is no longer known here."
            todo = "Name the person who has taken over."
    return risks(Section.CONTACTS, flag.kind, words, todo, flag.about)


def lacks_of_escalation(charter: Charter) -> Iterator[Found]:
    if not charter.levels:
        yield blocks(
            Section.ESCALATION,
            "no escalation",
            "There is no escalation ladder.",
            "Agree at least two levels: what brings a problem there, who takes it on both sides, within what time.",
        )
        return
    if len(charter.levels) == 1:
        yield risks(
            Section.ESCALATION,
            "one level",
            "The ladder has one level only.",
            "Agree who may decide more when the first level finds no answer.",
        )
    for each in ladder_breaks(charter):
        missing, todo = break_words(each)
        make = blocks if each.kind is BreakKind.NOBODY_NAMED else risks
        yield make(Section.ESCALATION, each.kind, missing, todo, f"{each.number} {each.side or ''}".strip())
    if not all(level.tells_first for level in charter.levels):
        yield risks(
            Section.ESCALATION,
            "surprise",
            "It is not agreed who tells the counterpart before a problem goes up.",
            "Write for each level who rings the counterpart first, so that nobody is surprised.",
        )
    if not (charter.stepping_down and charter.closing_note):
        yield risks(
            Section.ESCALATION,
            "no way down",
            "It is not agreed how a problem comes down again and is closed.",
            "Say who hands it back, and what the closing note holds: cause, cure, what changes, thanks.",
        )


def break_words(found: Break) -> tuple[str, str]:
    """What is wrong at a level, and what to do."""
    level, side = f"Level {found.number}", SIDE_WORDS[found.side] if found.side else ""
    match found.kind:
        case BreakKind.NO_TRIGGER:
            return (
                f"{level}: nothing says when a problem comes here.",
                "Name the hours without an answer, or the damage: then nobody has to decide against a person.",
            )
        case BreakKind.NO_TIME:
            return f"{level}: no time is agreed for an answer.", "Agree within how many hours somebody is reached."
        case BreakKind.NOT_GROWING:
            return (
                f"{level} is reached no later than level {found.other}.",
                f"Give level {found.number} more hours than level {found.other}, one step at a time.",
            )
        case BreakKind.SAME_PERSON:
            return (
                f"{level} on {side} is the same person as level {found.other}.",
                "Name somebody who may decide more; otherwise going up changes nothing.",
            )
        case BreakKind.NOBODY_NAMED:
            return f"{level}: nobody is named on {side}.", f"Name a contact, or a role, on {side}."
        case BreakKind.NOBODY_REACHABLE:
            return (
                f"{level}: nobody on {side} is at work within its time.",
                "Name a deputy with other hours, agree a number that is answered, or allow more time.",
            )


_WORKING: tuple[tuple[str, Callable[[Charter], object], str, str], ...] = (
    (
        "backup channel",
        lambda charter: charter.working.backup,
        "No backup channel is agreed.",
        "Agree who rings whom, on which number, when the line breaks.",
    ),
    (
        "languages",
        lambda charter: charter.working.spoken and charter.working.written and charter.working.minutes_language,
        "The languages of meetings, mail and minutes are not all agreed.",
        "Agree one language for each, and who may pause to talk in another.",
    ),
    (
        "response times",
        lambda charter: None not in (charter.working.respond_urgent, charter.working.respond_normal),
        "No times are agreed within which a question is answered.",
        "Agree the working hours for an urgent and for an ordinary question, by whose calendar.",
    ),
    (
        "rhythm",
        lambda charter: charter.working.rhythm,
        "No rhythm of meetings is agreed.",
        "Agree how often you meet, for how long, and who invites.",
    ),
    (
        "minutes",
        lambda charter: charter.working.minutes_within is not None,
        "It is not agreed when minutes are sent.",
        "Agree who writes them; within 24 hours is a good rule.",
    ),
    (
        "holidays",
        lambda charter: (
            charter.working.respects_holidays and all(charter.working.homes[side].country for side in Party)
        ),
        "It is not agreed whose public holidays count.",
        "Name the country of each side, and say that both calendars are respected.",
    ),
    (
        "decision",
        lambda charter: charter.working.decision,
        "It is not agreed how a decision is made.",
        "Ask who has to agree on each side, and how long that takes.",
    ),
)
"""Kind, what there should be, what is missing, what to do."""


def lacks_of_working(charter: Charter) -> Iterator[Found]:
    if not charter.working.primary:
        yield blocks(
            Section.WORKING,
            "no channel",
            "No channel is agreed for daily questions.",
            "Agree where daily questions go, and what counts only by e-mail.",
        )
    for kind, is_there, missing, todo in _WORKING:
        if not is_there(charter):
            yield risks(Section.WORKING, kind, missing, todo)
    within = charter.working.minutes_within
    if within is not None and within > MINUTES_WITHIN:
        yield risks(
            Section.WORKING,
            "late minutes",
            f"Minutes may take {within:g} hours.",
            "Send them within 24 hours, while both sides remember the same meeting.",
        )


def lacks_of_information(charter: Charter) -> Iterator[Found]:
    if not charter.rules:
        yield risks(
            Section.INFORMATION,
            "no rules",
            "Nothing is agreed about what is shared.",
            "Sort it once, together: what must, what may and what must not be shared.",
        )
        return
    kinds = {each.sharing for each in charter.rules}
    if Sharing.MUST not in kinds:
        yield risks(
            Section.INFORMATION,
            "too little",
            "Nothing is named that must be shared: the partner may hear too little.",
            "Name what changes the partner’s work: dates that move, quantities, faults, changes of contact.",
        )
    if Sharing.MUST_NOT not in kinds:
        yield risks(
            Section.INFORMATION,
            "too much",
            "Nothing is named that must not be shared: somebody may say too much.",
            "Name what belongs to third parties, personal data, and what a secrecy agreement covers.",
        )
    if len(charter.rules) >= NAMED_IN_FULL and kinds == {Sharing.MUST}:
        yield risks(
            Section.INFORMATION,
            "everything",
            "Everything named must be shared: who has to search finds nothing.",
            "Keep “must” for what changes the other side’s work, and let the rest be “may”.",
        )
    if not any(each.is_bad_news for each in charter.rules):
        yield risks(
            Section.INFORMATION,
            "bad news",
            "There is no rule for bad news.",
            "Agree how early it is told: as soon as a date is in real doubt, even unfinished.",
        )
