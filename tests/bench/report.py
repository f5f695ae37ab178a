"""What was measured, as figures beside their targets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.load import Measured

MAX_PAGE_BYTES = 80_000
MAX_MEMORY_MIB = 150.0
MAX_SAVE_MS = 30.0


@dataclass(frozen=True)
class Turn:
    """What one server did in one turn."""

    measured: Measured
    cpu: float

    @property
    def count(self) -> int:
        return len(self.measured.latencies)

    @property
    def rate(self) -> float:
        return self.count / self.measured.seconds


@dataclass(frozen=True)
class Row:
    """One page beside the bare view. Ratios say how much of the bare view's speed is left: more is better."""

    rps: float
    p95_ms: float
    cpu_us: float
    bytes: int
    bare_rps: float
    bare_cpu_us: float
    ratio_rps: float
    ratio_cpu: float
    target: float | None


@dataclass(frozen=True)
class Fresh:
    """A page made anew, because something has changed since it was last shown."""

    p50_ms: float
    cpu_us: float
    ratio_cpu: float


@dataclass(frozen=True)
class Paced:
    """Saves at a steady pace, beside the bare view at the same pace."""

    p50_ms: float
    p99_ms: float
    bare_p99_ms: float
    target_ms: float = MAX_SAVE_MS


@dataclass(frozen=True)
class Memory:
    """Of all the server's processes, in MiB; `shared_once` counts pages that they share only once."""

    resident: float
    shared_once: float
    target: float = MAX_MEMORY_MIB


@dataclass(frozen=True)
class Report:
    pages: Mapping[str, Row]
    fresh: Mapping[str, Fresh]
    paced_saves: Paced
    weight: Mapping[str, int]
    memory_mib: Memory


def compare(pairs: Sequence[tuple[Turn, Turn]], size: int, target: float | None) -> Row:
    """The page's turns with the bare view's beside them; each ratio of speed is of neighbours in time."""
    product = [page for page, _ in pairs]
    bare = [other for _, other in pairs]
    return Row(
        rps=median(turn.rate for turn in product),
        p95_ms=percentile_ms(product, 95),
        cpu_us=cpu_us(product),
        bytes=size,
        bare_rps=median(turn.rate for turn in bare),
        bare_cpu_us=cpu_us(bare),
        ratio_rps=median(page.rate / other.rate for page, other in pairs),
        ratio_cpu=cpu_us(bare) / cpu_us(product),
        target=target,
    )


def percentile_ms(turns: Sequence[Turn], percent: int) -> float:
    latencies = [latency for turn in turns for latency in turn.measured.latencies]
    return quantiles(latencies, n=100, method="inclusive")[percent - 1] * 1e3


def cpu_us(turns: Sequence[Turn]) -> float:
    """Time of the processors for one request."""
    return sum(turn.cpu for turn in turns) / sum(turn.count for turn in turns) * 1e6


def table(report: Report) -> Iterator[str]:
    yield (
        f"{'page':<20}{'req/s':>8}{'p95 ms':>8}{'CPU us':>8}{'bytes':>9}{'bare/s':>8}{'bare us':>8}"
        f"{'x req/s':>9}{'x CPU':>8}{'target':>8}"
    )
    for name, row in report.pages.items():
        target = (
            "" if row.target is None else f"{row.target:.2f} {_mark(min(row.ratio_rps, row.ratio_cpu) >= row.target)}"
        )
        yield (
            f"{name:<20}{row.rps:>8.0f}{row.p95_ms:>8.1f}{row.cpu_us:>8.0f}{row.bytes:>9}{row.bare_rps:>8.0f}"
            f"{row.bare_cpu_us:>8.0f}{row.ratio_rps:>9.3f}{row.ratio_cpu:>8.3f}{target:>8}"
        )
    yield ""
    for name, fresh in report.fresh.items():
        yield (
            f"{name}, made anew after a change: {fresh.p50_ms:.0f} ms, {fresh.cpu_us:.0f} us of CPU, "
            f"{fresh.ratio_cpu:.4f} of the bare view"
        )
    saves = report.paced_saves
    yield (
        f"50 saves a second of 8 writers: p50 {saves.p50_ms:.1f} ms, p99 {saves.p99_ms:.1f} ms (bare view: "
        f"{saves.bare_p99_ms:.1f}); target {saves.target_ms:.0f} {_mark(saves.p99_ms <= saves.target_ms)}"
    )
    memory = report.memory_mib
    yield (
        f"memory {memory.resident:.0f} MiB, with shared pages once {memory.shared_once:.0f}; "
        f"target {memory.target:.0f} {_mark(memory.resident <= memory.target)}"
    )
    for name, weight in report.weight.items():
        mark = _mark(weight < MAX_PAGE_BYTES)
        yield f"weight of {name} with its assets: {weight} bytes; target {MAX_PAGE_BYTES} {mark}"


def _mark(is_met: bool) -> str:
    return "ok" if is_met else "NO"
