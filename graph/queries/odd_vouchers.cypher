MATCH (v:Voucher)
WHERE NOT EXISTS { MATCH (v)<-[:SHOWN_BY]-(:Company) }
RETURN count(v) AS n
