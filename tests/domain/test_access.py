"""The whole policy as a table: each action, who may, and who may not."""

from uuid import UUID

import pytest

from trainer.domain.access import EVERYTHING, Action, Actor, Role, Subject, may

SELF, OTHER = UUID(int=1), UUID(int=2)
TEAM, FOREIGN_TEAM = UUID(int=11), UUID(int=12)

LEARNER, MANAGER, TRAINER, ADMIN = "learner", "manager", "trainer", "admin"
ACTORS: dict[str, Actor] = {
    LEARNER: Actor(SELF, "Lena", "lena@example.org", frozenset({Role.LEARNER}), teams=frozenset({TEAM})),
    MANAGER: Actor(
        SELF,
        "Mara",
        "mara@example.org",
        frozenset({Role.LEARNER}),
        teams=frozenset({TEAM}),
        managed_teams=frozenset({TEAM}),
    ),
    TRAINER: Actor(SELF, "Tom", "tom@example.org", frozenset({Role.LEARNER, Role.TRAINER})),
    ADMIN: Actor(SELF, "Ada", "ada@example.org", frozenset({Role.LEARNER, Role.ADMIN})),
}
EVERYONE = {LEARNER, MANAGER, TRAINER, ADMIN}

OWN, OTHERS = Subject(owner_id=SELF), Subject(owner_id=OTHER)
SEATED = Subject(team_id=FOREIGN_TEAM, seated=frozenset({SELF}))
PARTNER, FOREIGN_PARTNER = (
    Subject(partner_teams=frozenset({team}), partner_keepers=frozenset({team})) for team in (TEAM, FOREIGN_TEAM)
)
MET_PARTNER = Subject(partner_teams=frozenset({TEAM, FOREIGN_TEAM}), partner_keepers=frozenset({FOREIGN_TEAM}))
MANAGED, FOREIGN = Subject(team_id=TEAM), Subject(team_id=FOREIGN_TEAM)

