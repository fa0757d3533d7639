MATCH (x:Vehicle)
WHERE NOT EXISTS { MATCH (x)<-[:OWNS]-(:Company) }
RETURN count(x) AS n
