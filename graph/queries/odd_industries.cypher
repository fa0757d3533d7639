MATCH (i:Industry)
WHERE (i.level IS NULL OR i.level <> 'section') AND NOT EXISTS { MATCH (i)-[:PART_OF]->(:Industry) }
RETURN count(i) AS n
