// What the check of a policy has to know of this station: who keeps it, and who could approve what.
import type { PolicyFacts } from '../contracts/policy-findings.ts'
import type { Role } from '../contracts/roles.ts'
import { keepersOf } from './keepers.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { readStation } from './signing.ts'

export function policyFacts(source: Ledger | Recorder): PolicyFacts {
  const [longest] = source.find('credential', longestFirst)
  const digits = longest ? (JSON.parse(longest.parameters) as { digits: number }).digits : 0
  const group = readStation(source)?.station_group ?? null
  return { group, keepers: keepersOf(source), able: ablePeople(source), longestCode: digits }
}

/** Two of each set of roles at the most: no more is asked about them. */
function ablePeople(source: Ledger | Recorder): PolicyFacts['able'] {
  const counts = new Map<string, number>()
  for (const { roles } of source.find('person', `id IN (${twoOfEach})`)) counts.set(roles, (counts.get(roles) ?? 0) + 1)
  return [...counts].map(([roles, count]) => ({ roles: JSON.parse(roles) as Role[], count }))
}

const twoOfEach = `SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY roles ORDER BY id) AS place FROM person WHERE status = 'active' AND EXISTS (
      SELECT 1 FROM credential AS its WHERE its.person_id = person.id AND its.kind IN ('totp', 'phone') AND its.status = 'active'
    )
  ) WHERE place <= 2`
const longestFirst =
  "kind = 'totp' AND status = 'active' ORDER BY json_extract(parameters, '$.digits') DESC, id LIMIT 1"
