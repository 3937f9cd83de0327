// What the window is shown: each screen state, read from the store.
import type { PolicyDocument } from '../contracts/policy.ts'
import type { Action } from '../contracts/roles.ts'
import type {
  HubFacts,
  LogFacts,
  QuestionView,
  ScreenState,
  SessionScreen,
  SignInMethod,
  StationFacts,
} from '../contracts/screen.ts'
import { allowedActions } from '../core/permissions.ts'
import { wantsTwo } from '../core/policy.ts'
import type { SessionTimes } from '../core/session.ts'
import { countOpenAlerts, openAlerts } from './alerts.ts'
import { brandRevision } from './brand.ts'
import type { DeskFront } from './desk-front.ts'
import type { Enrollment } from './enrollment.ts'
import { DamageError } from './keys.ts'
import { needsId } from './login-answer.ts'
import { isSetUp, type OpenStation } from './open-station.ts'
import { rolesOf } from './people.ts'
import { isUnconfirmed } from './people-confirmation.ts'
import { pinOf } from './pins.ts'
import { readPolicy } from './policy.ts'
import { activeSet, codesLeft } from './recovery-codes.ts'
import { stationNumber, stationRow } from './signing.ts'

export interface OpenSession {
  readonly id: string
  readonly personId: string
  /** What was proved at the start: when it ends, so does the session. null: it lives by the person alone. */
  readonly credentialId: string | null
  readonly method: SignInMethod
  /** A code of their phone was right in it, at the start or since. */
  readonly byPhone: boolean
  readonly lastSignIns: SessionScreen['lastSignIns']
  readonly times: SessionTimes
}

interface DeskState {
  readonly stage: Enrollment['stage']
  /** Null where nobody is signed in. */
  readonly session: OpenSession | null
  /** Before an idle lock of that session. */
  readonly warningMs: number
  readonly front: Pick<DeskFront, 'board' | 'notice'>
  /** What a sign-in at the lock screen waits for. */
  readonly pin: LockedScreen['pin']
  readonly logState: LogFacts['state']
  readonly hub: HubFacts | null
  readonly version: string
  readonly scans: boolean
  /** What a phone is asked in that session. */
  readonly question: QuestionView | null
}
type LockedScreen = Extract<ScreenState, { kind: 'locked' }>

export function deskScreen(opened: OpenStation, desk: DeskState): ScreenState {
  const { stage, session, warningMs, front, pin, version, scans, hub, question } = desk
  const log = { events: opened.ledger.frontier().size, state: desk.logState }
  if (session) return sessionScreen(opened, session, { stage, warningMs, log, version, scans, hub, question })
  if (stage.kind === 'pin') return { kind: 'new-pin', personName: stage.personName }
  const station = stationFacts(opened)
  if (stage.kind === 'codes') return { kind: 'recovery-codes', personName: stage.personName, station }
  if (stage.kind === 'offer') return { kind: 'offer', offer: stage.view }
  if (!isSetUp(opened.ledger)) return firstRunScreen(opened, hub)
  return lockedScreen(opened, { challenge: front.board.view(), log, notice: front.notice, pin, version, hub })
}

export function stationFacts({ ledger }: OpenStation): StationFacts {
  const station = ledger.get('station', stationRow)
  if (!station) throw new DamageError('data-edited', 'station/this')
  return { name: station.name, location: station.location, number: stationNumber(station.signing_public) }
}

/** The fields of a set-up that was begun and not finished are kept. */
function firstRunScreen(station: OpenStation, hub: HubFacts | null): ScreenState {
  const { name, location } = stationFacts(station)
  const [person] = station.ledger.find('person', '1 LIMIT 1')
  return {
    kind: 'first-run',
    name,
    location,
    administratorName: person?.display_name ?? '',
    administratorStaffId: person?.staff_id ?? '',
    restorable: false,
    hub,
  }
}

type SessionSurroundings = Pick<DeskState, 'stage' | 'warningMs' | 'version' | 'scans' | 'hub' | 'question'> & {
  readonly log: LogFacts
}

function sessionScreen(station: OpenStation, session: OpenSession, around: SessionSurroundings): SessionScreen {
  const { db, ledger, keys } = station
  const person = ledger.get('person', session.personId)
  if (!person) throw new DamageError('data-edited', `person/${session.personId}`)
  const recovery = activeSet(ledger, person.id)
  const { stage, warningMs, log, version, scans, hub, question } = around
  const policy = readPolicy(ledger)
  const { grants, totp } = policy
  const roles = rolesOf(person)
  const may = allowedActions(grants, roles)
  return {
    kind: 'session',
    station: stationFacts(station),
    person: { displayName: person.display_name, staffId: person.staff_id, roles, may },
    sinceMs: session.times.since.nowMs,
    method: session.method,
    newPhone: newPhone(session, may, policy),
    hasPin: pinOf(ledger, person.id) !== null,
    recoveryCodesLeft: recovery ? codesLeft(keys, recovery) : 0,
    idleLocksAtMs: session.times.idleAt.nowMs,
    limitAtMs: session.times.limitAt.nowMs,
    warningMs,
    codeLength: totp.digits,
    lastSignIns: session.lastSignIns,
    alerts: may.includes('acknowledge-alerts') ? openAlerts(ledger) : [],
    alertCount: may.includes('acknowledge-alerts') ? countOpenAlerts(db) : 0,
    log,
    offer: stage.kind === 'offer' ? stage.view : null,
    scans,
    question,
    hub,
    welcome: stage.kind === 'welcome' ? { qr: stage.qr, personName: stage.personName, sent: stage.sent } : null,
    codesFor: stage.kind === 'codes' ? stage.personName : null,
    unconfirmed: isUnconfirmed(ledger),
    pinFor: stage.kind === 'pin' ? stage.personName : null,
    ...brandRevision(ledger),
    version,
  }
}

function lockedScreen(
  station: OpenStation,
  now: Pick<LockedScreen, 'challenge' | 'log' | 'notice' | 'pin' | 'version' | 'hub'>,
): LockedScreen {
  const { ledger } = station
  return {
    kind: 'locked',
    station: stationFacts(station),
    codeLength: readPolicy(ledger).totp.digits,
    unconfirmed: isUnconfirmed(ledger),
    answers: { idNeeded: needsId(ledger) },
    ...brandRevision(ledger),
    ...now,
  }
}

/** After a recovery code or a ticket, until their phone shows a code: how they get a new one. */
export function newPhone(
  { method, byPhone }: OpenSession,
  may: readonly Action[],
  policy: PolicyDocument,
): SessionScreen['newPhone'] {
  if (byPhone) return null
  // Whoever issued the ticket could be all that approves it: one person, where policy wants two.
  if (method === 'ticket' && wantsTwo(policy, 'enroll')) return null
  // A ticket is somebody else's help for once: it must not become a phone for good.
  return method === 'recovery' && may.includes('enroll-self') ? 'alone' : 'with-approval'
}
