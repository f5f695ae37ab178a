"""Words that nobody settled, for tests: what is shipped is settled sooner or later."""

from dataclasses import replace

from trainer.domain.content import Content, Course, Dialogue, Phrase


def doubted(phrase: Phrase) -> Phrase:
    return replace(phrase, is_doubtful=True)


def settled(course: Course) -> Course:
    """The course without a doubt."""
    return replace(
        course,
        phrases=tuple(replace(phrase, is_doubtful=False) for phrase in course.phrases),
        dialogues=tuple(
            replace(dialogue, lines=tuple(replace(line, is_doubtful=False) for line in dialogue.lines))
            for dialogue in course.dialogues
        ),
        mails=(),
        contrasts=(),
    )


def with_doubtful_dialogue(dialogue: Dialogue, *numbers: int) -> Dialogue:
    """The dialogue, of which these lines are doubtful and no others."""
    lines = (replace(line, is_doubtful=number in numbers) for number, line in enumerate(dialogue.lines))
    return replace(dialogue, lines=tuple(lines))


def with_course(content: Content, course: Course) -> Content:
    courses = {**content.courses, course.id: course}
    return Content(content.competencies, courses, content.drills, content.glossaries)


def with_doubt(content: Content, course_id: str, phrase_id: str) -> Content:
    """The content in which a phrase of a course is doubtful, and nothing else of the course."""
    course = settled(content.courses[course_id])
    phrases = (doubted(phrase) if phrase.id == phrase_id else phrase for phrase in course.phrases)
    return with_course(content, replace(course, phrases=tuple(phrases)))
