"""An OpenID Connect provider of the tests' own: strict where a good one is, and able to misbehave in what it signs."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "beicha", "a secret of the client"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "k1"}) for _ in range(2))


class Provider:
    """What it says of a person, and what it does wrong. Codes are good once, for one client, address and verifier."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.claims: dict[str, Any] = {"sub": "42", "preferred_username": "li"}
        self.wrong: dict[str, Any] = {}
        self.told: dict[str, Any] = {}
        self.algorithm, self.key = "RS256", KEY
        self.seconds = 0.0
        self.asked: list[str] = []
        self._begun: dict[str, dict[str, str]] = {}

    def about(self) -> dict[str, Any]:
        """What it says about itself."""
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        if self.told:
            places["userinfo_endpoint"] = "person"
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{place}" for name, place in places.items()}}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes once the person has signed in there."""
        assert query["client_id"] == CLIENT
        assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe(16)
        self._begun[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code, None where anything about it does not hold."""
        begun = self._begun.pop(form.get("code", ""), None)
        shown = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if begun is None or authorization != f"Basic {shown}" or begun["code_challenge"] != challenge:
            return None
        if begun["redirect_uri"] != form["redirect_uri"]:
            return None
        now = int(time.time())
        times = {"iat": now, "exp": now + 300}
        claims = {"iss": self.issuer, "aud": CLIENT, "nonce": begun["nonce"], **times, **self.claims, **self.wrong}
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "access", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.algorithm == "none":
            parts = ({"alg": "none"}, claims)
            said = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
            return ".".join([*said, ""])
        if self.algorithm == "HS256":
            public = OctKey.import_key(KEY.as_pem(private=False))
            return jwt.encode({"alg": "HS256"}, claims, public, algorithms=["HS256"])
        return jwt.encode({"alg": self.algorithm, "kid": "k1"}, claims, self.key, algorithms=[self.algorithm])


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        self.provider.asked.append(place.path)
        time.sleep(self.provider.seconds)
        if place.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(place.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        told = {
            "/.well-known/openid-configuration": self.provider.about(),
            "/keys": KeySet([KEY]).as_dict(private=False),
            "/person": {"sub": self.provider.claims["sub"], **self.provider.told},
        }
        self._answer(told.get(place.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(self.provider.token(form, self.headers.get("Authorization", "")))

    def _answer(self, value: Any) -> None:
        body = json.dumps(value or {"error": "invalid_grant"}).encode()
        self.send_response(200 if value else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        with suppress(BrokenPipeError):  # whoever asked waits no longer
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider on a port of its own, in a thread, until the block ends."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        provider = Provider(server.server_address[1])
        server.RequestHandlerClass = type("Handler", (_Handler,), {"provider": provider})
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield provider
        server.shutdown()
