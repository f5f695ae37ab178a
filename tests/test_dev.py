"""The set-up's decisions; the set-up itself is what .ci/run starts with."""

import os
import socket
from pathlib import Path

import pytest

import dev


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for requirements in dev.TEST:
        (tmp_path / requirements.name).write_text(requirements.name, encoding="utf-8")
    return tmp_path


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    dev.PYTHON.touch()
    return tmp_path


def test_the_stamp_stays_when_nothing_changed(folder: Path) -> None:
    assert dev.digest(dev.RUN, folder) == dev.digest(dev.RUN, folder)


@pytest.mark.parametrize("requirements", dev.RUN, ids=lambda each: each.name)
def test_the_stamp_changes_with_each_requirement_file(requirements: dev.Requirements, folder: Path) -> None:
    before = dev.digest(dev.RUN, folder)
    (folder / requirements.name).write_text("flask==9", encoding="utf-8")

    assert dev.digest(dev.RUN, folder) != before


def test_the_stamp_changes_with_the_version_of_python(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dev.digest(dev.RUN, folder)
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")

    assert dev.digest(dev.RUN, folder) != before


def test_packages_of_the_tests_leave_the_runtime_stamp_alone(folder: Path) -> None:
    run, test = dev.digest(dev.RUN, folder), dev.digest(dev.TEST, folder)
    (folder / "requirements-dev.txt").write_text("pytest==99", encoding="utf-8")

    assert dev.digest(dev.RUN, folder) == run
    assert dev.digest(dev.TEST, folder) != test


def test_a_setup_for_tests_is_one_for_running_too(venv: Path) -> None:
    (venv / "stamp").write_text("run-digest\ntest-digest", encoding="utf-8")

    assert dev.is_stamped("run-digest")
    assert dev.is_stamped("test-digest")
    assert not dev.is_stamped("digest")


def test_an_interrupted_setup_is_no_setup(venv: Path) -> None:
    assert not dev.is_stamped("run-digest")


def test_a_stamp_without_its_python_is_no_setup(venv: Path) -> None:
    (venv / "stamp").write_text("run-digest", encoding="utf-8")
    (venv / "python").unlink()

    assert not dev.is_stamped("run-digest")


def test_every_file_of_requirements_is_there_and_names_no_index() -> None:
    for requirements in dev.TEST:
        text = (dev.ROOT / requirements.name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


@pytest.mark.parametrize(
    ("argv", "wish"),
    [
        ([], dev.Wish("serve")),
        (["--port", "8080"], dev.Wish("serve", port=8080)),
        (["--host", "0.0.0.0", "--port=80"], dev.Wish("serve", "0.0.0.0", 80)),  # noqa: S104 - read, not bound
        (["setup"], dev.Wish("setup")),
        (["setup-test"], dev.Wish("setup-test")),
        (["test"], dev.Wish("test")),
        (["test", "-k", "stamp", "--port", "x"], dev.Wish("test", pytest_args=("-k", "stamp", "--port", "x"))),
    ],
)
def test_the_command_line_is_read(argv: list[str], wish: dev.Wish) -> None:
    assert dev.read_arguments(argv) == wish


@pytest.mark.parametrize("argv", [["--port", "0"], ["--port", "65536"], ["--port", "http"], ["--prot", "1"], ["run"]])
def test_a_wrong_argument_ends_with_words(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.read_arguments(argv)

    assert ended.value.code == 2
    assert argv[-1] in capsys.readouterr().err


def test_the_first_browser_of_the_list_is_taken() -> None:
    found = {"google-chrome": "/opt/chrome", "chromium": "/usr/bin/chromium"}

    assert dev.find_browser(found.get) == "/usr/bin/chromium"


def test_the_browser_without_a_window_is_preferred() -> None:
    assert dev.find_browser(lambda name: f"/usr/bin/{name}") == "/usr/bin/chromium-headless-shell"


def test_a_machine_may_have_no_browser() -> None:
    assert dev.find_browser(lambda _: None) is None


def test_it_serves_a_demo_unless_told_otherwise() -> None:
    assert dev.serving_environment(dev.Wish("serve"), {"HOME": "/x", "ENTENTE_MODE": ""}) == {
        "HOME": "/x",
        "ENTENTE_MODE": "demo",
        "ENTENTE_HOST": "127.0.0.1",
        "ENTENTE_PORT": "5000",
    }


def test_flags_come_before_variables() -> None:
    env = {"ENTENTE_MODE": "production", "ENTENTE_HOST": "::1", "ENTENTE_PORT": "80"}

    served = dev.serving_environment(dev.Wish("serve", port=8080), env)

    assert served == {"ENTENTE_MODE": "production", "ENTENTE_HOST": "::1", "ENTENTE_PORT": "8080"}


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        with pytest.raises(dev.SetupError, match=f"port {port} is in use: .*--port"):
            dev.check_port("127.0.0.1", port)

    dev.check_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", "5000"), ("127.0.0.1", "http-ish")])
def test_an_address_of_another_machine_is_told(host: str, port: str) -> None:
    with pytest.raises(dev.SetupError, match="no address of this machine"):
        dev.check_port(host, port)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path)

    with pytest.raises(dev.SetupError, match=f"{tmp_path} cannot be written"):
        dev.check_writable(tmp_path / "instance" / "audio")


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("WARNING: Retrying\n[Errno -3] Temporary failure in name resolution\nERROR: No matching", "no package index"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM\n  Got 12ab\n", "not the pinned one"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("Collecting x\nerror: something else\n\n", "error: something else"),
        ("", "it said nothing"),
    ],
)
def test_a_failed_step_is_explained_in_one_line(output: str, words: str) -> None:
    assert words in dev.explain(output)
    assert "\n" not in dev.explain(output)


def test_a_machine_with_poppler_needs_nothing_more_to_read_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", {"pdftotext": "/usr/bin/pdftotext"}.get)

    dev.provide_pdf_reader()


def test_who_may_not_install_poppler_is_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", {}.get)

    with pytest.raises(dev.SetupError, match="sudo apt-get install poppler-utils"):
        dev.provide_pdf_reader()
