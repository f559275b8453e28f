"""One authority for each zone that is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.errors import UsageError
from mailcheck.names import to_u_labels
from mailcheck.world.proposed.patch.merging import merged
from mailcheck.world.proposed.patch.patch import Patch
from mailcheck.world.proposed.unserved import UnservedZone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.world.proposed.authority import Authority


def one_of(zones: Sequence[Authority]) -> Authority:
    """Return the one that is proposed for a zone; several patches of it are one.

    A patch of all of it is one of them no more than a file is. Of a zone that nobody serves by a plan,
    patches decide nothing; its file, or the servers that it moves to, are what it will be all the same.

    Raises:
        UsageError: if there are others.
        SourceError: if the patches cannot be one.
    """
    unserved = [zone for zone in zones if isinstance(zone, UnservedZone)]
    if unserved:
        if all(isinstance(zone, (Patch, UnservedZone)) for zone in zones):
            return unserved[0]
        plans = {zone.by for zone in unserved}
        return one_of([zone for zone in zones if zone.by not in plans])
    patches = [zone for zone in zones if isinstance(zone, Patch) and not zone.whole]
    if len(patches) == len(zones):
        return merged(patches)
    if len(zones) == 1:
        return zones[0]
    [first, second, *_] = zones
    again = "once more" if second.by == first.by else f"by {second.by}"
    what = f"{to_u_labels(first.origin)} is proposed twice, by {first.by} and {again}"
    hint = "leave one of them out"
    if patches:
        hint = (
            "a patch lies on the zone as it is live: leave the other out, or write the change into "
            "that and leave out the patch"
        )
    raise UsageError(f"--mail-proposed: {what}; {hint}")
