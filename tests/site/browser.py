"""One Chromium for the session, and what a visit to a page finds.

Playwright runs in a thread of its own: several pages are open at the same time, and the tests of other rooms
can use Playwright in the main thread as they like.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from playwright.async_api import async_playwright

from tests.site.pages import ROOT, SITE
from tools.environment import SetupError, find_chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator

    from playwright.async_api import BrowserContext, ConsoleMessage, Request, WebError
    from playwright.async_api import Page as Tab

    from tests.site.pages import Page

T = TypeVar("T")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: A laptop, the narrowest phone in use, and the laptop with everything enlarged four times
#: (https://www.w3.org/TR/WCAG22/#reflow).
WIDE, NARROW, ENLARGED = 1280, 360, 320
HEIGHT = 800

#: How long one step in a tab may take, and how long a test waits for its turn, in seconds: enough on a slow machine.
PATIENCE_IN_A_TAB, PATIENCE = 20, 300

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
#: What the dark can break: it changes colours, and nothing else.
AXE_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_RUN_AXE = """async rules => {
    const results = await axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false});
    return results.violations.map(({id, help, nodes}) => ({
        id, help, nodes: nodes.map(node => ({where: node.target.flat().join(" "), why: node.failureSummary})),
    }));
}"""

#: Says what makes the page wider than the window. Furo lets the whole text scroll sideways, which is no better;
#: a table or a drawing may scroll in a box of its own.
_STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    const text = document.querySelector("article, main");
    const around = [];
    for (let element = text; element; element = element.parentElement) around.push(element);
    const scrolls = element => [document.body, document.documentElement].includes(element)
        || getComputedStyle(element).overflowX !== "visible";
    const wider = around.filter(element => scrolls(element) && element.scrollWidth > element.clientWidth);
    if (!wider.length) return [];
    const inBox = element => {
        for (let e = element.parentElement; e && !around.includes(e); e = e.parentElement) {
            if (scrolls(e)) return true;
        }
        return false;
    };
    const wide = [...document.body.querySelectorAll("*")].filter(element =>
        element.getBoundingClientRect().right > width + 0.5 && !inBox(element));
    const shown = wide.slice(-3).map(element => element.outerHTML.slice(0, 160));
    return [`the page is ${Math.max(...wider.map(element => element.scrollWidth))} px wide`, ...shown];
}"""

#: Lists what scrolls sideways and is no stop of the Tab key, in browsers, too, that make no stop of it by themselves.
_OUT_OF_REACH = """() => [...document.querySelectorAll("article *")].filter(element =>
    element.scrollWidth > element.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
    && !element.hasAttribute("tabindex") && !element.querySelector("a[href], button, input, [tabindex]"),
).map(element => element.outerHTML.slice(0, 160))"""

#: Takes down what moves while the page loads. Less than a thousandth of the screen is a sign in the margin that comes
#: with the script (https://web.dev/articles/cls). The columns of a long table grow with the rows still to come.
_WATCH = """() => {
    window.moved = [];
    new PerformanceObserver(list => {
        for (const {value, sources} of list.getEntries()) {
            const inTable = ({node}) => (node?.closest ? node : node?.parentElement)?.closest("table");
            if (sources.length && sources.every(inTable)) continue;
            const places = sources.map(({node}) => (node?.outerHTML ?? "").slice(0, 120));
            if (value >= 0.001) window.moved.push(`${value.toFixed(3)}: ${places.join(" ")}`);
        }
    }).observe({type: "layout-shift", buffered: true});
}"""


@dataclass
class Visit:
    """What was noticed while a page was open."""

    address: str = ""
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    violations_in_the_dark: list[str] = field(default_factory=list)
    sticking_out: list[str] = field(default_factory=list)
    out_of_reach: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)

    @property
    def requests_elsewhere(self) -> list[str]:
        """Return the requests for anything but files of the site."""
        here = (f"{SITE.as_uri()}/", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(here)]


