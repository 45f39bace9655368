"""A row for every table, as it looks at each revision: what the migrations carry up and down the stairs.

A migration that makes a table, or changes what its rows must look like, adds an entry under its own revision.
"""

from typing import Any

Rows = dict[str, dict[str, Any]]

MOMENT = 1_795_000_000_000_000
SEALED = b"\x00sealed\xff"

_CASE: dict[str, Any] = {
    "code": "KM48213", "version": 2, "status": "claimed", "seeker": "aaaaaaaaaaaaaaaa", "submitted_at": MOMENT,
    "urgency": "high", "category": "SEX", "subcategory": "SEX.RAPE", "language": "ky", "country": "KG",
    "region": "KG-C", "for_whom": "self", "safe_to_contact": None, "age": "25_34", "happened": "24_48",
    "officials": "unknown", "contact": "hours", "hours": "17_22", "consent_share": True, "consent_statistics": False,
    "consent_follow_up": True, "queued_at": None, "lawyer": "bbbbbbbbbbbbbbbb", "claimed_at": MOMENT,
    "closed_at": None, "outcome": None,
}  # fmt: skip

_PERSON: dict[str, Any] = {
    "id": "aaaaaaaaaaaaaaaa", "lookup": "0" * 32, "sealed_account": SEALED, "language": "ky", "role": None,
    "sealed_working_name": None, "started": True, "reachable": True, "held": False, "current_case": "KM48213",
    "since": MOMENT, "seen_at": MOMENT,
}  # fmt: skip

_OUTBOX: dict[str, Any] = {
    "id": 1, "chat": "0" * 32, "lane": 1, "state": "held", "not_before": MOMENT, "method": "SendMessage",
    "owner": "case:KM48213", "sealed": SEALED, "slot": "entry:1", "replaceable": False, "album": None,
    "reply_slot": None, "case_code": "KM48213", "attempts": 0, "in_doubt": False, "why": None, "settled_at": None,
}  # fmt: skip

