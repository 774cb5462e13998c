"""`make demo`: brings up database, content, web and job worker, prints who may sign in, ends all of it on Ctrl-C.

`--reload` (`make run`) serves by Django's development server with DEBUG on instead.
"""

import contextlib
import http.client
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

from deploy import accounts, assets, cache, children, commands, content, locks
from deploy.children import Child
from deploy.database import Opened, open_database
from deploy.environment import base_domain, port, runtime_environment
from deploy.places import Places
from deploy.postgres import StartFailed
from deploy.progress import Progress, Stop, fail
from deploy.roles import DATABASE, Refused

WEB_WORKERS, WEB_THREADS = "2", "8"
FIRST_PAGE_SECONDS = 90.0


class Ended(BaseException):
    """The person, or the system, asked the demo to end."""


def end_on_signals() -> None:
    """Turns the signals that ask for an end into `Ended` in the main thread."""

    def raise_ended(number: int, frame: FrameType | None) -> None:
        raise Ended

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_ended)


def ignore_signals() -> None:
    """The end itself takes seconds and is not interrupted half way."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def check_port(number: int) -> None:
    """Raises Stop when another program listens there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", number))
        except OSError as error:
            raise Stop(
                f"PORT {number} is taken by another program ({error.strerror}). "
                f"Choose another one: make demo PORT={number + 1}"
            ) from error


def status_of_first_page(number: int, host: str) -> int | None:
    """The HTTP status of the front page; None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": host})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def wait_for_first_page(web: Child, number: int, host: str) -> None:
    """Waits until the front page is served; Stop with the web's last words when it is not."""
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    status = None
    while time.monotonic() < deadline and not web.ended():
        status = status_of_first_page(number, host)
        if status is not None and status < 400:
            return
        if status is not None:
            break
        time.sleep(0.1)
    said = f"The front page answers {status}." if status else "The web did not start."
    raise Stop(f"{said} The end of {web.log}:\n{web.last_words(25)}")


