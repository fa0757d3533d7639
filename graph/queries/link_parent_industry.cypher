MATCH (i:Industry {code: $code}), (p:Industry {code: $parent})
MERGE (i)-[:PART_OF]->(p)
