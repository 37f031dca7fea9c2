"""What a browser loads of the widget before the first message is small: all its code and style, compressed."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin

from flask.testing import FlaskClient

MOST = 20_000  # bytes, gzip -9
START = "/widget/widget.js"
# What the boot script and the chat name; the modules of the chat, should it not be sent in one; and style sheets.
LOADS = re.compile(
    r"""(?:beside\(|new URL\(|\bfrom\s+|\bimport\(|@import url\()\s*["']((?:\./)?[\w-]+\.(?:js|css)(?:\?[\w=]*)?)["']"""
)


def sizes(client: FlaskClient) -> dict[str, int]:
    """Bytes of each file that the boot script leads to."""
    found: dict[str, int] = {}
    queue = [START]
    for address in queue:  # grows while it is walked
        name = address.split("?")[0]
        if name in found:
            continue
        response = client.get(address)
        assert response.status_code == 200, f"{address} is named by a script, but is not there"
        found[name] = len(gzip.compress(response.data, 9, mtime=0))
        queue += [urljoin(address, loaded) for loaded in LOADS.findall(response.get_data(as_text=True))]
    return found


def test_all_that_is_loaded_before_the_first_message_is_small(client: FlaskClient) -> None:
    found = sizes(client)
    assert {"/widget/widget.js", "/widget/chat.js", "/widget/style.css"} <= set(found)
    total = sum(found.values())
    print(f"{total} bytes: {found}")
    assert total <= MOST, f"{total} bytes, {total - MOST} too many: {found}"
