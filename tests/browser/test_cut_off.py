"""Without any network, every phrase and every line of a dialogue that is shipped is heard in every language."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.browser.server import ROOT
from trainer.domain.content import Content
from trainer.speech import lines_of
from trainer.speech.lines import GLOSSARIES
from trainer.speech.shipped import FOLDER, read_manifest

HOMES = ("china", "france", "glossaries", "india", "japan", "partnering", "south-korea", "vietnam")
PATIENCE = 300
"""Seconds for all sounds of a home on a busy machine; alone it takes less than thirty."""
NAMESPACES = (("unshare", "--user", "--map-root-user", "--net"), ("unshare", "--net"))
"""A network of one's own: as anybody, else as root."""
ADDRESS = re.compile(r"/(?:phrases|dialogues/lines)/([\w.-]+)/(normal|slow)-\w+\.mp3")
QUIETEST = 0.03


@pytest.fixture(scope="module")
def namespace() -> tuple[str, ...]:
    """What starts a program in a network namespace without any route."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has network namespaces")
    found = next((each for each in NAMESPACES if shutil.which(each[0]) and _works(each)), None)
    if found is None:
        pytest.fail(
            "No program may be cut off from the network here: `unshare --user --map-root-user --net true` fails. "
            "Allow unprivileged user namespaces, or give a container --cap-add SYS_ADMIN."
        )
    return found


def _works(command: tuple[str, ...]) -> bool:
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def hear(
    namespace: tuple[str, ...], seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[list[str], list[str]], dict[str, Any]]]:
    """Asks the one server and the one browser that are cut off: what is heard on some pages, and said on others."""
    folder = tmp_path_factory.mktemp("cut_off")
    log = folder / "log"
    command = [*namespace, sys.executable, "-m", "tests.browser.cut_off", str(seeded), str(folder)]
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors) as cut_off,
    ):
        asked, answers = cut_off.stdin, cut_off.stdout
        assert asked
        assert answers

        def ask(pages: list[str], pressed: list[str]) -> dict[str, Any]:
            watch = Timer(PATIENCE, cut_off.kill)
            watch.start()
            with suppress(BrokenPipeError):
                asked.write(json.dumps([pages, pressed]).encode() + b"\n")
                asked.flush()
            answer = answers.readline()
            watch.cancel()
            assert answer, log.read_text(encoding="utf-8", errors="replace")
            told: dict[str, Any] = json.loads(answer)
            return told

        yield ask
        asked.close()
        assert cut_off.wait(PATIENCE) == 0, log.read_text(encoding="utf-8", errors="replace")


def test_every_home_of_sounds_is_played(content: Content) -> None:
    assert sorted(lines_of(content)) == sorted(HOMES)


def _pages_of(content: Content, home: str) -> Iterable[str]:
    """Where the sounds of a home are heard."""
    if home == GLOSSARIES:
        for glossary in content.glossaries.values():
            yield from (f"/glossaries/{glossary.id}?lang={lang}" for lang in glossary.lists)
    else:
        yield from (f"/lessons/{each.id}" for each in content.courses[home].lessons if each.phrases or each.dialogues)


def _one_a_language(content: Content, home: str) -> Iterable[str]:
    """A page for each language in which something is heard there."""
    if home == GLOSSARIES:
        return {path.partition("?")[2]: path for path in _pages_of(content, home)}.values()
    return (f"/dialogues/{content.courses[home].dialogues[0].id}",)


@pytest.mark.parametrize("home", HOMES)
def test_every_sound_is_played_to_its_end_without_a_network(
    home: str, hear: Callable[[list[str], list[str]], dict[str, Any]], content: Content
) -> None:
    told = hear(list(_pages_of(content, home)), list(_one_a_language(content, home)))

    heard = {_name(address): sound for address, sound in told["heard"].items()}
    shipped = read_manifest(ROOT / "lessons" / home / FOLDER)
    assert told["reach"] == "ENETUNREACH"
    assert set(told["said"]) == {""}
    assert {(line.id, speed) for line in lines_of(content)[home] for speed in ("normal", "slow")} <= heard.keys()
    of_home = {name: sound for name, sound in heard.items() if name in shipped}
    assert {name: wrong for name, sound in of_home.items() if (wrong := _wrong(sound, shipped[name].seconds))} == {}


def _name(address: str) -> tuple[str, str]:
    found = ADDRESS.fullmatch(address)
    assert found, address
    return found[1], found[2]


def _wrong(sound: dict[str, Any], seconds: float) -> str:
    """What is wrong with how a file was heard, against what its manifest says; nothing if all is well."""
    checks = {
        f"status {sound['status']}": sound["status"] != 200,
        f"{sound['end']}": sound["end"] != "ended",
        f"{sound['seconds']} instead of {seconds} seconds": abs(sound["seconds"] - seconds) > 0.15,
        "silent": sound["level"] < QUIETEST,
        f"stood still: {sound['times']}": len(set(sound["times"])) < 2 or sound["times"] != sorted(sound["times"]),
        f"ended at {sound['times'][-1:]}": not sound["times"] or abs(sound["times"][-1] - sound["duration"]) > 0.1,
    }
    return ", ".join(words for words, is_so in checks.items() if is_so)
