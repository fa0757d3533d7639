MERGE (v:Vehicle {id: $id})
SET v.plate = $plate, v.evidence = $evidence
