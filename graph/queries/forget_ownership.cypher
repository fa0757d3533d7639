MATCH (v:Voucher {id: $evidence})<-[:SHOWN_BY]-(c:Company)-[o:OWNS]->(:Vehicle)
WHERE o.evidence = $evidence
DELETE o
