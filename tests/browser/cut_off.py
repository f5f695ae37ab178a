"""Run where there is no network: a server, a browser, and every sound of some pages played to its end.

`python -m tests.browser.cut_off SEEDED FOLDER` reads lines, each two lists of paths as JSON: pages whose sounds to
play, and pages on which to press a button. To each it prints what was heard as a line of JSON. It is started in a
network namespace of its own, where even the machine itself is reached only once this has raised its loopback.
"""

import errno
import fcntl
import json
import socket
import struct
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import PATIENCE, launch_args
from tests.browser.server import ROLES, Server

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
AT_ONCE = 8
ELSEWHERE = ("192.0.2.1", 80)
"""An address that is nobody's, kept for examples."""

ADDRESSES = """
async (pages) => {
  const found = new Set();
  for (const path of pages) {
    const parsed = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
    parsed.querySelectorAll("[data-audio]").forEach((button) => found.add(button.dataset.audio));
  }
  return [...found];
}
"""
PLAY_ALL = """
async ([addresses, atOnce]) => {
  const decoder = new OfflineAudioContext(1, 1, 24000);
  const decode = async (address) => {
    const answer = await fetch(address);
    const sound = await decoder.decodeAudioData(await answer.arrayBuffer());
    const samples = sound.getChannelData(0);
    const square = samples.reduce((sum, sample) => sum + sample * sample, 0);
    return { status: answer.status, seconds: sound.duration, level: Math.sqrt(square / samples.length) };
  };
  const play = (address) => new Promise((resolve) => {
    const audio = new Audio(address);
    const times = [];
    const done = (end) => resolve({ end, times, duration: audio.duration });
    audio.defaultPlaybackRate = audio.playbackRate = 16;
    audio.onplay = audio.onplaying = audio.ontimeupdate = () => times.push(audio.currentTime);
    audio.onended = () => { times.push(audio.currentTime); done("ended"); };
    audio.onerror = () => done(`error ${audio.error.code}`);
    audio.play().catch((error) => done(error.name));
    setTimeout(done, 60000, "never ended");
  });
  const heard = {};
  const waiting = [...addresses];
  const work = async () => {
    for (let address = waiting.shift(); address; address = waiting.shift()) {
      heard[address] = { ...await decode(address), ...await play(address) };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return heard;
}
"""
"""Decodes each sound, and lets an element play it from its beginning to its end, sixteen times as fast."""


def main(seeded: str, folder: str) -> None:
    raise_loopback()
    server = Server(Path(folder, "data"), Path(seeded))
    try:
        server.start()
        with sync_playwright() as playwright:
            expect.set_options(timeout=PATIENCE)
            browser = playwright.chromium.launch(**launch_args(playwright))
            state = server.state_of(ROLES["learner"], playwright)
            for line in sys.stdin:
                context = browser.new_context(base_url=server.url, storage_state=state)
                sys.stdout.write(json.dumps(hear(context.new_page(), *json.loads(line))) + "\n")
                sys.stdout.flush()
                context.close()
            browser.close()
    finally:
        server.stop()


def hear(page: Page, pages: list[str], pressed: list[str]) -> dict[str, Any]:
    said = [press_one(page, path) for path in pressed]
    heard = page.evaluate(PLAY_ALL, [page.evaluate(ADDRESSES, pages), AT_ONCE])
    return {"reach": reach(), "said": said, "heard": heard}


def press_one(page: Page, path: str) -> str:
    """Press the first button as a person does and hear it at its own speed; what the page then says of it."""
    page.goto(path)
    button = page.get_by_role("button", name="Play: ").first
    button.click()
    expect(button).to_contain_class("is-playing")
    expect(button).not_to_contain_class("is-playing")
    return page.locator(".phrase-audio [role=status], .dialogue-tools [role=status]").first.inner_text()


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", IFF_UP))


def reach() -> str:
    """What comes of reaching for another machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        return errno.errorcode.get(other.connect_ex(ELSEWHERE), "reached")


if __name__ == "__main__":
    main(*sys.argv[1:])
