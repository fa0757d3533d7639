MATCH (v:Voucher {id: $evidence})<-[:SHOWN_BY]-(c:Company)<-[t:SELLS_TO]-(:Company)
WHERE t.evidence = $evidence
DELETE t
