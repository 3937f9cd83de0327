// A change made with a provisioning token instead of an administrator's code: looked at, used and on record in one transaction.
import type { TokenScope } from '../contracts/tokens.ts'
import { raiseAlert } from './alerts.ts'
import type { LoginParts } from './attempt.ts'
import { leaseIsOver } from './hub/lease.ts'
import type { Recorder, Row } from './ledger.ts'
import { rolesOf } from './people.ts'
import { settingsFor } from './policy.ts'
import { noteStationFailure } from './throttle.ts'
import { BeyondReach, TokenReach } from './token-reach.ts'
import { scopesOf, stateOf, tokenSaying } from './tokens.ts'

/** 'no-such-token': also of one that has ended; only the log says which. */
export type TokenRefusal = 'no-such-token' | 'not-in-scope' | 'beyond-reach' | 'clock-closed' | 'same-person' | 'stale'
export type TokenAnswer<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly reason: TokenRefusal }

export interface TokenUse<R> {
  readonly scope: TokenScope
  /** As the log names it. */
  readonly name: string
  /** Who approved it as the second person, where policy wants two. */
  readonly second?: string | undefined
  /** Within the token's reach; what it throws undoes all of it. `actor` is the token. */
  work(recorder: Recorder, actor: string): R
}

/** What is recorded, with what is said: nothing of a token that does not work goes out. */
const recordedAs = {
  expired: 'token-expired',
  revoked: 'token-revoked',
  'maker-not-allowed': 'issuer-not-allowed',
} as const

export function useToken<R>(parts: LoginParts, text: string, use: TokenUse<R>): TokenAnswer<R> {
  try {
    return parts.ledger.record((recorder): TokenAnswer<R> => {
      const nowMs = parts.clock.nowMs()
      const token = tokenSaying(recorder, parts.keys, text)
      const refuse = (reason: TokenRefusal, recorded: string): TokenAnswer<R> => {
        const slowed = noteStationFailure(recorder, nowMs)
        recordRefusal(recorder, token, use.name, recorded)
        if (slowed) raiseAlert(recorder, 'many-failures', nowMs)
        return { ok: false, reason }
      }
      if (parts.floor.isClosed(recorder)) return refuse('clock-closed', 'clock-closed')
      if (!token) return refuse('no-such-token', 'unknown-token')
      const state = stateOf(recorder, token, nowMs)
      if (state !== 'works') return refuse('no-such-token', recordedAs[state])
      if (makersLeaseIsOver(parts, recorder, token, nowMs)) return refuse('stale', 'stale')
      if (!scopesOf(token).includes(use.scope)) return refuse('not-in-scope', 'not-allowed')
      // Whoever made it would approve their own change.
      if (use.second === token.made_by) return refuse('same-person', 'same-person')
      recorder.event({
        type: 'token-used',
        actor: token.id,
        outcome: 'accepted',
        details: { action: use.name, token: token.name },
      })
      return { ok: true, value: use.work(new TokenReach(recorder), token.id) }
    })
  } catch (error) {
    if (!(error instanceof BeyondReach)) throw error
    parts.ledger.record((recorder) =>
      recordRefusal(recorder, tokenSaying(recorder, parts.keys, text), use.name, 'beyond-reach'),
    )
    return { ok: false, reason: 'beyond-reach' }
  }
}

/** An administrator whom the hub sent is one only for as long as the hub was heard lately. */
function makersLeaseIsOver({ clock }: LoginParts, recorder: Recorder, token: Row<'token'>, nowMs: number): boolean {
  const maker = recorder.get('person', token.made_by)
  if (!maker || maker.hub_id === null) return false
  return leaseIsOver(recorder, clock, settingsFor(recorder, rolesOf(maker), nowMs).leaseMs)
}

function recordRefusal(recorder: Recorder, token: Row<'token'> | null, action: string, reason: string): void {
  recorder.event({
    type: 'token-refused',
    outcome: 'refused',
    reason,
    details: { action, ...(token ? { token: token.name } : {}) },
    ...(token ? { actor: token.id } : {}),
  })
}
