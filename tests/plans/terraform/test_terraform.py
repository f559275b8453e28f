"""Plans that Terraform has made with the provider of AWS, read whole."""

from __future__ import annotations

import json

import pytest

from mailcheck.plans import terraform
from mailcheck.plans.document import Document
from tests.plans.terraform.making import lines, read, real

CREATED = """\
example.com A ? alias[0].name of aws_route53_record.apex: known only after apply, from aws_lb.web.dns_name
s2._domainkey.example.com 600 TXT "v=DKIM1; k=rsa; p=MIIBIjAN" "BgkqhkiG ; \\"x\\""
mail.example.com A ? records of aws_route53_record.mail: known only after apply, from aws_eip.mail.public_ip
relay.example.com 60 A 192.0.2.1 + 192.0.2.2
example.com 3600 MX 10 mail.example.com. + 20 mail2.example.com.
_token.example.com TXT ? records of aws_route53_record.secret: sensitive
s1._domainkey.example.com CNAME ? records of aws_route53_record.selector: known only after apply, \
from aws_ses_domain_dkim.main.dkim_tokens[0]
smtp.example.com 60 A [[c]] 192.0.2.20
smtp.example.com 60 A [a.b] 192.0.2.10
*.example.com 60 CAA 0 issue "letsencrypt.org"
www.example.com 60 A → web-1.eu-central-1.elb.amazonaws.com
example.net 86400 MX 0 .
example.net 86400 TXT "v=spf1 -all"
example.org 86400 MX 0 .
example.org 86400 TXT "v=spf1 -all"
"""

CHANGED = """\
_dmarc.example.com 300 TXT "v=DMARC1; p=reject"
geo.example.com 60 A [eu] 192.0.2.5
geo.example.com 60 A [us] 192.0.2.6
host.example.com 300 AAAA 2001:db8::25
smtp.example.com 300 A 192.0.2.25
example.com 300 MX 10 mx.example.net.
- gone.example.com TXT
- host.example.com A
- mail.example.com A
"""


IN_MODULES = """\
example.edu 300 TXT "v=spf1 -all"
example.info 300 TXT "v=spf1 -all"
mail.example.org 300 A 192.0.2.25
mail.example.com 300 MX 10 mx.example.org.
mx0.first.example.com 300 A 192.0.2.1
mx1.first.example.com 300 A 192.0.2.2
mx0.first.example.net 300 A 192.0.2.1
mx1.first.example.net 300 A 192.0.2.2
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [("create", CREATED), ("change", CHANGED), ("modules", IN_MODULES)],
    ids=["new", "changed", "in modules"],
)
def test_what_it_makes_of_dns(name: str, said: str) -> None:
    plan, files = real(name)
    assert "\n".join(lines(read(plan, files))) == said.strip()


def test_zones_that_are_new_are_whole() -> None:
    plan, files = real("create")
    assert read(plan, files).whole == ("example.com", "example.net", "example.org")


def test_zones_that_are_there_are_not() -> None:
    plan, files = real("change")
    assert read(plan, files).whole == ()


def test_what_is_not_judged_is_said() -> None:
    plan, files = real("create")
    assert read(plan, files).notes == (
        "example.com: the zone is new, so nothing is in it but what the plan says",
        "example.net: the zone is new, so nothing is in it but what the plan says",
        "example.org: the zone is new, so nothing is in it but what the plan says",
        (
            "3 resources of aws_route53_record.dkim in example.com, from "
            "aws_ses_domain_dkim.main.dkim_tokens: its name is known only after apply, so it is not judged"
        ),
        (
            "1 resource of example.internal (aws_route53_zone.inside): private, so mail servers elsewhere "
            "do not see it"
        ),
    )


def test_what_is_given_up_and_taken_over_is_said() -> None:
    plan, files = real("change")
    assert read(plan, files).notes == (
        (
            "_dmarc.example.com TXT: given up by aws_route53_record.dmarc and taken over by "
            "aws_route53_record.policy: judged as it will be, but the apply may fail "
            "where it is made before it is deleted; a moved block avoids that"
        ),
        (
            "geo.example.com A: clients are given one of several; those that this configuration does not "
            "manage are not seen"
        ),
    )


def test_lines_are_those_of_the_configuration() -> None:
    plan, files = real("create")
    places = {str(one.place) for one in read(plan, files).rrsets}
    assert "main.tf:57:1: aws_route53_record.mx" in places
    assert (
        'modules/mail/records.tf:15:1: module.mail["example.net"].aws_route53_record.this["MX"]'
        in (places)
    )


def test_lines_are_the_plan_s_without_it() -> None:
    plan, _ = real("change")
    assert {str(one.place).partition(": ")[0] for one in read(plan).rrsets} == {"plan.json:1:1"}


@pytest.mark.parametrize("name", ["create", "change"])
def test_no_secret_is_anywhere(name: str) -> None:
    plan, files = real(name)
    assert "very-secret" not in repr(read(plan, files))


@pytest.mark.parametrize("name", ["create", "change"])
def test_it_is_recognised(name: str) -> None:
    assert terraform.recognises(Document(json.dumps(real(name)[0]), "plan.json"))
