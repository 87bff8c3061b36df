"""What a server shows of a home, held against what must be there."""

from dataclasses import replace

from peer import Refused


def check(peer, writer, follows_reverts=True):
    """Lists, reads and resumes every thread that `writer` left; raises AssertionError."""
    active, archived = rows(peer, False), rows(peer, True)
    for id in writer.deleted:
        same(id in active or id in archived, False, f"{peer.name} lists the deleted {id}")
        try:
            found = peer.call("thread/resume", threadId=id)["thread"]["path"]
        except Refused:
            continue
        raise AssertionError(f"{peer.name} resumes the deleted {id}: {found}")
    for id, expected in writer.expected.items():
        if expected.reverted and not follows_reverts:
            continue
        listed = expected.listed_by_original if peer.is_original else expected.listed
        same((id in active, id in archived),
             (listed and not expected.archived, listed and expected.archived),
             f"{peer.name} lists {id} among the active, the archived")
        own = expected.own if peer.is_original == writer.peer.is_original else {}
        shows(peer, id, replace(expected, members={**expected.members, **own}))


def shows(peer, id, expected):
    if not expected.archived:
        resumed = peer.call("thread/resume", threadId=id)["thread"]
        holds(peer, "resumed", resumed, expected)
    read = peer.call("thread/read", threadId=id, includeTurns=True)["thread"]
    # Of a paginated thread the original shows nothing before it was resumed once.
    if expected.archived and peer.is_original and read["historyMode"] == "paginated":
        read = dict(read, turns=None)
    holds(peer, "read", read, expected)


def holds(peer, how, thread, expected):
    what = f"{thread['id']}, {how} by {peer.name}"
    if expected.messages is not None and thread["turns"] is not None:
        same(messages(thread), expected.messages, f"messages of {what}")
    for member, value in expected.members.items():
        same(thread[member], value, f"{member} of {what}")


def rows(peer, archived):
    found, cursor = [], None
    while True:
        page = peer.call("thread/list", archived=archived, cursor=cursor, modelProviders=[])
        found += [thread["id"] for thread in page["data"]]
        cursor = page["nextCursor"]
        if not cursor:
            return found


def messages(thread):
    """Who said what, in order."""
    shown = []
    for item in (item for turn in thread["turns"] for item in turn["items"]):
        if item["type"] == "userMessage":
            shown.append(("user", "".join(part.get("text", "") for part in item["content"])))
        if item["type"] == "agentMessage":
            shown.append(("agent", item["text"]))
    return shown


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: found {found!r}, wanted {wanted!r}")
