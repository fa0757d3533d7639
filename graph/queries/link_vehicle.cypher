MATCH (c:Company {id: $company}), (v:Vehicle {id: $id})
CREATE (c)-[:OWNS {evidence: $evidence}]->(v)
