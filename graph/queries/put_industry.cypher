MERGE (i:Industry {code: $code})
