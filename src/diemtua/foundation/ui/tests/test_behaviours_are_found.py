import re
from pathlib import Path

from django.apps import apps
from django.contrib.staticfiles import finders

from diemtua.foundation.ui import behaviours, styles

NAMED = re.compile(r"""(?:data-behaviour|\bbehaviour)=["']([a-z0-9 -]+)["']""")


def test_every_behaviour_that_a_template_names_has_its_module():
    known = behaviours.addresses()
    missing = {
        name
        for config in apps.get_app_configs()
        if config.name.startswith("diemtua.")
        for template in Path(config.path).rglob("*.html")
        for match in NAMED.finditer(template.read_text(encoding="utf-8"))
        for name in match[1].split()
        if name not in known
    }
    assert missing == set()


def test_a_behaviour_is_short():
    for name in ("house", *behaviours._paths()):
        path = behaviours._paths().get(name, "ui/js/house.js")
        lines = Path(finders.find(path)).read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 110, name


def test_every_component_stylesheet_is_linked():
    assert any(address.endswith("components/button.css") for address in styles.addresses())


def test_htmx_never_starts_without_its_guard():
    script = Path(finders.find("vendor/htmx.min.js")).read_text(encoding="utf-8")
    assert "hx-csp" in script
    assert "sourceMappingURL" not in script
