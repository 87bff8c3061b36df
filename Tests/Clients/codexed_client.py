"""codexed. Its methods of a thread belong to a session, which begins with a resume; it reads lines
of 64 KiB at most."""

import journey
from codexed import CodexClient
from codexed.client.session import Session
from codexed.models import ThreadReadParams, ThreadUnarchiveParams
from codexed.models.responses import ThreadReadResponse, ThreadUnarchiveResponse


class Client:
    longest = 48 * 1024
    # A kind of items and an error that it has no types for.
    unknown = ["image_generation_call", "rate_limit_exceeded"]

    def __init__(self, server, home):
        self.client = CodexClient(codex_command=server, env_vars={"CODEX_HOME": home})
        self.sessions: dict[str, Session] = {}

    async def open(self):
        await self.client.__aenter__()

    async def close(self):
        await self.client.__aexit__(None, None, None)

    async def start(self):
        return self.keep(await self.client.thread_start())

    async def list(self, archived, cursor, limit):
        page = await self.client.thread_list(
            archived=archived, cursor=cursor, limit=limit, model_providers=[])
        return [(thread.id, thread.name) for thread in page.data], page.next_cursor

    async def read(self, id):
        params = ThreadReadParams(thread_id=id, include_turns=True)
        answer = await self.client.dispatch.send_request("thread/read", params)
        thread = ThreadReadResponse.model_validate(answer).thread
        return thread.name, len(thread.turns), thread.forked_from_id

    async def resume(self, id):
        return self.keep(await self.client.thread_resume(id))

    async def fork(self, id):
        return self.keep(await self.client.thread_fork(id))

    async def rename(self, id, name):
        await (await self.session(id)).set_name(name)

    async def archive(self, id):
        await (await self.session(id)).archive()

    async def unarchive(self, id):
        params = ThreadUnarchiveParams(thread_id=id)
        answer = await self.client.dispatch.send_request("thread/unarchive", params)
        ThreadUnarchiveResponse.model_validate(answer)

    def keep(self, session):
        self.sessions[session.thread_id] = session
        return session.thread_id

    async def session(self, id):
        if id not in self.sessions:
            await self.resume(id)
        return self.sessions[id]


journey.main(Client)
