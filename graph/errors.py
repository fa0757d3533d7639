"""What can go wrong in the graph room.

RoomError
└── GraphError
    ├── EngineUnknown       graph_engine_unknown
    ├── GraphUnavailable    graph_unavailable (retryable)
    └── KnowledgeBroken     knowledge_broken
"""

from bailing.terms import RoomError


class GraphError(RoomError):
    """Anything that the graph room refuses."""

    code = "graph"


class EngineUnknown(GraphError):
    """An address whose engine is not known."""

    code = "graph_engine_unknown"


class GraphUnavailable(GraphError):
    """The engine did not answer."""

    code = "graph_unavailable"
    retryable = True


class KnowledgeBroken(GraphError):
    """An industry file is not as it must be; the message names file and place."""

    code = "knowledge_broken"
