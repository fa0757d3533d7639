UNWIND $rows AS row
MATCH (i:Industry {code: row.code})
WITH i, row
MATCH (p:Industry {code: row.parent})
MERGE (i)-[:PART_OF]->(p)
