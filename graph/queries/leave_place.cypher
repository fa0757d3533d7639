MATCH (c:Company {id: $id})-[l:LOCATED_AT]->(:Place)
DELETE l
