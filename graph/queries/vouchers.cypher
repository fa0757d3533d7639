MATCH (c:Company {id: $id})-[:SHOWN_BY]->(v:Voucher)
RETURN v.id AS id, v.kind AS kind, v.number AS number
ORDER BY id
