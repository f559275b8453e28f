"""Cloudflare: ``cloudflare_record`` of version 4, ``cloudflare_dns_record`` of version 5.

Each is one record. Proxied ones are answered with addresses of Cloudflare's, in both families,
whatever they say. A CNAME at the apex is flattened: answered with the addresses of its target
("CNAME flattening" in Cloudflare's documentation); so is one that asks for it (``flatten_cname``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.names import full_name, name_in_or_with
from mailcheck.plans.terraform.data import rdata, txt
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of
from mailcheck.plans.terraform.values import LATER, HiddenError, WrongError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.plans.terraform.values import Values

AUTOMATIC = 1
AUTOMATIC_TTL = 300
"""Seconds of a record whose TTL is automatic ("Time to Live (TTL)" in its documentation)."""

_PARTS = {
    "CAA": ("flags", "tag", '"value'),
    "DS": ("key_tag", "algorithm", "digest_type", "digest"),
    "SMIMEA": ("usage", "selector", "matching_type", "certificate"),
    "SRV": ("priority", "weight", "port", "target"),
    "SSHFP": ("algorithm", "type", "fingerprint"),
    "SVCB": ("priority", "target", "value"),
    "HTTPS": ("priority", "target", "value"),
    "TLSA": ("usage", "selector", "matching_type", "certificate"),
}
"""Types whose data are written in ``data``, and the fields there, in order; ``\"`` quotes one."""


class _Record(Kind):
    part = True
    zones = ("cloudflare_zone", "cloudflare_zones")

    def name(self, values: Values, zone: str) -> str:
        text = values.text_or("name", "@")
        name = name_in_or_with(text, zone)
        self._same_name(values, name, zone)
        return name

    def rdtypes(self, values: Values, *, at_apex: bool) -> tuple[str, ...]:
        [rdtype] = super().rdtypes(values, at_apex=at_apex)
        addresses = rdtype in ("A", "AAAA", "CNAME") and values.flag("proxied")
        if addresses or (rdtype == "CNAME" and (at_apex or _is_flattened(values))):
            return ("A", "AAAA")
        return (rdtype,)

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del zone, name
        ttl = _ttl(values)
        if values.flag("proxied"):
            return Data(ttl, unknown="proxied by Cloudflare, which answers with its own addresses")
        said = values.text("type").upper()
        if said in _PARTS:
            return self._of_parts(values, said, ttl)
        content = self._content(values)
        if said == "TXT":
            return Data(ttl, (txt(content),))
        if said == "MX":
            return Data(ttl, (rdata(said, f"{values.number('priority')} {content}"),))
        if said == "CNAME" and rdtype != said:
            try:
                return Data(ttl, target=full_name(content))
            except ValueError as error:
                raise WrongError(f"content is no name: {shown(str(error))}") from None
        if said in ("A", "AAAA", "CNAME", "NS", "PTR"):
            return Data(ttl, (rdata(said, content),))
        return Data(ttl, unknown=f"data of {said} are not read here")

    @staticmethod
    def _content(values: Values) -> str:
        # Version 4 called it value at first, and whichever is not set is a copy, made later.
        try:
            content = values.get("content")
        except HiddenError as hidden:
            if hidden.why != LATER or not isinstance(values.known.get("value"), str):
                raise
            content = None
        return values.text("content" if content is not None else "value")

    @staticmethod
    def _of_parts(values: Values, rdtype: str, ttl: int) -> Data:
        data = values.block("data")
        if data is None:
            return Data(ttl, (rdata(rdtype, values.text("content")),))
        fields: list[str] = []
        for key in _PARTS[rdtype]:
            bare = key.removeprefix('"')
            value = data.get(bare)
            if value is None and bare == "priority":
                value = values.get(bare)
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if value is None and rdtype in ("SVCB", "HTTPS") and bare == "value":
                continue
            if isinstance(value, bool) or not isinstance(value, (str, int)):
                raise WrongError(f"data.{bare} is not set", "a text or an integer is expected")
            fields.append(_quoted(str(value)) if bare != key else str(value))
        return Data(ttl, (rdata(rdtype, " ".join(fields)),))

    @staticmethod
    def _same_name(values: Values, name: str, zone: str) -> None:
        """Refuse what says two names: once the one in ``data`` was taken, now it is not.

        Raises:
            WrongError: if ``data`` says another name.
        """
        if values.hides("data") or not isinstance(values.known.get("data"), (dict, list)):
            return
        data = values.block("data")
        if data and (service := data.text_or("service")).startswith("_") and data.text_or("proto"):
            parts = (service, data.text("proto"), data.text_or("name", "@"))
            other = ".".join(part for part in parts if part != "@")
            if name_in_or_with(other, zone) != name:
                raise WrongError(
                    f"its name is {shown(name)}, and {shown(other)} in data",
                    "write the whole name in name, and none in data",
                )


def _is_flattened(values: Values) -> bool:
    try:
        settings = values.block("settings")
        return bool(settings and settings.flag("flatten_cname"))
    except HiddenError:  # as it is before; Cloudflare sets it false if nobody says so
        return False


def _ttl(values: Values) -> int:
    # What is not set is automatic, and known only after the change.
    if values.hides("ttl"):
        return AUTOMATIC_TTL
    ttl = ttl_of(values, otherwise=AUTOMATIC)
    return AUTOMATIC_TTL if ttl == AUTOMATIC else ttl


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _Zone(ZoneKind):
    ids_at = ("id", "zone_id")

    def each(self, values: Values) -> Iterable[Values]:
        lists = [*values.blocks("zones"), *values.blocks("result")]
        return lists or [values]

    def name(self, values: Values) -> str:
        # Version 4 calls it zone.
        if values.known.get("name") is None and values.known.get("zone") is not None:
            return _ZoneOf4().name(values)
        return super().name(values)


class _ZoneOf4(ZoneKind):
    name_at = "zone"


RECORDS: Mapping[str, Kind] = {"cloudflare_record": _Record(), "cloudflare_dns_record": _Record()}

ZONES: Mapping[str, ZoneKind] = {"cloudflare_zone": _Zone(), "cloudflare_zones": _Zone()}
