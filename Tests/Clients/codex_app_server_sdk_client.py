"""codex-app-server-sdk. It reads lines of 64 KiB at most."""

import os

import journey
from codex_app_server_sdk import CodexClient


class Client:
    longest, unknown = 48 * 1024, []

    def __init__(self, server, home):
        self.client = CodexClient.connect_stdio(
            command=[server, "app-server"], cwd=home, env=dict(os.environ, CODEX_HOME=home),
            strict=True)

    async def open(self):
        await self.client.start()
        await self.client.initialize()

    async def close(self):
        await self.client.close()

    async def start(self):
        return (await self.client.start_thread()).thread_id

    async def list(self, archived, cursor, limit):
        page = await self.client.list_threads(
            archived=archived, cursor=cursor, limit=limit, model_providers=[])
        return [(thread["id"], thread["name"]) for thread in page["data"]], page["nextCursor"]

    async def read(self, id):
        thread = (await self.client.read_thread(id))["thread"]
        return thread["name"], len(thread["turns"]), thread["forkedFromId"]

    async def resume(self, id):
        return (await self.client.resume_thread(id)).thread_id

    async def fork(self, id):
        return (await self.client.fork_thread(id)).thread_id

    async def rename(self, id, name):
        await self.client.set_thread_name(id, name)

    async def archive(self, id):
        await self.client.archive_thread(id)

    async def unarchive(self, id):
        await self.client.unarchive_thread(id)


journey.main(Client)
