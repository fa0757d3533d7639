MATCH (:Company)-[t:SELLS_TO]->(:Company)
WHERE NOT EXISTS { MATCH (v:Voucher {id: t.evidence}) }
RETURN count(t) AS n
