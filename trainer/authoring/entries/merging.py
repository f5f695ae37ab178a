"""Changes values inside a YAML text: only what differs is written anew, so comments, order and style stay."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import yaml

from trainer.authoring.entries.reading import Data, NotReadable, Written, chunks, members, plain, read, same
from trainer.authoring.entries.replacing import Edit, colon_before, indent_at, replaced
from trainer.authoring.entries.values import flow_text, write_flow, write_lines, write_member


def set_value(text: str, way: Sequence[str | int], value: Data) -> str:
    """The text with another value at the end of a way. Raises `NotReadable` where only a person can tell how."""
    written = read(text)
    edits = list(_change(written, follow(written.root, way), value))
    if not edits:
        return text
    expected = _put(plain(written.root), way, value)
    changed = _apply(text, edits, 0)
    if not same(plain(read(changed).root), expected):
        raise NotReadable("it is written in a way that a form cannot keep")
    return changed


def follow(node: yaml.Node, way: Sequence[str | int]) -> yaml.Node:
    for step in way:
        try:
            node = node.value[step] if isinstance(step, int) else members(node)[step][1]
        except (KeyError, IndexError, TypeError) as error:
            raise NotReadable(f"there is no {step} in it") from error
    return node


def splice(text: str, way: Sequence[str | int], order: Sequence[int | str]) -> str:
    """The text with the members of a list in another order: numbers of those there are, or new ones as YAML."""
    written = read(text)
    node = follow(written.root, way)
    old = plain(node)
    if not isinstance(old, list):
        raise NotReadable("there is no list")
    new = [plain(read(each).root) if isinstance(each, str) else old[each] for each in order]
    if not isinstance(node, yaml.SequenceNode) or (node.flow_style and old):
        return set_value(text, way, new)
    if not old:
        edit = _filled(written, node, [each for each in order if isinstance(each, str)])
    else:
        column = node.start_mark.column
        lines = [_indented(each, column) if isinstance(each, str) else each for each in order]
        edit = _rearranged(written, node, lines, {})
    changed = _apply(text, [edit], 0)
    if not same(plain(read(changed).root), _put(plain(written.root), way, new)):
        raise NotReadable("it is written in a way that a form cannot keep")
    return changed


def _put(data: Data, way: Sequence[str | int], value: Data) -> Data:
    if not way:
        return value
    step, rest = way[0], way[1:]
    if isinstance(data, list):
        return [_put(each, rest, value) if number == step else each for number, each in enumerate(data)]
    return {key: _put(each, rest, value) if key == step else each for key, each in data.items()}


def _apply(text: str, edits: list[Edit], offset: int) -> str:
    """`text` begins at `offset` of what the edits were made for."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[at : edit.start - offset], edit.text]
        at = max(at, edit.end - offset)
    return "".join([*pieces, text[at:]])


def _change(written: Written, node: yaml.Node, value: Data) -> Iterator[Edit]:
    """Edits that give a node another value."""
    if same(plain(node), value):
        return
    if isinstance(node, yaml.MappingNode) and isinstance(value, dict) and value:
        yield from (
            _change_flow_mapping(written, node, value) if node.flow_style else _change_mapping(written, node, value)
        )
    elif isinstance(node, yaml.SequenceNode) and isinstance(value, list):
        yield from _change_list(written, node, value)
    else:
        yield replaced(written, node, value)


def _change_mapping(written: Written, node: yaml.MappingNode, value: Mapping[str, Data]) -> Iterator[Edit]:
    there = members(node)
    indent = node.start_mark.column
    if not there.keys() & value.keys():
        raise NotReadable("nothing of it stays")
    yield from _removed(written, node, value)
    last: yaml.Node | None = None
    waiting: list[str] = []
    for key, each in value.items():
        if key in there:
            last = there[key][1]
            yield from _change(written, last, each)
        elif last is None:
            waiting.append(write_lines(key, each, indent).lstrip(" ") + "\n" + " " * indent)
        else:
            end = written.end_of_lines(last)
            yield Edit(end, end, "\n" + write_lines(key, each, indent))
    first = node.value[0][0].start_mark.index
    yield from (Edit(first, first, words) for words in waiting)


def _removed(written: Written, node: yaml.MappingNode, value: Mapping[str, Data]) -> Iterator[Edit]:
    """Take away keys with their lines; what follows the first key moves up into its place beside a dash."""
    for number, (key, each) in enumerate(node.value):
        if str(key.value) in value:
            continue
        start = key.start_mark.index
        if number == 0:
            yield Edit(start, node.value[1][0].start_mark.index, "")
        else:
            line = written.line_start(start)
            yield Edit(line - 1, written.end_of_lines(each), "")


