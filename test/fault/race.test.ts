// Two and four processes on one folder, with one code: exactly one is let in.
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import { databaseFile } from '../../src/station/database.ts'
import { type Child, startChild } from '../support/child-process.ts'
import type { Heat } from '../support/child-race.ts'
import { SessionKeychain } from '../support/cli.ts'
import { administrator, type Bench, codeOf, setUp, startDesk } from '../support/fakes.ts'
import { rounds } from './runs.ts'

const { staffId } = administrator
const running = new Set<Racer>()
afterEach(async () => {
  for (const racer of running) await racer.stop()
  running.clear()
})

/** One child process, spoken with line by line. */
class Racer {
  readonly #child: Child
  readonly #lines: string[] = []
  #wanted: ((line: string) => void) | null = null

  constructor(folder: string, service: string) {
    this.#child = startChild('child-race.ts', [folder, service])
    running.add(this)
    this.#child.onLine((line) => {
      this.#lines.push(line)
      this.#give()
    })
    void this.#child.ended.then(() => {
      this.#lines.push(`ended: ${this.#child.complaints()}`)
      this.#give()
    })
  }

  next(): Promise<string> {
    return new Promise((resolve) => {
      this.#wanted = resolve
      this.#give()
    })
  }

  send(line: string): void {
    this.#child.send(line)
  }

  stop(): Promise<unknown> {
    this.#child.process.stdin?.end()
    return this.#child.ended
  }

  #give(): void {
    if (!this.#wanted) return
    const line = this.#lines.shift()
    if (line === undefined) return
    const wanted = this.#wanted
    this.#wanted = null
    wanted(line)
  }
}

const all = (racers: readonly Racer[]) => Promise.all(racers.map((racer) => racer.next()))

/** Every racer submits the same code at the same moment; what each is answered. */
async function runHeat(racers: readonly Racer[], heat: Heat): Promise<string[]> {
  for (const racer of racers) racer.send(JSON.stringify(heat))
  expect(await all(racers)).toEqual(racers.map(() => 'ready'))
  const mark = process.hrtime.bigint() + 3_000_000n
  for (const racer of racers) racer.send(mark.toString())
  return all(racers)
}

function attempts(folder: string): { reason: string | null; session: string | null; count: number }[] {
  const db = new Database(databaseFile(folder), { readonly: true })
  const sql = `SELECT json_extract(body, '$.reason') AS reason, json_extract(body, '$.session') AS session, count(*) AS count
    FROM event WHERE type = 'login-attempted' GROUP BY 1, 2`
  const rows = db.prepare(sql).all() as ReturnType<typeof attempts>
  db.close()
  return rows
}

async function begin(processes: number) {
  const keychain = new SessionKeychain()
  const bench: Bench = await startDesk({ keychain })
  const secrets = await setUp(bench)
  await bench.desk.close()
  const racers = Array.from({ length: processes }, () => new Racer(bench.folder, keychain.service))
  expect(await all(racers)).toEqual(racers.map(() => 'open'))
  return { ...secrets, bench, keychain, racers }
}

/** The folder as the command line and as the next station sees it. */
async function expectSound(bench: Bench, keychain: SessionKeychain): Promise<void> {
  expect(await verifyFolder({ folder: bench.folder, keychain }, undefined)).toMatchObject({ found: false })
  const again = await startDesk({ folder: bench.folder, keychain, clock: bench.clock })
  await expect.poll(() => again.desk.screen()).toMatchObject({ kind: 'locked', log: { state: 'complete' } })
  await again.desk.close()
  fs.rmSync(bench.folder, { recursive: true })
}

describe.each([2, 4])('%i processes on one folder', (processes) => {
  const heats = rounds(15, 200)
  it(`submit the same code at once, ${heats} times: one is accepted, the others are told that it is used`, async () => {
    const { bench, keychain, racers, setupKey } = await begin(processes)
    const winners = new Map<number, number>()
    const sessions = new Set<string>()
    for (let round = 0; round < heats; round++) {
      bench.clock.pass(30_000)
      const wallMs = bench.clock.nowMs()
      const answers = await runHeat(racers, { staffId, way: 'totp', code: codeOf(setupKey, wallMs), wallMs })
      const winner = answers.findIndex((answer) => answer.startsWith('accepted '))
      winners.set(winner, (winners.get(winner) ?? 0) + 1)
      sessions.add((answers[winner] ?? '').replace('accepted ', ''))
      const others = answers.filter((_, racer) => racer !== winner)
      expect(others).toEqual(Array.from({ length: processes - 1 }, () => 'already-used'))
    }
    for (const racer of racers) expect(await racer.stop()).toBe(0)
    const logged = attempts(bench.folder)
    expect(new Set(logged.filter(({ session }) => session).map(({ session }) => session))).toEqual(sessions)
    expect(sessions.size).toBe(heats)
    const used = logged.filter(({ session }) => session === null)
    expect(used).toEqual([{ reason: 'already-used', session: null, count: heats * (processes - 1) }])
    await expectSound(bench, keychain)
    const shares = [...winners].sort(([a], [b]) => a - b).map(([, count]) => count)
    console.log(`${heats} races of ${processes} processes, won ${shares.join(' : ')}`)
  }, 300_000)

  it('submit the same recovery code at once: each of the ten unlocks once', async () => {
    const { bench, keychain, racers, recoveryCodes } = await begin(processes)
    for (const shown of recoveryCodes) {
      bench.clock.pass(60_000)
      const heat: Heat = { staffId, way: 'recovery', code: shown.replaceAll('-', ''), wallMs: bench.clock.nowMs() }
      const answers = await runHeat(racers, heat)
      expect(answers.filter((answer) => answer.startsWith('accepted '))).toHaveLength(1)
      expect(answers.filter((answer) => answer === 'wrong-code')).toHaveLength(processes - 1)
    }
    for (const racer of racers) expect(await racer.stop()).toBe(0)
    const logged = attempts(bench.folder)
    expect(logged.filter(({ session }) => session)).toHaveLength(recoveryCodes.length)
    await expectSound(bench, keychain)
  }, 120_000)
})