class Demo:
    """One run of the demo: what it has started so far, so that an end at any moment leaves nothing behind."""

    def __init__(self, places: Places, reload: bool) -> None:
        self.places = places
        self.reload = reload
        self.port = port()
        self.host = base_domain() if self.port == 80 else f"{base_domain()}:{self.port}"
        self.progress = Progress()
        self.opened: Opened | None = None
        self.is_fresh = False
        self.web: Child | None = None
        self.worker: Child | None = None

    def prepare(self) -> Opened:
        """Database, content and assets; the slow ones beside each other. Returns the open database."""
        for name in ("web", "worker"):
            if children.end_left_over(self.places, name):
                self.progress.say(f"{name}: ended what an earlier run left behind")
        check_port(self.port)
        opened = self.opened = open_database(self.places)
        self.progress.say(f"database: {opened.state}")
        self.is_fresh = content.obtain(opened.cluster, self.places, self.progress)
        environment = runtime_environment(self.places, opened.addresses)
        # Before the content: what is written then may carry translated words.
        if assets.make_catalogues(self.places):
            self.progress.say("catalogues: compiled")
        with ThreadPoolExecutor(1) as pool:
            static = pool.submit(assets.collect_static, self.places, environment)
            try:
                content.bring_up_to_date(opened, self.places, self.progress)
            except BaseException:
                # The pool waits for what it has begun.
                commands.end_running()
                raise
            if static.result():
                self.progress.say("static files: collected")
        return opened

    def launch(self, opened: Opened) -> None:
        """Web first, job worker once the first page is out: both at once would slow that page down."""
        environment = runtime_environment(self.places, opened.addresses, {"DEBUG": "1"} if self.reload else None)
        self.web = Child("web", self.web_command(), environment, self.places, to_terminal=self.reload)
        self.web.start()
        self.progress.say("web: starting")
        wait_for_first_page(self.web, self.port, self.host)
        self.progress.say(f"web: first page served at http://{self.host}/")
        self.worker = Child("worker", self.manage("procrastinate", "worker"), environment, self.places)
        self.worker.start()

    def manage(self, *words: str) -> list[str]:
        return [commands.python(self.places.clone), "manage.py", *words]

    def web_command(self) -> list[str]:
        if self.reload:
            return self.manage("runserver", f"127.0.0.1:{self.port}")
        # Each thread keeps a connection to the database: as many as it is ready for, further requests wait.
        threads = ["--workers", WEB_WORKERS, "--blocking-threads", WEB_THREADS, "--backpressure", "64"]
        place = ["--host", "127.0.0.1", "--port", str(self.port), "--workers-kill-timeout", "3"]
        options = ["--interface", "wsgi", "--no-ws", "--respawn-failed-workers", *threads, *place]
        return [commands.python(self.places.clone), "-m", "granian", *options, "portal.wsgi:application"]

    def show(self) -> None:
        """The table, and how to end it."""
        listing = content.accounts_file(self.places, cache.content_key(self.places.clone)).read_text()
        print(f"\n{accounts.table(accounts.rows_of(listing))}\n", flush=True)
        print(f"http://{self.host}/ is open after {self.progress.seconds:.1f} s. Ctrl-C ends everything.", flush=True)

    def keep_dump(self, opened: Opened) -> None:
        """Keeps a freshly built database for a later start from nothing; a failure here costs only time later."""
        if not (self.is_fresh and opened.cluster):
            return
        with contextlib.suppress(RuntimeError, OSError):
            cache.write_dump(opened.cluster, DATABASE, self.places, cache.content_key(self.places.clone))

    def watch(self, opened: Opened) -> None:
        """Stays until asked to end; brings back what dies. Stop when one dies again and again."""
        while True:
            for child in (self.web, self.worker):
                if child and child.ended():
                    self.bring_back(child)
            if opened.cluster and not opened.cluster.is_running():
                self.progress.say("database: the server is gone, starting it again")
                opened.cluster.start()
            time.sleep(1)

    def bring_back(self, child: Child) -> None:
        code = child.program.returncode if child.program else None
        self.progress.say(f"{child.name}: ended by itself ({code}); its last words:\n{child.last_words()}")
        if not child.restart():
            raise Stop(f"{child.name} keeps ending; its log: {child.log}")
        self.progress.say(f"{child.name}: started again")

    def end(self) -> None:
        """Ends web, job worker and PostgreSQL in this order."""
        ignore_signals()
        commands.end_running()
        for child in (self.web, self.worker):
            if child and child.program:
                child.stop()
                self.progress.say(f"{child.name}: ended")
        if self.opened and self.opened.cluster:
            self.opened.cluster.stop()
            self.progress.say("database: ended")

    def run(self) -> None:
        opened = self.prepare()
        self.launch(opened)
        self.show()
        # A thread: someone who presses Ctrl-C right away must not wait for it.
        threading.Thread(target=self.keep_dump, args=(opened,), daemon=True).start()
        self.watch(opened)


@contextlib.contextmanager
def alone(places: Places) -> Iterator[None]:
    """Holds the demo's lock; Stop when the demo runs already in this clone."""
    try:
        with locks.hold(places.data / "demo.lock", wait=False):
            yield
    except locks.Taken as taken:
        raise Stop("The demo runs already in this clone. `make stop` ends it.") from taken


def main() -> int:
    end_on_signals()
    places = Places.here()
    try:
        places.make()
        with alone(places):
            demo = Demo(places, "--reload" in sys.argv[1:])
            try:
                demo.run()
            finally:
                demo.end()
    except Ended:
        return 0
    except ValueError as error:
        return fail(f"PORT must be a number from 1 to 65535: {error}")
    except (Stop, Refused, StartFailed, PermissionError, commands.Failed) as error:
        return fail(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
