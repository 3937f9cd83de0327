// What the check of a policy has to know of this station: who could prove what, and who is left without somebody.
import type { PolicyFacts } from '../contracts/policy-findings.ts'
import type { Role } from '../contracts/roles.ts'
import { lockedOut } from '../core/policy-lock-out.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { rolesOf } from './people.ts'
import { type PhoneParameters, readPhoneParameters } from './phone-credentials.ts'
import { readPolicy } from './policy.ts'
import { stationRow } from './signing.ts'

/** A person, or some credentials, as if they were not there. */
export interface Without {
  readonly person?: string
  readonly credentials?: readonly string[]
}

export function policyFacts(source: Ledger | Recorder): PolicyFacts {
  const [longest] = source.find('credential', longestFirst)
  const digits = longest ? (JSON.parse(longest.parameters) as { digits: number }).digits : 0
  return { ...keepersOf(source), able: ablePeople(source), longestCode: digits }
}

/** Whether nobody could put anything right any more without them, by the policy in force. False where nobody can as it is. */
export function wouldLockOut(source: Ledger | Recorder, without: Without): boolean {
  const policy = readPolicy(source)
  const isOut = (each: Without) => lockedOut(policy, keepersOf(source, each)) === 'always'
  return isOut(without) && !isOut({})
}

function keepersOf(source: Ledger | Recorder, without: Without = {}): Pick<PolicyFacts, 'group' | 'keepers'> {
  const station = source.get('station', stationRow)
  const credentialsOf = (kind: string, status: string) =>
    source
      .find('credential', `kind = ? AND status = ? AND person_id IN (${administrators})`, kind, status)
      .filter(({ id }) => !without.credentials?.includes(id))
  const ownersOf = (kind: string, status: string) =>
    new Set(credentialsOf(kind, status).map(({ person_id }) => person_id))
  const codes = ownersOf('totp', 'active')
  const phones = credentialsOf('phone', 'active')
  // Whoever has no PIN yet chooses one at the next sign-in: only one that too many tries suspended keeps them out.
  const suspendedPins = ownersOf('pin', 'suspended')
  const keepers = source
    .find('person', `id IN (${administrators})`)
    .filter(({ id }) => id !== without.person)
    .map((person) =>
      JSON.stringify({
        roles: rolesOf(person).toSorted(),
        provesCode: codes.has(person.id),
        provesPin: !suspendedPins.has(person.id),
        ...provedBy(phones.filter((phone) => phone.person_id === person.id).map(readPhoneParameters)),
      }),
    )
  return {
    group: station?.station_group ?? null,
    keepers: [...new Set(keepers)].map((each) => JSON.parse(each) as PolicyFacts['keepers'][number]),
  }
}

/** Two of each set of roles at the most: no more is asked about them. */
function ablePeople(source: Ledger | Recorder): PolicyFacts['able'] {
  const counts = new Map<string, number>()
  for (const { roles } of source.find('person', `id IN (${twoOfEach})`)) counts.set(roles, (counts.get(roles) ?? 0) + 1)
  return [...counts].map(([roles, count]) => ({ roles: JSON.parse(roles) as Role[], count }))
}

function provedBy(phones: readonly PhoneParameters[]) {
  const signing = phones.flatMap((phone) => (phone.form === 'keys' ? [phone] : []))
  return {
    provesPhone: phones.length > 0,
    provesSigned: signing.length > 0,
    provesVerified: signing.some(({ passkey }) => passkey !== null),
  }
}
const administrators = "SELECT id FROM person WHERE status = 'active' AND roles LIKE '%\"administrator\"%'"
const twoOfEach = `SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY roles ORDER BY id) AS place FROM person WHERE status = 'active' AND EXISTS (
      SELECT 1 FROM credential AS its WHERE its.person_id = person.id AND its.kind IN ('totp', 'phone') AND its.status = 'active'
    )
  ) WHERE place <= 2`
const longestFirst =
  "kind = 'totp' AND status = 'active' ORDER BY json_extract(parameters, '$.digits') DESC, id LIMIT 1"
