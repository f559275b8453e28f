"""The network as it will be after a change: what is proposed, over what is live."""

from mailcheck.world.proposed.before import NetworkBefore
from mailcheck.world.proposed.network import ProposedNetwork
from mailcheck.world.proposed.reading import read_proposals
from mailcheck.world.proposed.variants import networks_of, unasked
from mailcheck.world.proposed.zone import ProposedZone

__all__ = [
    "NetworkBefore",
    "ProposedNetwork",
    "ProposedZone",
    "networks_of",
    "read_proposals",
    "unasked",
]
