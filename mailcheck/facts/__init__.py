"""What can be known: one file per kind of knowledge, its question and its fact side by side.

Beside them stands what can be read from facts by every check alike: how a name is absent and what
to do about it (``existence``), whether a session shows a mail service (``smtp_service``), how the
sessions of a host make parts of a verdict (``smtp_hosts``), whether answers say the same
(``agreement``), what is legal in EHLO (``host_syntax``), what of a referral is believed
(``referral``), how aliases join over several answers (``aliases``), what the servers of a zone come
to together (``polling``). What is known of a proposed change has a folder (``change``), as SMTP,
IMAP and TLS have. A check asks and decides; here nothing decides a requirement.
"""
