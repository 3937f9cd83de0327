// A phone's answer as an approval: the same checks as at the lock screen, for one action instead of a session.
import type { ChallengePurpose } from '../core/challenge.ts'
import type { Wanted } from './answer-decision.ts'
import { refuse } from './attempt.ts'
import type { Approval, ApprovedAction } from './login.ts'
import { isAdministrator } from './people.ts'
import { isUnconfirmed } from './people-confirmation.ts'
import { noteSuccess } from './throttle.ts'

const type = 'approval-attempted'

export const toApprove = <R>(purpose: ChallengePurpose, action: ApprovedAction<R>): Wanted<Approval<R>> => ({
  type,
  purpose,
  details: { action: action.name },
  accepted(recorder, { attempt, person, phone }) {
    noteSuccess(recorder, attempt.subject, 'phone')
    if (isUnconfirmed(recorder) && !isAdministrator(person))
      return refuse(recorder, type, attempt, 'people-unconfirmed', 'people-unconfirmed')
    const allowed = action.mayApprove(person)
    const outcome = allowed ? { outcome: 'accepted' as const } : { outcome: 'refused' as const, reason: 'not-allowed' }
    recorder.event({ type, ...attempt, ...outcome })
    if (!allowed) return { ok: false, reason: 'not-allowed' }
    return { ok: true, value: action.work(recorder, person.id, phone.id) }
  },
})
