"""Industry and enterprise graph, and the experts' knowledge base."""

from graph.engine import Engine
from graph.industry import Industry, Match, ProofHabit, Question
from graph.knowledge_base import Knowledge, knowledge
from graph.plausibility import check
from graph.records import Neighbourhood, Trade
from graph.store import Graph, open_graph
from graph.trade_checks import Finding

__all__ = [
    "Engine",
    "Finding",
    "Graph",
    "Industry",
    "Knowledge",
    "Match",
    "Neighbourhood",
    "ProofHabit",
    "Question",
    "Trade",
    "check",
    "knowledge",
    "open_graph",
]
