MATCH (c:Company)-[o:OPERATES_IN]->(:Industry)
WITH c, count(o) AS trades
WHERE trades > 1
RETURN count(c) AS n
