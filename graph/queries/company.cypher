MATCH (c:Company {id: $id})
RETURN c.name AS name, c.credit_code AS credit_code, c.industry_code AS industry_code,
       c.region AS region, c.legal_person AS legal_person, c.registered_on AS registered_on,
       c.evidence AS evidence
