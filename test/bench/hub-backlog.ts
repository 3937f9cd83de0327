// A real station and its hub: a week without a network handed in at once, and how soon a revocation closes its session.

import { createHttpHub } from '../../src/station/hub/http.ts'
import { joinHub, parseJoinLink } from '../../src/station/hub/joining.ts'
import { type Opened, openStation } from '../../src/station/open-station.ts'
import { newId } from '../../src/station/primitives.ts'
import { type Bench, codeOf, FakeClock, setUp, startDesk } from '../support/fakes.ts'
import { call, enrollAtHub, joinLink, signIn } from '../support/hub/running-hub.ts'
import type { BenchHub } from './hub.ts'
import { memoryOf } from './memory.ts'
import { alone, type Result } from './result.ts'
import { binding } from './station.ts'

const backlog = 100_000
const atOnce = 1000
const revocations = 15
const patienceMs = 15 * 60_000

/** As it passes, and a step further where a code was just used. */
class PassingClock extends FakeClock {
  override nowMs = () => Date.now() + this.running - 1000
  override runningMs = () => performance.now() + this.running
}

export async function benchBacklog(hub: BenchHub): Promise<Result[]> {
  const bench = await startDesk({ clock: new PassingClock() }, { sqliteBinding: binding })
  await setUp(bench)
  const beside = await openBeside(bench)
  try {
    fill(beside)
    const handedInMs = await handIn(hub, bench, beside)
    const hubMb = memoryOf(hub.reached.process.pid)
    const revokedMs = await revoke(hub, bench, beside)
    return [
      alone(`one station hands in its backlog of ${backlog} events`, [handedInMs]),
      ...(hubMb === null ? [] : [alone('… memory of the hub process after it', [hubMb], { unit: 'MB' })]),
      alone('from a revocation at the hub to the locked station', revokedMs, { aim: 1000 }),
    ]
  } finally {
    beside.db.close()
    await bench.desk.close()
  }
}

async function openBeside({ folder, keychain, clock }: Bench): Promise<Opened> {
  const parts = { dataFolder: folder, keychain, clock, appVersion: '0.0.0', sqliteBinding: binding }
  const result = await openStation(parts)
  if (result.kind !== 'opened') throw new Error(`the station's store did not open: ${result.kind}`)
  return result.opened
}

function fill({ ledger, keys }: Opened): void {
  const attempt = { type: 'login-attempted', method: 'totp', outcome: 'accepted', subject: keys.subject('N1') } as const
  for (let left = backlog; left > 0; left -= atOnce)
    ledger.record((recorder) => {
      for (let i = 0; i < atOnce; i += 2) {
        recorder.event({ ...attempt, details: { step: left + i } })
        recorder.event({ type: 'session-ended', reason: 'idle' })
      }
    })
}

/** @returns from the moment that it has joined to the last event kept, ms. */
async function handIn(hub: BenchHub, bench: Bench, beside: Opened): Promise<number> {
  const link = parseJoinLink(await joinLink(hub.reached, hub.acme))
  if (!link) throw new Error('that is no link')
  const facts = { appVersion: '0.0.0', nowMs: bench.clock.nowMs(), actor: newId() }
  const joined = await joinHub(beside, { hub: createHttpHub(), link, ...facts })
  if (!joined.ok) throw new Error(joined.reason)
  const startMs = performance.now()
  await until(async () => (await eventsKept(hub)).some((events) => events >= backlog))
  return performance.now() - startMs
}

async function eventsKept({ reached, acme }: BenchHub): Promise<number[]> {
  const { body } = await call(reached, 'GET', `/v1/${acme.slug}/stations?limit=200`, undefined, acme.token)
  return body.stations.map((station: { events: number }) => station.events)
}

async function revoke(hub: BenchHub, { desk, clock }: Bench, beside: Opened): Promise<number[]> {
  const { reached, acme } = hub
  const token = await signIn(reached, acme.slug, 'HUB-1', acme.setupKey)
  const nina = await enrollAtHub(reached, { ...acme, token }, 'NINA-1')
  const setStatus = (status: string) =>
    call(reached, 'POST', `/v1/${acme.slug}/people/${nina.id}/status`, { status, reason: 'bench' }, token)
  const times: number[] = []
  for (let i = 0; i < revocations; i++) {
    await until(async () => isHere(beside, nina))
    clock.pass(30_000)
    const code = codeOf(nina.setupKey, clock.nowMs())
    const answer = await desk.handlers.submitCode({ staffId: 'NINA-1', code })
    if (!answer.ok) throw new Error(`she was not let in: ${answer.reason}`)
    const startMs = performance.now()
    await setStatus('suspended')
    await until(async () => desk.screen().kind === 'locked', 2)
    times.push(performance.now() - startMs)
    await setStatus('active')
  }
  return times
}

const isHere = ({ ledger }: Opened, { id, credentialId }: { id: string; credentialId: string }): boolean =>
  ledger.get('person', id)?.status === 'active' && ledger.get('credential', credentialId)?.status === 'active'

async function until(isSo: () => Promise<boolean>, everyMs = 50): Promise<void> {
  const endMs = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
