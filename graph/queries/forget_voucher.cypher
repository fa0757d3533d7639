MATCH (v:Voucher {id: $evidence})
DETACH DELETE v
