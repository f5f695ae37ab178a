"""All blueprints, in the order they are registered."""

from trainer.web import (
    accounts,
    assets,
    company,
    desk,
    engagements,
    health,
    home,
    learn,
    people,
    progress,
    queue,
    quizzes,
    record,
    review,
    scenarios,
    teams,
)

BLUEPRINTS = (
    assets.bp,
    health.bp,
    accounts.bp,
    home.bp,
    learn.bp,
    quizzes.bp,
    queue.bp,
    review.bp,
    progress.bp,
    record.bp,
    teams.bp,
    engagements.bp,
    people.bp,
    company.bp,
    desk.bp,
    scenarios.bp,
)
