"""A small OpenID provider of our own, on this machine: it signs in whoever it is told to, and can be made to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "clinic", "a secret: with /signs"


@cache
def keys() -> tuple[RSAKey, RSAKey]:
    """The provider's key and somebody else's; making them takes a while."""
    own, other = (RSAKey.generate_key(2048, parameters={"kid": "k"}) for _ in range(2))
    return own, other


@dataclass
class Provider:
    """`lies` replaces claims of the token; `foreign_key` signs with a key that is not published."""

    now: int
    subject: str = "subject-1"
    name: str = "li.na"
    lies: dict[str, Any] = field(default_factory=dict)
    foreign_key: bool = False
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key, self.other = keys()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/.well-known"):
                    self.answer(provider.described())
                else:
                    self.answer(KeySet([provider.key]).as_dict(private=False))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                found = provider.redeem(
                    {k: v[0] for k, v in parse_qs(body).items()}, self.headers["Authorization"]
                )
                self.answer(found or {"error": "invalid_grant"}, 200 if found else 400)

            def answer(self, content: Any, status: int = 200) -> None:
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def described(self) -> dict[str, str]:
        return {
            "issuer": self.lies.get("described_issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def authorize(self, address: str) -> dict[str, str]:
        """What a browser that was sent here brings back: the person said yes."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return {"code": code, "state": asked["state"]}

    def redeem(self, form: dict[str, str], authorization: str) -> dict[str, str] | None:
        asked = self.asked.pop(form.get("code", ""), None)
        expected = base64.b64encode(b"clinic:a%20secret%3A%20with%20%2Fsigns").decode()
        if (
            asked is None
            or authorization != f"Basic {expected}"
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "exp": self.now + 300,
            "nonce": asked["nonce"],
            "preferred_username": self.name,
            **{name: value for name, value in self.lies.items() if name != "described_issuer"},
        }
        key = self.other if self.foreign_key else self.key
        return {
            "token_type": "Bearer",
            "access_token": "x",
            "id_token": jwt.encode({"alg": "RS256", "kid": "k"}, claims, key),
        }
