"""Breaks sample files in every way it can and gives them to the readers: only reasons may come out.

    nice -n 19 python tests/bench/fuzz_interchange.py --inputs 100000 --seed 1 [--reader gift] [--seconds 2]

The same seed breaks the files in the same way. Any exception but UnreadableFile, or an input that takes more than
`--seconds` of the processor, ends the run with the seed's number and the input in a file.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.interchange import samples
from trainer.interchange.aiken import read_aiken
from trainer.interchange.decoding import decode
from trainer.interchange.files import read_file
from trainer.interchange.gift.reading import read_gift
from trainer.interchange.glossaries import read_terms
from trainer.interchange.moodle.reading import read_moodle_xml
from trainer.interchange.phrases import read_phrases
from trainer.interchange.qti.package import read_qti
from trainer.interchange.readings import Report, UnreadableFile
from trainer.interchange.safe_xml import Node, parse_xml
from trainer.interchange.tables import Layout, Table, language_tag, read_rows
from trainer.interchange.writing import xml_attribute, xml_text

XML_TOKENS = [
    *(b"<", b">", b"/>", b"</", b"&", b"&amp;", b"&#0;", b"&#x41;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?x?>"),
    *(b'"', b"<!DOCTYPE q [<!ENTITY a 'b'>]>", b"&a;", b"<text>", b"</text>", b'<answer fraction="1e99">', b"1e-99"),
    *(b"NaN", b"{1:SA:=", b"{1:MCVS:", b"}", b"~", b"%50%", b"<or>", b"</or>", b"<not>", b"<script>", b"\xff"),
]
TEXT_TOKENS = [
    *(b"{", b"}", b"=", b"~", b"#", b"####", b"->", b"::", b":", b"..", b"%", b"%50%", b"%-99999%", b"\\", b"\\n"),
    *(b"//", b"\n", b"\n\n", b"\r", b"$CATEGORY:", b"[html]", b"[", b"]", b"<b>", b"<script>", b"\x00", b"\xff\xfe"),
    *(b"\xef\xbb\xbf", b"0", b"1e99", b"*", b"A)", b"ANSWER:", b",", b";", b"\t", b'"', b"ja", "日本".encode()),
    *(b"\xed\xa0\x80", b"\xf0\x9f\x98\x80"),
]
TABLE_TOKENS = [
    *(b'""', b'","', b"\r\n", b"|", b": ", "：".encode(), "、".encode(), b"'=1+1", b"''", b"term,", b"meaning", b"id"),
    *(b"\x0b", b"\xe2\x80\xa8", b"\xcd\x81", "デ".encode(), b"zh-Hant-TW", b"x-y", b" " * 40, b"a" * 5001),
]
VALUES = [
    *("", "0", "-1", "1e99", "1e-99", "NaN", "100", "33.33333", "r", "RESPONSE", "x", "true", "multiple", "ordered"),
    *("{1:SA:=a}", "{1:MC:a~=b}", "{#1}", "[[1]]", "<b>x</b>", "<script>x</script>", "*", "a b", "日本", "H O"),
    *("matching_question", "true_false_question", "numerical_question", "essay_question", "float", "\n", "html"),
]


def every_row(data: bytes) -> object:
    """The table below the readers of phrases and terms, with two columns that must be there."""
    report = Report()
    table = Table(decode(data), Layout({"lang": ("language",), "meaning": ()}, ("lang", "meaning")), report)
    return read_rows(table, report, as_pair, lambda pair: pair, lambda _, first: f"line {first} says so already")


def as_pair(cells: dict[str, str], _line: int) -> tuple[str, str]:
    return language_tag(cells["lang"]), cells["meaning"]


READERS: dict[str, tuple[Callable[[bytes], object], list[bytes], list[bytes]]] = {
    "gift": (read_gift, [samples.GIFT.encode()], TEXT_TOKENS),
    "aiken": (read_aiken, [samples.AIKEN.encode()], TEXT_TOKENS),
    "moodle-xml": (read_moodle_xml, [samples.MOODLE_XML.encode()], XML_TOKENS),
    "qti1": (read_qti, [samples.QTI_1.encode()], XML_TOKENS),
    "qti2": (read_qti, [samples.QTI_2.encode(), samples.QTI_2_NUMBER.encode()], XML_TOKENS),
    "qti-zip": (read_qti, [samples.package()], XML_TOKENS),
    "phrases": (read_phrases, [samples.PHRASES.encode()], TEXT_TOKENS),
    "terms": (read_terms, [samples.TERMS.encode()], TEXT_TOKENS + TABLE_TOKENS),
    "table": (every_row, [samples.PHRASES.encode(), samples.TERMS.encode()], TEXT_TOKENS + TABLE_TOKENS),
    "auto": (
        read_file,
        [
            *(
                each.encode()
                for each in (samples.GIFT, samples.AIKEN, samples.MOODLE_XML, samples.QTI_1, samples.PHRASES)
            ),
            samples.package(),
        ],
        TEXT_TOKENS + XML_TOKENS,
    ),
}


def broken(data: bytes, tokens: list[bytes], chance: random.Random) -> bytes:
    """The file with some of its bytes cut, doubled, moved, replaced, or with syntax where none belongs."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 2, 5, 20, 200))
        match chance.randrange(7):
            case 0:
                data = data[:at] + chance.choice(tokens) + data[at:]
            case 1:
                data = data[:at] + data[at + length :]
            case 2:
                data = data[:at] + data[at : at + length] * chance.choice((2, 3, 10)) + data[at:]
            case 3:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 4:
                other = chance.randrange(len(data) + 1)
                data = data[:at] + data[other : other + length] + data[at:]
            case 5:
                data = data[:at] + chance.choice(tokens) * chance.choice((2, 5, 50)) + data[at:]
            case _:
                data = data[:at] if chance.random() < 0.1 else data
    return data


