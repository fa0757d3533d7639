MATCH (c:Company {id: $id}), (i:Industry {code: $code})
MERGE (c)-[:OPERATES_IN]->(i)
