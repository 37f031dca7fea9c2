"""What the widget costs a phone, and how soon someone can type: `make bench-widget`.

A real chat server with the starter content, a page of another origin, and a chromium held back as an old phone is:
four times slower, 1.6 Mbit/s down, 150 ms to the server. Each page is opened with nothing kept from before.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Response, sync_playwright
from sqlalchemy.orm import Session

from content.database import make_engine, migrate
from content.importing import import_library
from content.library import read_library
from content.publishing import publish
from content.settings import LIBRARY
from content.sites import Site
from ops.get_browser import find_browser
from ops.stack import ROOT, free_ports
from ops.static_pages import serve_pages

TIMES = 5
PATIENCE = 30  # seconds
SLOWER = 4  # times
LATENCY, DOWN, UP = 150, 1_600_000 / 8, 750_000 / 8  # milliseconds; bytes a second
MOST_KILOBYTES, MOST_MILLISECONDS = 20.0, 1000.0
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page</title><h1>A page</h1><script src="{chat}/widget/widget.js" data-site="bench" async></script>"""
# Opens the chat as soon as it can be opened, and notes the milliseconds since the page was asked for.
WATCH = """
(() => {
  const times = window.lanternTimes = {};
  const look = () => {
    const root = document.querySelector("lantern-chat")?.shadowRoot;
    const launcher = root?.querySelector(".launcher"), input = root?.querySelector("#input");
    if (launcher?.checkVisibility() && !times.launcher) {
      times.launcher = performance.now();
      launcher.click();
    }
    if (input?.checkVisibility() && input.labels[0].textContent && !input.matches("[inert] *")) {
      input.focus();
      if (root.activeElement === input) times.input = performance.now();
    }
    if (!times.input) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()
"""


@contextmanager
def running_chat(folder: Path, origin: str) -> Iterator[str]:
    """The chat's address. There is no Rasa behind it: nothing is said here."""
    database, (port,) = f"sqlite:///{folder / 'lantern.db'}", free_ports(1)
    migrate(database)
    library = read_library(LIBRARY)
    library["sites"] = [asdict(Site("bench", "Bench", origins=(origin,)))]
    engine = make_engine(database)
    with Session(engine) as session, session.begin():
        import_library(session, library, "bench", "widget")
        publish(session, "bench", "widget")
    engine.dispose()
    settings = {"DATABASE_URL": database, "LANTERN_DATA_DIR": str(folder), "LANTERN_CHAT_PORT": str(port)}
    with subprocess.Popen([sys.executable, "-m", "chat"], cwd=ROOT, env=os.environ | settings) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/healthz", process)
            yield address
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(900):
        if process.poll() is not None:
            raise RuntimeError("The chat server did not start; what it printed is above.")
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within 90 seconds.")


def open_once(browser: Browser, address: str) -> dict[str, Any]:
    """One visit: milliseconds until the launcher is there and until the box takes letters, and what was loaded."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions",
             {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP})  # fmt: skip
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    times: dict[str, float] = {}
    until = time.monotonic() + PATIENCE
    while "input" not in times:
        assert time.monotonic() < until, f"{address}: no chat within {PATIENCE} seconds"
        page.wait_for_timeout(50)
        times = page.evaluate("window.lanternTimes")
    page.wait_for_load_state("networkidle")
    in_order = [response for response in responses if "/widget/" in response.url]
    loaded = list({response.url: response for response in reversed(in_order)}.values())  # what came again was kept
    code = [response for response in loaded if response.url.split("?")[0].endswith((".js", ".css"))]
    measured = {
        "launcher_ms": times.get("launcher", times["input"]),
        "ready_ms": times["input"],
        "after_opening_ms": times["input"] - times.get("launcher", times["input"]),
        "requests": len(loaded),
        "code_gzip_kb": sum(len(gzip.compress(response.body(), 9, mtime=0)) for response in code) / 1000,
        "words_gzip_kb": sum(len(gzip.compress(r.body(), 9, mtime=0)) for r in loaded if r not in code) / 1000,
        "sent_kb": sum(response.request.sizes()["responseBodySize"] for response in loaded) / 1000,
    }
    context.close()
    return measured


def measure(browser: Browser, address: str) -> dict[str, float]:
    """The medians of TIMES visits."""
    visits = [open_once(browser, address) for _ in range(TIMES)]
    return {name: round(statistics.median(visit[name] for visit in visits), 1) for name in visits[0]}


def main() -> int:
    """Print one JSON line; exit code 1 when it is too much, or too slow."""
    results: dict[str, dict[str, float]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_pages() as pages,
        running_chat(Path(folder), pages.url) as chat,
        sync_playwright() as playwright,
    ):
        pages.texts["/"] = PAGE.format(chat=chat)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for name, address in (("embedded", pages.url), ("full_page", f"{chat}/chat?site=bench")):
            results[name] = measure(browser, address)
        browser.close()
    print(json.dumps(results))
    is_good = all(
        result["code_gzip_kb"] <= MOST_KILOBYTES and result["ready_ms"] <= MOST_MILLISECONDS
        for result in results.values()
    )
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
