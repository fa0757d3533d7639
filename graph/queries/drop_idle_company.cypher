MATCH (c:Company {id: $id})
WHERE NOT EXISTS { MATCH (c)-[:SELLS_TO]-(:Company) }
DETACH DELETE c
