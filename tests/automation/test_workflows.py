"""The workflows of GitHub Actions: nothing that may be misused, and nothing that a laptop could not do as well."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.commands.project import Project
from tests.conftest import ROOT

FOLDER = ROOT / ".github" / "workflows"
#: Others may come with rules of their own; these are the handbook's.
FILES = sorted(FOLDER.glob("*.yml"))
NAMES = [file.name for file in FILES]
#: An action by its commit, with the version for people beside it.
PINNED = re.compile(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
VERBS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
#: Tests that a pull request is spared: see pyproject.toml.
SPARED = "-m 'not translated'"


class Loader(yaml.SafeLoader):
    """Reads YAML 1.2, as GitHub does: `on` is a word."""


Loader.yaml_implicit_resolvers = {
    first: resolvers for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items() if first not in "oO"
}


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=Loader)
    return found


def jobs(name: str) -> list[tuple[str, dict[str, Any]]]:
    return list(read(name)["jobs"].items())


def steps(name: str) -> list[dict[str, Any]]:
    return [step for _, job in jobs(name) for step in job["steps"]]


def commands(name: str) -> list[str]:
    return [step["run"] for step in steps(name) if "run" in step]


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_named_by_its_commit_with_the_version_beside_it(name: str) -> None:
    lines = [line.strip().removeprefix("- ") for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
    used = [line for line in lines if line.startswith("uses:")]
    assert used
    assert [line for line in used if not PINNED.match(line)] == []


def test_an_action_has_the_same_version_wherever_it_is_used() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    versions: dict[str, set[str]] = {}
    for action, version in re.findall(r"uses: ([\w./-]+)@(\S+ # \S+)", text):
        versions.setdefault(action, set()).add(version)
    assert {action: found for action, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_do_nothing_and_each_job_only_what_it_names(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    for job, settings in jobs(name):
        assert isinstance(settings["permissions"], dict), job
        assert 0 < settings["timeout-minutes"] <= 120, job


@pytest.mark.parametrize("name", NAMES)
def test_a_job_that_may_write_neither_builds_nor_tests(name: str) -> None:
    for job, settings in jobs(name):
        if "write" in settings["permissions"].values():
            made = [step["run"] for step in settings["steps"] if step.get("run", "").startswith("make")]
            assert made == [], job


@pytest.mark.parametrize("name", NAMES)
def test_no_checkout_leaves_its_credentials_behind(name: str) -> None:
    checkouts = [step for step in steps(name) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False] == []


def test_a_pull_request_gets_no_secret_and_no_right_to_write() -> None:
    assert [name for name in NAMES if "pull_request_target" in (FOLDER / name).read_text(encoding="utf-8")] == []
    for name in NAMES:
        triggers = read(name)["on"]
        if "pull_request" in triggers or "workflow_run" in triggers:
            assert "secrets." not in (FOLDER / name).read_text(encoding="utf-8")
            granted = {right for _, job in jobs(name) for right in job["permissions"].values()}
            assert granted <= {"read"}, name


@pytest.mark.parametrize("name", NAMES)
def test_no_command_is_put_together_from_what_others_write(name: str) -> None:
    assert [command for command in commands(name) if "${{" in command] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_a_verb_of_make_or_speaks_to_github(name: str) -> None:
    for command in commands(name):
        for line in command.splitlines():
            words = line.partition(" >")[0].split()
            if words[:2] == ["python3", "-m"]:
                module = ROOT.joinpath(*words[2].split(".")).with_suffix(".py")
                assert words[2].startswith("tools.github."), line
                assert module.is_file(), line
                continue
            if words[0] == "gh":
                continue
            assert words[0] == "make", line
            verbs = [word for word in line.partition(" >")[0].partition(" ARGS=")[0].split()[1:] if "=" not in word]
            assert set(verbs) <= VERBS, line


def test_the_pythons_of_the_tests_are_the_oldest_and_newest_of_the_readme() -> None:
    matrix = dict(jobs("pull-request.yml"))["test"]["strategy"]["matrix"]["python"]
    oldest_newest = re.findall(r"Python (3\.\d+) to (3\.\d+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [tuple(matrix)] == oldest_newest


def test_every_language_is_built_apart_and_all_are_joined() -> None:
    apart = read("languages.yml")["jobs"]
    assert apart["build"]["strategy"]["matrix"]["language"] == Project(ROOT).languages()
    assert apart["join"]["needs"] == "build"
    assert commands("languages.yml") == ['make build LANGUAGES="$ONE"', "make join"]


def test_a_pull_request_is_built_tested_and_summed_up_and_its_books_can_be_looked_at() -> None:
    made = [[step["run"] for step in job["steps"] if "run" in step] for _, job in jobs("pull-request.yml")]
    test, lint, preview = made
    assert test[0] == "make"
    assert lint == ["make lint"]
    assert preview[-1] == 'make changes >> "$GITHUB_STEP_SUMMARY"'
    kept = [step["with"]["path"] for step in steps("pull-request.yml") if "upload-artifact" in step.get("uses", "")]
    assert kept == ["build/site", "build/site/downloads/*.pdf"]


@pytest.mark.parametrize("name", ["pull-request.yml", "main.yml"])
def test_files_that_are_behind_are_made_again_before_the_tests_and_missing_translations_are_no_failure(
    name: str,
) -> None:
    made = [step["run"] for step in dict(jobs(name))["test"]["steps"] if "run" in step]
    assert made[-2:] == ["make refresh", f'make test ARGS="{SPARED}"']


def test_files_that_are_behind_are_published_as_they_should_be_and_proposed() -> None:
    made = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs("main.yml")}
    assert made["build"][0] == "make refresh"
    assert " save build/refresh.patch" in made["build"][1]
    assert " open build/refresh.patch " in made["propose"][0]


def test_a_release_lacks_nothing() -> None:
    assert "make test" in commands("release.yml")


def test_the_site_is_built_for_the_address_at_which_it_is_published() -> None:
    for name in ("main.yml", "release.yml"):
        (built,) = [step for step in steps(name) if "HANDBOOK_BASE_URL" in step.get("env", {})]
        assert built["env"]["HANDBOOK_BASE_URL"] == "${{ steps.pages.outputs.base_url }}"
        assert built["env"]["HANDBOOK_REPOSITORY_URL"] == "${{ github.server_url }}/${{ github.repository }}"


def test_zizmor_finds_nothing_that_could_be_misused() -> None:
    # Beside the Python that runs the tests: see requirements-dev.in.
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert zizmor, "zizmor is not installed; make test installs it"
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--no-config", str(ROOT / ".github")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", [f".github/workflows/{name}" for name in NAMES]),
        ("dependabot", [".github/dependabot.yml"]),
        ("readthedocs", [".readthedocs.yaml"]),
    ],
)
def test_each_file_has_the_form_that_its_service_reads(schema: str, files: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_updates_come_weekly_in_one_pull_request_for_each_kind() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "npm", "github-actions"}
    for update in updates:
        assert update["schedule"]["interval"] == "weekly"
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]]
