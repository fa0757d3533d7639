MATCH (a:Company {id: $seller}), (b:Company {id: $buyer})
CREATE (a)-[:SELLS_TO {amount_cny: $amount_cny, on_date: $on_date, evidence: $evidence, number: $number}]->(b)
