MATCH (c:Company {id: $company}), (v:Voucher {id: $evidence})
MERGE (c)-[s:SHOWN_BY]->(v)
SET s.evidence = $evidence
