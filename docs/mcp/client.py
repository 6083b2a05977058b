# An MCP client that registers itself. Python 3.11, mcp 2.3.0.
#   python client.py http://127.0.0.1:3000/mcp
import asyncio
import sys
from urllib.parse import parse_qs, urlsplit

import httpx2
from mcp import Client
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientMetadata


class Storage:
    """Keeps everything in memory; a real client stores client and tokens for the next time."""

    client = None
    tokens = None

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens


async def main(url: str) -> None:
    answer = asyncio.get_running_loop().create_future()

    # The browser comes back here (RFC 8252 §7.3): any free port will do.
    async def receive(reader, writer):
        target = (await reader.readline()).split()[1].decode()
        if not answer.done():
            answer.set_result(parse_qs(urlsplit(target).query))
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nYou can close this window.")
        await writer.drain()
        writer.close()

    callback = await asyncio.start_server(receive, "127.0.0.1", 0)
    port = callback.sockets[0].getsockname()[1]

    async def open_browser(authorization_url: str) -> None:
        print(f"Open {authorization_url}", flush=True)

    async def wait_for_browser() -> AuthorizationCodeResult:
        parameters = {name: values[0] for name, values in (await answer).items()}
        if "error" in parameters:
            raise RuntimeError(f"The request was answered {parameters['error']}.")
        return AuthorizationCodeResult(**{name: parameters.get(name) for name in ("code", "state", "iss")})

    storage = Storage()
    auth = OAuthClientProvider(
        server_url=url,
        client_metadata=OAuthClientMetadata(
            client_name="Notes client in Python",
            redirect_uris=[f"http://127.0.0.1:{port}/callback"],
            token_endpoint_auth_method="none",
            grant_types=["authorization_code", "refresh_token"],
        ),
        storage=storage,
        redirect_handler=open_browser,
        callback_handler=wait_for_browser,
    )
    async with httpx2.AsyncClient(auth=auth) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            result = await client.call_tool("whoami", {})
            print(result.content[0].text)
            print(f"Granted: {storage.tokens.scope}")
    callback.close()


asyncio.run(main(sys.argv[1]))
