"""Causes that blocklists give."""

from __future__ import annotations

from mailcheck.causes.cause import ASK_ANOTHER, Cause

LISTS: dict[str, Cause] = {
    "list-refuses": Cause(
        "The blocklist refuses to answer: it does not serve public resolvers, or addresses of large "
        "clouds, or resolvers that were not registered, or you ask too much.",
        "Ask through a resolver of your own, register it, or use the key that the list gave you.",
    ),
    "list-not-alive": Cause(
        "The blocklist does not list its own test point: it was shut down, or its name is misspelt.",
        "Correct the name, or give the list up.",
    ),
    "list-lists-everything": Cause(
        "The list has an address that no list has: it was shut down, or has all. Allow lists do so "
        "for those who ask too much.",
        "Give a blocklist up, for receivers that use it refuse everything. Ask an allow list through a "
        "resolver of your own.",
    ),
    "not-a-return-code": Cause(
        "What the blocklist answers is outside 127.0.0.0/8: a parked domain, or a resolver that "
        "rewrites.",
        f"Correct the name of the list. {ASK_ANOTHER}",
    ),
    "list-defunct": Cause(
        "The blocklist was shut down; what still answers under its name says nothing.",
        "Take it out of the suite, and out of the mail server: some defunct lists list everybody.",
    ),
    "public-resolver": Cause(
        "The blocklist was asked through a public resolver, and large lists refuse those.",
        "Give a resolver of your own with `--mail-blocklist-resolver`, or `authoritative`.",
    ),
    "undeclared-code": Cause(
        "The blocklist gave a return code that nobody declared, so it may mean anything.",
        "Give the sentence `codes: CODE`, or describe the list in the file of `mail_blocklists`.",
    ),
    "wrong-list": Cause(
        "A list of domains was to be asked for an address, or a list of addresses for a domain.",
        "Name a list that takes it: `domain D is not on dbl.spamhaus.org`, `IP I is not on "
        "zen.spamhaus.org`.",
    ),
    "wrong-family": Cause(
        "The blocklist takes addresses of the other family only, so it was not asked.",
        "Nothing, if the sentence is said of addresses of both; else name a list that takes them.",
    ),
    "key-missing": Cause(
        "The blocklist answers only who has a key, and the run has none for it.",
        "Name one with `mail_blocklist_keys` in the ini file, as `ZONE ${env:NAME}`.",
    ),
    "secret-missing": Cause(
        "The environment variable that holds a key is not set, or holds what is no key.",
        "Set it where the suite is run, as a secret of the pipeline.",
    ),
    "secret-misplaced": Cause(
        "A name to be asked for holds a key, under a zone that the key is not for: a list gave it as "
        "an alias or as the name of a server.",
        "Ask the operator of the list why its names hold keys.",
    ),
    "no-list": Cause(
        "Not one list could be asked: a lab holds none of them, or none takes such an address.",
        "Name a list in the sentence, or describe one in the lab.",
    ),
}
