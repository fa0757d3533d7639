MATCH (i:Industry)-[r:PART_OF]->(p:Industry)
WHERE i.code = p.code
DELETE r
