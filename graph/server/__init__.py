"""A Neo4j server of our own, without Docker: jars by Maven, a page of Java, one process."""

from graph.server.install import install, missing_tools, version
from graph.server.running import GraphServer, ServerPlan, own_password

__all__ = ["GraphServer", "ServerPlan", "install", "missing_tools", "own_password", "version"]
