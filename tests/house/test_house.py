"""The house: which room may know which, who uses which library, and how a file begins."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)

# Each room, and the rooms that it may include. model <- the four in the middle <- audit <- cli;
# http implements a port that model declares, and only cli knows it.
ALLOWED = {
    "model": set(),
    "manifest": {"model"},
    "json": {"model"},
    "provider": {"model", "json"},
    "compare": {"model"},
    "report": {"model", "json"},
    "http": {"model"},
    "audit": {"model", "manifest", "provider", "compare", "report"},
    "cli": {"model", "manifest", "json", "provider", "compare", "report", "http", "audit"},
}

# The public headers that are not the model's: one for each verb.
VERBS = {
    "manifest.hpp": "manifest",
    "manifest_writer.hpp": "manifest",
    "provider.hpp": "provider",
    "compare.hpp": "compare",
    "formats.hpp": "report",
    "change_formats.hpp": "report",
    "report_reader.hpp": "report",
    "http_fetcher.hpp": "http",
    "audit.hpp": "audit",
    "waiver_writer.hpp": "manifest",
    "find_changes.hpp": "audit",
    "import.hpp": "audit",
    "merge.hpp": "audit",
    "verify.hpp": "audit",
}

# The libraries that only some rooms may use.
LIBRARIES = {
    "curl/": {"http"},
    "yaml-cpp/": {"manifest"},
    "simdjson": {"json"},
    "nlohmann/": set(),
    "CLI/": {"cli"},
    "spdlog/": {"http", "cli"},
    "openssl/": {"model", "http", "cli"},
    "utf8.h": {"model", "manifest", "json"},
    "fnmatch.h": {"audit"},
}

SOURCES = sorted([*ROOT.glob("src/**/*.[ch]pp"), *ROOT.glob("include/**/*.hpp")])
EVERY_SOURCE = sorted([*SOURCES, *ROOT.glob("tests/**/*.[ch]pp"), *ROOT.glob("samples/**/*.[ch]pp")])


def room_of(path):
    relative = path.relative_to(ROOT)
    if relative.parts[0] == "src":
        return relative.parts[1]
    return VERBS.get(path.name, "model")


def includes_of(path):
    return [quoted or bracketed for quoted, bracketed in INCLUDE.findall(path.read_text())]


def room_of_include(name):
    first, slash, rest = name.partition("/")
    if first == "sipdrift":
        return VERBS.get(rest, "model")
    return first if slash and first in ALLOWED else None


def included_file(name):
    return ROOT / ("include" if name.startswith("sipdrift/") else "src") / name


def test_every_room_is_known():
    assert {path.name for path in (ROOT / "src").iterdir() if path.is_dir()} == set(ALLOWED)
    headers = {path.name for path in (ROOT / "include/sipdrift").iterdir()}
    assert set(VERBS) <= headers


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_includes_only_the_rooms_below_it(path):
    room = room_of(path)
    for name in includes_of(path):
        other = room_of_include(name)
        if other is not None and other != room:
            assert other in ALLOWED[room], f"{room} must not know {name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_used_only_where_it_belongs(path):
    for name in includes_of(path):
        for library, rooms in LIBRARIES.items():
            if name.startswith(library):
                assert path.parts[len(ROOT.parts)] == "src", f"{name} in a public header"
                assert room_of(path) in rooms, f"{name} in {room_of(path)}"


def test_no_files_include_each_other_in_a_circle():
    graph = {path: [included_file(n) for n in includes_of(path) if room_of_include(n)] for path in SOURCES}
    done, open_ = set(), []

    def visit(path):
        assert path not in open_, f"a circle through {path}"
        if path in done:
            return
        open_.append(path)
        for other in graph.get(path, []):
            visit(other)
        open_.pop()
        done.add(path)

    for path in SOURCES:
        visit(path)


@pytest.mark.parametrize("path", EVERY_SOURCE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_opens_with_what_it_is_for(path):
    assert path.read_text().startswith("// ")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_is_small(path):
    assert len(path.read_text().splitlines()) <= 300


def test_main_is_a_few_lines():
    assert len((ROOT / "src/cli/main.cpp").read_text().splitlines()) < 10


def test_the_top_level_holds_nothing_else():
    allowed = {"CMakeLists.txt", "CMakePresets.json", "src", "include", "tests", "samples", "README.md",
               "LICENSE", "CHANGELOG.md", "build"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found <= allowed
