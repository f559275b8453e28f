"""Where resources are declared."""

from __future__ import annotations

import pytest

from mailcheck.plans.terraform.places import declared

HCL = """\
# resource "a" "comment" {
// resource "a" "comment2" {
resource "a" "one" {
  text = "/* no comment"   # /* neither
  here = <<-EOT
    resource "a" "heredoc" {
    EOT ;
  EOT
  more = <<END
resource "a" "heredoc2" {
END
}
/* resource "a" "comment3" {
resource "a" "comment4" { */ resource "a" "two" {}
/* x */ resource a three {}
data "a" "data" {}
  resource   "a"   "four"   {
  url = "https://example.com" /* one line */
}
resource "a" "five" { x = "<<EOT" }
resource "a" "six" {}
"""


def test_declared() -> None:
    assert dict(declared(HCL)) == {
        "a.one": 3,
        "a.two": 14,
        "a.three": 15,
        "a.four": 17,
        "a.five": 20,
        "a.six": 21,
    }


@pytest.mark.parametrize(
    "text",
    ['"' + '\\"' * 500_000, "/*" * 100_000, "", "/*", "<<A", '"', "\x00", "resource", '/*"*/"/*'],
)
def test_what_is_no_configuration(text: str) -> None:
    assert dict(declared(text)) == {}
