"""The message that is made of a letter: its headers, and that nobody's words can become one."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.builders import NOW
from trainer.mail import Letter, Refused
from trainer.mail.letters import LONGEST, message_of

STOP = "https://entente.example.com/mail/stop/" + "x" * 120
LETTER = Letter(
    "2026-12-03-due-1", "Bo", "bo@example.org", "en", "One thing falls due", "Text.\n", "<p>Text.</p>", STOP
)


def read_back(letter: Letter = LETTER, sender: str = "Entente <entente@example.com>") -> EmailMessage:
    """As whoever receives it reads it."""
    message = message_from_bytes(message_of(letter, sender, at=NOW).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_program_can_stop_it_with_one_click() -> None:
    data = message_of(LETTER, "entente@example.com", at=NOW).as_bytes()

    assert f"\r\nList-Unsubscribe: <{STOP}>\r\n".encode() in data
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in data


def test_one_click_is_offered_by_https_only() -> None:
    plain = read_back(replace(LETTER, stop_url="http://127.0.0.1:5000/mail/stop/x"))
    none = read_back(replace(LETTER, stop_url=None))

    assert plain["List-Unsubscribe"] == "<http://127.0.0.1:5000/mail/stop/x>"
    assert plain["List-Unsubscribe-Post"] is None
    assert none["List-Unsubscribe"] is None


def test_it_says_that_a_program_wrote_it_and_when() -> None:
    message = read_back()

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Thu, 03 Dec 2026 09:00:00 +0000"
    assert message["Content-Language"] == "en"
    assert message.get_content_type() == "multipart/alternative"


def test_the_same_mail_has_the_same_id_and_another_has_another() -> None:
    again, other = read_back(), read_back(replace(LETTER, name="2026-12-04-due-1"))

    assert again["Message-ID"] == read_back()["Message-ID"]
    assert other["Message-ID"] != again["Message-ID"]
    assert again["Message-ID"].endswith("@example.com>")


@pytest.mark.parametrize(
    "words", ["Bo\r\nBcc: all@example.org", "Bo\nBcc: all@example.org", "Bo\x0bBcc: x", "Bo\u2028Bcc: x"]
)
def test_nobodys_words_become_a_header(words: str) -> None:
    message = read_back(replace(LETTER, to_name=words, subject=words))

    assert message["Bcc"] is None
    assert message["Subject"].startswith("Bo Bcc: ")
    assert [each.addr_spec for each in message["To"].addresses] == ["bo@example.org"]


def test_a_name_with_signs_of_addresses_stays_a_name() -> None:
    message = read_back(replace(LETTER, to_name='Bo "the boss" <ceo@example.org>, Ann'))

    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ('Bo "the boss" <ceo@example.org>, Ann', "bo@example.org")


@pytest.mark.parametrize(
    ("name", "subject"), [("佐藤 花子", "期限が近いものが3件あります"), ("Ólafur Þór Ægisson", "é" * 500)]
)
def test_any_script_comes_through(name: str, subject: str) -> None:
    message = read_back(replace(LETTER, to_name=name, subject=subject))

    assert message["To"].addresses[0].display_name == name
    assert message["Subject"] == subject[:LONGEST]


def test_no_line_is_longer_than_mail_servers_take() -> None:
    letter = replace(LETTER, text="ж" * 5000, html="<p>" + "x" * 5000 + "</p>")

    data = message_of(letter, "entente@example.com", at=NOW).as_bytes()

    assert max(map(len, data.split(b"\r\n"))) < 998
    assert data.isascii()


def test_a_domain_in_any_script_is_written_as_the_network_knows_it() -> None:
    assert (
        read_back(replace(LETTER, to_address="bo@münchen.example"))["To"].addresses[0].domain
        == "xn--mnchen-3ya.example"
    )


@pytest.mark.parametrize(
    "address", ["", "bo", "bo@", "@example.org", "bö@example.org", "a b@example.org", "a@b@c", "bo@example.org\nBcc: x"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="no address"):
        message_of(replace(LETTER, to_address=address), "entente@example.com", at=NOW)
