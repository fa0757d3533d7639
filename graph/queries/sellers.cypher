MATCH (a:Company)-[t:SELLS_TO]->(:Company {id: $id})
RETURN a.id AS id, a.name AS name, sum(t.amount_cny) AS amount_cny, count(t) AS papers,
       max(t.on_date) AS last_on
ORDER BY amount_cny DESC, id
LIMIT 50
