MATCH (:Company)-[o:OWNS]->(:Vehicle)
WHERE NOT EXISTS { MATCH (v:Voucher {id: o.evidence}) }
RETURN count(o) AS n
