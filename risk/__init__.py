"""Facts in, a Decision out: PD, limit, reasons, and which proof next."""

from risk.application import Application, IndustryFigures, ProofPrior
from risk.decision import Decision, decide, decide_many
from risk.policy import Policy, load_policy
from risk.reasons import Reason, SpokenReason, explain
from risk.wire import application_of, fact_json, profile_of, to_json
from risk.worth import Recommendation

__all__ = [
    "Application",
    "Decision",
    "IndustryFigures",
    "Policy",
    "ProofPrior",
    "Reason",
    "Recommendation",
    "SpokenReason",
    "application_of",
    "decide",
    "decide_many",
    "explain",
    "fact_json",
    "load_policy",
    "profile_of",
    "to_json",
]
