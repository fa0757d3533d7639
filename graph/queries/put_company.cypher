MERGE (c:Company {id: $id})
SET c.name = $name, c.credit_code = $credit_code, c.industry_code = $industry_code,
    c.region = $region, c.legal_person = $legal_person, c.registered_on = $registered_on,
    c.evidence = $evidence