class Browser:
    """Runs coroutines that drive Chromium, one after the other or side by side."""

    def __init__(self, program: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="browser", daemon=True)
        self._thread.start()
        self.axe = AXE.read_text(encoding="utf-8")
        #: Tabs that go from page to page, while nobody has them.
        self._tabs: list[Tab] = []
        self.run(self._start(program))

    async def _start(self, program: str) -> None:
        self._playwright = await async_playwright().start()
        self._chromium = await self._playwright.chromium.launch(executable_path=program, args=FLAGS)

    async def _stop(self) -> None:
        await self._chromium.close()
        await self._playwright.stop()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Wait for what a coroutine returns."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)

    def spawn(self, coroutine: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start a coroutine; it goes on while tests run."""

        async def start() -> asyncio.Task[T]:
            return asyncio.create_task(coroutine)

        return self.run(start())

    def close(self) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @asynccontextmanager
    async def tab(
        self, *, width: int = WIDE, dark: bool = False, scripts: bool = True, visit: Visit | None = None
    ) -> AsyncIterator[Tab]:
        """Open a tab with nothing remembered; `visit` takes down what happens in it."""
        context = await self._context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        try:
            with _taken_down(context, visit or Visit()):
                yield await context.new_page()
        finally:
            await context.close()

    @asynccontextmanager
    async def used_tab(
        self, *, width: int = WIDE, dark: bool = False, visit: Visit | None = None
    ) -> AsyncIterator[Tab]:
        """Lend a tab that has shown other pages, which Chromium does three times as fast as opening one.

        For files of the site: what pages have stored is forgotten, the history is not.
        """
        tab = self._tabs.pop() if self._tabs else await (await self._context()).new_page()
        with _taken_down(tab.context, visit or Visit()):
            await tab.set_viewport_size({"width": width, "height": HEIGHT})
            await tab.emulate_media(color_scheme="dark" if dark else "light")
            yield tab
            await tab.evaluate("localStorage.clear(), sessionStorage.clear()")
        # After an exception, nobody knows what it shows.
        self._tabs.append(tab)

    async def _context(self, **options: Any) -> BrowserContext:
        context = await self._chromium.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE_IN_A_TAB * 1000)
        return context

    async def axe_violations(self, tab: Tab, rules: dict[str, Any] = AXE_TAGS) -> list[str]:
        """Run axe on an open page; return what breaks its rules, one place a line."""
        if not await tab.evaluate("() => Boolean(window.axe)"):
            await tab.evaluate(self.axe)
        return [
            f"{violation['id']} ({violation['help']}): {node['where']}\n    {node['why']}"
            for violation in await tab.evaluate(_RUN_AXE, rules)
            for node in violation["nodes"]
        ]


@contextmanager
def _taken_down(context: BrowserContext, visit: Visit) -> Iterator[None]:
    """Take down what happens in the tabs of a context."""

    def request(request: Request) -> None:
        visit.requests.append(request.url)

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.complaints.append(f"{message.type}: {message.text}")

    def uncaught(error: WebError) -> None:
        visit.complaints.append(f"uncaught: {error.error}")

    context.on("request", request)
    context.on("console", console)
    context.on("weberror", uncaught)
    try:
        yield
    finally:
        context.remove_listener("request", request)
        context.remove_listener("console", console)
        context.remove_listener("weberror", uncaught)


@dataclass(frozen=True)
class Look:
    """A way to look at a page: on a screen of this width, in the light and then in the dark."""

    page: Page
    width: int = WIDE

    def __str__(self) -> str:
        return f"{self.page}-{self.width}"


class Visits:
    """Visits to pages, at work in the background from the start, as many at a time as there are processors."""

    def __init__(self, browser: Browser, looks: Iterable[Look]) -> None:
        self._browser = browser
        self._places = asyncio.Semaphore(max(2, os.cpu_count() or 2))
        self._tasks = {look: browser.spawn(self._visit(look)) for look in looks}

    def to(self, page: Page) -> Visit:
        """Wait for the visit to a page on a wide screen."""
        return self.with_(Look(page))

    def with_(self, look: Look) -> Visit:
        """Wait for the visit that looks in this way, and return what it found."""

        async def outcome() -> Visit:
            return await self._tasks[look]

        return self._browser.run(outcome())

    async def _visit(self, look: Look) -> Visit:
        visit = Visit()
        async with self._places, self._browser.used_tab(width=look.width, visit=visit) as tab:
            await tab.goto(look.page.url)
            await tab.evaluate(_WATCH)
            visit.violations = await self._browser.axe_violations(tab)
            visit.moved = await tab.evaluate("window.moved")
            await tab.emulate_media(color_scheme="dark")
            visit.violations_in_the_dark = await self._browser.axe_violations(tab, AXE_COLOURS)
            await tab.set_viewport_size({"width": ENLARGED, "height": HEIGHT})
            visit.sticking_out = await tab.evaluate(_STICKING_OUT)
            visit.out_of_reach = await tab.evaluate(_OUT_OF_REACH)
            visit.address = tab.url
        return visit


@contextmanager
def installed_chromium() -> Iterator[Browser]:
    """Yield the browser that is installed; where there is none, the test says what to do."""
    try:
        program = find_chromium()
    except SetupError as problem:
        pytest.fail(f"{problem.ja}\n{problem.en}", pytrace=False)
    browser = Browser(program)
    yield browser
    browser.close()
