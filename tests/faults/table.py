"""The table: each fault, who has it, and how every family of checks must end."""

from __future__ import annotations

from tests.faults import table_authorities, table_contents, table_failures, table_messages

FAULTS = (
    *table_failures.SILENCE,
    *table_failures.CODES,
    *table_failures.FLAGS,
    *table_messages.STRANGERS,
    *table_messages.GARBAGE,
    *table_messages.TRUNCATION,
    *table_contents.ALIASES,
    *table_contents.CONTENTS,
    *table_authorities.FOLLOWED,
    *table_authorities.FROM_THE_ROOT,
    *table_authorities.COMPARED,
    *table_authorities.AGREEING,
)
