MATCH (v:Voucher {id: $evidence})<-[:SHOWN_BY]-(c:Company)<-[t:SELLS_TO]-(o:Company)
WHERE t.evidence = $evidence
RETURN o.id AS id
