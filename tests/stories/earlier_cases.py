"""Cases from before the story begins, through the application's own verbs.

A figure that counts few people is hidden (below 5 on the committee's screens, below 10 in documents
that leave it). So that a change can be seen, many people were helped before: in Thới Lai enough to
be shown, in Ninh Kiều and Ô Môn so few that they stay hidden. Run in the data folder's environment.
"""
# ruff: noqa: PLC0415 - models can be imported only after Django is set up

from uuid import UUID, uuid5

from diemtua.site import installation

NAMESPACE = UUID("b9b7c5a0-57a0-4c44-9d4a-73746f727931")
CITY_LIFE = {"c31258": (22, 10), "c31135": (6, 3), "c31153": (6, 3)}  # detected, helped


def main():
    from diemtua.accounts.models import User
    from diemtua.accounts.queries import asker_of_user

    people = User.objects.using("owner")
    counsellor = people.get(email="tongdai2@mau.diemtua.example")
    worker = people.get(email="truonghop2@mau.diemtua.example")
    askers = asker_of_user(_plain(counsellor)), asker_of_user(_plain(worker))
    for unit, (detected, helped) in CITY_LIFE.items():
        for number in range(detected):
            key = uuid5(NAMESPACE, f"{unit}/{number}")
            _case(*askers, key=key, unit=unit, is_helped=number < helped)


def _plain(user):
    user._state.db = "owner"  # memberships are read as the owner: nobody has signed in yet
    return user


def _case(counsellor, worker, *, key, unit, is_helped):
    from diemtua.casework.cases import services
    from diemtua.foundation import clock
    from diemtua.foundation.database.asker import asking

    at = clock.now()
    with asking(counsellor):
        services.open_case(
            asker=counsellor, id=key, at=at, unit_key=unit, gbv_type="PSYCHOLOGICAL_ABUSE",
            acts=["b"], danger_now=False, sex="FEMALE", age_group="FROM_26", story="",
            identity={"full_name": "", "phones": [], "address": "", "birth_year": None},
            safe_contact={"phone": "", "hours": "", "say": "", "note": ""},
            consent=services.ConsentGiven(
                store=True, statistics=True, shares=(), how="SPOKEN_BY_PHONE"
            ),
        )  # fmt: skip
    if is_helped:
        with asking(worker):
            case = services.take_over(asker=worker, case_id=key, at=at)
            services.record_service(
                asker=worker, id=uuid5(key, "service"), case=case, sector="HEALTH",
                outcome="GIVEN", given_on=at.date(), at=at,
            )  # fmt: skip


if __name__ == "__main__":
    with installation.running_database():
        main()
