"""All blueprints, in the order they are registered."""

from trainer.web import (
    accounts,
    assets,
    company,
    desk,
    engagements,
    exports,
    health,
    home,
    imports,
    learn,
    people,
    progress,
    quizzes,
    record,
    teams,
)

BLUEPRINTS = (
    assets.bp,
    health.bp,
    accounts.bp,
    home.bp,
    imports.bp,
    exports.bp,
    learn.bp,
    quizzes.bp,
    progress.bp,
    record.bp,
    teams.bp,
    engagements.bp,
    people.bp,
    company.bp,
    desk.bp,
)
