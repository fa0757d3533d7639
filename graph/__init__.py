"""Industry and enterprise graph, and the experts' knowledge base."""

from graph import server
from graph.engine import Engine, open_engine
from graph.exporting import Moved, export_graph, write_graph
from graph.health import Health, look_over
from graph.industry import Industry, Match, ProofHabit, Question
from graph.knowledge_base import Knowledge, knowledge
from graph.loading import load_graph
from graph.plausibility import check
from graph.records import Neighbourhood, Trade
from graph.store import Graph, open_graph
from graph.trade_checks import Finding

__all__ = [
    "Engine",
    "Finding",
    "Graph",
    "Health",
    "Industry",
    "Knowledge",
    "Match",
    "Moved",
    "Neighbourhood",
    "ProofHabit",
    "Question",
    "Trade",
    "check",
    "export_graph",
    "knowledge",
    "load_graph",
    "look_over",
    "open_engine",
    "open_graph",
    "server",
    "write_graph",
]
