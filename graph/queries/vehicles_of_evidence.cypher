MATCH (v:Voucher {id: $evidence})<-[:SHOWN_BY]-(c:Company)-[o:OWNS]->(x:Vehicle)
WHERE o.evidence = $evidence
RETURN x.id AS id
