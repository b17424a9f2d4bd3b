"""A hint that is told in a transaction reaches the pages that are open on its topic."""

import asyncio
from uuid import uuid4

import pytest

from diemtua.foundation.live.hub import Hub, missed
from diemtua.foundation.live.tests import lines

pytestmark = pytest.mark.django_db(transaction=True)
OURS, THEIRS = f"org:{uuid4()}", f"org:{uuid4()}"


def run(story):
    asyncio.run(story())


def test_one_hint_after_the_other_arrives_and_no_other_topic_s():
    async def story():
        async with Hub().listening(frozenset({"figures"})) as listener:
            for event in ("first", "second", "third"):
                await lines.tell((THEIRS, "not-ours"))
                await lines.tell(("figures", event))
                assert await lines.heard(listener) == event
            assert await lines.is_silent(listener)

    run(story)


def test_every_open_page_hears_over_one_connection():
    async def story():
        hub = Hub()
        async with (
            hub.listening(frozenset({OURS})) as one,
            hub.listening(frozenset({OURS, "figures"})) as two,
        ):
            await lines.tell((OURS, "for-both"))
            assert [await lines.heard(one), await lines.heard(two)] == ["for-both", "for-both"]
            await lines.tell(("figures", "for-one"))
            assert await lines.heard(two) == "for-one"
            assert await lines.is_silent(one)

    run(story)


def test_what_is_rolled_back_is_not_told():
    async def story():
        async with Hub().listening(frozenset({OURS})) as listener:
            await lines.tell((OURS, "undone"), is_undone=True)
            await lines.tell((OURS, "done"))
            assert await lines.heard(listener) == "done"
            assert (await lines.apart(missed, frozenset({OURS}), 0))[0] == ["done"]

    run(story)


def test_what_began_earlier_and_commits_later_is_heard_and_missed_by_nobody():
    slow = lines.another_transaction()

    async def story():
        async with Hub().listening(frozenset({OURS})) as listener:
            lines.tell_there(slow, OURS, "slow")
            await lines.tell((OURS, "quick"))
            hint = await asyncio.wait_for(listener.next(), lines.SOON)
            assert hint.event == "quick"
            slow.commit()
            assert await lines.heard(listener) == "slow"
        events, horizon = await lines.apart(missed, frozenset({OURS}), hint.horizon)
        assert "slow" in events  # a page whose line broke after "quick"
        await lines.tell((OURS, "after"))
        # Whoever else writes on this server may hold the horizon back: twice is allowed, never is not.
        assert "after" in (await lines.apart(missed, frozenset({OURS}), horizon))[0]

    run(story)
    slow.close()


def test_a_line_that_breaks_between_two_hints_of_one_moment_misses_none():
    async def story():
        async with Hub().listening(frozenset({OURS})) as listener:
            await lines.tell((OURS, "one"), (OURS, "other"))
            hint = await asyncio.wait_for(listener.next(), lines.SOON)
        assert (await lines.apart(missed, frozenset({OURS}), hint.horizon))[0] == ["one", "other"]

    run(story)


def test_a_thousand_hints_of_one_event_wait_as_one_and_hide_no_other():
    async def story():
        async with Hub().listening(frozenset({OURS})) as listener:
            await lines.tell(*[(OURS, "case")] * 1000, (OURS, "duty"))
            assert [await lines.heard(listener) for _turn in range(2)] == ["case", "duty"]
            assert await lines.is_silent(listener)
            await lines.tell((OURS, "case"))
            assert await lines.heard(listener) == "case"

    run(story)


def test_a_page_that_was_just_made_hears_what_was_told_meanwhile():
    async def story():
        await lines.tell((OURS, "meanwhile"))
        assert (await lines.apart(missed, frozenset({OURS}), None, seconds=1))[0] == ["meanwhile"]
        assert (await lines.apart(missed, frozenset({THEIRS}), None, seconds=1))[0] == []

    run(story)


def test_two_thousand_idle_pages_cost_one_connection():
    async def story():
        before, hub = await lines.apart(lines.connections_open), Hub()
        leave = asyncio.Event()

        async def page(number):
            async with hub.listening(frozenset({f"unit:c{number}"})):
                await leave.wait()

        pages = [asyncio.create_task(page(number)) for number in range(2000)]
        async with hub.listening(frozenset({"figures"})) as listener:
            assert await lines.apart(lines.connections_open) == before + 1
            await lines.tell(("figures", "figures"))
            assert await lines.heard(listener) == "figures"
        leave.set()
        await asyncio.gather(*pages)
        await asyncio.sleep(lines.A_MOMENT)
        assert await lines.apart(lines.connections_open) == before

    run(story)


def test_a_connection_that_broke_comes_back_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr("diemtua.foundation.live.hub.RETRY_SECONDS", 0.3)
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE '%live_event%'"
        " AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    as_login = "SET ROLE NONE"  # who may end its own connections

    async def story():
        async with Hub().listening(frozenset({OURS})) as listener:
            await asyncio.sleep(lines.A_MOMENT)
            assert await lines.apart(lines.ask, as_login, kill) == [(True,)]
            await lines.tell((OURS, "while-down"))
            assert await lines.heard(listener) == "while-down"

    run(story)
