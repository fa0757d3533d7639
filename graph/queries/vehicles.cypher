MATCH (c:Company {id: $id})-[o:OWNS]->(v:Vehicle)
RETURN DISTINCT v.id AS id, v.plate AS plate, o.evidence AS evidence
