MATCH (c:Company {id: $company}), (v:Voucher {id: $evidence})
CREATE (c)-[:SHOWN_BY {evidence: $evidence}]->(v)
