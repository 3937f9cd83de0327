// A phone's answer as an approval: the same checks as at the lock screen, for one action instead of a session.
import type { ChallengePurpose } from '../core/challenge.ts'
import type { Wanted } from './answer-decision.ts'
import type { Approval, ApprovedAction } from './login.ts'
import { noteSuccess } from './throttle.ts'

export const toApprove = <R>(purpose: ChallengePurpose, action: ApprovedAction<R>): Wanted<Approval<R>> => ({
  type: 'approval-attempted',
  purpose,
  details: { action: action.name },
  accepted(recorder, { attempt, person, phone }) {
    noteSuccess(recorder, attempt.subject, 'phone')
    const allowed = action.mayApprove(person)
    const outcome = allowed ? { outcome: 'accepted' as const } : { outcome: 'refused' as const, reason: 'not-allowed' }
    recorder.event({ type: 'approval-attempted', ...attempt, ...outcome })
    if (!allowed) return { ok: false, reason: 'not-allowed' }
    return { ok: true, value: action.work(recorder, person.id, phone.id) }
  },
})
