// A change from the command line: an administrator's code first, then one transaction, then the log's head to the keychain.
import { setTimeout as delay } from 'node:timers/promises'
import { oneTimeCode, staffId } from '../contracts/fields.ts'
import { throttleRule } from '../core/throttle.ts'
import { writeAnchor } from '../station/anchor.ts'
import { ClockFloor } from '../station/clock-floor.ts'
import type { Recorder } from '../station/ledger.ts'
import { type Approval, approveByCode } from '../station/login.ts'
import { failureOf, type Opened, openStation } from '../station/open-station.ts'
import { isAdministrator } from '../station/people.ts'
import { signCheckpoint } from '../station/signing.ts'
import { isSlowed } from '../station/throttle.ts'
import { ask } from './ask.ts'
import { appVersion, type CliParts } from './compose.ts'
import { clock, failed } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

export interface Approver {
  readonly as?: string | undefined
  readonly code?: string | undefined
}

/** @param work within one transaction; what it answers with is printed, what it throws changes nothing. */
export const withApproval = (
  parts: CliParts,
  approver: Approver,
  action: string,
  work: (recorder: Recorder, actor: string) => Answer,
): Promise<Answer> =>
  withApprover(parts, approver, action, ({ ledger }, actor) => ledger.record((recorder) => work(recorder, actor)))

/** The staff ID in its one form; used wrongly without one. */
export function approverOf(approver: Approver): string {
  const who = staffId.safeParse(approver.as ?? '')
  if (!who.success) throw new UsageError('a change needs an administrator: --as STAFF_ID')
  return who.data
}

/** @param work once an administrator's code was right; it records what it does. */
export async function withApprover(
  parts: CliParts,
  approver: Approver,
  action: string,
  work: (opened: Opened, actor: string) => Answer | Promise<Answer>,
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
    const approval = await approve(opened, who, code.data, action)
    if (!approval.ok) return refused(approval)
    return await work(opened, approval.personId)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === 'unexpected') throw error
    return failed(failure)
  } finally {
    await keepCheckpoint(parts, opened)
    opened.db.close()
  }
}

async function approve({ db, ledger, keys }: Opened, who: string, code: string, action: string): Promise<Approval> {
  if (isSlowed(ledger, clock.nowMs())) await delay(throttleRule.stationDelayMs)
  const parts = { db, ledger, keys, clock, floor: new ClockFloor(clock) }
  return approveByCode(parts, who, code, action, isAdministrator)
}

/** A station that runs beside us may already have brought a longer log there: that one stays. */
async function keepCheckpoint({ keychain }: CliParts, { ledger, station, keys, anchor }: Opened): Promise<void> {
  const frontier = ledger.frontier()
  if (frontier.size === anchor?.frontier.size) return
  await keychain.write('checkpoint', writeAnchor(signCheckpoint(station, keys, frontier), frontier))
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
const refused = (approval: Extract<Approval, { ok: false }>): Answer =>
  problem(words[approval.reason] ?? 'Refused.', {
    problem: approval.reason,
    ...('waitMs' in approval && approval.waitMs !== undefined ? { waitMs: approval.waitMs } : {}),
  })
