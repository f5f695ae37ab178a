"""Every route × everyone: who is let in, who is not, and that whoever is not changes nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Table, insert, select
from werkzeug.test import TestResponse

from app import ROOT
from tests import speaking
from tests.browsing import HTMX, Browser, fields_of
from tests.builders import NOW
from tests.charters import TEMPLATE, begin
from tests.company import LESSON, PASSWORD, QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody
from tests.conftest import empty, services_of, throttle_of
from tests.speech.test_uploads import speech
from trainer import accounts, engagements, learning, links
from trainer.database import Database
from trainer.domain.access import Action
from trainer.domain.charter import quarter_of
from trainer.domain.content import Content, ItemType, Phrase
from trainer.domain.documents import Document, DocumentKind
from trainer.domain.mail import MailKind
from trainer.links import Purpose, links_of
from trainer.models import Base, UserSession, new_id
from trainer.speech import line_of
from trainer.takes import TakeFiles
from trainer.web import authorize, db
from trainer.web.assets import asset_tag
from trainer.workspace import change_document

SIGNED_OUT, LEARNER, MANAGER, OTHER_MANAGER, TRAINER, ADMIN = (
    "signed out", "learner", "manager of the team", "manager of another team", "trainer", "admin",
)  # fmt: skip
ACTORS = (SIGNED_OUT, LEARNER, MANAGER, OTHER_MANAGER, TRAINER, ADMIN)

OK, SIGN_IN, FORBIDDEN, NOT_FOUND = "ok", "sent to sign in", "403", "404"


def only(*actors: str, others: str = FORBIDDEN) -> dict[str, str]:
    """These are let in, the others not; who is signed out is asked to sign in."""
    outcomes = dict.fromkeys(ACTORS, others)
    outcomes[SIGNED_OUT] = SIGN_IN
    return {**outcomes, **dict.fromkeys(actors, OK)}


PUBLIC = dict.fromkeys(ACTORS, OK)
SIGNED_IN = only(*ACTORS[1:])
OWNER = only(LEARNER, others=NOT_FOUND)
TEAM = only(MANAGER)
MEMBERS = only(LEARNER, MANAGER)
MANAGERS = only(MANAGER, OTHER_MANAGER)
TRAINERS = only(TRAINER)
TRAINERS_AND_ADMINS = only(TRAINER, ADMIN)
ADMINS = only(ADMIN)
OWN_TEAM = {**TEAM, OTHER_MANAGER: "422"}
"""A form that offers a manager's own teams only."""
PARTNERS_TEAM = only(LEARNER, MANAGER)
PARTNERS_DATA = only(MANAGER, ADMIN)
KEEPERS = only(MANAGER, OTHER_MANAGER, TRAINER)

DRAFT = {
    "partner": "Kobe Seiki", "country": "JP", "language": "ja", "title": "Talk", "is_call": "call", "place": "",
    "day": "2027-01-14", "time": "09:30", "zone": "Asia/Tokyo", "agenda_minutes": "45",
}  # fmt: skip
RULES = {
    "min_answers": "8", "max_width": "4", "ready_margin": "1", "interpreter_target": "6", "visibility": "bands",
    "reason": "Pilot", "seen": "1",
}  # fmt: skip
WRITING, SAT = "fr-language-writing", "jp-language-writing"
IMPORT = {"form": "auto", "course": "japan", "title": "", "lang": ""}
DRAFT_QUIZ, READ_QUIZ = "quizzes/japan/jp-first-meeting.yaml", "quizzes/japan/jp-in-the-meeting.yaml"
TAKE = speaking.wav_of(speech(rate=speaking.RATE))
"""A second of sound."""
RECORDING: Mapping[str, str | bytes] = {
    "file": TAKE,
    "speed": "slow",
    "speaker": "Marc",
    "licence": "company",
    "has_agreed": "y",
}
MARKS = dict.fromkeys(("ability", "benevolence", "integrity", "communication", "objective", "working"), "4")
SEEN = {"seen": "1"}
NEW_PASSWORD = {"name": "Nora", "password": "nine red foxes", "again": "nine red foxes"}


class Route(NamedTuple):
    """A path with the world's names in it, who is let in, and what a form would send."""

    path: str
    outcomes: Mapping[str, str]
    data: Mapping[str, str | bytes] = {}


