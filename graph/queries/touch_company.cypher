MERGE (c:Company {id: $id})
