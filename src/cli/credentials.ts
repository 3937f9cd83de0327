// credentials list, revoke and let-in.
import { reasonText, staffId } from '../contracts/fields.ts'
import { readPerson } from '../station/credentials.ts'
import { personByStaffId, rolesOf } from '../station/people.ts'
import { letInPhone, revokeCredential } from '../station/people-changes.ts'
import { settingsFor } from '../station/policy.ts'
import { type Approver, withApproval } from './approved.ts'
import type { CliParts } from './compose.ts'
import { clock, withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'
import { newLists, noSuchPerson } from './people.ts'

export function listCredentials(parts: CliParts, id: string): Promise<Answer> {
  const who = staffId.safeParse(id)
  if (!who.success) throw new UsageError('that is no staff ID')
  return withFolder(parts, (open) => {
    const person = personByStaffId(open.ledger, who.data)
    const found = person && readPerson(open, newLists(open), person.id)
    if (!found) return noSuchPerson(who.data)
    const lines = found.credentials.map((each) => {
      const left = each.codesLeft === null ? '' : `, ${each.codesLeft} codes left`
      return `${each.id} ${each.kind.padEnd(8)} ${each.status}${left}, made ${new Date(each.madeAtMs).toISOString()}`
    })
    return { found: false, lines, json: { ok: true, credentials: found.credentials } }
  })
}

export function revoke(parts: CliParts, approver: Approver, id: string, reason: string): Promise<Answer> {
  const why = reasonText.safeParse(reason)
  if (!why.success) throw new UsageError('give a --reason of 3 to 200 characters')
  return withApproval(parts, approver, 'credentials.revoke', 'credentials revoke', (recorder, actor) => {
    const answer = revokeCredential(recorder, id, { actor, reason: why.data })
    if (answer.ok) return { found: false, lines: ['The credential has ended.'], json: { ok: true, credential: id } }
    const words = {
      'no-such-credential': 'There is no such credential, or it has ended already.',
      'last-administrator': 'This is how the last administrator signs in: nothing was changed.',
    }
    return problem(words[answer.reason], { problem: answer.reason })
  })
}

/** A phone of the hub's that was held here. */
export function letIn(parts: CliParts, approver: Approver, id: string, reason: string): Promise<Answer> {
  const why = reasonText.safeParse(reason)
  if (!why.success) throw new UsageError('give a --reason of 3 to 200 characters')
  return withApproval(parts, approver, 'enroll', 'credentials let-in', (recorder, actor) => {
    const person = recorder.get('person', recorder.get('credential', id)?.person_id ?? '')
    const allowed = person ? settingsFor(recorder, rolesOf(person), clock.nowMs()).phonesPerPerson : 1
    const answer = letInPhone(recorder, id, { actor, reason: why.data }, allowed)
    if (answer.ok) return { found: false, lines: ['The phone is let in here.'], json: { ok: true, credential: id } }
    const words = {
      'no-such-credential': 'No phone of that id waits here.',
      'has-newer': 'They have as many phones here as policy allows: revoke one of them first.',
    }
    return problem(words[answer.reason], { problem: answer.reason })
  })
}
