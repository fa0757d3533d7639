MERGE (c:Company {id: $id})
SET c.name = $name
