"""A real JupyterLab on loopback and a Chromium that looks at it, for the tests beside this file."""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from chromium import chromium
from playwright.sync_api import Page


@contextlib.contextmanager
def running_lab(root: Path):
    """The address of a JupyterLab that serves `root` and nothing else; it ends with the block."""
    home = root / ".home"
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # every cell is in the page, not only those in sight
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    news = home / "settings" / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True)
    (news / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false", "checkForUpdates": false}'
    )
    env = os.environ | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        "--port=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={root}",
        "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=", "--ServerApp.terminals_enabled=False",
    ]  # fmt: skip
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=env, cwd=root, stdout=log, stderr=log)
        try:
            yield _address(home, server)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _address(home: Path, server: subprocess.Popen) -> str:
    for _ in range(300):
        for found in (home / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(ValueError, KeyError):
                return json.loads(found.read_text())["url"]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not start:\n{(home / 'log').read_text()[-2000:]}")


@contextlib.contextmanager
def looking(address: str, *, dark: bool = False):
    """A page in Chromium, and the list of addresses that it asked for beyond `address`."""
    with chromium() as browser:
        page = browser.new_page(
            viewport={"width": 1500, "height": 1100}, color_scheme="dark" if dark else "light"
        )
        strange: list[str] = []

        def let(route):
            if route.request.url.startswith(address):
                route.continue_()
            else:
                strange.append(route.request.url)
                route.abort()

        page.route(lambda url: url.startswith("http"), let)
        yield page, strange


def load(page: Page, address: str) -> None:
    """JupyterLab is there, with nothing open."""
    page.goto(f"{address}lab?reset")
    page.wait_for_function("() => window.jupyterapp", timeout=60_000)
    page.evaluate("async () => { await window.jupyterapp.restored; }")


def new_kernel(page: Page) -> str:
    """The id of a kernel that was started, in the server's folder.

    Only the first connection to a kernel hears its widgets: this one ends, so that it is the notebook's.
    """
    return page.evaluate(
        """async () => { const kernel = await window.jupyterapp.serviceManager.kernels.startNew({ name: 'python3' });
                         const { id } = kernel; kernel.dispose(); return id; }"""
    )


@contextlib.contextmanager
def opened(page: Page, name: str, kernel: str):
    """Inside, the notebook is open, alone, and the kernel of that id, if any, answers.

    Notebooks take turns on one kernel: that each runs from a fresh one is tested by nbval.
    """
    page.evaluate(
        """async ([path, id]) => {
             const open = id ? { path, kernel: { id, name: 'python3' } } : { path, options: { kernelPreference: { shouldStart: false } } };
             await window.jupyterapp.commands.execute('docmanager:open', open); }""",
        [name, kernel],
    )
    page.wait_for_function(
        """([name, id]) => { const p = window.jupyterapp.shell.currentWidget, kernel = p?.sessionContext?.session?.kernel;
                             return p?.context?.path === name && (!id || (kernel?.id === id && kernel.status === 'idle')); }""",
        arg=[name, kernel],
        timeout=60_000,
    )
    try:
        yield
    finally:
        page.evaluate(
            """() => { const p = window.jupyterapp.shell.currentWidget;
                       p.context.model.dirty = false; p.close(); }"""
        )
        page.wait_for_selector(".jp-NotebookPanel", state="detached", timeout=10_000)


def run_all(page: Page) -> None:
    """Every cell has run, or one has raised (see `errors`), and the kernel is idle again."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        """() => { const p = window.jupyterapp.shell.currentWidget;
                   const cells = p.content.widgets.filter((c) => c.model.type === 'code' && c.model.sharedModel.getSource().trim());
                   const raised = document.querySelector("[data-mime-type='application/vnd.jupyter.error']");
                   return p.sessionContext.session.kernel.status === 'idle' && (raised || cells.every((c) => c.model.executionCount)); }""",
        timeout=120_000,
    )


def errors(page: Page) -> list[str]:
    """What cells wrote to standard error, or raised."""
    return page.locator(
        "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
    ).all_inner_texts()


def drawn_figures(page: Page, n: int) -> int:
    """How many plotly figures stand in the page with marks in them, once there are `n` of them."""
    count = """() => [...document.querySelectorAll('.jp-OutputArea .js-plotly-plot')].filter((f) =>
                 f.querySelector('.main-svg') && f.getBoundingClientRect().height > 100).length"""
    with contextlib.suppress(Exception):
        page.wait_for_function(f"(n) => ({count})() >= n", arg=n, timeout=20_000)
    return page.evaluate(count)
