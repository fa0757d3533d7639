MATCH (a:Company)-[t:SELLS_TO]->(b:Company {id: $id})
RETURN a.id AS seller, b.id AS buyer, a.name AS seller_name, b.name AS buyer_name,
       t.amount_cny AS amount_cny, t.on_date AS on_date, t.evidence AS evidence,
       t.number AS number