ROUTES: dict[str, Route] = {
    "assets.show_asset": Route("/assets/{tag}/app.css", PUBLIC),
    "health.show_health": Route("/healthz", PUBLIC),
    "health.show_readiness": Route("/readyz", PUBLIC),
    "accounts.sign_in": Route("/sign-in", PUBLIC),
    "accounts.open_session": Route("/sign-in", PUBLIC, {"email": "{email}", "password": PASSWORD}),
    "accounts.sign_out": Route("/sign-out", PUBLIC),
    "accounts.show_invitation": Route("/invitations/{link}", PUBLIC),
    "accounts.accept_invitation": Route("/invitations/{link}", PUBLIC, NEW_PASSWORD),
    "accounts.show_account": Route("/account", SIGNED_IN),
    "accounts.set_daily_minutes": Route("/account/study", SIGNED_IN, {"daily_minutes": "35"}),
    "accounts.end_session": Route("/account/sessions/{session}/end", SIGNED_IN),
    "accounts.sign_out_everywhere": Route("/account/sign-out-everywhere", SIGNED_IN),
    "feeds.show_feed": Route("/feeds/{feed}.ics", PUBLIC),
    "feeds.make_feed": Route("/account/feeds", SIGNED_IN),
    "feeds.end_feed": Route("/account/feeds/{feed_link}/end", SIGNED_IN),
    "accounts.choose_theme": Route("/theme", PUBLIC, {"theme": "dark"}),
    "mail.show_choices": Route("/account/mail", SIGNED_IN),
    "mail.change_choices": Route(
        "/account/mail", SIGNED_IN, {"wants_due": "y", "language": "ja", "zone": "Asia/Tokyo"}
    ),
    "mail.show_stop": Route("/mail/stop/{stop}", PUBLIC),
    "mail.stop": Route("/mail/stop/{stop}", PUBLIC),
    "home.show_home": Route("/", SIGNED_IN),
    "learn.list_courses": Route("/courses", SIGNED_IN),
    "learn.show_course": Route("/courses/japan", SIGNED_IN),
    "learn.show_about": Route("/about-content", SIGNED_IN),
    "learn.show_provenance": Route("/courses/japan/about", SIGNED_IN),
    "learn.show_lesson": Route("/lessons/{lesson}", SIGNED_IN),
    "learn.finish_lesson": Route("/lessons/{lesson}/done", SIGNED_IN, {"goal": "0"}),
    "learn.play_phrase": Route("{audio}", SIGNED_IN),
    "dialogues.show_dialogue": Route("/dialogues/ja-dialogue-introduction", SIGNED_IN),
    "dialogues.play_line": Route("/dialogues/lines/ja-dialogue-introduction-01/normal-0.mp3", SIGNED_IN),
    "learn.show_report": Route("/facts/{fact}/report", SIGNED_IN),
    "learn.report_fact": Route("/facts/{fact}/report", SIGNED_IN, {"problem": "The office has moved."}),
    "glossaries.list_glossaries": Route("/glossaries", SIGNED_IN),
    "glossaries.show_glossary": Route("/glossaries/technical-support?lang=fr", SIGNED_IN),
    "glossaries.export_table": Route("/glossaries/technical-support/table", SIGNED_IN),
    "glossaries.show_new": Route("/glossaries/new", KEEPERS),
    "glossaries.create": Route("/glossaries/new", KEEPERS, {"title": "Parts", "summary": "What we order."}),
    "glossaries.edit_head": Route("/glossaries/technical-support/head", KEEPERS),
    "glossaries.change_head": Route(
        "/glossaries/technical-support/head", KEEPERS, {"title": "Support", "summary": "Words."}
    ),
    "glossaries.edit_term": Route("/glossaries/technical-support/terms/gl-support-ticket", KEEPERS),
    "glossaries.change_term": Route(
        "/glossaries/technical-support/terms/new", KEEPERS, {"term": "screw", "fr-text": "la vis"}
    ),
    "glossaries.remove_term": Route("/glossaries/technical-support/terms/gl-support-ticket/remove", KEEPERS),
    "glossaries.show_import": Route("/glossaries/technical-support/import", KEEPERS),
    "glossaries.import_table": Route(
        "/glossaries/technical-support/import",
        KEEPERS,
        {"confirm": "1", "rows": "term,language,meaning\nla vis,fr,screw\n"},
    ),
    "quizzes.show_quiz": Route("/quizzes/{quiz}", SIGNED_IN),
    "quizzes.start_attempt": Route("/quizzes/{quiz}/attempts", SIGNED_IN),
    "quizzes.resume_attempt": Route("/attempts/{attempt}", OWNER),
    "quizzes.show_ahead": Route("/attempts/{attempt}/ahead", OWNER),
    "quizzes.show_item": Route("/attempts/{attempt}/items/{item}", OWNER),
    "quizzes.answer_item": Route(
        "/attempts/{attempt}/items/{item}/0", OWNER, {"options": "{option}", "response_id": "{response}"}
    ),
    "quizzes.show_feedback": Route("/attempts/{attempt}/items/{answered}/0", OWNER),
    "quizzes.play_item": Route("/attempts/{writing}/items/{heard}/normal-0.mp3", OWNER),
    "quizzes.postpone_listening": Route("/attempts/{attempt}/quiet", OWNER),
    "quizzes.start_assessment": Route("/quizzes/{writing_again}/assessments", SIGNED_IN),
    "quizzes.show_sitting": Route("/assessments/{sitting}", OWNER),
    "quizzes.show_sitting_item": Route("/assessments/{sitting}/items/{sat}", OWNER),
    "quizzes.save_answer": Route("/assessments/{sitting}/items/{sat}/0", OWNER, {"act": "later"}),
    "quizzes.hand_in": Route("/assessments/{sitting}/hand-in", OWNER),
    "quizzes.show_assessed": Route("/assessments/{sitting}/items/{sat}/0/feedback", OWNER),
    "quizzes.show_summary": Route("/attempts/{finished}/summary", OWNER),
    "queue.show_ticket": Route("/queue", SIGNED_IN),
    "quizzes.start_replay": Route("/attempts/{played}/items/{story}/1/again", OWNER),
    "quizzes.show_replay": Route("/replays/{replay}", OWNER),
    "quizzes.answer_replay": Route("/replays/{replay}/0", OWNER, {"options": "{turn}", "response_id": "{again}"}),
    "quizzes.show_replay_feedback": Route("/replays/{replay_over}/1", OWNER),
    "quizzes.start_replay_again": Route("/replays/{replay_over}/1/again", OWNER),
    "review.show_review": Route("/review", SIGNED_IN),
    "review.answer_card": Route(
        "/review/cards/{card}",
        only(LEARNER, others="409"),
        {"options": "{card_option}", "response_id": "{response}"},
    ),
    "review.show_answer": Route("/review/answers/{reviewed}", OWNER),
    "review.correct_answer": Route("/review/answers/{reviewed}/word", OWNER, {"word": "easy"}),
    "review.undo_answer": Route("/review/answers/{reviewed}/undo", OWNER),
    "review.postpone_hearing": Route("/review/quiet", SIGNED_IN),
    "review.show_settings": Route("/review/settings", SIGNED_IN),
    "review.change_settings": Route(
        "/review/settings", SIGNED_IN, {"retention": "0.85", "new_per_day": "5", "max_per_day": ""}
    ),
    "progress.show_progress": Route("/progress", SIGNED_IN),
    "progress.show_competency": Route("/progress/building-trust", SIGNED_IN),
    "record.show_record": Route("/record", SIGNED_IN),
    "teams.show_dashboard": Route("/teams", MANAGERS),
    "teams.show_team": Route("/teams/{team}", TEAM),
    "engagements.show_engagement": Route("/engagements/{engagement}", TEAM),
    "engagements.adopt_rules": Route("/engagements/{engagement}/rules/1", TEAM),
    "engagements.show_plan": Route("/teams/{team}/engagements/new?country=JP", TEAM),
    "engagements.plan_engagement": Route(
        "/teams/{team}/engagements/new", TEAM, {**DRAFT, "template": "engagement-japan-working-call"}
    ),
    "engagements.edit_engagement": Route("/engagements/{engagement}/edit", TEAM),
    "engagements.change_engagement": Route("/engagements/{engagement}/edit", TEAM, DRAFT),
    "engagements.cancel_engagement": Route("/engagements/{engagement}/cancel", TEAM),
    "engagements.show_debrief": Route("/engagements/{over}/debrief", only(LEARNER, MANAGER)),
    "engagements.give_debrief": Route(
        "/engagements/{over}/debrief",
        only(LEARNER),
        {
            "how-remote-meetings": "0.7",
            "how-jp-keeping-in-touch": "not-needed",
            "how-ja-calls": "0.5",
            "surprise": "They were early.",
        },
    ),
    "engagements.show_brief": Route("/engagements/{engagement}/brief", MEMBERS),
    "engagements.show_follow_up": Route("/engagements/{engagement}/follow-up", only(LEARNER, MANAGER)),
    "engagements.change_follow_up": Route(
        "/engagements/{engagement}/follow-up/thanks",
        only(LEARNER, MANAGER),
        {"thanks-seen": "0", "thanks-owner": "", "thanks-note": "A card."},
    ),
    "engagements.show_sharing": Route("/engagements/{engagement}/share", TEAM),
    "engagements.share_report": Route("/engagements/{engagement}/share", TEAM, {"label": "Board", "days": "14"}),
    "engagements.end_sharing": Route("/engagements/{engagement}/share/{report_link}/end", TEAM),
    "engagements.download_report": Route("/engagements/{engagement}/report.csv", TEAM),
    "engagements.download_shared": Route("/reports/{report_token}/report.csv", PUBLIC),
    "engagements.show_shared": Route("/reports/{report_token}", PUBLIC),
    "engagements.show_charter": Route("/engagements/{over}/charter", MEMBERS),
    "engagements.start_charter": Route("/engagements/{engagement}/charter", MEMBERS, {"template": TEMPLATE}),
    "engagements.show_charter_versions": Route("/engagements/{over}/charter/versions", MEMBERS),
    "engagements.try_ladder": Route("/engagements/{over}/charter/dry-run", MEMBERS),
    "engagements.edit_charter": Route("/engagements/{over}/charter/closing", MEMBERS),
    "engagements.change_charter": Route(
        "/engagements/{over}/charter/closing", MEMBERS, {"seen": "1", "stepping_down": "By phone"}
    ),
    "engagements.edit_charter_entry": Route("/engagements/{over}/charter/information/rule-1", MEMBERS),
    "engagements.change_charter_entry": Route(
        "/engagements/{over}/charter/information/rule-1",
        MEMBERS,
        {"seen": "1", "sharing": "may", "what": "Forecasts"},
    ),
    "engagements.remove_charter_entry": Route(
        "/engagements/{over}/charter/information/rule-1/remove", MEMBERS, {"seen": "1"}
    ),
    "engagements.list_links": Route("/engagements/{over}/charter/links", TEAM),
    "engagements.make_partner_link": Route(
        "/engagements/{over}/charter/links",
        TEAM,
        {"purpose": "charter", "person": "", "label": "Sato Kenji", "days": "30"},
    ),
    "engagements.revoke_partner_link": Route("/engagements/{over}/charter/links/{charter_link}/revoke", TEAM),
    "engagements.agree_for_us": Route("/engagements/{over}/charter/agree", TEAM, {"seen": "1"}),
    "engagements.show_partner_charter": Route("/charter/{charter_token}", PUBLIC),
    "engagements.agree_as_partner": Route("/charter/{charter_token}/agree", PUBLIC, {"name": "Sato Kenji"}),
    "engagements.comment_as_partner": Route(
        "/charter/{charter_token}/comment", PUBLIC, {"name": "Sato Kenji", "words": "Friday is late."}
    ),
    "engagements.show_health_check": Route("/engagements/{over}/health-check", MEMBERS),
    "engagements.answer_health_check": Route("/engagements/{over}/health-check", MEMBERS, MARKS),
    "engagements.ask_partner_health": Route("/health-check/{health_token}", PUBLIC),
    "engagements.answer_partner_health": Route("/health-check/{health_token}", PUBLIC, MARKS),
    "engagements.show_meeting": Route("/engagements/{engagement}/meeting", MEMBERS),
    "engagements.find_time": Route("/engagements/{engagement}/meeting/times", MEMBERS),
    "engagements.download_calendar": Route("/engagements/{engagement}/calendar.ics", MEMBERS),
    "engagements.new_entry": Route("/engagements/{engagement}/meeting/agenda/new", MEMBERS),
    "engagements.edit_entry": Route("/engagements/{engagement}/meeting/agenda/{agenda_item}", MEMBERS),
    "engagements.save_entry": Route(
        "/engagements/{engagement}/meeting/agenda/{agenda_item}",
        MEMBERS,
        {"title": "All prices", "minutes": "20", "lead": "", "seen": "1"},
    ),
    "engagements.remove_entry": Route("/engagements/{engagement}/meeting/agenda/{agenda_item}/remove", MEMBERS, SEEN),
    "engagements.raise_item": Route("/engagements/{engagement}/meeting/agenda/{agenda_item}/up", MEMBERS, SEEN),
    "engagements.note_check": Route("/engagements/{engagement}/meeting/checks/{check}/done", MEMBERS, SEEN),
    "engagements.take_usual_checks": Route("/engagements/{engagement}/meeting/usual-checks", MEMBERS, SEEN),
    "engagements.edit_part": Route("/engagements/{engagement}/meeting/channels", MEMBERS),
    "engagements.save_part": Route(
        "/engagements/{engagement}/meeting/channels",
        MEMBERS,
        {"primary": "Teams", "caller": "", "called": "", **SEEN},
    ),
    "engagements.edit_seats": Route("/engagements/{engagement}/seats", TEAM),
    "engagements.add_seat": Route("/engagements/{engagement}/seats", TEAM, {"title": "Observer"}),
    "engagements.assign_people": Route("/engagements/{engagement}/seats/{seat}/people", TEAM, {"people": "{manager}"}),
    "engagements.remove_seat": Route("/engagements/{engagement}/seats/{seat}/remove", TEAM),
    "engagements.add_requirement": Route(
        "/engagements/{engagement}/seats/{seat}/requirements", TEAM, {"competency": "building-trust", "target": "70"}
    ),
    "engagements.drop_requirement": Route(
        "/engagements/{engagement}/seats/{seat}/requirements/remote-meetings/drop", TEAM
    ),
    "partners.list_partners": Route("/partners?q=kobe", SIGNED_IN),
    "partners.show_new": Route("/partners/new", MANAGERS),
    "partners.create_partner": Route(
        "/partners/new", OWN_TEAM, {"name": "Osaka Lens", "country": "JP", "language": "ja", "team": "{team}"}
    ),
    "partners.show_partner": Route("/partners/{partner}", PARTNERS_TEAM),
    "partners.show_brief": Route("/partners/{partner}/brief", PARTNERS_TEAM),
    "partners.edit_company": Route("/partners/{partner}/company", PARTNERS_TEAM),
    "partners.change_company": Route(
        "/partners/{partner}/company", PARTNERS_TEAM, {"country": "JP", "language": "ja", "size": "40", "seen": "1"}
    ),
    "partners.add_entry": Route("/partners/{partner}/promises/new", PARTNERS_TEAM),
    "partners.edit_entry": Route("/partners/{partner}/people/{of_partner}/edit", PARTNERS_TEAM),
    "partners.keep_entry": Route(
        "/partners/{partner}/questions/{again}/edit", PARTNERS_TEAM, {"words": "Who decides?", "seen": "0"}
    ),
    "partners.add_questions_of_lesson": Route("/partners/{partner}/questions/of-lesson", PARTNERS_TEAM),
    "partners.remove_entry": Route("/partners/{partner}/promises/{promise}/remove", PARTNERS_TEAM),
    "partners.show_end": Route("/partners/{partner}/promises/{promise}/end", PARTNERS_TEAM),
    "partners.close_promise": Route(
        "/partners/{partner}/promises/{promise}/end", PARTNERS_TEAM, {"state": "kept", "seen": "1"}
    ),
    "partners.show_person": Route("/partners/{partner}/people/{of_partner}", PARTNERS_TEAM),
    "partners.export_person": Route("/partners/{partner}/people/{of_partner}/export.json", PARTNERS_DATA),
    "partners.delete_person": Route("/partners/{partner}/people/{of_partner}/delete", PARTNERS_DATA),
    "partners.show_teams": Route("/partners/{partner}/teams", PARTNERS_DATA),
    "partners.let_team_in": Route("/partners/{partner}/teams", PARTNERS_DATA, {"team": "{other_team}"}),
    "partners.take_team_out": Route("/partners/{partner}/teams/{other_team}/remove", PARTNERS_DATA),
    "partners.show_upload": Route("/partners/{partner}/files/new", PARTNERS_TEAM),
    "partners.add_attachment": Route("/partners/{partner}/files/new", PARTNERS_TEAM, {"file": b"Dinner at seven."}),
    "partners.download_attachment": Route("/partners/{partner}/files/{attachment}", PARTNERS_TEAM),
    "partners.remove_attachment": Route("/partners/{partner}/files/{attachment}/remove", PARTNERS_TEAM),
    "imports.show_import": Route("/content/imports", TRAINERS),
    "imports.upload_file": Route("/content/imports", TRAINERS, {**IMPORT, "file": b"Who?{=you ~me}"}),
    "imports.show_upload": Route("/content/imports/{upload}", TRAINERS),
    "imports.download_problems": Route("/content/imports/{upload}/problems.csv", TRAINERS),
    "imports.take_in": Route("/content/imports/{upload}/confirm", TRAINERS),
    "exports.show_quiz": Route("/quizzes/{quiz}/export", TRAINERS),
    "exports.download_quiz": Route("/quizzes/{quiz}/export/gift", TRAINERS),
    "exports.show_deck": Route("/courses/japan/deck", SIGNED_IN),
    "exports.download_deck": Route("/courses/japan/deck.apkg", SIGNED_IN),
    "people.list_people": Route("/people", ADMINS),
    "people.show_invite": Route("/people/invite", ADMINS),
    "people.invite": Route("/people/invite", ADMINS, {"name": "Olga", "email": "olga@example.org", "team": ""}),
    "people.send_link": Route("/people/{learner}/link", ADMINS),
    "people.disable": Route("/people/{learner}/disable", ADMINS),
    "people.enable": Route("/people/{learner}/enable", ADMINS),
    "people.show_person": Route("/people/{learner}", ADMINS),
    "people.set_allowance": Route("/people/{learner}/time", ADMINS, {"allowance": "2"}),
    "people.create_team": Route("/people/teams", ADMINS, {"name": "Lab"}),
    "people.show_team": Route("/people/teams/{team}", ADMINS),
    "people.add_member": Route("/people/teams/{team}/members", ADMINS, {"user": "{admin}"}),
    "people.remove_member": Route("/people/teams/{team}/members/{learner}/leave", ADMINS),
    "company.show_rules": Route("/company", SIGNED_IN),
    "company.change_rules": Route("/company", ADMINS, RULES),
    "desk.show_content_health": Route("/desk", TRAINERS_AND_ADMINS),
    "desk.show_item": Route("/desk/items/{item}", TRAINERS_AND_ADMINS),
    "desk.download_items": Route("/desk/items.csv", TRAINERS_AND_ADMINS),
    "scenarios.list_scenarios": Route("/content/scenarios", TRAINERS),
    "scenarios.show_scenario": Route("/content/scenarios/{story}", TRAINERS),
    "desk.list_used_up": Route("/desk/attempts", only(TRAINER, ADMIN)),
    "desk.grant_attempt": Route("/desk/attempts/{sat_quiz}/{learner}", only(TRAINER, ADMIN), {"reason": "Why not"}),
    "authoring.list_documents": Route("/content?q=names", TRAINERS),
    "authoring.find_entry_of": Route("/content/of/lesson/{lesson}", TRAINERS),
    "authoring.show_document": Route("/content/documents/{draft}", TRAINERS),
    "authoring.show_new": Route("/content/new", TRAINERS),
    "authoring.create_document": Route(
        "/content/new", TRAINERS, {"kind": "quiz", "course": "japan", "title": "Crisis", "name": ""}
    ),
    "authoring.add_to_document": Route("/content/additions/{draft}", TRAINERS, {"base": "1", "what": "items.typed"}),
    "authoring.arrange_document": Route(
        "/content/arrangement/{draft}", TRAINERS, {"base": "1", "do": "down items:jp-first-meeting-01"}
    ),
    "authoring.edit_entry": Route("/content/entries/items:jp-first-meeting-01/{draft}", TRAINERS),
    "authoring.save_entry": Route(
        "/content/entries/items:jp-first-meeting-01/{draft}",
        TRAINERS,
        {"base": "1", "shown": "1", "ask": "Which?", "do": "save"},
    ),
    "authoring.preview_entry": Route(
        "/content/previews/items:jp-first-meeting-01/{draft}", TRAINERS, {"shown": "1", "ask": "Which?"}
    ),
    "authoring.edit_text": Route("/content/text/{draft}", TRAINERS),
    "authoring.save_text": Route(
        "/content/text/{draft}", TRAINERS, {"base": "1", "shown": "1", "text": "id: x", "do": "save"}
    ),
    "authoring.list_versions": Route("/content/versions/{draft}", TRAINERS),
    "authoring.show_difference": Route("/content/difference/{draft}?from=0&to=1", TRAINERS),
    "authoring.restore_version": Route("/content/versions/{draft}", TRAINERS, {"base": "1", "number": "0"}),
    "authoring.ask_for_review": Route("/content/review/{draft}", TRAINERS, {"number": "1"}),
    "authoring.review_document": Route("/content/reviewed/{draft}", TRAINERS, {"number": "1"}),
    "authoring.show_publication": Route("/content/publication/{draft}", TRAINERS),
    "authoring.publish_document": Route("/content/publication/{read}", TRAINERS, {"number": "1"}),
    "authoring.set_aside_draft": Route("/content/set-aside/{draft}", TRAINERS, {"number": "1"}),
    "authoring.remove_document": Route("/content/removal/{draft}", TRAINERS, {"base": "1"}),
    "speaking.show_speaking": Route("/speaking", SIGNED_IN),
    "speaking.show_line": Route("/speaking/lines/{said}", SIGNED_IN),
    "speaking.practise_dialogue": Route("/speaking/dialogues/fr-dialogue-introduction/berg", SIGNED_IN),
    "speaking.send_take": Route("/speaking/lines/{said}/takes", SIGNED_IN, {"take_id": "{again}", "file": TAKE}),
    "speaking.show_take": Route("/speaking/takes/{take}", OWNER),
    "speaking.rate_take": Route("/speaking/takes/{take}/closeness", OWNER, {"closeness": "1"}),
    "speaking.play_take": Route("/speaking/takes/{take}.mp3", OWNER),
    "speaking.keep_sound": Route("/speaking/takes/{not_kept}/sound", OWNER, {"file": TAKE}),
    "speaking.forget_sound": Route("/speaking/takes/{take}/sound/delete", OWNER),
    "speaking.forget_all_takes": Route("/speaking/takes/delete", SIGNED_IN),
    "speaking.forget_take": Route("/speaking/takes/{take}/delete", OWNER),
    "recordings.list_recordings": Route("/recordings", TRAINERS),
    "recordings.show_recording": Route("/phrases/{phrase}/recording", TRAINERS),
    "recordings.keep_recording": Route("/phrases/{phrase}/recording", TRAINERS, RECORDING),
    "recordings.remove_recording": Route("/recordings/{recording}/remove", TRAINERS),
    "desk.close_report": Route("/desk/reports/{report}/close", TRAINERS, {"decision": "Corrected."}),
}
CHANGE_NOTHING = {
    "accounts.choose_theme",
    "accounts.open_session",
    "people.enable",
    "authoring.preview_entry",
    "speaking.forget_all_takes",
}
"""Forms that keep nothing but a cookie or a sign-in, or find nothing to change in this world."""
PROVED_BY_THEIR_ADDRESS = {"mail.stop"}
"""Forms that a mail program sends by itself: the signed address is all the proof there is."""
ENDS_AT_SIGN_IN = {"accounts.sign_out", "accounts.sign_out_everywhere", "accounts.accept_invitation"}

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class World:
    """A company with two teams, everyone signed in, and the names of what there is to act on."""

    app: Flask
    names: dict[str, str]
    browsers: dict[str, Browser]
    rows: Rows = field(default_factory=dict)
    is_clean: bool = False
    """Whether it is known that nothing was changed since it was put back: then the next test need not look again."""

    def is_unchanged(self) -> bool:
        self.is_clean = all_rows(self.database) == self.rows
        return self.is_clean

    @property
    def database(self) -> Database:
        return services_of(self.app).database

    def path(self, route: Route) -> str:
        return route.path.format(**self.names)

    def data(self, route: Route) -> dict[str, object]:
        """What the form sends; a field of the name `file` sends one."""
        return {
            name: value.format(**self.names) if isinstance(value, str) else (BytesIO(value), "a file.txt")
            for name, value in route.data.items()
        }

    def send(self, actor: str, method: str, route: Route) -> TestResponse:
        browser = self.browsers[actor]
        if method == "GET":
            return browser.get(self.path(route))
        return browser.submit(self.path(route), self.data(route))


