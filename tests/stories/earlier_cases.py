"""Cases from before the story begins, through the application's own verbs.

A figure that counts few people is hidden (below 5 on the committee's screens, below 10 in documents
that leave it). So that a change can be seen, many people were helped before: in Thới Lai enough to
be shown, in Ninh Kiều and Ô Môn so few that they stay hidden. Run in the data folder's environment.
"""

from uuid import UUID, uuid5

from diemtua.site import reaching

NAMESPACE = UUID("b9b7c5a0-57a0-4c44-9d4a-73746f727931")
EMAILS = {
    "counsellor": "tongdai2", "colleague": "truonghop2", "lan": "tongdai", "hanh": "truonghop",
    "mai": "thukyban",
}  # fmt: skip
CITY_LIFE = {"c31258": (22, 10), "c31135": (6, 3), "c31153": (6, 3)}  # detected, helped


def main():
    askers = {name: _asker(f"{email}@mau.diemtua.example") for name, email in EMAILS.items()}
    for unit, (detected, helped) in CITY_LIFE.items():
        for number in range(detected):
            key = uuid5(NAMESPACE, f"{unit}/{number}")
            _open(askers["counsellor"], key, unit)
            if number < helped:
                _help(askers["colleague"], key)
    _something_on_every_page(askers)


def _asker(email):
    from diemtua.accounts.models import User
    from diemtua.accounts.queries import asker_of_user

    # Nobody has signed in yet: the person and the memberships are read as the owner.
    return asker_of_user(User.objects.using("owner").get(email=email))


def _open(asker, key, unit, *, shares=()):
    from diemtua.casework.cases import services

    with asking(asker):
        return services.open_case(
            asker=asker, id=key, at=clock.now(), unit_key=unit, gbv_type="PSYCHOLOGICAL_ABUSE",
            acts=["b"], danger_now=False, sex="FEMALE", age_group="FROM_26", story="",
            identity={"full_name": "", "phones": [], "address": "", "birth_year": None},
            safe_contact={"phone": "", "hours": "", "say": "", "note": ""},
            consent=services.ConsentGiven(
                store=True, statistics=True, shares=shares, how="SPOKEN_BY_PHONE"
            ),
        )  # fmt: skip


def _help(asker, key):
    from diemtua.casework.cases import services

    at = clock.now()
    with asking(asker):
        case = services.take_over(asker=asker, case_id=key, at=at)
        services.record_service(
            asker=asker, id=uuid5(key, "service"), case=case, sector="HEALTH",
            outcome="GIVEN", given_on=at.date(), at=at,
        )  # fmt: skip


def _something_on_every_page(askers):
    """A case of Hạnh's, a referral that waits for Phúc, an issued report."""
    from diemtua.casework.cases import services as cases
    from diemtua.casework.referrals import services as referrals
    from diemtua.directory.models import Facility
    from diemtua.reports import queries
    from diemtua.reports import services as reports
    from diemtua.reports.material import Told

    lan, hanh, mai = askers["lan"], askers["hanh"], askers["mai"]
    key = uuid5(NAMESPACE, "everywhere")
    _open(lan, key, "c31258", shares=(cases.Share(("NEEDS",), kind="SHELTER"),))
    at = clock.now()  # later than the consent
    with asking(hanh):
        case = cases.take_over(asker=hanh, case_id=key, at=at)
        house = Facility.objects.get(name="Địa chỉ tin cậy ấp Mẫu (mẫu)")
        referrals.send(
            asker=hanh, id=key, case=case, facility_id=house.pk, sections=[], adults=1,
            children=1, at=at,
        )  # fmt: skip
    with asking(mai):
        told = Told("Đã trực đường dây.", "Trực tiếp.", ("Thành viên Ban",), False, "", "Mẫu")
        reports.issue(asker=mai, id=key, period=queries.periods(at)[1], told=told, at=at)


if __name__ == "__main__":
    with reaching.running_database():
        from diemtua.foundation import clock
        from diemtua.foundation.database.asker import asking

        main()
