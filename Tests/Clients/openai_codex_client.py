"""The official client, openai-codex, as its documentation shows it."""

import journey
from openai_codex import Codex, CodexConfig


class Client:
    longest, unknown = None, []

    def __init__(self, server, home):
        self.config = CodexConfig(codex_bin=server, cwd=home, env={"CODEX_HOME": home})

    async def open(self):
        self.codex = Codex(self.config)

    async def close(self):
        self.codex.close()

    async def start(self):
        return self.codex.thread_start().id

    async def list(self, archived, cursor, limit):
        page = self.codex.thread_list(
            archived=archived, cursor=cursor, limit=limit, model_providers=[])
        return [(thread.id, thread.name) for thread in page.data], page.next_cursor

    async def read(self, id):
        # Only a started, resumed or forked thread has a handle to read with.
        thread = self.codex._client.thread_read(id, include_turns=True).thread
        return thread.name, len(thread.turns), thread.forked_from_id

    async def resume(self, id):
        return self.codex.thread_resume(id).id

    async def fork(self, id):
        return self.codex.thread_fork(id).id

    async def rename(self, id, name):
        self.codex._client.thread_set_name(id, name)

    async def archive(self, id):
        self.codex.thread_archive(id)

    async def unarchive(self, id):
        self.codex.thread_unarchive(id)


journey.main(Client)
