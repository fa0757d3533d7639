MATCH (x:Vehicle {id: $id})
WHERE NOT EXISTS { MATCH (x)<-[:OWNS]-(:Company) }
DETACH DELETE x
