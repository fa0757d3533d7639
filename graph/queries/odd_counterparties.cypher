MATCH (c:Company)
WHERE c.id STARTS WITH 'party:' AND NOT EXISTS { MATCH (c)-[:SELLS_TO]-(:Company) }
RETURN count(c) AS n
