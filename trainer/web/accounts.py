"""Signing in and out, accepting an invitation, one's own account."""

from datetime import timedelta

from flask import Blueprint, Response, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeSerializer
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests
from wtforms import EmailField, IntegerField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, Optional, ValidationError

from trainer import accounts, learning, links
from trainer.domain.access import Action, Subject
from trainer.domain.planning import DAILY_MINUTES, LEAST_DAILY, MOST_DAILY
from trainer.web import (
    SignedIn,
    actor,
    authorize,
    db,
    local_path,
    me,
    now,
    page,
    reading,
    say,
    services,
    to,
)
from trainer.web.throttle import Try, throttle

bp = Blueprint("accounts", __name__)

DEVICE_COOKIE = "entente_device"
DEVICE_DAYS = 400
THEMES = ("light", "dark", "auto")
TRIES_OF_PAIR = RateLimitItemPerMinute(10, 15, "pair")
TRIES_OF_ADDRESS = RateLimitItemPerMinute(60, 15, "address")
TRIES_OF_ACCOUNT = RateLimitItemPerHour(100, 1, "account")
TRIES_OF_LINK = RateLimitItemPerMinute(30, 15, "link")


class SignInForm(FlaskForm):
    email = EmailField("E-mail address", [DataRequired("Write your e-mail address."), Length(max=254)])
    password = PasswordField("Password", [DataRequired("Write your password."), Length(max=accounts.MAX_PASSWORD)])


class PasswordForm(FlaskForm):
    password = PasswordField("New password", [DataRequired("Choose a password.")])
    again = PasswordField("The same again", [EqualTo("password", "The two do not match. Type the password again.")])


class JoinForm(PasswordForm):
    name = StringField("Your name, as colleagues write it", [DataRequired("Write your name."), Length(max=120)])


class StudyForm(FlaskForm):
    daily_minutes = IntegerField("Minutes a day I can study", [Optional()])

    def validate_daily_minutes(self, field: IntegerField) -> None:
        """Of any size: `NumberRange` fails on a number that no float can hold."""
        if field.data is not None and not LEAST_DAILY <= field.data <= MOST_DAILY:
            raise ValidationError(f"Write a number of minutes from {LEAST_DAILY} to {MOST_DAILY}, or leave it empty.")


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    authorize(Action.VISIT)
    if actor() is not None:
        return to("home.show_home")
    return page("accounts/sign_in.html", form=SignInForm(), next=request.args.get("next", ""))


@bp.post("/sign-in")
def open_session() -> ResponseReturnValue:
    authorize(Action.VISIT)
    form = SignInForm()
    target, tries = local_path(request.form.get("next")), _sign_in_tries()
    wait = throttle().wait_seconds(tries)
    if wait is not None:
        return _tell_to_wait(wait, target)
    if not form.validate_on_submit():
        return page("accounts/sign_in.html", 422, form=form, next=target)
    user_id = accounts.check_password(reading(), form.email.data, form.password.data)
    if user_id is None:
        throttle().count(tries)
        form.password.errors = ["This e-mail address and password do not go together. Try again."]
        return page("accounts/sign_in.html", 422, form=form, next=target)
    before = actor()
    if before is not None:
        accounts.close_session(db(), before.id, before.session_id)
    settings = services().settings
    agent = request.user_agent.string
    token = accounts.open_session(db(), user_id, agent, timedelta(hours=settings.session_max_hours), at=now())
    session.clear()
    session.permanent = True
    login_user(SignedIn(None, token, now()))
    answer = make_response(redirect(target, 303))
    _set_cookie(answer, DEVICE_COOKIE, str(_devices().dumps(accounts.normal_email(form.email.data))), days=DEVICE_DAYS)
    return answer


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    authorize(Action.VISIT)
    who = actor()
    if who is not None:
        accounts.close_session(db(), who.id, who.session_id)
    logout_user()
    session.clear()
    say("You are signed out.")
    return to("accounts.sign_in")


@bp.get("/invitations/<token>")
def show_invitation(token: str) -> ResponseReturnValue:
    authorize(Action.VISIT)
    invitation = accounts.find_invitation(reading(), token, at=now())
    if invitation is None:
        return page("accounts/invitation_over.html", 410)
    form = PasswordForm() if invitation.is_reset else JoinForm(name=invitation.name)
    return page("accounts/invitation.html", form=form, invitation=invitation)


