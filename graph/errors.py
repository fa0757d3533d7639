"""What can go wrong in the graph room.

RoomError
└── GraphError
    ├── EngineUnknown       graph_engine_unknown
    ├── AddressWrong        graph_address_wrong
    ├── AccessRefused       graph_access_refused
    ├── QueryRefused        graph_query_refused
    ├── SchemaNewer         graph_schema_newer
    ├── GraphFileBroken     graph_file_broken
    ├── ServerRefused       graph_server_refused
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


class AddressWrong(GraphError):
    """An address that lacks a part, the password for instance."""

    code = "graph_address_wrong"


class AccessRefused(GraphError):
    """The server knows neither this user nor this password, or does not let them do it."""

    code = "graph_access_refused"


class QueryRefused(GraphError):
    """The engine does not take a statement, or what it was given."""

    code = "graph_query_refused"


class SchemaNewer(GraphError):
    """The graph was written by a newer version than this one."""

    code = "graph_schema_newer"


class GraphFileBroken(GraphError):
    """A file that cannot be read or written, or is no whole export; the message says where."""

    code = "graph_file_broken"


class ServerRefused(GraphError):
    """The graph server could not be installed or started; the message says what it lacks."""

    code = "graph_server_refused"


class GraphUnavailable(GraphError):
    """The engine did not answer."""

    code = "graph_unavailable"
    retryable = True


class KnowledgeBroken(GraphError):
    """An industry file is not as it must be; the message names file and place."""

    code = "knowledge_broken"
