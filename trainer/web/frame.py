"""The frame of every page: head, masthead and rail, made once for all who see the same places."""

from typing import NamedTuple

from flask import current_app, render_template

CUT = "\0"
"""Stands in the frame where each page prints something of its own. No page holds this character."""


class Own(NamedTuple):
    """What a page fills into its frame, as HTML: also whose page it is, and the token of its forms."""

    title: str
    classes: str
    token: str
    name: str
    width: str
    main: str


class Frame(NamedTuple):
    """The frame in pieces, cut where each page's own parts go."""

    top: str
    head: str
    masthead: str
    tools: str
    rail: str
    main: str
    foot: str

    def around(self, own: Own) -> str:
        return (
            f"{self.top}{own.title}{self.head}{own.classes}{self.masthead}{own.token}{self.tools}{own.name}{self.rail}"
            f"{own.width}{self.main}{own.main}{self.foot}"
        )


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
        frames[place] = Frame(*render_template("frame.html", cut=CUT, **place._asdict()).split(CUT))
    return frames[place]
