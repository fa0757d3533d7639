MERGE (v:Voucher {id: $evidence})
SET v.kind = $kind, v.number = $number
