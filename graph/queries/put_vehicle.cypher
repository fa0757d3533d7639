MERGE (v:Vehicle {id: $id})
SET v.plate = $plate
