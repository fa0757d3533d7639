MATCH (c:Company {id: $id}), (p:Place {name: $name})
MERGE (c)-[:LOCATED_AT]->(p)
