// A change from the command line: an administrator's code first, then one transaction, then the log's head to the keychain.
import { setTimeout as delay } from 'node:timers/promises'
import { oneTimeCode, staffId } from '../contracts/fields.ts'
import type { Action } from '../contracts/roles.ts'
import { mayDo } from '../core/permissions.ts'
import { wantsTwo } from '../core/policy.ts'
import { throttleRule } from '../core/throttle.ts'
import { bringCheckpoint } from '../station/checkpoint-keeper.ts'
import { ClockFloor } from '../station/clock-floor.ts'
import { isBusy } from '../station/database.ts'
import { sameBytes } from '../station/keys.ts'
import type { Recorder, Row } from '../station/ledger.ts'
import { type Approval, type ApprovalRefusal, type ApprovedAction, approveByCode } from '../station/login.ts'
import { failureOf, type Opened, openStation } from '../station/open-station.ts'
import { isAdministrator, rolesOf } from '../station/people.ts'
import { readPolicy } from '../station/policy.ts'
import { KeychainError } from '../station/ports.ts'
import { keyCheckOf } from '../station/root-key.ts'
import { isSlowed } from '../station/throttle.ts'
import { ask } from './ask.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, failed } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

export interface Approver {
  readonly as?: string | undefined
  readonly code?: string | undefined
  /** Somebody else who approves it, where policy wants two. */
  readonly second?: string | undefined
  readonly secondCode?: string | undefined
}

/** Such as an import under way: nobody's screen stands still for it, as the station's would. */
const waitsForOthersMs = 15_000

type Within<R> = (recorder: Recorder, actor: string) => R

/**
 * @param action what policy may want a second person for.
 * @param name what goes into the log, such as `people add N2044`.
 * @param work in the transaction of the approval; what it answers with is printed, what it throws changes nothing.
 */
export const withApproval = (
  parts: CliParts,
  approver: Approver,
  action: Action,
  name: string,
  work: Within<Answer>,
): Promise<Answer> => approved(parts, approver, { action, name }, work, (_opened, answer) => answer)

/** @param work once an administrator's code was right, for what takes longer than a transaction; it records what it did. */
export const withApprover = (
  parts: CliParts,
  approver: Approver,
  name: string,
  work: (opened: Opened, actor: string) => Promise<Answer>,
): Promise<Answer> => approved(parts, approver, { action: null, name }, (_recorder, actor) => actor, work)

/** Only by who holds the folder. @param work as `withApprover`'s, and nothing of what was opened may be used after it: it sees to the keychain itself. */
export const withLastApproval = (
  parts: CliParts,
  approver: Approver,
  name: string,
  work: (opened: Opened, actor: string) => Promise<Answer>,
): Promise<Answer> =>
  approved(parts, approver, { action: null, name, holdsFolder: true }, (_recorder, actor) => actor, work)

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
  const who = approverOf(approver)
  const asked = { ...approver }
  const once = () => approvedOnce(parts, who, asked, what, within, afterwards)
  const answer = await once()
  // Nothing was written, and no code was used up: the same once more, under the new keys.
  return answer === keysRenewed ? await once() : answer
}

/** @param asked takes the code that was typed, so that nobody is asked twice. */
async function approvedOnce<R>(
  parts: CliParts,
  who: string,
  asked: { -readonly [K in keyof Approver]: Approver[K] },
  what: Approved,
  within: Within<R>,
  afterwards: (opened: Opened, value: R) => Answer | Promise<Answer>,
): Promise<Answer> {
  const { folder: dataFolder, keychain } = parts
  const place = { dataFolder, keychain, clock, appVersion: appVersion(), sqliteBinding: undefined }
  const result = await openStation(place, what.holdsFolder)
  if (result.kind !== 'opened') return failed(result.kind === 'new' ? 'data-missing' : result.code)
  const { opened } = result
  let wrote = false
  opened.ledger.onCommit(() => {
    wrote = true
  })
  try {
    opened.db.pragma(`busy_timeout = ${waitsForOthersMs}`)
    asked.code ??= await askForCode(who)
    const code = oneTimeCode.safeParse(asked.code)
    if (!code.success) throw new UsageError('the code has six to eight digits')
    const approval = await approveAll(opened, { who, code: code.data }, asked, what, within)
    if ('lines' in approval) return await keepCheckpoint(parts, opened, approval)
    const answer = await afterwards(opened, approval.value)
    return what.holdsFolder ? answer : await keepCheckpoint(parts, opened, answer)
  } catch (error) {
    if (isBusy(error)) return failed('busy')
    const failure = failureOf(error)
    if (failure === 'unexpected') throw error
    if (!hasOtherKeys(opened)) return failed(failure)
    // What it wrote before the rotation stands, as a second person's approval does.
    return wrote ? failed('keys-renewed') : keysRenewed
  } finally {
    opened.db.close()
  }
}

