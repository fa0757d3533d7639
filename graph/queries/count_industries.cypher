MATCH (i:Industry)
RETURN count(i) AS n
