MATCH (c:Company {id: $id})-[:OWNS]->(v:Vehicle)
RETURN DISTINCT v.id AS id, v.plate AS plate
ORDER BY id
