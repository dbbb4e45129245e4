"""The mathematics of a log that cannot be changed unseen, without database or web.

A tree of hashes (RFC 6962), proofs about it (RFC 9162), and checkpoints signed with Ed25519
(C2SP signed-note and tlog-checkpoint). Nothing here needs more than `cryptography`, so that an
outsider can check an export anywhere.
"""
