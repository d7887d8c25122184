"""Renders every sample page and makes screenshots: `python -m tests.look.preview OUTDIR [NAME...] [--language en]`.

The pages are served from OUTDIR by a small server on a free local port while the pictures are made.
"""

from __future__ import annotations

import argparse
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree

from tests.look.browser import SIZES, a_browser, opened
from tests.look.rendering import STATIC, pages, set_up


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line per request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def write_pages(folder: Path, language: str, names: list[str]) -> list[str]:
    """Write each page as a file, with the static files beside them. Returns the names written."""
    set_up()
    folder.mkdir(parents=True, exist_ok=True)
    copytree(STATIC, folder / "static" / "look", dirs_exist_ok=True)
    chosen = {name: html for name, html in pages(language).items() if not names or name in names}
    for name, html in chosen.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return list(chosen)


def serve(folder: Path) -> ThreadingHTTPServer:
    """A server of this folder on a free port of this machine; stop it with shutdown()."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def photograph(folder: Path, names: list[str], sizes: tuple[int, ...]) -> None:
    """One picture a page and width."""
    server = serve(folder)
    with a_browser() as browser:
        for name in names:
            for width in sizes:
                page = opened(browser, f"http://127.0.0.1:{server.server_port}/{name}.html", width)
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
                page.close()
    server.shutdown()


def main() -> None:
    """Write and photograph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--language", default="nl", choices=["nl", "en"])
    parser.add_argument("--width", type=int, action="append")
    parser.add_argument("--no-pictures", action="store_true")
    options = parser.parse_intermixed_args()
    names = write_pages(options.folder, options.language, options.names)
    if not options.no_pictures:
        photograph(options.folder, names, tuple(options.width or SIZES))
    print(f"{len(names)} pages in {options.folder}")


if __name__ == "__main__":
    main()
