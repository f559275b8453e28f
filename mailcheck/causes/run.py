"""Causes that lie in the run itself, the place it asks from, and mailcheck."""

from __future__ import annotations

from mailcheck.causes.cause import Cause

_OUR_FAULT = "Report it, with the traceback: no suite can bring it about."

RUN: dict[str, Cause] = {
    "budget-spent": Cause(
        "The time that `--mail-budget` gives the run is spent; one error says so, what was left is "
        "not evaluated.",
        "Give the run more time, or run fewer sentences at a time. A silent resolver takes most of it.",
    ),
    "no-ipv6-route": Cause(
        "This machine has no route for IPv6, so the server was not asked.",
        "Ask from a machine that has one; from here, nothing is said of the server.",
    ),
    "no-route": Cause(
        "This machine finds no way to the address.",
        "See that the network is up, and that no firewall rejects it.",
    ),
    "silent-while-controls-answer": Cause(
        "The server is silent, and others answer on the same port: it is down, or a firewall of its "
        "network drops what this client sends.",
        "Ask from elsewhere too: what is silent from there as well is down.",
    ),
    "port-blocked-here": Cause(
        "No server can be reached on this port from here: the network lets nobody out.",
        "Run it from another place, such as your mail server, or ask your provider to open the port: "
        "many shut port 25. `--mail-vantage` gives runs from different places their names.",
    ),
    "no-network": Cause(
        "Nobody can be reached, neither mail servers nor the web.",
        "See that the network is up. If the control hosts do not suit it, name others with "
        "`--mail-control-host`.",
    ),
    "no-control-hosts": Cause(
        "The run tries no control hosts: it is in a lab, or has `--mail-control-host none`.",
        "Run it on the live network, with control hosts that it may connect to.",
    ),
    "too-few-control-hosts": Cause(
        "Fewer than two control hosts could be tried, and one alone may be down.",
        "Name two or more with `--mail-control-host`.",
    ),
    "not-yet-published": Cause(
        "What is asked about is only proposed; resolvers serve it once it is published.",
        "Run the sentence after the change, without `--mail-proposed`.",
    ),
    "nothing-proposed": Cause(
        "The sentence is about a change, and the run has none.",
        "Give the run a change to the zone, `--mail-proposed zones/`.",
    ),
    "no-zone-file": Cause(
        "The sentence is about the file of a whole zone; a part of it is proposed, or the servers it "
        "moves to, or a zone above, or what a provider makes the zone of.",
        "Write the change into the file of the zone and propose that, `--mail-proposed FILE`. Who "
        "has no file exports one, or transfers it: `dig example.com AXFR @ns1.example.com`.",
    ),
    "not-compared": Cause(
        "There are more records than one sentence compares, and those left out might decide.",
        "Say it of smaller zones, or of one type of record.",
    ),
    "differs-by-client": Cause(
        "A provider gives different clients different records, or copies those of another name, which "
        "may differ as well: what is seen here today says nothing of what others are given.",
        "Compare them in what the provider's own tool shows of the change.",
    ),
    "zone-does-not-load": Cause(
        "A server would refuse to load the zone that is proposed, or its file does not say of which "
        "zone it is; so nothing can be said of it.",
        "`zone D loads` says why, line by line; so does `named-checkzone`. A line `$ORIGIN` names the "
        "zone of a file.",
    ),
    "proposed-servers-differ": Cause(
        "The servers that a zone is to move to say different things about the name.",
        "Load the same copy of the zone on all of them before the delegation moves there.",
    ),
    "patch-of-no-zone": Cause(
        "A patch is proposed for a name that is no zone of its own today.",
        "Name the zone that holds it: in `$ORIGIN`, or as `patch:example.com=FILE`. What is to "
        "become a zone is proposed whole.",
    ),
    "alias-and-other-data": Cause(
        "After the change, a name would be an alias (CNAME) and have other records, some of which may "
        "be live: no server loads such a zone.",
        "Remove in the patch what is not to stay: `-name TYPE`, or `-name` for all of it.",
    ),
    "not-known-yet": Cause(
        "The proposal does not say what the value will be: it is given out when the change is made, is "
        "sensitive, or cannot be told for the reason that the text names.",
        "Mend what the text names, or give the value in the proposal; what only the change gives out "
        "can be judged after it.",
    ),
    "hidden-till-then": Cause(
        "A delegation or DNAME hides what its zone has below it; the change removes it, and no server "
        "says before what will appear.",
        "Write in the patch what is to be there, or propose the whole zone.",
    ),
    "names-below-unseen": Cause(
        "A name without records exists by names below it, of which one is removed: no server says "
        "whether others keep it.",
        "Propose the whole zone, or run the sentence after the change.",
    ),
    "recipients-not-probed": Cause(
        "The run does not consent to trying recipients at other people's servers.",
        "Run with `--mail-probe-recipients`, where that is agreed to.",
    ),
    "no-relay-recipient": Cause(
        "The run knows no mailbox elsewhere, to which servers must not relay.",
        "Run with `--mail-relay-recipient`: a mailbox of yours at another provider.",
    ),
    "relay-recipient-is-local": Cause(
        "The server takes mail for the domain of `--mail-relay-recipient` itself: nothing is relayed.",
        "Name a mailbox for whose domain the server takes no mail.",
    ),
    "relay-recipient-is-nowhere": Cause(
        "The domain of `--mail-relay-recipient` does not exist, or takes no mail: servers refuse that "
        "whether they relay or not.",
        "Correct the mailbox, or name another.",
    ),
    "private-address": Cause(
        "The address is not public, so it was not connected to, and no blocklist was asked for it.",
        "Allow the network with `--mail-private-networks`, or correct the address: the record, or the "
        "sentence.",
    ),
    "no-trust-anchors": Cause(
        "No certification authority is known here, so no certificate can be trusted.",
        "Install the system's bundle (`ca-certificates`), or name one with `--mail-ca-file`.",
    ),
    "tls-version-not-here": Cause(
        "The OpenSSL of this machine cannot speak a version of TLS, so the server was not asked "
        "whether it does.",
        "Ask from a machine whose OpenSSL still can; other versions are judged from here.",
    ),
    "no-probe": Cause(
        "Nothing that is installed can ask this question.",
        "The text says what is missing; for `https://` it is `pip install pytest-mailcheck[doh]`.",
    ),
    "offline": Cause(
        "Somebody would have to be asked, and the run asks nobody: it has `--mail-offline`.",
        "Run it without `--mail-offline`, or propose the zone as a file with `--mail-proposed`.",
    ),
    "not-in-lab": Cause(
        "The lab does not declare what was asked for.",
        "Add the zone, the host or the port to `lab.yml`; a zone `.` denies whatever is in none. Or "
        "ask the network with `--mail-live`.",
    ),
    "no-world": Cause(
        "The lab of the suite, or the network, could not be opened.",
        "Correct what the text names.",
    ),
    "cancelled": Cause(
        "The run was ended before an answer came.", "Run it again, and let it come to its end."
    ),
    "cut-short": Cause(
        "Another plugin ended the test or changed its report: a timeout, most often.",
        "See what that plugin says; give the tests more time.",
    ),
    "suite-error": Cause("The suite cannot be read.", "Correct what the text names."),
    "check-crashed": Cause(
        "A check raised an error that it must not: a bug of the check, and no verdict.", _OUR_FAULT
    ),
    "probe-crashed": Cause(
        "Asking raised an error that it must not: a bug of mailcheck, and no verdict.", _OUR_FAULT
    ),
}

IN_A_CHANGE = frozenset(
    {"zone-does-not-load", "patch-of-no-zone", "alias-and-other-data", "not-known-yet"}
)
"""Causes that were read in the change that is proposed, and not heard: a line of it is at fault."""
