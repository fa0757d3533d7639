MATCH (v:Voucher {id: $evidence})<-[:SHOWN_BY]-(c:Company)
WHERE c.evidence = $evidence
SET c.name = NULL, c.credit_code = NULL, c.legal_person = NULL, c.registered_on = NULL,
    c.evidence = NULL
