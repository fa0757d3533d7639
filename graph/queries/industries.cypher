MATCH (i:Industry)
OPTIONAL MATCH (i)-[:PART_OF]->(p:Industry)
RETURN i.code AS code, p.code AS parent
