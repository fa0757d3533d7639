MATCH (:Company)-[t:SELLS_TO]->(:Company)
WITH t.evidence AS evidence, count(t) AS trades
WHERE trades > 1 AND evidence <> ''
RETURN count(evidence) AS n