POLICY: list[tuple[Action, Subject, set[str]]] = [
    (Action.VISIT, EVERYTHING, EVERYONE),
    (Action.LEARN, EVERYTHING, EVERYONE),
    (Action.TAKE_QUIZ, OWN, EVERYONE),
    (Action.TAKE_QUIZ, OTHERS, set()),
    (Action.SEE_PROGRESS, OWN, EVERYONE),
    (Action.SEE_PROGRESS, OTHERS, set()),
    (Action.SEE_RECORD, OWN, EVERYONE),
    (Action.SEE_RECORD, OTHERS, set()),
    (Action.SEE_TEAMS_RECORD, EVERYTHING, {MANAGER}),
    (Action.SEE_COMPANY_RECORD, EVERYTHING, {MANAGER, ADMIN}),
    (Action.MANAGE_OWN_ACCOUNT, OWN, EVERYONE),
    (Action.MANAGE_OWN_ACCOUNT, OTHERS, set()),
    (Action.SEE_TEAMS, EVERYTHING, {MANAGER}),
    (Action.SEE_TEAM, MANAGED, {MANAGER}),
    (Action.SEE_TEAM, FOREIGN, set()),
    (Action.PLAN_ENGAGEMENT, MANAGED, {MANAGER}),
    (Action.PLAN_ENGAGEMENT, FOREIGN, set()),
    (Action.SEE_ENGAGEMENT, MANAGED, {MANAGER}),
    (Action.SEE_ENGAGEMENT, FOREIGN, set()),
    (Action.EDIT_ENGAGEMENT, MANAGED, {MANAGER}),
    (Action.EDIT_ENGAGEMENT, FOREIGN, set()),
    (Action.GIVE_DEBRIEF, SEATED, EVERYONE),
    (Action.GIVE_DEBRIEF, MANAGED, set()),
    (Action.SEE_DEBRIEF, SEATED, EVERYONE),
    (Action.SEE_DEBRIEF, MANAGED, {LEARNER, MANAGER}),
    (Action.SEE_DEBRIEF, FOREIGN, set()),
    *(
        (action, subject, let_in)
        for action in (Action.SEE_WORKSPACE, Action.EDIT_WORKSPACE)
        for subject, let_in in ((SEATED, EVERYONE), (MANAGED, {LEARNER, MANAGER}), (FOREIGN, set[str]()))
    ),
    (Action.SEARCH_PARTNERS, EVERYTHING, EVERYONE),
    *(
        (action, subject, let_in)
        for action in (Action.SEE_PARTNER, Action.EDIT_PARTNER)
        for subject, let_in in (
            (PARTNER, {LEARNER, MANAGER}),
            (MET_PARTNER, {LEARNER, MANAGER}),
            (FOREIGN_PARTNER, set[str]()),
            (EVERYTHING, set[str]()),
        )
    ),
    (Action.MANAGE_PARTNER_DATA, PARTNER, {MANAGER, ADMIN}),
    (Action.MANAGE_PARTNER_DATA, MET_PARTNER, {ADMIN}),
    (Action.MANAGE_PARTNER_DATA, FOREIGN_PARTNER, {ADMIN}),
    (Action.TEND_CONTENT, EVERYTHING, {TRAINER}),
    (Action.EDIT_CONTENT, EVERYTHING, {TRAINER}),
    (Action.PUBLISH_CONTENT, EVERYTHING, {TRAINER}),
    (Action.EDIT_GLOSSARY, EVERYTHING, {TRAINER, MANAGER}),
    (Action.SEE_CONTENT_HEALTH, EVERYTHING, {TRAINER, ADMIN}),
    (Action.GRANT_ATTEMPT, EVERYTHING, {TRAINER, ADMIN}),
    (Action.EDIT_CONTENT, EVERYTHING, {TRAINER}),
    (Action.PUBLISH_CONTENT, EVERYTHING, {TRAINER}),
    (Action.EDIT_GLOSSARY, EVERYTHING, {TRAINER, MANAGER}),
    (Action.MANAGE_PEOPLE, EVERYTHING, {ADMIN}),
    (Action.SEE_RULES, EVERYTHING, EVERYONE),
    (Action.CHANGE_RULES, EVERYTHING, {ADMIN}),
]
NEEDS_A_SUBJECT = [action for action, subject, _ in POLICY if subject is not EVERYTHING]


@pytest.mark.parametrize("role", sorted(EVERYONE))
@pytest.mark.parametrize(("action", "subject", "allowed"), POLICY)
def test_each_role_may_do_what_the_policy_says_and_nothing_else(
    action: Action, subject: Subject, allowed: set[str], role: str
) -> None:
    assert may(ACTORS[role], action, subject) is (role in allowed)


def test_the_table_speaks_of_every_action() -> None:
    assert {action for action, _, _ in POLICY} == set(Action)


@pytest.mark.parametrize("action", [action for action in Action if action is not Action.VISIT])
def test_who_is_not_signed_in_may_only_visit(action: Action) -> None:
    assert may(None, Action.VISIT)
    for subject in (EVERYTHING, OWN, MANAGED):
        assert not may(None, action, subject)


@pytest.mark.parametrize("role", sorted(EVERYONE))
@pytest.mark.parametrize("action", NEEDS_A_SUBJECT)
def test_an_action_about_someone_or_a_team_is_refused_when_the_subject_is_left_out(action: Action, role: str) -> None:
    assert not may(ACTORS[role], action)


def test_managing_one_team_gives_nothing_in_another() -> None:
    manager = ACTORS[MANAGER]

    assert manager.is_manager
    assert not may(manager, Action.SEE_ENGAGEMENT, Subject(owner_id=SELF, team_id=FOREIGN_TEAM))


def test_a_member_of_a_team_does_not_manage_it() -> None:
    member = ACTORS[LEARNER]

    assert not member.is_manager
    assert not may(member, Action.SEE_TEAM, MANAGED)
