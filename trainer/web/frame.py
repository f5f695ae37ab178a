"""The frame of every page: head, masthead and rail, made once for all who see the same places."""

from typing import NamedTuple

from flask import current_app, render_template
from markupsafe import Markup

CUT = "\0"
"""Stands in the frame where each page prints something of its own. No page holds this character."""


class Frame(NamedTuple):
    """The frame, cut where the title, the body's classes, the token, the name, the width and the page itself go."""

    top: Markup
    head: Markup
    masthead: Markup
    tools: Markup
    rail: Markup
    main: Markup
    foot: Markup


class Place(NamedTuple):
    """All that a frame depends on. `here` is the name of a blueprint, `theme` what the person chose."""

    here: str
    theme: str
    is_demo: bool
    is_signed_in: bool
    sees_teams: bool
    tends_content: bool
    manages_people: bool


def frame_at(place: Place) -> Frame:
    frames: dict[Place, Frame] = current_app.extensions.setdefault("entente_frames", {})
    if place not in frames:
        frames[place] = Frame(*Markup(render_template("frame.html", cut=Markup(CUT), **place._asdict())).split(CUT))  # noqa: S704
    return frames[place]
