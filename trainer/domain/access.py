"""Who may do what: the whole policy on one page, asked by every view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """Roles that are given to a person. Everyone who is signed in is a learner; managers are so by team."""

    LEARNER = "learner"
    TRAINER = "trainer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts now."""

    id: UUID
    name: str
    email: str
    roles: frozenset[Role]
    teams: frozenset[UUID] = frozenset()
    managed_teams: frozenset[UUID] = frozenset()
    session_id: str = ""
    is_demo: bool = False

    @property
    def is_manager(self) -> bool:
        return bool(self.managed_teams)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on: whose it is and which team it belongs to, as far as that matters."""

    owner_id: UUID | None = None
    team_id: UUID | None = None
    seated: frozenset[UUID] = frozenset()
    """Who has a seat in the engagement."""
    partner_teams: frozenset[UUID] = frozenset()
    """The teams that look after the partner, or have an engagement with it that was not cancelled."""
    partner_keepers: frozenset[UUID] = frozenset()
    """The teams that look after the partner."""


EVERYTHING = Subject()
"""The subject of actions that are about no one in particular."""


class Action(StrEnum):
    VISIT = "visit"
    """Pages for people who are not signed in: signing in, accepting an invitation, health."""
    LEARN = "learn"
    """Catalogue, lessons, phrase audio, reporting a problem with a fact, starting a quiz."""
    TAKE_QUIZ = "take_quiz"
    SEE_PROGRESS = "see_progress"
    SEE_RECORD = "see_record"
    """How the forecasts of oneself held."""
    SEE_TEAMS_RECORD = "see_teams_record"
    """How the forecasts of all people in one's teams held together, for five people or more."""
    SEE_COMPANY_RECORD = "see_company_record"
    """Whether the forecasts of all people of the company were off, and what would correct them."""
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    SEE_TEAMS = "see_teams"
    """The list of one's teams and of one's engagements; it only ever holds what the actor may see."""
    SEE_TEAM = "see_team"
    PLAN_ENGAGEMENT = "plan_engagement"
    SEE_ENGAGEMENT = "see_engagement"
    EDIT_ENGAGEMENT = "edit_engagement"
    GIVE_DEBRIEF = "give_debrief"
    """Saying how a meeting went in which one had a seat."""
    SEE_DEBRIEF = "see_debrief"
    """What surprised the team, and what its people say together."""
    SEE_WORKSPACE = "see_workspace"
    """What the team of a meeting agrees on: charter, times and agenda, what is to be done, what follows."""
    EDIT_WORKSPACE = "edit_workspace"
    SEARCH_PARTNERS = "search_partners"
    """The list of partners; it only ever holds those whose file the actor may see."""
    SEE_PARTNER = "see_partner"
    EDIT_PARTNER = "edit_partner"
    MANAGE_PARTNER_DATA = "manage_partner_data"
    """Exporting and deleting what is kept of a person who works for the partner, and saying which teams look after it.
    Planning an engagement is not enough: whoever knows the partner's name can."""
    TEND_CONTENT = "tend_content"
    """Closing reported problems of facts."""
    SEE_CONTENT_HEALTH = "see_content_health"
    """What was reported, what is due for a check, and how what is asked was answered: figures of five people or more,
    of nobody in particular."""
    EDIT_CONTENT = "edit_content"
    """Writing lessons, phrases and quizzes, and bringing in those of others."""
    PUBLISH_CONTENT = "publish_content"
    """Reviewing what was written, and putting it in force."""
    EDIT_GLOSSARY = "edit_glossary"
    """Keeping the terms of a trade, a product or a partner."""
    GRANT_ATTEMPT = "grant_attempt"
    """Letting somebody sit an assessment once more, and seeing who has no attempt left; never their results."""
    MANAGE_PEOPLE = "manage_people"
    """Inviting and disabling people, giving roles, teams and their members, and the time that somebody needs."""
    SEE_RULES = "see_rules"
    """The company's rules, who changed them and why: what one is judged by is no secret."""
    CHANGE_RULES = "change_rules"


