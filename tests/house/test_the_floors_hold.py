from django.apps import apps

from tests.house import floors

ROOM_FILES = {
    "__init__.py", "apps.py", "README.md", "errors.py", "models.py", "policies.py", "queries.py",
    "services.py", "forms.py", "views.py", "urls.py", "jobs.py", "measures.py", "templates", "static",
    "reference", "tests", "migrations", "__pycache__", "py.typed",
}  # fmt: skip
FREE = {"foundation", "site"}  # the ground has named parts, the roof has commands
SUBJECTS = {
    "accounts": {"middleware.py", "adapter.py"},
}


def test_foreign_keys_point_down():
    height = floors.floors()
    climbing = []
    for model in apps.get_models():
        here = floors.room_of(model)
        for field in model._meta.get_fields():
            if (
                here is None
                or not field.is_relation
                or field.auto_created
                or not field.related_model
            ):
                continue
            there = floors.room_of(field.related_model)
            if there and there != here and height[there] >= height[here]:
                climbing.append(
                    f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
                )
    assert climbing == []


def test_every_room_explains_itself_in_a_readme():
    assert [room.name for room in floors.rooms() if not (room / "README.md").exists()] == []


def test_no_room_has_a_junk_drawer():
    junk = {
        "utils.py",
        "helpers.py",
        "common.py",
        "base.py",
        "constants.py",
        "mixins.py",
        "misc.py",
    }
    assert [
        str(p.relative_to(floors.SOURCE)) for p in floors.SOURCE.rglob("*.py") if p.name in junk
    ] == []


def test_the_ground_speaks_no_room_s_word():
    words = ("survivor", "referral", "shelter", "hotline", "indicator", "casework", "dashboard")
    allowed = {"README.md", "icons.txt"}
    found = [
        f"{path.relative_to(floors.SOURCE)}: {word}"
        for path in (floors.SOURCE / "foundation").rglob("*.py")
        if "tests" not in path.parts and path.name not in allowed
        for word in words
        if word in path.read_text(encoding="utf-8").lower()
    ]
    assert found == []