ROWS: dict[str, Rows] = {
    "0001": {
        "keys": {"owner": "case:KM48213", "wrapped": SEALED},
        "people": _PERSON,
        "groups": {"id": "gggg", "lookup": "1" * 32, "sealed_chat": SEALED, "language": "ru", "since": MOMENT},
        "invitations": {
            "id": "iiii", "token_lookup": "2" * 32, "role": "lawyer", "made_by": None, "sealed_name": SEALED,
            "expires_at": MOMENT, "used_at": None,
        },
        "cases": _CASE,
        "conflicts": {"case_code": "KM48213", "person": "cccccccccccccccc"},
        "drafts": {"person": "aaaaaaaaaaaaaaaa", "sealed_answers": SEALED, "since": MOMENT},
        "draft_words": {
            "id": 1, "person": "aaaaaaaaaaaaaaaa", "message_id": 7, "at": MOMENT, "sealed": SEALED, "replaces": None,
        },
        "entries": {
            "id": 1, "case_code": "KM48213", "author": "seeker", "at": MOMENT, "sealed": SEALED, "replaces": None,
        },
        "shown": {"chat": "0" * 32, "message_id": 7, "slot": "entry:1", "case_code": "KM48213"},
        "outbox": _OUTBOX,
        "reminders": {"id": 1, "case_code": "KM48213", "kind": "silent", "due": MOMENT, "stage": 0},
        "journal": {"id": 1, "at": MOMENT, "actor": None, "action": "claimed", "case_code": "KM48213"},
        "seen_updates": {"update_id": 1, "at": MOMENT},
        "set_aside": {"update_id": 2, "at": MOMENT, "why": "unreadable", "sealed": SEALED},
        "hotline_state": {"name": "running", "value": "yes"},
    },
    "0002": {
        "people": _PERSON | {
            "hidden": True, "auto_hide": "before_48h", "disguise": "shown", "word_hash": SEALED,
            "return_lookup": "3" * 32, "return_code": "kept", "awaiting": None, "awaiting_since": None, "frozen": False,
            "told_files": True, "blocked_at": None, "moved_at": MOMENT, "erase_at": None,
        },
        "cases": _CASE | {
            "status": "shut", "consent_evidence": False, "shut_until": MOMENT, "hold": "court", "hold_until": None,
            "keep_until": MOMENT, "told_at": None,
        },
        "outbox": _OUTBOX | {"topic": "KM48213", "lives": 60, "sealed_file": SEALED},
        "journal": {
            "id": 1, "at": MOMENT, "actor": None, "role": "seeker", "action": "claimed", "case_code": "KM48213",
            "link": SEALED,
        },
        "set_aside": {"update_id": 2, "at": MOMENT, "why": "unreadable", "owner": "hotline", "sealed": SEALED},
        "seen_updates": {"update_id": 1, "at": MOMENT, "outcome": "refused", "why": "refusal.taken"},
        "code_tries": {"id": 1, "person": "aaaaaaaaaaaaaaaa", "at": MOMENT},
        "notes": {"id": 1, "person": "aaaaaaaaaaaaaaaa", "at": MOMENT, "sealed": SEALED},
        "consents": {
            "id": 1, "case_code": "KM48213", "purpose": "evidence", "given": True, "version": 1, "at": MOMENT,
        },
        "withheld": {"entry": 1, "case_code": "KM48213", "state": "asked"},
        "chat_messages": {"chat": "0" * 32, "message_id": 7, "at": MOMENT, "until": MOMENT, "case_code": "KM48213"},
        "topics": {"chat": "0" * 32, "case_code": "KM48213", "thread_id": 7},
    },
    "0003": {
        "cases": _CASE | {
            "consent_evidence": False, "happened_from": MOMENT, "happened_until": MOMENT, "danger": "raped",
        },
        "reminders": {"id": 1, "case_code": "KM48213", "kind": "window", "due": MOMENT, "stage": 0},
        "services": {
            "id": "kz-103", "country": "KZ", "region": None, "city": None, "name_kk": "103", "name_ru": "103",
            "name_en": "103", "name_ky": "103", "kind": "emergency", "operator_type": "state", "phone": "103",
            "whatsapp": None, "website": None, "serves": "emergency", "hours": "24/7", "free": "yes",
            "police_linked": "no", "notes": None, "source": None, "source_url": None, "source_year": 2026,
            "confidence": "high", "shown": True, "call_first": 3, "verified_at": None, "changed_at": None,
        },
        "risk_phrases": {
            "id": 1, "language": "ru", "kind": "weapon", "level": "immediate", "phrase": "-", "active": True,
            "changed_at": MOMENT,
        },
        "warnings": {"person": "aaaaaaaaaaaaaaaa", "kind": "weapon", "told_at": MOMENT, "due": MOMENT},
    },
    "0004": {
        "cases": _CASE | {"consent_evidence": False, "work": "in_court", "her_turn_at": MOMENT, "prefers_woman": True},
        "reminders": {"id": 1, "case_code": "KM48213", "kind": "page", "due": MOMENT, "stage": 0},
        "case_notes": {
            "id": 1, "case_code": "KM48213", "author": "bbbbbbbbbbbbbbbb", "at": MOMENT, "kind": "note",
            "sealed": SEALED,
        },
        "hand_overs": {
            "case_code": "KM48213", "from_person": "bbbbbbbbbbbbbbbb", "to_person": None, "at": MOMENT, "note": 1,
        },
        "referrals": {
            "id": 1, "case_code": "KM48213", "target": "service:kz-103", "state": "sent", "lawyer": "bbbbbbbbbbbbbbbb",
            "at": MOMENT, "agreed_at": MOMENT, "sent_at": MOMENT, "settled_at": None, "due": MOMENT, "stage": 0,
        },
        "agenda": {
            "id": 1, "case_code": "KM48213", "lawyer": "bbbbbbbbbbbbbbbb", "due": MOMENT, "deadline": None,
            "runs_out": None, "sealed": SEALED, "told_at": None,
        },
        "complaints": {
            "id": 1, "case_code": "KM48213", "at": MOMENT, "sealed": SEALED, "taken_by": None, "due": MOMENT,
            "settled_at": None,
        },
        "profiles": {
            "person": "aaaaaaaaaaaaaaaa", "languages": "ky ru", "regions": "", "categories": "", "woman": True,
            "duty": "on", "duty_until": MOMENT, "away_since": MOMENT, "away_until": None,
        },
        "rota": {"id": 1, "person": "aaaaaaaaaaaaaaaa", "weekday": 0, "from_hour": 20, "until_hour": 8},
        "replies": {"key": "hello", "language": "ky", "words": "-", "active": True, "changed_at": MOMENT},
    },
    "0005": {
        "cases": _CASE | {
            "consent_evidence": False, "prefers_woman": False, "channel": "phone", "entered_by": "cccccccccccccccc",
            "gbvims": "rape", "violator": "partner", "violated": "life", "circumstances": "abduction",
            "taken_at": MOMENT, "told_elsewhere": True,
        },
        "people": _PERSON | {
            "hidden": False, "frozen": False, "told_files": False, "role": "observer",
        },
        "invitations": {
            "id": "iiii", "token_lookup": "2" * 32, "role": "observer", "made_by": None, "sealed_name": SEALED,
            "expires_at": MOMENT, "used_at": None,
        },
        "groups": {
            "id": "gggg", "lookup": "1" * 32, "sealed_chat": SEALED, "language": "ru", "since": MOMENT,
            "languages": "ky", "regions": "KG-C KG-O", "categories": "",
        },
        "orders": {
            "id": 1, "at": MOMENT, "person": None, "what": "chart", "mode": "team", "first_day": "2026-11-09",
            "last_day": "2026-11-15", "language": "ru", "tried": 0, "due": MOMENT,
        },
        "publications": {
            "id": 1, "at": MOMENT, "person": "cccccccccccccccc", "first_day": "2026-11-09", "last_day": "2026-11-15",
            "figures": "{}",
        },
        "broadcasts": {
            "id": 1, "at": MOMENT, "person": "cccccccccccccccc", "to_role": "lawyer", "recipients": 3, "sealed": SEALED,
        },
    },
}  # fmt: skip


def rows_at(revisions: list[str]) -> Rows:
    """What the rows look like after these revisions, the parents of other rows first."""
    rows: Rows = {}
    for revision in revisions:
        rows |= ROWS.get(revision, {})
    return rows
