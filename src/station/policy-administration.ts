// The policy, as somebody who is signed in looks at it and changes it.
import type { policyCommands } from '../contracts/commands/policy.ts'
import type { Handlers } from '../contracts/ipc.ts'
import { checkPolicy } from '../core/policy-check.ts'
import type { Administration } from './administration.ts'
import { readPolicy } from './policy.ts'
import { policyFacts } from './policy-facts.ts'
import { listVersions, readVersion, setPolicy, versionInForce, versionsOnPage } from './policy-versions.ts'
import { readStation } from './signing.ts'

export function policyHandlers(administration: Administration): Pick<Handlers, keyof typeof policyCommands> {
  const { clock, station } = administration
  const { ledger } = station
  return {
    readPolicy: () =>
      administration.read('see-policy', () => {
        const group = readStation(ledger)?.station_group ?? null
        return { ok: true, version: versionInForce(ledger), document: readPolicy(ledger), group }
      }),
    listPolicyVersions: ({ page }) =>
      administration.read('see-policy', () => ({ ok: true, ...listVersions(ledger, page), pageSize: versionsOnPage })),
    readPolicyVersion: ({ number }) =>
      administration.read('see-policy', () => {
        const found = readVersion(ledger, number)
        if (!found) return { ok: false, reason: 'no-such-version' }
        const { document, ...version } = found
        return { ok: true, version, document }
      }),
    checkPolicy: ({ document }) =>
      administration.read('change-policy', () => ({ ok: true, ...checkPolicy(document, policyFacts(ledger)) })),
    changePolicy: ({ document, after, reason }) =>
      administration.change('change-policy', (recorder, actor) => {
        const answer = setPolicy(recorder, document, { actor, reason, after, nowMs: clock.nowMs() })
        return answer.ok ? answer : { ok: false, reason: answer.reason }
      }),
  }
}
