"""The provider's side of OpenID Connect: where it is, and what its signed token says. Only the configured issuer is ever asked."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from myosteon.app.web.openid_cookie import Attempt
from myosteon.app.web.refusals import OpenIdRefused
from myosteon.app.web.web_settings import OpenIdSettings
from myosteon.registry.clock import Clock

SECONDS = 10
# Clocks of two machines are never quite alike.
LEEWAY_SECONDS = 60
ALGORITHMS = ["RS256", "ES256", "PS256"]
SCOPE = "openid profile"
THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


class Provider:
    """The configured provider."""

    def __init__(self, settings: OpenIdSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def address(self, attempt: Attempt, back: str) -> str:
        """Where the browser is sent to sign in.

        Raises:
            OpenIdRefused: the provider does not answer, or is another than the configured one.
        """
        endpoint = self._described()["authorization_endpoint"]
        digest = hashlib.sha256(attempt.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": back,
            "scope": SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"

    def claims(self, attempt: Attempt, code: str, back: str) -> Mapping[str, Any]:
        """What the provider's token says of who signed in, after its signature, issuer, audience, age and nonce were checked.

        Raises:
            OpenIdRefused: the code is not taken, or the token is not for us, not for this attempt, or not signed by it.
        """
        described = self._described()
        try:
            given = self._redeem(described["token_endpoint"], attempt, code, back)
            keys = KeySet.import_key_set(_get(described["jwks_uri"]))
            token = jwt.decode(given, keys, algorithms=ALGORITHMS)
            now = int(self._clock.now().timestamp())
            JWTClaimsRegistry(
                now=now,
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": self._settings.issuer},
                aud={"essential": True, "value": self._settings.client_id},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": attempt.nonce},
            ).validate(token.claims)
        except (JoseError, httpx.HTTPError, ValueError, KeyError) as error:
            raise OpenIdRefused(type(error).__name__) from None
        return token.claims

    def _described(self) -> Mapping[str, str]:
        """What the provider says of itself; each address of it is the issuer's own kind."""
        issuer = self._settings.issuer
        found = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != issuer or not all(isinstance(found.get(name), str) for name in wanted):
            raise OpenIdRefused("the provider is not the configured one")
        for name in wanted:
            _check_address(found[name])
        return {name: str(found[name]) for name in wanted}

    def _redeem(self, endpoint: str, attempt: Attempt, code: str, back: str) -> str:
        """The signed token that a code is redeemed for."""
        answer = httpx.post(
            endpoint,
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": back,
                "code_verifier": attempt.verifier,
            },
            auth=(quote(self._settings.client_id, safe=""), quote(self._settings.client_secret, safe="")),
            timeout=SECONDS,
        )
        answer.raise_for_status()
        return str(answer.json()["id_token"])


def _get(address: str) -> Any:
    _check_address(address)
    try:
        answer = httpx.get(address, timeout=SECONDS)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise OpenIdRefused(type(error).__name__) from None
    if not isinstance(found, dict):
        raise OpenIdRefused("the provider answered something else")
    return found


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in THIS_MACHINE):
        raise OpenIdRefused("a provider is asked by HTTPS only")
