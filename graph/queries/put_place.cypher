MERGE (p:Place {name: $name})
