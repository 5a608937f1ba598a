"""Fill the cache of rocrate-validator with a context, so that it needs no network.

python seed_roc.py CACHE ADDRESS CONTEXT_FILE
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import requests
from requests_cache import CachedSession
from urllib3 import HTTPResponse


class _Held(requests.adapters.HTTPAdapter):
    """Answers each request with the content of one file."""

    def send(
        self, request: requests.PreparedRequest, *_: object, **__: object
    ) -> requests.Response:
        raw = HTTPResponse(
            body=io.BytesIO(Path(sys.argv[3]).read_bytes()),
            headers={"Content-Type": "application/ld+json"},
            status=200,
            preload_content=False,
            request_url=request.url,
        )
        return self.build_response(request, raw)


cache, address = sys.argv[1:3]
session = CachedSession(cache, backend="sqlite", expire_after=-1)
session.mount("https://", _Held())
forms = ("application/ld+json, application/json", "application/ld+json", "*/*")
for form in forms:
    session.get(address, headers={"Accept": form})
