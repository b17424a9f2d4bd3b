import re
import subprocess

from tests.house import floors


def tracked():
    listing = subprocess.run(
        ["git", "ls-files"], cwd=floors.ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [floors.ROOT / line for line in listing.splitlines()]


def test_locks_carry_hashes_and_no_address():
    for name in ("requirements/dev.txt", "requirements/base.txt", "requirements/bootstrap.txt"):
        text = (floors.ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index|--find-links|file:", text), name
    assert '"resolved"' not in (floors.ROOT / "package-lock.json").read_text()


def test_no_file_names_a_place_outside_the_project():
    outside = re.compile(r"/work/|/root/|/opt/wheels|\.library|registry\.npm|pypi\.org")
    found = [
        f"{path.relative_to(floors.ROOT)}: {match.group(0)}"
        for path in tracked()
        if path.suffix
        in {".py", ".md", ".toml", ".sh", ".json", ".html", ".js", ".css", ".txt", ""}
        and path.is_file()
        and path.name != "test_the_project_speaks_of_itself_alone.py"
        for match in [outside.search(path.read_text(encoding="utf-8", errors="ignore"))]
        if match
    ]
    assert found == []
