"""Changes as the tools say them in which people keep their DNS, read into one form.

A reader takes the text of a file and returns a :class:`mailcheck.plans.plan.Plan`; how its tool
writes names, texts and aliases is its own matter, and nobody else's. What zones will hold then is
worked out in :mod:`mailcheck.world.proposed`.
"""
