// A change from the command line: an administrator's code or IT's token, then one transaction, then the head to the keychain.
import { setTimeout as delay } from 'node:timers/promises'
import { oneTimeCode, staffId } from '../contracts/fields.ts'
import type { TokenScope } from '../contracts/tokens.ts'
import { mayDo } from '../core/permissions.ts'
import { wantsTwo } from '../core/policy.ts'
import { throttleRule } from '../core/throttle.ts'
import { actionOf, type Change, scopeOf } from '../core/token-scopes.ts'
import { ClockFloor } from '../station/clock-floor.ts'
import type { StationKeys } from '../station/keys.ts'
import type { Recorder, Row } from '../station/ledger.ts'
import { type Approval, type ApprovedAction, approveByCode } from '../station/login.ts'
import type { Opened } from '../station/open-station.ts'
import { isAdministrator, rolesOf } from '../station/people.ts'
import { readPolicy } from '../station/policy.ts'
import { isSlowed } from '../station/throttle.ts'
import { useToken } from '../station/token-use.ts'
import { refused, tokenRefused } from './approval-words.ts'
import { ask } from './ask.ts'
import type { CliParts } from './compose.ts'
import { clock } from './open-folder.ts'
import { keepCheckpoint, withStation } from './open-to-write.ts'
import { type Answer, problem, UsageError } from './output.ts'

export interface Approver {
  readonly as?: string | undefined
  readonly code?: string | undefined
  /** Somebody else who approves it, where policy wants two. */
  readonly second?: string | undefined
  readonly secondCode?: string | undefined
}

/** `actor`: who does it, a person or a token. */
type Within<R> = (recorder: Recorder, actor: string, keys: StationKeys) => R

/**
 * @param change what policy may want a second person for; one with a scope may be made with a token as well.
 * @param name what goes into the log, such as `people add N2044`.
 * @param work in the transaction of the approval; what it answers with is printed, what it throws changes nothing.
 */
export const withApproval = (
  parts: CliParts,
  approver: Approver,
  change: Change,
  name: string,
  work: Within<Answer>,
): Promise<Answer> => approved(parts, approver, { change, name }, work, (_opened, answer) => answer)

/** @param work once an administrator's code was right, for what takes longer than a transaction; it records what it did. */
export const withApprover = (
  parts: CliParts,
  approver: Approver,
  name: string,
  work: (opened: Opened, actor: string) => Promise<Answer>,
): Promise<Answer> => approved(parts, approver, { change: null, name }, (_recorder, actor) => actor, work)

/** Only by who holds the folder. @param work as `withApprover`'s, and nothing of what was opened may be used after it: it sees to the keychain itself. */
export const withLastApproval = (
  parts: CliParts,
  approver: Approver,
  name: string,
  work: (opened: Opened, actor: string) => Promise<Answer>,
): Promise<Answer> =>
  approved(parts, approver, { change: null, name, holdsFolder: true }, (_recorder, actor) => actor, work)

/** The staff ID in its one form; used wrongly without one. */
export function approverOf(approver: Approver): string {
  const who = staffId.safeParse(approver.as ?? '')
  if (!who.success) throw new UsageError('a change needs an administrator: --as STAFF_ID')
  return who.data
}

async function approved<R>(
  parts: CliParts,
  approver: Approver,
  what: Approved,
  within: Within<R>,
  afterwards: (opened: Opened, value: R) => Answer | Promise<Answer>,
): Promise<Answer> {
  const first = byToken(parts, approver, what) ?? approverOf(approver)
  // A code that was typed is kept, so that nobody is asked twice where it is all done once more.
  const asked = { ...approver }
  return withStation(
    parts,
    async (opened) => {
      const proof = typeof first === 'string' ? { who: first, code: await codeOf(first, asked) } : first
      const approval = await approveAll(opened, proof, asked, what, within)
      if ('lines' in approval) return await keepCheckpoint(parts, opened, approval)
      const answer = await afterwards(opened, approval.value)
      return what.holdsFolder ? answer : await keepCheckpoint(parts, opened, answer)
    },
    what.holdsFolder,
  )
}

