"""A learner's progress: everything that the system knows about them, and what their manager sees."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer import company, reporting
from trainer.domain.access import Action, Subject
from trainer.domain.planning import material_for, needs_of, next_step, study_for
from trainer.domain.readiness import Standing
from trainer.web import actor, authorize, content, found, me, model, now, page, reading
from trainer.web.reasons import (
    answer_line,
    change_of,
    evidence_words,
    reasons_of,
    said_aloud,
    sum_words,
    target_words,
    waiting_words,
)
from trainer.web.reviewing import review_figures

bp = Blueprint("progress", __name__)


@bp.get("/progress")
def show_progress() -> ResponseReturnValue:
    who = actor()
    authorize(Action.SEE_PROGRESS, Subject(owner_id=who.id if who else None))
    learner = me().id
    done = reporting.done_by(reading(), learner)
    seats = reporting.own_seats(reading(), learner, at=now())
    today = reporting.own_progress(reading(), content(), model(), learner, now())
    targets = reporting.targets_of(seats)
    has_started = any(each.forecast.answers for each in today.values())
    needs = needs_of(targets, {name: each.forecast for name, each in today.items()})
    return page(
        "learn/progress.html",
        competencies=content().competencies,
        groups=_by_kind(today),
        targets=targets,
        has_started=has_started,
        steps={name: study_for(content(), name, done) for name in today},
        next_step=next_step(content(), needs, done),
        review=review_figures(done.lessons),
        policy=company.policy_in_force(reading()),
        seen_by_manager=reporting.as_manager_sees(reading(), content(), model(), me().id, seats),
    )


@bp.get("/progress/<competency_id>")
def show_competency(competency_id: str) -> ResponseReturnValue:
    who = actor()
    authorize(Action.SEE_PROGRESS, Subject(owner_id=who.id if who else None))
    learner = me().id
    story = found(reporting.competency_story(reading(), content(), model(), learner, competency_id, at=now()))
    tomorrow = story.explanation.tomorrow
    lesson, quiz = material_for(content(), competency_id)
    return page(
        "learn/competency.html",
        competency=content().competencies[competency_id],
        story=story,
        sentence=said_aloud(story),
        evidence=evidence_words(story),
        needed=target_words(story),
        reasons=reasons_of(story),
        together=sum_words(story),
        answers=[(each, answer_line(each)) for each in story.answers],
        if_right=change_of(tomorrow.otherwise, tomorrow.right),
        if_wrong=change_of(tomorrow.otherwise, tomorrow.wrong),
        waiting=waiting_words(story),
        next_step=study_for(content(), competency_id, reporting.done_by(reading(), learner)),
        lesson=lesson,
        quiz=quiz,
        policy=company.policy_in_force(reading()),
        seen_by_manager=_seen_by_manager(story, learner),
    )


def _seen_by_manager(story: reporting.CompetencyStory, learner: UUID) -> list[tuple[reporting.OwnSeat, Standing]]:
    """What the manager's pages show of this competency, seat by seat."""
    return [
        (seat, standing)
        for seat, person in reporting.as_manager_sees(reading(), content(), model(), learner, story.seats)
        for standing in person.standings
        if standing.requirement.competency == story.competency
    ]


def _by_kind(
    today: dict[str, reporting.CompetencyProgress],
) -> dict[str, list[reporting.CompetencyProgress]]:
    """Competencies with answers first, the rest of each kind after them."""
    groups: dict[str, list[reporting.CompetencyProgress]] = {}
    for each in sorted(today.values(), key=lambda each: each.forecast.answers == 0):
        groups.setdefault(content().competencies[each.competency].kind, []).append(each)
    return groups
