MATCH (v:Vehicle {evidence: $evidence})
DETACH DELETE v
