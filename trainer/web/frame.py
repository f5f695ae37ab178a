"""The frame of every page: head, masthead and rail, made once for all who see the same places."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app, render_template

CUT = "\0"
"""Stands where something is put in when a page is answered. No page holds this character."""


class Own(NamedTuple):
    """What a page has of its own, in UTF-8; its main part is cut where the token of its forms goes."""

    title: bytes
    classes: bytes
    width: bytes
    main: list[bytes]

    @classmethod
    def cut_from(cls, html: str) -> Own:
        title, classes, width, *main = html.encode().split(CUT.encode())
        return cls(title, classes, width, main)

    @property
    def size(self) -> int:
        return sum(map(len, self.main))


class Frame(NamedTuple):
    """The frame in pieces, cut where each page's own parts go, and whose page it is."""

    top: bytes
    head: bytes
    body: bytes
    masthead: bytes
    tools: bytes
    rail: bytes
    main: bytes
    foot: bytes

    def around(self, own: Own, *, mark: bytes, token: bytes, name: bytes, said: bytes) -> bytes:
        """A page, with what the person is told above its main part. `mark` tells whose page it is."""
        top = (self.top, own.title, self.head, own.classes, self.body, mark)
        start = (*top, self.masthead, token, self.tools, name, self.rail)
        return b"".join((*start, own.width, self.main, said, token.join(own.main), self.foot))


class Place(NamedTuple):
    """All that a frame depends on. `here` is the name of a blueprint, `theme` what the person chose."""

    here: str
    theme: str
    is_demo: bool
    is_signed_in: bool
    sees_teams: bool
    sees_partners: bool
    sees_content_health: bool
    edits_content: bool
    manages_people: bool


def frame_at(place: Place) -> Frame:
    frames: dict[Place, Frame] = current_app.extensions.setdefault("entente_frames", {})
    if place not in frames:
        html = render_template("frame.html", cut=CUT, **place._asdict())
        frames[place] = Frame(*html.encode().split(CUT.encode()))
    return frames[place]