def misshapen(data: bytes, chance: random.Random) -> bytes:
    """Well-formed XML in which elements are missing, doubled, moved or renamed and values are wrong."""
    root = parse_xml(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        nodes = [root, *below(root)]
        node, other = chance.choice(nodes), chance.choice(nodes)
        match chance.randrange(7):
            case 0 if node.children:
                node.children.pop(chance.randrange(len(node.children)))
            case 1 if node.children:
                node.children.append(chance.choice(node.children))
            case 2 if not any(each is node for each in [other, *below(other)]):
                node.children.append(other)
            case 3:
                node.tag = other.tag
            case 4 if node.attributes:
                node.attributes[chance.choice(sorted(node.attributes))] = chance.choice(VALUES)
            case 5:
                node.attributes |= other.attributes
            case _:
                node.text = chance.choice(VALUES)
    return as_xml(root).encode()


def below(node: Node) -> list[Node]:
    return [each for child in node.children for each in (child, *below(child))]


def as_xml(node: Node) -> str:
    attributes = "".join(f' {name}="{xml_attribute(value)}"' for name, value in node.attributes.items())
    children = "".join(as_xml(child) + xml_text(child.tail) for child in node.children)
    return f"<{node.tag}{attributes}>{xml_text(node.text)}{children}</{node.tag}>"


def changed(sample: bytes, tokens: list[bytes], chance: random.Random) -> bytes:
    if sample.startswith(b"PK"):
        return broken_package(sample, tokens, chance)
    if sample.startswith(b"<") and chance.random() < 0.7:
        return misshapen(sample, chance)
    return broken(sample, tokens, chance)


def broken_package(data: bytes, tokens: list[bytes], chance: random.Random) -> bytes:
    """A package with broken members, or a broken package."""
    if chance.random() < 0.3:
        return broken(data, tokens, chance)
    with ZipFile(BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name in list(members):
        content = members.pop(name)
        if chance.random() < 0.7 and isinstance(content, bytes):
            content = changed(content, tokens, chance)
        if chance.random() < 0.1:
            name = chance.choice(("../x.xml", "/x.xml", "a.zip", "x.png", "imsmanifest.xml", "items/ä.xml", ""))
        members[name or "x"] = content
    return samples.zipped(members)


def run(name: str, inputs: int, seed: int, seconds: float) -> str:
    """One line of what happened; raises SystemExit with the input saved if something else than a reason came out."""
    read, seeds, tokens = READERS[name]
    refused, slowest, began = 0, 0.0, time.perf_counter()
    for number in range(inputs):
        chance = random.Random(f"{seed}/{name}/{number}")
        sample = chance.choice(seeds)
        data = changed(sample, tokens, chance)
        start = time.process_time()
        try:
            read(data)
        except UnreadableFile:
            refused += 1
        except Exception:
            keep(data, name, number)
            raise
        took = time.process_time() - start
        slowest = max(slowest, took)
        if took > seconds:
            raise SystemExit(f"{name}: input {number} took {took:.1f} s; it is in {keep(data, name, number)}")
    whole = time.perf_counter() - began
    return (
        f"{name}: {inputs} inputs, {refused} refused, no crash, slowest {slowest * 1000:.0f} ms, {whole:.0f} s in all"
    )


def keep(data: bytes, name: str, number: int) -> Path:
    path = Path(f"fuzz-{name}-{number}.bin")
    path.write_bytes(data)
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=100_000, help="for each reader")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reader", choices=sorted(READERS), action="append")
    options.add_argument("--seconds", type=float, default=2.0, help="the most of the processor that one input may take")
    given = options.parse_args()
    for name in given.reader or READERS:
        print(run(name, given.inputs, given.seed, given.seconds), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
