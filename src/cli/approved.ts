// A change from the command line: an administrator's code first, then one transaction, then the log's head to the keychain.
import { createInterface } from 'node:readline/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { oneTimeCode, staffId } from '../contracts/fields.ts'
import type { Action } from '../contracts/roles.ts'
import { mayDo } from '../core/permissions.ts'
import { throttleRule } from '../core/throttle.ts'
import { writeAnchor } from '../station/anchor.ts'
import { ClockFloor } from '../station/clock-floor.ts'
import type { Recorder, Row } from '../station/ledger.ts'
import { type Approval, approveByCode } from '../station/login.ts'
import { failureOf, type Opened, openStation } from '../station/open-station.ts'
import { isAdministrator, rolesOf } from '../station/people.ts'
import { readPolicy } from '../station/policy.ts'
import { signCheckpoint } from '../station/signing.ts'
import { isSlowed } from '../station/throttle.ts'
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

/**
 * @param action what policy may want a second person for.
 * @param name what goes into the log, such as `people add N2044`.
 * @param work within one transaction; what it answers with is printed, what it throws changes nothing.
 */
export async function withApproval(
  parts: CliParts,
  approver: Approver,
  action: Action,
  name: string,
  work: (recorder: Recorder, actor: string) => Answer,
): Promise<Answer> {
  const who = staffId.safeParse(approver.as ?? '')
  if (!who.success) throw new UsageError('a change needs an administrator: --as STAFF_ID')
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
    const code = oneTimeCode.safeParse(approver.code ?? (await askForCode(who.data)))
    if (!code.success) throw new UsageError('the code has six to eight digits')
    const policy = readPolicy(opened.ledger)
    // Before anybody's code is used up.
    const other = policy.approvals.includes(action) ? secondOf(approver) : null
    const approval = await approve(opened, who.data, code.data, name, isAdministrator)
    if (!approval.ok) return refused(approval)
    const mayBeSecond = (person: Row<'person'>) =>
      person.id !== approval.personId && mayDo(policy.grants, rolesOf(person), action)
    const second = other ? await approve(opened, other.who, other.code, `second ${name}`, mayBeSecond) : null
    if (second && !second.ok) return refused(second, 'Second person: ')
    return opened.ledger.withSecond(second?.personId, () =>
      opened.ledger.record((recorder) => work(recorder, approval.personId)),
    )
  } catch (error) {
    const failure = failureOf(error)
    if (failure === 'unexpected') throw error
    return failed(failure)
  } finally {
    await keepCheckpoint(parts, opened)
    opened.db.close()
  }
}

function secondOf({ second, secondCode }: Approver): { readonly who: string; readonly code: string } {
  const who = staffId.safeParse(second ?? '')
  const code = oneTimeCode.safeParse(secondCode ?? '')
  if (who.success && code.success) return { who: who.data, code: code.data }
  throw new UsageError('policy wants two people for this: --second STAFF_ID --second-code CODE')
}

async function approve(
  { db, ledger, keys }: Opened,
  who: string,
  code: string,
  name: string,
  mayApprove: (person: Row<'person'>) => boolean,
): Promise<Approval> {
  if (isSlowed(ledger, clock.nowMs())) await delay(throttleRule.stationDelayMs)
  const parts = { db, ledger, keys, clock, floor: new ClockFloor(clock) }
  return approveByCode(parts, who, code, name, mayApprove)
}

/** A station that runs beside us may already have brought a longer log there: that one stays. */
async function keepCheckpoint({ keychain }: CliParts, { ledger, station, keys, anchor }: Opened): Promise<void> {
  const frontier = ledger.frontier()
  if (frontier.size === anchor?.frontier.size) return
  await keychain.write('checkpoint', writeAnchor(signCheckpoint(station, keys, frontier), frontier))
}

async function askForCode(who: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stderr : undefined })
  try {
    if (process.stdin.isTTY) return await lines.question(`One-time code of ${who}: `)
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
  }
}

const words: Readonly<Record<string, string>> = {
  'wrong-code': 'That code did not match. Nothing was changed.',
  'already-used': 'That code was used before. Wait for the next one; nothing was changed.',
  throttled: 'Too many tries. Wait, then try again; nothing was changed.',
  'clock-wrong': "This workstation's clock is wrong. Nothing was changed.",
  'clock-closed': "This workstation's clock is wrong. Nothing was changed.",
  suspended: 'This account is suspended. Nothing was changed.',
  'not-allowed': 'This person may not do that, or is the same as the first. Nothing was changed.',
  'not-now': 'Not possible right now. Nothing was changed.',
}
const refused = (approval: Extract<Approval, { ok: false }>, whose = ''): Answer =>
  problem(`${whose}${words[approval.reason] ?? 'Refused.'}`, {
    problem: approval.reason,
    ...('waitMs' in approval && approval.waitMs !== undefined ? { waitMs: approval.waitMs } : {}),
  })
