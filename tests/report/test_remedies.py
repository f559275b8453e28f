"""What to do, said once."""

from __future__ import annotations

import pytest

from mailcheck.finding import Reason, Remedy
from mailcheck.report.remedies import merged

A, B, C = "192.0.2.1", "192.0.2.10", "2001:db8::1"


def do(form: str, *hosts: str, tag: str = "no-tls") -> list[tuple[Reason, Remedy]]:
    """The remedy of each of *hosts*, whose name stands in *form*."""
    return [(Reason(tag, "", host), Remedy(instruction=form.format(host))) for host in hosts]


@pytest.mark.parametrize(
    ("remedies", "said"),
    [
        pytest.param(do("Start {}.", A), [f"Start {A}."], id="one"),
        pytest.param(
            do("Start the server at {}.", A, B),
            [f"Start the server at {A} and {B}."],
            id="two hosts",
        ),
        pytest.param(
            do("Renew the certificate of {0}, and look at {0}.", A, B, C),
            [f"Renew the certificate of {A}, {B} and {C}, and look at {A}, {B} and {C}."],
            id="three, named twice",
        ),
        pytest.param(
            do("Publish an A record for {}.", "mx1.example.com", "mx2.example.com"),
            ["Publish an A record for mx1.example.com and mx2.example.com."],
            id="names",
        ),
        pytest.param(
            do("See the log of the server at {}: its certificate.", A, C),
            [f"See the log of the server at {A} and {C}: its certificate."],
            id="before a colon",
        ),
        pytest.param(
            do("Start the server at {}.", A, A), [f"Start the server at {A}."], id="one host twice"
        ),
        pytest.param(do("Start it.", A, B), ["Start it."], id="no host in it"),
        pytest.param(
            do("Look at {0}: openssl s_client -connect {0}:25", A, B),
            [f"Look at {h}: openssl s_client -connect {h}:25" for h in (A, B)],
            id="a command",
        ),
        pytest.param(
            do("Ask for removal of {0} at https://list.example/?ip={0}", A, B),
            [f"Ask for removal of {h} at https://list.example/?ip={h}" for h in (A, B)],
            id="a URL",
        ),
        pytest.param(
            do("certbot certonly -d {}", A, B),
            [f"certbot certonly -d {h}" for h in (A, B)],
            id="an option",
        ),
        pytest.param(
            [*do("Start the server at {}.", A), *do("Stop the server at {}.", B)],
            [f"Start the server at {A}.", f"Stop the server at {B}."],
            id="different things",
        ),
        pytest.param(do("Look at it.", ""), ["Look at it."], id="a reason about nobody"),
    ],
)
def test_what_to_do_is_said_once(remedies: list[tuple[Reason, Remedy]], said: list[str]) -> None:
    assert [remedy.instruction for remedy in merged(remedies)] == said


def test_records_to_publish_are_those_of_one_host() -> None:
    remedies = [
        (Reason("no-address", "", host), Remedy((f"{host}. A 192.0.2.1",), f"Below, for {host}:"))
        for host in ("mx1.example.com", "mx2.example.com")
    ]
    assert merged(remedies) == tuple(remedy for _, remedy in remedies)


def test_names_are_shown_as_people_read_them() -> None:
    shown = {"xn--mnchen-3ya.example": "münchen.example", "mx.example.com": "mx.example.com"}
    remedies = [
        (Reason("no-tls", "", host), Remedy(instruction=f"Start the server at {name}."))
        for host, name in shown.items()
    ]
    [remedy] = merged(remedies)
    assert remedy.instruction == "Start the server at münchen.example and mx.example.com."