def _signed_in(_actor: Actor, _subject: Subject) -> bool:
    return True


def _own(actor: Actor, subject: Subject) -> bool:
    return subject.owner_id == actor.id


def _managers(actor: Actor, _subject: Subject) -> bool:
    return actor.is_manager


def _manager_of_team(actor: Actor, subject: Subject) -> bool:
    return subject.team_id in actor.managed_teams


def _seated(actor: Actor, subject: Subject) -> bool:
    return actor.id in subject.seated


def _team_of_meeting(actor: Actor, subject: Subject) -> bool:
    return subject.team_id in actor.teams | actor.managed_teams or _seated(actor, subject)


def _team_of_partner(actor: Actor, subject: Subject) -> bool:
    return not subject.partner_teams.isdisjoint(actor.teams | actor.managed_teams)


def _keepers_of_partner_and_admins(actor: Actor, subject: Subject) -> bool:
    is_known = bool(subject.partner_teams | subject.partner_keepers)
    return not subject.partner_keepers.isdisjoint(actor.managed_teams) or (is_known and _admins(actor, subject))


def _managers_and_admins(actor: Actor, subject: Subject) -> bool:
    return _managers(actor, subject) or _admins(actor, subject)


def _trainers(actor: Actor, _subject: Subject) -> bool:
    return Role.TRAINER in actor.roles


def _trainers_and_managers(actor: Actor, subject: Subject) -> bool:
    return _trainers(actor, subject) or _managers(actor, subject)


def _admins(actor: Actor, _subject: Subject) -> bool:
    return Role.ADMIN in actor.roles


def _trainers_and_admins(actor: Actor, subject: Subject) -> bool:
    return _trainers(actor, subject) or _admins(actor, subject)


_RULES: Mapping[Action, Callable[[Actor, Subject], bool]] = {
    Action.LEARN: _signed_in,
    Action.TAKE_QUIZ: _own,
    Action.SEE_PROGRESS: _own,
    Action.SEE_RECORD: _own,
    Action.SEE_TEAMS_RECORD: _managers,
    Action.SEE_COMPANY_RECORD: _managers_and_admins,
    Action.MANAGE_OWN_ACCOUNT: _own,
    Action.SEE_TEAMS: _managers,
    Action.SEE_TEAM: _manager_of_team,
    Action.PLAN_ENGAGEMENT: _manager_of_team,
    Action.SEE_ENGAGEMENT: _manager_of_team,
    Action.EDIT_ENGAGEMENT: _manager_of_team,
    Action.GIVE_DEBRIEF: _seated,
    Action.SEE_DEBRIEF: _team_of_meeting,
    Action.SEE_WORKSPACE: _team_of_meeting,
    Action.EDIT_WORKSPACE: _team_of_meeting,
    Action.SEARCH_PARTNERS: _signed_in,
    Action.SEE_PARTNER: _team_of_partner,
    Action.EDIT_PARTNER: _team_of_partner,
    Action.MANAGE_PARTNER_DATA: _keepers_of_partner_and_admins,
    Action.TEND_CONTENT: _trainers,
    Action.EDIT_CONTENT: _trainers,
    Action.PUBLISH_CONTENT: _trainers,
    Action.EDIT_GLOSSARY: _trainers_and_managers,
    Action.SEE_CONTENT_HEALTH: _trainers_and_admins,
    Action.GRANT_ATTEMPT: _trainers_and_admins,
    Action.MANAGE_PEOPLE: _admins,
    Action.SEE_RULES: _signed_in,
    Action.CHANGE_RULES: _admins,
}


def may(actor: Actor | None, action: Action, subject: Subject = EVERYTHING) -> bool:
    """Whether the actor (None: nobody is signed in) may do this to that."""
    if action is Action.VISIT:
        return True
    return actor is not None and _RULES[action](actor, subject)
