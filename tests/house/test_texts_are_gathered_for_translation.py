from babel.messages.catalog import Message
from tools import build_assets, messages

TEMPLATE = """
<c-button title="{% translate 'Gửi' %}">{% translate "Còn 80%" %}</c-button>
{% blocktranslate trimmed count n=rows %}
  {{ n }} hồ sơ{% plural %}{{ n }} hồ sơ nữa{% endblocktranslate %}
{% translate "Trước" context "trang" %}
{# {% translate "Không" %} #}
"""
PYTHON = """
x = _("Một")
y = ngettext("%(n)d ngày", "%(n)d ngày nữa", n)
z = pgettext("trang", "Sau")
w = _(variable)
"""


def texts(tmp_path, name, code):
    path = tmp_path / name
    path.write_text(code, encoding="utf-8")
    return list(messages.texts_of(path))


def test_texts_of_a_template_are_found_in_attributes_plurals_and_contexts(tmp_path):
    assert texts(tmp_path, "a.html", TEMPLATE) == [
        ("Gửi", None),
        ("Còn 80%%", None),
        (("%(n)s hồ sơ", "%(n)s hồ sơ nữa"), None),
        ("Trước", "trang"),
    ]


def test_texts_of_python_are_found_and_variables_are_not(tmp_path):
    assert texts(tmp_path, "a.py", PYTHON) == [
        ("Một", None),
        (("%(n)d ngày", "%(n)d ngày nữa"), None),
        ("Sau", "trang"),
    ]


def test_a_translation_that_is_missing_or_loses_a_placeholder_is_a_fault():
    assert list(messages._faults_of(Message("Chào %(name)s", "Hello %(name)s"))) == []
    assert list(messages._faults_of(Message("Chào %(name)s", "Hello"))) == ["placeholders differ"]
    assert list(messages._faults_of(Message("Chào", ""))) == ["no English"]


def test_gathering_twice_writes_the_same_file():
    once = messages.written(messages.merged())
    assert once == messages.written(messages.merged())
    assert b"POT-Creation-Date" not in once


def test_the_lock_of_assets_names_versions_and_hashes_only():
    text = build_assets.LOCK.read_text(encoding="utf-8")
    assert "http" not in text
    assert '"integrity": "sha512-' in text


def test_an_icon_that_does_not_exist_is_named():
    try:
        build_assets.sprite(["home", "no-such-icon"])
    except build_assets.AssetsMissing as missing:
        assert "no-such-icon" in str(missing)
    else:
        raise AssertionError("must refuse")
