"""Another service that says who somebody is (OpenID Connect), where the environment names one.

Its keys, its answer and the person's browser are all held to what was asked: the signature by an allowed algorithm,
issuer, audience, time, the nonce of this sign-in; the code is exchanged with a secret and PKCE. Nothing is asked of
anybody where no provider is configured.
"""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

PREFIX = "BEICHA_OIDC_"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Those that only the provider can sign with; none whose key the client has as well."""
SECONDS = 5
"""So long the provider may take for each answer."""
CLOCKS_APART = 60
KNOWN_SECONDS = 300
"""What the provider says about itself is asked for again after this."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ConfigurationError(ValueError):
    """The environment names a provider, but not all of it, or not so that it is safe."""


class ProviderError(Exception):
    """The provider did not answer, or not as it must; ``str`` names the step, never what was answered."""


@dataclass(frozen=True)
class Settings:
    """The provider as the environment names it.

    ``claim`` is what stands for the login here; ``methods`` are those values of ``amr`` that are a second factor.
    """

    issuer: str
    client: str
    secret: str
    claim: str
    algorithms: tuple[str, ...]
    scope: str
    name: str
    methods: frozenset[str]
    authority: str


@dataclass(frozen=True)
class Known:
    """Whom the provider vouches for: the login, and whether it saw a second factor."""

    login: str
    factor: bool


def settings_from(environment: Mapping[str, str]) -> Settings | None:
    """The provider that the environment names, None where it names none; raises ConfigurationError."""

    def said(name: str, default: str = "") -> str:
        return environment.get(PREFIX + name, "").strip() or default

    issuer, algorithms = said("ISSUER"), tuple(said("ALGORITHMS", "RS256").replace(",", " ").split())
    if not issuer:
        return None
    if not said("CLIENT_ID") or not said("SECRET_FILE"):
        raise ConfigurationError(f"{PREFIX}CLIENT_ID and {PREFIX}SECRET_FILE belong to {PREFIX}ISSUER")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ConfigurationError(f"{PREFIX}ISSUER must be an https address")
    if not set(algorithms) <= set(ALGORITHMS):
        raise ConfigurationError(f"{PREFIX}ALGORITHMS may be {', '.join(ALGORITHMS)}")
    try:
        secret = Path(said("SECRET_FILE")).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{PREFIX}SECRET_FILE cannot be read") from error
    return Settings(
        issuer, said("CLIENT_ID"), secret, said("CLAIM", "preferred_username"), algorithms,
        said("SCOPE", "openid profile"), said("NAME"), frozenset(said("AMR", "mfa").replace(",", " ").split()),
        said("CA_FILE"),
    )  # fmt: skip


def the_provider() -> "Provider | None":
    """The one provider of this process, None where the environment names none; raises ConfigurationError."""
    found = settings_from(os.environ)
    return None if found is None else _provider(found)


class Provider:
    """The provider: where to send a browser, and whom it vouches for when the browser comes back."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._metadata: dict[str, Any] = {}
        self._known_at = float("-inf")
        self._lock = Lock()

    def address(self, back: str, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser, which comes back to ``back``; raises ProviderError."""
        with self._client(back) as client:
            endpoint = self._place(client, "authorization_endpoint")
            url: str = client.create_authorization_url(endpoint, state, verifier, nonce=nonce)[0]
        return url

    def known(self, back: str, code: str, *, nonce: str, verifier: str) -> Known:
        """Whom the provider vouches for by the code that the browser brought; raises ProviderError."""
        with self._client(back) as client:
            client.token_endpoint_auth_method = self._way_to_show_secret(client)
            token = _step("token", lambda: client.fetch_token(
                self._place(client, "token_endpoint"), grant_type="authorization_code", code=code,
                code_verifier=verifier, timeout=SECONDS, allow_redirects=False,
            ))  # fmt: skip
            claims = self._claims(client, token, nonce)
            login = claims.get(self.settings.claim) or self._more(client, claims).get(self.settings.claim)
        if not isinstance(login, str) or not login:
            raise ProviderError(f"no claim {self.settings.claim}")
        if self.settings.claim == "email" and claims.get("email_verified") is not True:
            raise ProviderError("email not verified")
        return Known(login, bool(self.settings.methods & {str(method) for method in claims.get("amr") or ()}))

    def _claims(self, client: Any, token: Mapping[str, Any], nonce: str) -> CodeIDToken:
        """What the signed token says, once everything about it holds."""
        keys: Any = self._get(client, self._place(client, "jwks_uri"))

        def checked() -> CodeIDToken:
            read = jwt.decode(
                str(token["id_token"]), KeySet.import_key_set(keys), algorithms=list(self.settings.algorithms)
            )
            options: Any = {
                "iss": {"essential": True, "value": self.settings.issuer},
                "aud": {"essential": True, "value": self.settings.client},
            }
            params = {
                "nonce": nonce, "client_id": self.settings.client, "access_token": token.get("access_token"),
            }  # fmt: skip
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(now=int(time.time()), leeway=CLOCKS_APART)
            return claims

        found: CodeIDToken = _step("id_token", checked)
        return found

    def _more(self, client: Any, claims: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the provider tells besides about the same person, where it tells anything."""
        if "userinfo_endpoint" not in self._about(client):
            return {}
        told = self._get(client, self._place(client, "userinfo_endpoint"), withhold_token=False)
        return told if told.get("sub") == claims["sub"] else {}

    def _way_to_show_secret(self, client: Any) -> str:
        """Basic, which every provider takes unless it says otherwise."""
        ways = self._about(client).get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"

    def _place(self, client: Any, name: str) -> str:
        """An address that the provider names; as safe as its own."""
        place = self._about(client).get(name)
        if not isinstance(place, str) or not place.startswith(f"{urlsplit(self.settings.issuer).scheme}://"):
            raise ProviderError(f"no {name}")
        return place

    def _about(self, client: Any) -> dict[str, Any]:
        """What the provider says about itself; kept for some minutes."""
        with self._lock:
            if time.monotonic() - self._known_at >= KNOWN_SECONDS:
                issuer = self.settings.issuer
                found = self._get(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
                if found.get("issuer") != issuer:
                    raise ProviderError("another issuer")
                self._metadata, self._known_at = found, time.monotonic()
            return self._metadata

    def _get(self, client: Any, url: str, *, withhold_token: bool = True) -> dict[str, Any]:
        def ask() -> dict[str, Any]:
            answer = client.get(url, timeout=SECONDS, allow_redirects=False, withhold_token=withhold_token)
            answer.raise_for_status()
            return dict(answer.json())

        found: dict[str, Any] = _step(urlsplit(url).path.rsplit("/", 1)[-1], ask)
        return found

    def _client(self, back: str) -> Any:
        """A client that takes nothing from the environment: no proxy, no login of another service."""
        client = OAuth2Session(
            self.settings.client, self.settings.secret, scope=self.settings.scope, redirect_uri=back,
            code_challenge_method="S256",
        )  # fmt: skip
        client.trust_env = False
        client.verify = self.settings.authority or True
        return client


_provider = cache(Provider)


def _step(name: str, act: Any) -> Any:
    """What a step gives; whatever goes wrong in it is a ProviderError that names it."""
    try:
        return act()
    except ProviderError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AuthlibBaseError, JoseError) as error:
        raise ProviderError(f"{name}: {type(error).__name__}") from error
