MATCH (x:Vehicle {id: $id})
DETACH DELETE x
