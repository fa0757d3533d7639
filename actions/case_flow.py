"""The one place where the rooms meet: credit file, graph and risk around one case.

Actions and the task loop call it; nobody else does. Every effect is written once: by message
id and action for what a merchant said, by task id for what a process asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from actions.proof_flow import ProofFlow
from actions.said import Said
from actions.underwriting import Underwriting
from actions.weighing import Weighed
from casefile import Case, CaseFile, EvidenceStatus, Ledger, Purpose, Task, TaskKind
from graph import Graph, Knowledge
from risk import Policy

OUTCOME = "/system_outcome"


class CaseFlow:
    """What happens in a case, step by step.

    Attributes:
        said: What the merchant told of the business, and what is still to be asked.
        decisions: The limit, worked out and explained.
        proofs: What was sent, and what it means.
    """

    def __init__(
        self, casefile: CaseFile, graph: Graph, knowledge: Knowledge, policy: Policy
    ) -> None:
        one = threading.RLock()
        self._casefile = casefile
        self._graph = graph
        self._one = one
        self.said = Said(casefile, knowledge)
        self.decisions = Underwriting(casefile, graph, knowledge, policy, one)
        self.proofs = ProofFlow(casefile, graph, knowledge, one)

    def case(self, case_id: str) -> Case:
        """The case as it stands."""
        with self._casefile.read() as ledger:
            return ledger.cases.get(case_id)

    def set_language(self, case_id: str, language: str) -> None:
        """Speak ``zh`` or ``en`` from now on."""
        with self._casefile.begin() as ledger:
            ledger.cases.set_language(case_id, language)

    # Consent

    def has_consent(self, case_id: str) -> bool:
        """Whether the merchant agrees to the review."""
        with self._casefile.read() as ledger:
            return ledger.cases.has_consent(case_id, Purpose.LIMIT_REVIEW)

    def give_consent(self, case_id: str, message_id: str) -> None:
        """Record the agreement to the review."""
        with self._casefile.begin() as ledger:
            if ledger.cases.give_consent(case_id, Purpose.LIMIT_REVIEW, message_id):
                ledger.audit.append(
                    "consent_given", actor="merchant", case_id=case_id, subject=message_id
                )

    def withdraw_consent(self, case_id: str, message_id: str) -> Decimal:
        """End the agreement and erase all that rested on it; the limit that is left, in yuan."""
        with self._one:
            with self._casefile.begin() as ledger:
                if not ledger.cases.withdraw_consent(case_id, Purpose.LIMIT_REVIEW):
                    return ledger.cases.get(case_id).limit_cny
                proofs = [
                    e
                    for e in ledger.proofs.all(case_id)
                    if e.status is not EvidenceStatus.WITHDRAWN
                ]
                for proof in proofs:
                    ledger.mail.post_evidence(ledger.erase_evidence(proof, actor="merchant"))
                ledger.audit.append(
                    "consent_withdrawn", actor="merchant", case_id=case_id, subject=message_id
                )
                original = ledger.cases.get(case_id).original_limit_cny
                ledger.cases.set_limit(case_id, original)
            for proof in proofs:
                self._graph.forget_evidence(proof.id)
                if proof.sha256:
                    self._casefile.uploads.delete(case_id, proof.sha256)
        return original

    # People

    def ask_review(self, case_id: str, message_id: str, reason: str) -> bool:
        """Queue the case for a person; False when it is queued for this reason already."""
        with self._casefile.begin() as ledger:
            review, new = ledger.decisions.ask_review(case_id, reason, "merchant")
            if new:
                ledger.audit.append(
                    "review_asked", actor="merchant", case_id=case_id, subject=review.id
                )
        return new

    def decide_later(self, case_id: str, message_id: str) -> None:
        """Have the limit worked out as soon as it can be, and told then; once for a message."""
        with self._casefile.begin() as ledger:
            if ledger.mail.effect(message_id, "decide_later") is None:
                first = ledger.decisions.last(case_id) is None
                args = {"message_id": message_id, "first": first}
                ledger.tasks.add(case_id, TaskKind.RESCORE, args)
                ledger.mail.keep_effect(case_id, message_id, "decide_later", args)

    # Tasks

    def claim(self, worker: str) -> Task | None:
        """The next task of the actions process; None when there is none."""
        kinds = [k for k in TaskKind if k is not TaskKind.INSPECT]
        with self._casefile.read() as ledger:
            if not ledger.tasks.waiting(kinds):
                return None
        with self._casefile.begin() as ledger:
            return ledger.tasks.claim(kinds, worker)

    def do(self, task: Task) -> None:
        """Do a task once and have its outcome told."""
        steps = {
            TaskKind.WEIGH: self._weigh,
            TaskKind.CORRECT: self._correct,
            TaskKind.WITHDRAW: self._withdraw,
            TaskKind.RESCORE: self._rescore,
        }
        outcome = steps[task.kind](task)
        with self._casefile.begin() as ledger:
            if ledger.tasks.finish(task.id, outcome) and outcome:
                self._tell(ledger, task.case_id, task.id)

    def fail(self, task: Task, code: str, retry_in_s: float | None) -> None:
        """Give a task back, or up; a proof that could not be weighed is for a person then."""
        with self._casefile.begin() as ledger:
            ledger.tasks.fail(task.id, code, retry_in_s=retry_in_s)
            if retry_in_s is None and task.kind in (TaskKind.WEIGH, TaskKind.CORRECT):
                self.proofs.leave_to_person(ledger, task.case_id, str(task.args["evidence_id"]))

    def _tell(self, ledger: Ledger, case_id: str, task_id: str) -> None:
        ledger.mail.receive(
            case_id,
            channel="system",
            platform_key=task_id,
            kind="internal",
            text=OUTCOME,
            metadata={"task_id": task_id},
        )

    def outcome(self, case_id: str, task_id: str) -> Mapping[str, Any] | None:
        """What a task of this case brought; None where it is not one."""
        with self._casefile.read() as ledger:
            try:
                task = ledger.tasks.get(task_id)
            except LookupError:
                return None
        return task.outcome if task.case_id == case_id else None

    def _weigh(self, task: Task) -> dict[str, Any]:
        evidence_id = str(task.args["evidence_id"])
        weighed = self.proofs.take(task.case_id, evidence_id)
        if weighed is None:
            return {}
        outcome = _outcome(weighed, evidence_id)
        if weighed.status is EvidenceStatus.ACCEPTED:
            self.proofs.weigh_waiting(task.case_id, evidence_id, weighed)
            decision = self.decisions.decide(task.case_id, "evidence", key=task.id)
            outcome |= {"decision_id": decision["decision_id"]}
        return outcome

    def _correct(self, task: Task) -> dict[str, Any]:
        evidence_id = str(task.args["evidence_id"])
        weighed = self.proofs.take(task.case_id, evidence_id)
        if weighed is None:
            return {}
        decision = self.decisions.decide(task.case_id, "correction", key=task.id, may_fall=True)
        return {
            **_outcome(weighed, evidence_id),
            "status": "corrected",
            "decision_id": decision["decision_id"],
        }

    def _withdraw(self, task: Task) -> dict[str, Any]:
        evidence_id = str(task.args["evidence_id"])
        with self._one:
            self._graph.forget_evidence(evidence_id)
        if not self.has_consent(task.case_id):
            return {"status": "withdrawn", "evidence_id": evidence_id}
        lost = self.proofs.weigh_again(task.case_id, without=evidence_id)
        decision = self.decisions.decide(task.case_id, "withdrawal", key=task.id, may_fall=True)
        return {
            "status": "withdrawn",
            "evidence_id": evidence_id,
            "lost": [kind.value for kind in lost],
            "decision_id": decision["decision_id"],
        }

    def _rescore(self, task: Task) -> dict[str, Any]:
        """Work the limit out again, or on what was said when it could not be."""
        asked_by = task.args.get("message_id")
        cause = "said" if asked_by else "rescore"
        decision = self.decisions.decide(task.case_id, cause, key=asked_by or task.id)
        first = bool(task.args.get("first"))
        return {"decision_id": decision["decision_id"], "first": first}


def _outcome(weighed: Weighed, evidence_id: str) -> dict[str, Any]:
    finding = weighed.findings[0] if weighed.findings else {"zh": "", "en": ""}
    return {
        "status": weighed.status.value,
        "evidence_id": evidence_id,
        "voucher_type": weighed.voucher_type.value,
        "finding": dict(finding),
    }
