"""Where answers come from: the live network, the lab, or what a test was told."""