def all_rows(database: Database) -> Rows:
    """Every row of every table; when somebody was last seen is left out, for any page may note that."""
    with database.read_session() as session:
        return {
            table.name: [
                {name: value for name, value in row.items() if name != "last_seen_at"}
                for row in session.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture(scope="module")
def built(sqlite_app: Flask, content: Content, clock: Clock) -> World:
    database = services_of(sqlite_app).database
    empty(database)
    clock.at = NOW
    with database.read_session() as session:
        world = _build(sqlite_app, Make(session, content, clock), content)
    world.rows = all_rows(database)
    return world


@pytest.fixture
def world(built: World, clock: Clock) -> Iterator[World]:
    """The same world each time: rows that a test before changed are put back, and so are its browsers."""
    clock.at = NOW
    throttle_of(built.app).reset()
    services_of(built.app).models.forget()
    services_of(built.app).library.forget()
    services_of(built.app).recordings.forget()
    if not built.is_clean and not built.is_unchanged():
        _put_back(built.database, built.rows)
    built.is_clean = False
    kept = {actor: browser.remember() for actor, browser in built.browsers.items()}
    yield built
    for actor, browser in built.browsers.items():
        browser.recall(kept[actor])


def _build(app: Flask, make: Make, content: Content) -> World:
    team, other_team = make.team("Support"), make.team("Sales")
    learner = make.learner("Lena", team)
    people = {
        LEARNER: learner,
        MANAGER: make.manager(team, "Mara"),
        OTHER_MANAGER: make.manager(other_team, "Otto"),
        TRAINER: make.trainer("Tina"),
        ADMIN: make.admin("Ada"),
    }
    engagement = make.engagement(team, [[learner]])
    make.rules(people[ADMIN], min_answers=6)
    over = make.past_engagement(team, [[learner]])
    finished = make.answers(learner, "jp-in-the-meeting")
    attempt = make.answers(learner, until=1)
    items = content.quizzes[QUIZ].items
    played = make.answers(learner, SCENARIO_QUIZ, right=0.0)
    replay, replay_over = make.replay(learner, played), make.replay(learner, played, 1, until_end=True)
    story = make.story()
    make.lesson_done(learner)
    first, second = (content.items[f"{phrase.id}.meaning"] for phrase in content.lessons[LESSON].phrases[:2])
    browsers = {SIGNED_OUT: Browser(app)}
    for actor, person in people.items():
        browsers[actor] = Browser(app)
        browsers[actor].sign_in(person)
    phrase, said = content.lessons[LESSON].phrases[:2]
    version = services_of(app).speech.version(line_of(phrase))[:12]
    own_session = make.session.scalars(select(UserSession.id).where(UserSession.user_id == learner.id)).one()
    meeting = _planned_meeting(make, engagement, learner)
    make.session.commit()
    report_token, report_link = make.link(Purpose.REPORT, engagement, people[MANAGER])
    partner = make.partner_of(engagement)
    names: dict[str, str | UUID] = {
        "report_token": report_token,
        "report_link": report_link,
        "partner": partner,
        "other_team": other_team,
        "of_partner": make.partner_person(partner),
        "promise": make.promise(partner, learner),
        "attachment": make.attachment(partner, learner),
        "tag": asset_tag("app.css"),
        "email": learner.email,
        "link": make.invitation(team=team),
        "session": own_session,
        "stop": services_of(app).mail.stopping.token(learner.id, MailKind.DUE),
        "lesson": LESSON,
        "audio": f"/phrases/{phrase.id}/normal-{version}.mp3",
        "fact": next(iter(content.facts)),
        "quiz": QUIZ,
        "attempt": attempt,
        "finished": finished,
        "writing": make.attempt(learner, WRITING),
        "writing_again": WRITING,
        "sat_quiz": SAT,
        "sat": content.quizzes[SAT].items[0].id,
        "sitting": make.sitting(learner, SAT),
        "heard": next(item.id for item in content.quizzes[WRITING].items if item.type is ItemType.LISTENING),
        "answered": items[0].id,
        "item": items[1].id,
        "option": items[1].interaction.options[0].id,  # type: ignore[union-attr]
        "response": new_id(),
        "played": played,
        "story": story.id,
        "replay": replay,
        "replay_over": replay_over,
        "turn": "a",
        "again": new_id(),
        "reviewed": make.review(learner, first.id),
        "card": second.id,
        "card_option": second.interaction.options[0].id,  # type: ignore[union-attr]
        "team": team,
        "engagement": engagement,
        "over": over,
        "agenda_item": meeting["agenda"][0]["id"],
        "check": meeting["checks"][0]["id"],
        "feed": links.make_link(make.session, Purpose.FEED, user_id=learner.id, by=learner.id, at=NOW),
        "feed_link": links.feeds_of(make.session, learner.id)[0].id,
        "seat": make.seats(engagement)[0],
        **_charter_names(make, over, people[MANAGER]),
        "learner": learner.id,
        "manager": people[MANAGER].id,
        "admin": people[ADMIN].id,
        "report": make.report(learner),
        "upload": make.upload(people[TRAINER]),
        "draft": make.draft(DRAFT_QUIZ),
        "read": make.draft(READ_QUIZ, reviewer=people[TRAINER]),
        "phrase": phrase.id,
        "said": said.id,
        "take": make.take(learner, said, services_of(app).take_files),
        "not_kept": _sent_take(make, learner, said, services_of(app).take_files),
        "recording": make.recording(people[TRAINER], phrase, services_of(app).recordings),
    }
    return World(app, {name: str(value) for name, value in names.items()}, browsers)


def _charter_names(make: Make, engagement: UUID, manager: Somebody) -> dict[str, str | UUID]:
    """Of a charter, with the links that were sent to the partner."""
    begin(make, engagement, manager)
    sent: dict[str, Any] = {"label": "Sato Kenji", "person": "", "by": manager.id, "at": NOW}
    charter_token = engagements.ask_partner(make.session, engagement, 1, **sent)
    (link,) = links_of(make.session, engagement)
    health_token = engagements.invite_to_health_check(make.session, engagement, quarter_of(NOW.date()), **sent)
    make.session.commit()
    return {"charter_token": charter_token, "charter_link": link.id, "health_token": health_token}


def _planned_meeting(make: Make, engagement: UUID, learner: Somebody) -> Document:
    meeting: Document = {
        "agenda": [{"id": str(uuid4()), "title": "Prices", "minutes": 20, "lead": ""}],
        "checks": [{"id": str(uuid4()), "what": "Sound", "owner": "", "due": ""}],
    }
    change_document(make.session, engagement, DocumentKind.MEETING, lambda _: meeting, seen=0, by=learner.id, at=NOW)
    return meeting


def _sent_take(make: Make, learner: Somebody, phrase: Phrase, files: TakeFiles) -> UUID:
    take_id = new_id()
    learning.say_line(make.session, files, learner.id, line_of(phrase), TAKE, take_id=take_id, at=NOW)
    make.session.commit()
    return take_id


def _put_back(database: Database, rows: Rows) -> None:
    empty(database)
    with database.write_session() as session:
        for table in Base.metadata.sorted_tables:
            if rows[table.name]:
                session.execute(insert(table), _with_last_seen(table, rows[table.name]))
        session.commit()


def _with_last_seen(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "last_seen_at": NOW} for row in rows] if "last_seen_at" in table.c else rows


def method_of(app: Flask, endpoint: str) -> str:
    (rule,) = app.url_map.iter_rules(endpoint)
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return method


def outcome_of(answer: TestResponse) -> str:
    if answer.status_code == 303 and (answer.location == "/sign-in" or answer.location.startswith("/sign-in?next=")):
        return SIGN_IN
    return OK if answer.status_code < 400 else str(answer.status_code)


def test_the_table_speaks_of_every_route(built: World) -> None:
    endpoints = [rule.endpoint for rule in built.app.url_map.iter_rules()]

    assert sorted(endpoints) == sorted(ROUTES)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("endpoint", ROUTES)
def test_everyone_is_let_in_where_the_table_says_and_nowhere_else(world: World, endpoint: str, actor: str) -> None:
    route, method = ROUTES[endpoint], method_of(world.app, endpoint)
    expected = route.outcomes[actor]

    answer = world.send(actor, method, route)

    if expected == OK and endpoint in ENDS_AT_SIGN_IN:
        assert (answer.status_code, answer.location) == (303, "/sign-in")
    else:
        assert outcome_of(answer) == expected, answer.text
    if method == "GET" or expected != OK:
        assert world.is_unchanged()


@pytest.mark.parametrize("endpoint", [name for name in ROUTES if name not in CHANGE_NOTHING])
def test_a_form_that_is_let_in_does_what_it_says(world: World, endpoint: str) -> None:
    """Else the table above would hold though a form it sends were wrong and refused for that."""
    route, method = ROUTES[endpoint], method_of(world.app, endpoint)
    if method == "GET":
        world.is_clean = True
        return
    actor = next(actor for actor in reversed(ACTORS) if route.outcomes[actor] == OK)
    actor = LEARNER if endpoint in ("accounts.end_session", "accounts.sign_out", "feeds.end_feed") else actor

    world.send(actor, method, route)

    assert not world.is_unchanged()


@pytest.mark.parametrize("token", [{}, {"csrf_token": "made-up"}], ids=["without a token", "with a false one"])
@pytest.mark.parametrize("endpoint", ROUTES)
def test_a_form_without_its_token_is_refused(world: World, endpoint: str, token: dict[str, str]) -> None:
    route = ROUTES[endpoint]
    if method_of(world.app, endpoint) == "GET" or endpoint in PROVED_BY_THEIR_ADDRESS:
        world.is_clean = True
        return
    actor = next(actor for actor in reversed(ACTORS) if route.outcomes[actor] == OK)

    answer = world.browsers[actor].post(world.path(route), data={**world.data(route), **token})

    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert world.is_unchanged()


def test_the_token_of_another_browser_is_refused(world: World) -> None:
    foreign = world.browsers[TRAINER].token()

    answer = world.browsers[ADMIN].post("/people/teams", data={"name": "Lab", "csrf_token": foreign})

    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(world: World, method: str) -> None:
    headers = {"X-CSRFToken": world.browsers[ADMIN].token()}

    answer = world.browsers[ADMIN].open("/people", method=method, headers=headers)

    assert answer.status_code == 405
    assert "takes forms only" in answer.text


@pytest.mark.parametrize("endpoint", ROUTES)
def test_asking_for_the_methods_or_the_head_tells_no_more_than_the_page(world: World, endpoint: str) -> None:
    route = ROUTES[endpoint]

    options = world.browsers[SIGNED_OUT].options(world.path(route))
    head = world.browsers[SIGNED_OUT].head(world.path(route))

    assert options.status_code < 500
    assert options.data == b""
    if method_of(world.app, endpoint) == "GET":
        assert outcome_of(head) == route.outcomes[SIGNED_OUT]
    assert world.is_unchanged()


NOT_THERE = [
    (LEARNER, "/courses/atlantis"),
    (LEARNER, "/lessons/atlantis-greeting"),
    (LEARNER, "/quizzes/atlantis"),
    (LEARNER, "/facts/atlantis-01/report"),
    (LEARNER, "/phrases/atlantis-01/normal-0123456789ab.mp3"),
    (LEARNER, "/dialogues/atlantis"),
    (LEARNER, "/dialogues/lines/ja-dialogue-introduction-02/normal-0123456789ab.mp3"),
    (LEARNER, "/attempts/{nobody}"),
    (LEARNER, "/attempts/not-an-id"),
    (LEARNER, "/attempts/{attempt}/items/{item}/-1"),
    (ADMIN, "/people/teams/{nobody}"),
    (TRAINER, "/desk/items/atlantis-01"),
    (LEARNER, "/assets/x/..%2f..%2fapp.py"),
    (LEARNER, "/assets/x/models.py"),
    (SIGNED_OUT, "/nowhere"),
]


@pytest.mark.parametrize(("actor", "path"), NOT_THERE)
def test_what_is_not_there_is_answered_so(world: World, actor: str, path: str) -> None:
    answer = world.browsers[actor].get(path.format(**world.names, nobody=uuid4()))

    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize("path", ["/engagements/{nobody}", "/engagements/{nobody}/seats", "/teams/{nobody}"])
def test_a_manager_cannot_tell_what_is_not_there_from_what_is_not_theirs(world: World, path: str) -> None:
    there = world.browsers[OTHER_MANAGER].get(
        path.format(nobody=world.names["team" if "team" in path else "engagement"])
    )
    not_there = world.browsers[OTHER_MANAGER].get(path.format(nobody=uuid4()))

    assert there.status_code == not_there.status_code == 403


def test_a_fragment_for_who_is_signed_out_sends_the_whole_page_to_sign_in(world: World) -> None:
    answer = world.browsers[SIGNED_OUT].get("/progress", headers=HTMX)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/progress"
    assert answer.data == b""


def test_after_signing_in_one_is_where_one_wanted_to_go(world: World) -> None:
    browser = Browser(world.app)
    asked = browser.get("/quizzes/jp-first-meeting?from=mail")
    form = fields_of(browser.get(asked.location).text)

    answer = browser.post(
        "/sign-in", data={**form, "email": world.names["email"], "password": PASSWORD, "csrf_token": browser.token()}
    )

    assert (answer.status_code, answer.location) == (303, "/quizzes/jp-first-meeting?from=mail")


def plant(app: Flask, view: Callable[[], Any]) -> Browser:
    """A browser that is signed out, on an application with one more view at /planted."""
    app.add_url_rule("/planted", view_func=view, methods=["POST"])
    browser = Browser(app)
    browser.token()
    return browser


def make_a_team() -> None:
    accounts.create_team(db(), "Made by a planted view", at=NOW)


def test_a_view_that_forgets_to_authorise_is_refused_and_changes_nothing(build_app: Callable[..., Flask]) -> None:
    def forgetful() -> str:
        make_a_team()
        return "what nobody may see"

    app = build_app()

    answer = plant(app, forgetful).submit("/planted")

    assert answer.status_code == 500
    assert "what nobody may see" not in answer.text
    assert not any(all_rows(services_of(app).database).values())


def test_a_view_that_authorises_is_answered_and_kept(build_app: Callable[..., Flask]) -> None:
    def careful() -> str:
        authorize(Action.VISIT)
        make_a_team()
        return "fine"

    app = build_app()

    answer = plant(app, careful).submit("/planted")

    assert (answer.status_code, answer.text) == (200, "fine")
    assert len(all_rows(services_of(app).database)["team"]) == 1


@pytest.mark.parametrize("status", [400, 404, 409, 422, 429])
def test_an_answer_of_400_and_up_changes_nothing(build_app: Callable[..., Flask], status: int) -> None:
    def unhappy() -> tuple[str, int]:
        authorize(Action.VISIT)
        make_a_team()
        return "no", status

    app = build_app()

    answer = plant(app, unhappy).submit("/planted")

    assert answer.status_code == status
    assert not any(all_rows(services_of(app).database).values())


def test_a_view_that_fails_changes_nothing_and_tells_no_more_than_that(build_app: Callable[..., Flask]) -> None:
    def broken() -> str:
        authorize(Action.VISIT)
        make_a_team()
        raise RuntimeError("a secret detail")

    app = build_app()
    app.testing = False

    answer = plant(app, broken).submit("/planted")

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "secret" not in answer.text
    assert not any(all_rows(services_of(app).database).values())


def test_after_a_failure_the_next_request_can_write(build_app: Callable[..., Flask]) -> None:
    def broken() -> str:
        authorize(Action.VISIT)
        make_a_team()
        raise RuntimeError("once")

    app = build_app()
    app.testing = False
    browser = plant(app, broken)
    browser.submit("/planted")

    answer = browser.submit("/theme", {"theme": "dark"})

    assert answer.status_code == 303
    with services_of(app).database.write_session() as session:
        accounts.create_team(session, "Written after", at=NOW)
        session.commit()
    assert len(all_rows(services_of(app).database)["team"]) == 1


def test_no_template_decides_by_the_name_of_a_role() -> None:
    """Templates ask `may`; a role's name in one of them would be a second policy."""
    words = ("Role.", "is_admin %}", "is_trainer %}", "actor.roles", "'admin'", '"admin"')

    found = [
        f"{path.name}: {word}"
        for path in (ROOT / "templates").rglob("*.html")
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]

    assert found == []
