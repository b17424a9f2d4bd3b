"""Every page a role can reach: from its menu, and the main pages of details behind it."""

from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.stories import people


@dataclass(frozen=True)
class Walk:
    """A person and the ways to pages that no menu names: each is followed from the page before."""

    role: str
    name: str
    details: dict[str, tuple[str, ...]] = field(default_factory=dict)


A_CASE = 'a[href^="/truong-hop/"]'
A_FACILITY = 'a[href^="/danh-ba/"]:not([href="/danh-ba/"])'
A_CONTACT = 'a[href^="/truc/"]:not([href="/truc/"]):not([href="/truc/ban-giao/"])'
OWN_PAGES = {
    "waiting": ("/dang-cho/",),
    "account": ("/tai-khoan/",),
    "sessions": ("/tai-khoan/phien/",),
}
CASE_PAGES = {
    "case": ("/viec-hom-nay/", A_CASE),
    "refer": ("/viec-hom-nay/", A_CASE, 'a[href$="/chuyen-gui/"]'),
    "refer-place": ("/viec-hom-nay/", A_CASE, 'a[href$="/chuyen-gui/"]', 'a[href^="?noi="]'),
    "service": ("/viec-hom-nay/", A_CASE, 'a[href$="/dich-vu/"]'),
    "consent": ("/viec-hom-nay/", A_CASE, 'a[href$="/dong-thuan/"]'),
    "assessments": ("/viec-hom-nay/", A_CASE, 'a[href$="/danh-gia/"]'),
    "assessment": (
        "/viec-hom-nay/",
        A_CASE,
        'a[href$="/danh-gia/"]',
        'a[href$="/danh-gia/safety-check/"]',
    ),
    "log": ("/viec-hom-nay/", A_CASE, 'a[href$="/nhat-ky/"]'),
    "incidents": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/su-viec/"]'),
    "reaching": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/lien-lac/"]'),
    "protection": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/bao-ve/"]'),
    "closing": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/khep-lai/"]'),
    "papers": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/ho-so/"]'),
    "perpetrators": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/nguoi-gay-bao-luc/"]'),
    "hand-on": (
        "/viec-hom-nay/",
        A_CASE,
        'a.tab[href$="/nguoi-gay-bao-luc/"]',
        'a[href$="/chuyen/"]',
    ),
    "data-rights": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/quyen-du-lieu/"]'),
    "look-for": ("/tra-cuu/",),
    "facility": ("/danh-ba/", A_FACILITY),
}

WALKS = (
    Walk(
        "counsellor",
        people.COUNSELLOR,
        {
            "contact": ("/truc/", A_CONTACT),
            "open-case": ("/truc/", A_CONTACT, "+mo-ho-so/"),
            "next-shift": ("/truc/ban-giao/",),
            "case": ("/viec-hom-nay/", A_CASE),
            "hand-over": ("/truc/ban-giao/",),
            **OWN_PAGES,
        },
    ),
    Walk("case-worker", people.CASE_WORKER, CASE_PAGES),
    Walk(
        "supervisor",
        people.SUPERVISOR,
        {
            "case": ("/viec-hom-nay/", A_CASE),
            "who-looked": ("/viec-hom-nay/", A_CASE, 'a.tab[href$="/ai-da-xem/"]'),
            "cover": ("/viec-hom-nay/", A_CASE, 'a[href$="/truc-thay/"]'),
            "hand-over": ("/doi/", 'a[href^="/doi/ban-giao/"]'),
        },
    ),
    Walk("perpetrator-worker", people.PERPETRATOR_WORKER, {"open": ("/nguoi-gay-bao-luc/mo/",)}),
    Walk(
        "trusted-address",
        people.TRUSTED_ADDRESS,
        {"referral": ("/chuyen-gui/", '#inbox a[href^="/chuyen-gui/"]')},
    ),
    Walk(
        "commune-officer",
        people.COMMUNE_OFFICER,
        {"duty": ("/viec-theo-luat/", '#duties a[href^="/viec-theo-luat/"]')},
    ),
    Walk(
        "secretary",
        people.SECRETARY,
        {
            "definition": ("/chi-tieu/3.2a/",),
            "new-report": ("/bao-cao/lap/",),
            "report": ("/bao-cao/", 'td a[href^="/bao-cao/"], th a[href^="/bao-cao/"]'),
        },
    ),
    Walk("leader", people.LEADER),
    Walk(
        "data-protection-officer", people.DATA_PROTECTION_OFFICER, {"chain": ("/nhat-ky/chuoi/",)}
    ),
    Walk("auditor", people.AUDITOR),
    Walk(
        "administrator",
        people.ADMINISTRATOR,
        {
            "person": ("/quan-tri/nguoi-dung/", 'main a[href^="/quan-tri/nguoi-dung/"]'),
            "organisation": ("/quan-tri/don-vi/", 'main td a[href^="/quan-tri/don-vi/"]'),
            "new-organisation": ("/quan-tri/don-vi/them/",),
            "line": ("/truc/so-dien-thoai/", 'main th a[href^="/truc/so-dien-thoai/"]'),
            "new-line": ("/truc/so-dien-thoai/them/",),
        },
    ),
)


def pages_of(someone, walk):
    """Go to each page in turn and yield its name; what is not there to be followed is left out."""
    menu = someone.page.locator("nav.rail a.rail-link").evaluate_all(
        "links => [...new Set(links.map(link => link.getAttribute('href')))]"
    )
    for address in menu:
        someone.go(address)
        yield address.strip("/").replace("/", "-") or "home"
    if "contact" in walk.details:
        _begin_a_contact(someone.page)
    for name, way in walk.details.items():
        if _follow(someone, way):
            yield name


def _begin_a_contact(page):
    page.goto("/truc/")
    page.locator("[name=notes]").fill("Chị gọi lại sau.")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")


def _follow(someone, way):
    someone.page.goto(way[0])
    for step in way[1:]:
        if step.startswith("+"):  # a page that a form leads to
            someone.page.goto(someone.page.url + step[1:])
            continue
        link = someone.page.locator(step).first
        assert link.count(), f"{someone.name}: nothing leads on by {step} from {someone.page.url}"
        someone.page.goto(link.evaluate("link => link.href"))
    someone.look()
    return True
