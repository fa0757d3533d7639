"""Sixty conversations, each with a process killed or frozen under it, come through by themselves."""

from __future__ import annotations

import pytest

from bench.faults import PROCESSES, SAID, Fault, run_all

pytestmark = pytest.mark.rasa

SEEDS = 60


@pytest.mark.neo4j
def test_every_conversation_comes_through_its_fault(server_plan: object) -> None:
    outcomes, whole = run_all([Fault.of(seed) for seed in range(SEEDS)], together=2)
    broken = [f"{o.fault}: {what}" for o in outcomes for what in o.broken]
    assert not broken, "\n".join(broken)
    assert len(outcomes) == SEEDS
    assert whole


def test_the_seeds_hit_every_process_in_both_ways_in_turns_and_inspections() -> None:
    faults = [Fault.of(seed) for seed in range(SEEDS)]
    photo = [f for f in faults if f.step == len(SAID)]
    turns = [f for f in faults if f.step < len(SAID)]
    assert {(f.process, f.way) for f in faults} == {
        (process, way) for process in PROCESSES for way in {f.way for f in faults}
    }
    assert {f.stage for f in turns} == {"posted", "noted", "tracked", "answered", "kept"}
    assert len({f.stage for f in photo}) == 6
