MATCH (c:Company {id: $id})-[o:OPERATES_IN]->(:Industry)
DELETE o