def _change_flow_mapping(written: Written, node: yaml.MappingNode, value: Mapping[str, Data]) -> Iterator[Edit]:
    there = members(node)
    if there.keys() != value.keys():
        words = write_flow(value)
        yield (Edit(node.start_mark.index, node.end_mark.index, words) if there else replaced(written, node, value))
        return
    for key, each in value.items():
        old = there[key][1]
        if same(plain(old), each):
            continue
        if isinstance(old, yaml.ScalarNode) and isinstance(each, str):
            yield Edit(old.start_mark.index, old.end_mark.index, flow_text(each, old.style))
        else:
            yield Edit(old.start_mark.index, old.end_mark.index, write_flow(each))


def _change_list(written: Written, node: yaml.SequenceNode, value: Sequence[Data]) -> Iterator[Edit]:
    if node.flow_style or not value:
        yield replaced(written, node, value)
        return
    order = _pair_up([plain(each) for each in node.value], value)
    kept = {old: value[new] for new, old in enumerate(order) if old is not None}
    if order == list(range(len(node.value))):
        for number, each in enumerate(node.value):
            yield from _change(written, each, kept[number])
        return
    column = node.start_mark.column
    lines = [
        " " * column + "- " + write_member(value[new], column) if old is None else old for new, old in enumerate(order)
    ]
    yield _rearranged(written, node, lines, kept)


def _pair_up(old: Sequence[Data], new: Sequence[Data]) -> list[int | None]:
    """Which old member each new one is: the same, else the one of the same id, else the next that is left."""
    left = list(range(len(old)))
    found: list[int | None] = [None] * len(new)
    tests = (
        lambda one, other: same(one, other),
        lambda one, other: _id(one) is not None and _id(one) == _id(other),
        lambda one, other: isinstance(one, dict) and isinstance(other, dict) and None in (_id(one), _id(other)),
    )
    for is_it in tests:
        for place, each in enumerate(new):
            if found[place] is None:
                match = next((number for number in left if is_it(old[number], each)), None)
                if match is not None:
                    found[place] = match
                    left.remove(match)
    for place, each in enumerate(new):
        if found[place] is None and len(old) == len(new) and place in left and type(old[place]) is type(each):
            found[place] = place
            left.remove(place)
    return found


def _id(data: Data) -> Data:
    return data.get("id") if isinstance(data, dict) else None


def _filled(written: Written, node: yaml.SequenceNode, members: Sequence[str]) -> Edit:
    """The first members of a list that is empty."""
    colon = colon_before(written, node)
    column = node.start_mark.column if colon is None else indent_at(written, colon) + 2
    lines = "\n".join(_indented(each, column) for each in members)
    if colon is None:
        return Edit(written.line_start(node.start_mark.index), node.end_mark.index, lines)
    return Edit(colon + 1, node.end_mark.index, f"\n{lines}")


def _rearranged(
    written: Written, node: yaml.SequenceNode, order: Sequence[int | str], kept: Mapping[int, Data]
) -> Edit:
    """One edit that writes a block list anew from its members' own lines; what lies between two members stays."""
    found = chunks(written, node)
    between = [written.text[one.end : other.start] for one, other in pairwise(found)]
    gaps, lead, trail = _gaps_for(order, between)
    pieces = [lead]
    for place, each in enumerate(order):
        pieces.append(gaps[place - 1] if place else "")
        if isinstance(each, str):
            pieces.append(each)
            continue
        chunk = found[each]
        edits = list(_change(written, chunk.node, kept[each])) if each in kept else []
        pieces.append(_apply(written.text[chunk.start : chunk.end], edits, chunk.start))
    if not order:
        pieces.append(" " * node.start_mark.column + "[]")
    return Edit(found[0].start, found[-1].end, "".join([*pieces, trail]))


def _gaps_for(order: Sequence[int | str], between: Sequence[str]) -> tuple[list[str], str, str]:
    """What lies between the members in their new order, before and behind them: headings of sections stay."""
    plain_gaps = [gap for gap in between if not gap.strip()]
    usual = max(plain_gaps, key=plain_gaps.count) if plain_gaps else "\n"
    gaps = list(between)
    lead = trail = ""
    for number in sorted(
        set(range(len(between) + 1)) - {each for each in order if isinstance(each, int)}, reverse=True
    ):
        if not gaps:
            break
        if number == 0:
            gone = gaps.pop(0)
            lead += gone.lstrip("\n") if gone.strip() else ""
        elif number == len(gaps):
            gone = gaps.pop()
            trail = gone.rstrip("\n ") + trail if gone.strip() else trail
        elif gaps[number].strip() and gaps[number - 1].strip():
            gaps[number - 1 : number + 1] = [gaps[number - 1].rstrip("\n ") + gaps[number]]
        else:
            gaps.pop(number - 1 if gaps[number].strip() else number)
    for place, each in enumerate(order):
        if isinstance(each, str):
            gaps.insert(max(0, place - 1), usual)
    return gaps, lead, trail


def _indented(words: str, column: int) -> str:
    """A new member as lines: its dash at a column."""
    lines = words.strip("\n").split("\n")
    return "\n".join(
        (" " * column + ("- " if number == 0 else "  ") + line) if line.strip() else ""
        for number, line in enumerate(lines)
    )
