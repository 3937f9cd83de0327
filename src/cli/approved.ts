// A change from the command line: an administrator's code first, then one transaction, then the log's head to the keychain.
import { setTimeout as delay } from 'node:timers/promises'
import { oneTimeCode, staffId } from '../contracts/fields.ts'
import { throttleRule } from '../core/throttle.ts'
import { bringCheckpoint } from '../station/checkpoint-keeper.ts'
import { ClockFloor } from '../station/clock-floor.ts'
import type { Recorder } from '../station/ledger.ts'
import { type Approval, type ApprovalRefusal, type ApprovedAction, approveByCode } from '../station/login.ts'
import { failureOf, type Opened, openStation } from '../station/open-station.ts'
import { isAdministrator } from '../station/people.ts'
import { KeychainError } from '../station/ports.ts'
import { isSlowed } from '../station/throttle.ts'
import { ask } from './ask.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, failed } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

export interface Approver {
  readonly as?: string | undefined
  readonly code?: string | undefined
}

type Within<R> = (recorder: Recorder, actor: string) => R

/** @param work in the transaction of the approval; what it answers with is printed, what it throws changes nothing. */
export const withApproval = (
  parts: CliParts,
  approver: Approver,
  action: string,
  work: Within<Answer>,
): Promise<Answer> => approved(parts, approver, action, work, (_opened, answer) => answer)

/** @param work once an administrator's code was right, for what takes longer than a transaction; it records what it did. */
export const withApprover = (
  parts: CliParts,
  approver: Approver,
  action: string,
  work: (opened: Opened, actor: string) => Promise<Answer>,
): Promise<Answer> => approved(parts, approver, action, (_recorder, actor) => actor, work)

/** The staff ID in its one form; used wrongly without one. */
export function approverOf(approver: Approver): string {
  const who = staffId.safeParse(approver.as ?? '')
  if (!who.success) throw new UsageError('a change needs an administrator: --as STAFF_ID')
  return who.data
}

async function approved<R>(
  parts: CliParts,
  approver: Approver,
  action: string,
  within: Within<R>,
  afterwards: (opened: Opened, value: R) => Answer | Promise<Answer>,
): Promise<Answer> {
  const who = approverOf(approver)
  const result = await openStation({
    dataFolder: parts.folder,
    keychain: parts.keychain,
    clock,
    appVersion: appVersion(),
    sqliteBinding: undefined,
  })
  if (result.kind !== 'opened') return failed(result.kind === 'new' ? 'data-missing' : result.code)
  const { opened } = result
  try {
    const code = oneTimeCode.safeParse(approver.code ?? (await askForCode(who)))
    if (!code.success) throw new UsageError('the code has six to eight digits')
    const approval = await approve(opened, who, code.data, { name: action, mayApprove: isAdministrator, work: within })
    const answer = approval.ok ? await afterwards(opened, approval.value) : refused(approval)
    return await keepCheckpoint(parts, opened, answer)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === 'unexpected') throw error
    return failed(failure)
  } finally {
    opened.db.close()
  }
}

async function approve<R>(
  { db, ledger, keys }: Opened,
  who: string,
  code: string,
  action: ApprovedAction<R>,
): Promise<Approval<R>> {
  if (isSlowed(ledger, clock.nowMs())) await delay(throttleRule.stationDelayMs)
  return approveByCode({ db, ledger, keys, clock, floor: new ClockFloor(clock) }, who, code, action)
}

/** What was done stands, also where the keychain can't be told of it: then that is the problem found. */
async function keepCheckpoint({ keychain }: CliParts, opened: Opened, answer: Answer): Promise<Answer> {
  try {
    await bringCheckpoint(opened, keychain)
    return answer
  } catch (error) {
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
  suspended: 'This account is suspended. Nothing was changed.',
  'people-unconfirmed': 'Restored: the people are not confirmed yet. Nothing was changed.',
  'not-allowed': 'Only an administrator can do that. Nothing was changed.',
  'not-now': 'Not possible right now. Nothing was changed.',
}
const refused = (approval: ApprovalRefusal): Answer =>
  problem(words[approval.reason] ?? 'Refused.', {
    problem: approval.reason,
    ...('waitMs' in approval && approval.waitMs !== undefined ? { waitMs: approval.waitMs } : {}),
  })
