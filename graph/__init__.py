"""Industry and enterprise graph, and the experts' knowledge base."""

from graph.engine import Engine
from graph.industry import Industry, Match, ProofHabit, Question
from graph.knowledge_base import Knowledge, knowledge
from graph.plausibility import Finding, check
from graph.store import Graph, Trade, open_graph

__all__ = [
    "Engine",
    "Finding",
    "Graph",
    "Industry",
    "Knowledge",
    "Match",
    "ProofHabit",
    "Question",
    "Trade",
    "check",
    "knowledge",
    "open_graph",
]