/** `keys rotate` was done meanwhile: what was opened before it can read nothing any more, and nothing is wrong. */
const keysRenewed = failed('keys-renewed')

/** A check that somebody wrote there by hand fits no key in the keychain: opening it anew says so. */
function hasOtherKeys({ db, keys }: Opened): boolean {
  const check = keyCheckOf(db)
  return check !== undefined && !sameBytes(check, keys.check)
}

interface Proof {
  readonly who: string
  readonly code: string
}
interface Approved {
  readonly action: Action | null
  readonly name: string
  /** Nothing else of ours writes the folder: it may end a rotation, and does all that is left to do by itself. */
  readonly holdsFolder?: boolean
}

/** The second person first, where policy wants two: the change then goes with the first one's code. */
async function approveAll<R>(
  opened: Opened,
  first: Proof,
  approver: Approver,
  { action, name }: Approved,
  work: Within<R>,
): Promise<{ readonly value: R } | Answer> {
  const policy = readPolicy(opened.ledger)
  const alone = { name, mayApprove: isAdministrator, work }
  if (action === null || !wantsTwo(policy, action)) {
    const approval = await approve(opened, first, alone)
    return approval.ok ? approval : refused(approval)
  }
  const other = secondOf(approver)
  if (other.who === first.who)
    return problem('The second person has to be somebody else. Nothing was changed.', { problem: 'same-person' })
  const mayBeSecond = (person: Row<'person'>) => mayDo(policy.grants, rolesOf(person), action)
  const second = await approve(opened, other, {
    name: `second ${name}`,
    mayApprove: mayBeSecond,
    work: (_recorder, personId) => personId,
  })
  if (!second.ok) return refused(second, 'Second person: ')
  const approval = await approve(opened, first, alone, second.value)
  return approval.ok ? approval : refused(approval)
}

function secondOf({ second, secondCode }: Approver): Proof {
  const who = staffId.safeParse(second ?? '')
  const code = oneTimeCode.safeParse(secondCode ?? '')
  if (who.success && code.success) return { who: who.data, code: code.data }
  throw new UsageError('policy wants two people for this: --second STAFF_ID --second-code CODE')
}

/** @param second who has approved it before; named in the events of what is done. */
async function approve<R>(
  { db, ledger, keys }: Opened,
  { who, code }: Proof,
  action: ApprovedAction<R>,
  second?: string,
): Promise<Approval<R>> {
  if (isSlowed(ledger, clock.nowMs())) await delay(throttleRule.stationDelayMs)
  const parts = { db, ledger, keys, clock, floor: new ClockFloor(clock) }
  return ledger.withSecond(second, () => approveByCode(parts, who, code, action))
}

/** What was done stands, also where the keychain can't be told of it: then that is the problem found. */
async function keepCheckpoint({ keychain }: CliParts, opened: Opened, answer: Answer): Promise<Answer> {
  try {
    await bringCheckpoint(opened, keychain)
    return answer
  } catch (error) {
    // A rotation right after the change carried it over, and told the keychain itself.
    if (hasOtherKeys(opened)) return answer
    if (!(error instanceof KeychainError)) throw error
    const { lines, json } = failed(error.code)
    return { found: true, lines: [...answer.lines, ...lines], json: { ...answer.json, ...json } }
  }
}

const askForCode = (who: string): Promise<string> => ask(`One-time code of ${who}: `)

const words: Readonly<Record<string, string>> = {
  'wrong-code': 'That code did not match. Nothing was changed.',
  'already-used': 'That code was used before. Wait for the next one; nothing was changed.',
  throttled: 'Too many tries. Wait, then try again; nothing was changed.',
  'clock-wrong': "This workstation's clock is wrong. Nothing was changed.",
  'clock-closed': "This workstation's clock is wrong. Nothing was changed.",
  stale: 'This workstation has been without its hub for too long. Nothing was changed.',
  suspended: 'This account is suspended. Nothing was changed.',
  'people-unconfirmed': 'Restored: the people are not confirmed yet. Nothing was changed.',
  'not-allowed': 'Only an administrator can do that. Nothing was changed.',
  'not-now': 'Not possible right now. Nothing was changed.',
}
const refused = (approval: ApprovalRefusal, whose = ''): Answer =>
  problem(`${whose}${words[approval.reason] ?? 'Refused.'}`, {
    problem: approval.reason,
    ...('waitMs' in approval && approval.waitMs !== undefined ? { waitMs: approval.waitMs } : {}),
  })