/** IT's token, where nobody is named who would do it with a code. */
function byToken({ token }: CliParts, { as, code }: Approver, { change }: Approved): TokenProof | null {
  if (token === undefined || as !== undefined || code !== undefined) return null
  const scope = change === null ? null : scopeOf(change)
  if (scope === null) throw new UsageError("no token does that: it takes an administrator's code, with --as STAFF_ID")
  return { token, scope }
}

async function codeOf(who: string, asked: { -readonly [K in keyof Approver]: Approver[K] }): Promise<string> {
  asked.code ??= await ask(`One-time code of ${who}: `)
  const code = oneTimeCode.safeParse(asked.code)
  if (!code.success) throw new UsageError('the code has six to eight digits')
  return code.data
}

interface Proof {
  readonly who: string
  readonly code: string
}
interface TokenProof {
  readonly token: string
  readonly scope: TokenScope
}
interface Approved {
  readonly change: Change | null
  readonly name: string
  /** Nothing else of ours writes the folder: it may end a rotation, and does all that is left to do by itself. */
  readonly holdsFolder?: boolean
}

/** The second person first, where policy wants two: the change then goes with the first one's code. */
async function approveAll<R>(
  opened: Opened,
  first: Proof | TokenProof,
  approver: Approver,
  { change, name }: Approved,
  work: Within<R>,
): Promise<{ readonly value: R } | Answer> {
  const policy = readPolicy(opened.ledger)
  const action = change === null ? null : actionOf(change)
  if (action === null || !wantsTwo(policy, action)) return changeBy(opened, first, name, work)
  const other = secondOf(approver)
  if ('who' in first && other.who === first.who)
    return problem('The second person has to be somebody else. Nothing was changed.', { problem: 'same-person' })
  const mayBeSecond = (person: Row<'person'>) => mayDo(policy.grants, rolesOf(person), action)
  const second = await approve(opened, other, {
    name: `second ${name}`,
    mayApprove: mayBeSecond,
    work: (_recorder, personId) => personId,
  })
  if (!second.ok) return refused(second, 'Second person: ')
  return changeBy(opened, first, name, work, second.value)
}

/** By whoever does it: an administrator with their code, or IT's token. @param second who has approved it before. */
async function changeBy<R>(
  opened: Opened,
  first: Proof | TokenProof,
  name: string,
  work: Within<R>,
  second?: string,
): Promise<{ readonly value: R } | Answer> {
  const within = (recorder: Recorder, actor: string) => work(recorder, actor, opened.keys)
  if ('who' in first) {
    const approval = await approve(opened, first, { name, mayApprove: isAdministrator, work: within }, second)
    return approval.ok ? approval : refused(approval)
  }
  await waitWhereSlowed(opened)
  const use = { scope: first.scope, name, second, work: within }
  const answer = opened.ledger.withSecond(second, () => useToken(partsOf(opened), first.token, use))
  return answer.ok ? answer : tokenRefused(answer.reason)
}

function secondOf({ second, secondCode }: Approver): Proof {
  const who = staffId.safeParse(second ?? '')
  const code = oneTimeCode.safeParse(secondCode ?? '')
  if (who.success && code.success) return { who: who.data, code: code.data }
  throw new UsageError('policy wants two people for this: --second STAFF_ID --second-code CODE')
}

/** @param second who has approved it before; named in the events of what is done. */
async function approve<R>(
  opened: Opened,
  { who, code }: Proof,
  action: ApprovedAction<R>,
  second?: string,
): Promise<Approval<R>> {
  await waitWhereSlowed(opened)
  return opened.ledger.withSecond(second, () => approveByCode(partsOf(opened), who, code, action, 'never'))
}

const partsOf = ({ db, ledger, keys }: Opened) => ({ db, ledger, keys, clock, floor: new ClockFloor(clock) })

async function waitWhereSlowed({ ledger }: Opened): Promise<void> {
  if (isSlowed(ledger, clock.nowMs())) await delay(throttleRule.stationDelayMs)
}