@bp.post("/invitations/<token>")
def accept_invitation(token: str) -> ResponseReturnValue:
    authorize(Action.VISIT)
    tries = [Try(TRIES_OF_LINK, str(request.remote_addr))]
    wait = throttle().wait_seconds(tries)
    if wait is not None:
        raise TooManyRequests(retry_after=wait)
    throttle().count(tries)
    invitation = accounts.find_invitation(reading(), token, at=now())
    if invitation is None:
        return page("accounts/invitation_over.html", 410)
    form = PasswordForm() if invitation.is_reset else JoinForm()
    name = invitation.name if invitation.is_reset else (form.name.data or "")
    if not form.validate_on_submit() or not _accept_password(form, invitation.email, name):
        return page("accounts/invitation.html", 422, form=form, invitation=invitation)
    password_hash = accounts.hash_password(form.password.data)
    accounts.accept_invitation(db(), token, name, password_hash, at=now())
    say("Your password is set. Sign in with it.")
    return to("accounts.sign_in")


@bp.get("/account")
def show_account() -> ResponseReturnValue:
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    return _account_page(StudyForm(formdata=None, daily_minutes=accounts.daily_minutes_of(reading(), me().id)))


@bp.post("/account/study")
def set_daily_minutes() -> ResponseReturnValue:
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    form = StudyForm()
    if not form.validate_on_submit():
        return _account_page(form, 422)
    accounts.set_daily_minutes(db(), me().id, form.daily_minutes.data)
    say("Saved. Your plan is made for it from now on.")
    return to("accounts.show_account")


@bp.post("/account/sessions/<session_id>/end")
def end_session(session_id: str) -> ResponseReturnValue:
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    accounts.close_session(db(), me().id, session_id)
    say("That browser is signed out.")
    return to("accounts.show_account")


@bp.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    accounts.close_all_sessions(db(), me().id)
    logout_user()
    session.clear()
    say("You are signed out everywhere.")
    return to("accounts.sign_in")


@bp.post("/theme")
def choose_theme() -> ResponseReturnValue:
    authorize(Action.VISIT)
    theme = request.form.get("theme", "auto")
    answer = make_response(redirect(local_path(request.referrer), 303))
    _set_cookie(answer, "theme", theme if theme in THEMES else "auto", days=DEVICE_DAYS)
    return answer


def _account_page(form: StudyForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "accounts/account.html",
        status,
        me=me(),
        form=form,
        usual=DAILY_MINUTES,
        allowance=learning.allowance_of(reading(), me().id),
        sessions=accounts.list_sessions(reading(), me().id),
        feeds=[link for link in links.feeds_of(reading(), me().id) if link.is_open(now())],
    )


def _sign_in_tries() -> list[Try]:
    """What a failed sign-in counts against: the account tried from this address, the address, the account.

    A browser that has signed in to this account before keeps its own count, so that a stranger who guesses, from
    many addresses or from the same office, cannot lock the person out.
    """
    account = accounts.normal_email(request.form.get("email", ""))
    if _is_device_of(account):
        return [Try(TRIES_OF_PAIR, f"{account}|known device")]
    address = str(request.remote_addr)
    return [
        Try(TRIES_OF_PAIR, f"{account}|{address}"),
        Try(TRIES_OF_ADDRESS, address),
        Try(TRIES_OF_ACCOUNT, account),
    ]


def _is_device_of(account: str) -> bool:
    cookie = request.cookies.get(services().settings.cookie_name(DEVICE_COOKIE), "")
    try:
        return bool(_devices().loads(cookie) == account)
    except BadSignature:
        return False


def _devices() -> URLSafeSerializer:
    return URLSafeSerializer(services().settings.secret_key, salt="device")


def _tell_to_wait(seconds: int, target: str) -> ResponseReturnValue:
    form = SignInForm()
    form.password.errors = [f"Too many tries. Wait {max(1, seconds // 60)} minutes, then try again."]
    answer = page("accounts/sign_in.html", 429, form=form, next=target)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _myself() -> Subject:
    who = actor()
    return Subject(owner_id=who.id if who else None)


def _accept_password(form: PasswordForm, email: str, name: str) -> bool:
    problem = accounts.password_problem(form.password.data, email, name)
    if problem is not None:
        form.password.errors = [problem]
    return problem is None


def _set_cookie(answer: Response, name: str, value: str, *, days: int) -> None:
    settings = services().settings
    answer.set_cookie(
        settings.cookie_name(name),
        value,
        max_age=days * 86_400,
        secure=settings.is_secure,
        httponly=True,
        samesite="Lax",
    )
