"""P9: how many queries an audit sends, beside how many there are to send. Exact."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from tests.bench.child import run
from tests.bench.goals import row
from tests.bench.servers import Relayed

if TYPE_CHECKING:
    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size


def queries_sent(bed: Bed, size: Size) -> list[Row]:
    """Count at a relay what an audit sends: its sentences share most of their questions."""
    domains = max(1, size.domains // 10)
    rows = [_counted("P9", bed, domains)]
    if importlib.util.find_spec("xdist") is None:
        rows.append(row("P9 -n", [], "pytest-xdist is not installed"))
    else:
        plugins = ("-p", "xdist.plugin", "-n2", "--dist=loadgroup")
        rows.append(_counted("P9 -n", bed, domains, *plugins))
    return rows


def _counted(key: str, bed: Bed, domains: int, *arguments: str) -> Row:
    with Relayed(bed.port) as relay:
        run(bed.mailcheck("-q", *arguments, port=relay.port), bed.audit(domains), "passed")
        counts = relay.end()
    detail = f"{counts['sent']} sent, {counts['distinct']} distinct"
    if counts["again"]:
        detail += f"; sent again: {', '.join(counts['again'])}"
    return row(key, [counts["sent"] / counts["distinct"]], detail)
