"""A text turn through the gateway, beside Rasa asked directly, in one run.

    python -m bench.text_turn [--rounds N] [--pause SECONDS] [--json]

Starts an installation, and then says the same words, one turn a second: to the gateway (from
sending until the first bubble of the answer is here, all of it kept on disk), to Rasa's REST
channel with the actions behind it, and to Rasa's parser alone. Aim (DESIGN section 11): 60 ms at
p50 and 150 ms at p95 through the gateway.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import httpx

from bench.figures import p50_p95, show
from bench.running import Merchant, installation

AIM_P50_MS, AIM_P95_MS = 60.0, 150.0
TALK = (
    "额度不够用",
    "我同意",
    "三辆车，一个月流水二三十万",
    "利息怎么算",
    "五年了",
    "主要给物流公司跑",
    "为什么只有这么多",
    "怎么提额",
    "没有合同",
    "谢谢",
)
"""A haulier's conversation: consent, answers, side questions."""


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def ask_rasa(http: httpx.Client, url: str, case_id: str, text: str) -> None:
    """One message straight to the REST channel."""
    body = {"sender": case_id, "message": text, "metadata": {"message_id": uuid4().hex}}
    http.post(f"{url}/webhooks/rest/webhook", json=body).raise_for_status()


def parse(http: httpx.Client, url: str, text: str) -> None:
    """One sentence to the parser."""
    http.post(f"{url}/model/parse", json={"text": text}).raise_for_status()


def measure(address: str, rasa_url: str, rounds: int, pause_s: float) -> dict[str, list[float]]:
    """Milliseconds of every turn, by whom it was put to; the first round warms up."""
    took: dict[str, list[float]] = {"gateway": [], "rasa_and_actions": [], "parser": []}
    http = httpx.Client(timeout=60, trust_env=False)
    for number in range(rounds + 1):
        with Merchant(address, "wang") as spoken, Merchant(address, "wang") as direct:
            ways: dict[str, Callable[[str], object]] = {
                "gateway": spoken.say,
                "rasa_and_actions": partial(ask_rasa, http, rasa_url, direct.case_id),
                "parser": partial(parse, http, rasa_url),
            }
            for text in TALK:
                for name, way in ways.items():
                    ms = timed(partial(way, text))
                    if number:
                        took[name].append(ms)
                    time.sleep(pause_s / len(ways))
    http.close()
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with installation() as running:
        took = measure(running.address, running.rasa_url, options.rounds, options.pause)
    figures: dict[str, float | int] = {"turns": len(took["gateway"])}
    for name, ms in took.items():
        figures |= p50_p95(f"{name}_ms", ms, 1)
    figures["gateway_to_rasa_p50"] = round(
        figures["gateway_ms_p50"] / figures["rasa_and_actions_ms_p50"], 2
    )
    figures |= {"aim_ms_p50": AIM_P50_MS, "aim_ms_p95": AIM_P95_MS}
    show(figures, as_json=options.json)


if __name__ == "__main__":
    main()
