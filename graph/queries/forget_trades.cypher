MATCH (:Company)-[t:SELLS_TO {evidence: $evidence}]->(:Company)
DELETE t
