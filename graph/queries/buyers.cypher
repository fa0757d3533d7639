MATCH (:Company {id: $id})-[t:SELLS_TO]->(b:Company)
RETURN b.id AS id, b.name AS name, sum(t.amount_cny) AS amount_cny, count(t) AS papers,
       max(t.on_date) AS last_on
ORDER BY amount_cny DESC, id
LIMIT 50
