// Processes killed outright in a login loop and in a set-up: what the folder then says, and what was shown before.
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import { databaseFile } from '../../src/station/database.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { type LoopPlan, readSaid, type Said } from '../support/child-login-loop.ts'
import { type Child, startChild } from '../support/child-process.ts'
import { newFolder } from '../support/fakes.ts'
import { dice, rounds, seed } from './runs.ts'

const beganMs = Date.UTC(2026, 0, 5, 8)
const kills = rounds(12, 200)
const random = dice(seed)

const running = new Set<Child>()
afterEach(() => {
  for (const child of running) child.process.kill('SIGKILL')
})

/** One process of the loop, killed `afterMs` from the line that `from` accepts; without `from`, from its start. */
async function runUntilKilled(plan: LoopPlan, afterMs: number | null, from: ((line: Said) => boolean) | null) {
  const child = startChild('child-login-loop.ts', [JSON.stringify(plan)])
  running.add(child)
  const lines: Said[] = []
  let timer: NodeJS.Timeout | undefined
  const arm = () => {
    if (afterMs !== null) timer ??= setTimeout(() => child.process.kill('SIGKILL'), afterMs)
  }
  child.onLine((text) => {
    const line = readSaid(text)
    lines.push(line)
    if (from?.(line)) arm()
  })
  if (!from) arm()
  const status = await child.ended
  clearTimeout(timer)
  running.delete(child)
  expect(child.complaints()).toBe('')
  // A process that ends by itself before the kill has failed, unless it was to end.
  expect(status).toBe(plan.logins === null ? null : 0)
  return lines
}

/** Wall times and sessions of the accepted sign-ins that the log holds. */
function acceptedIn(folder: string): { atMs: number; session: string }[] {
  const db = new Database(databaseFile(folder), { readonly: true })
  const sql = `SELECT json_extract(body, '$.atMs') AS atMs, json_extract(body, '$.session') AS session FROM event
    WHERE type = 'login-attempted' AND json_extract(body, '$.outcome') = 'accepted'`
  const rows = db.prepare(sql).all() as { atMs: number; session: string }[]
  const known = new Set(db.prepare('SELECT id FROM session').pluck().all())
  db.close()
  expect(rows.every(({ session }) => known.has(session))).toBe(true)
  return rows
}

function countOf(folder: string, type: string): number {
  const db = new Database(databaseFile(folder), { readonly: true })
  const count = db.prepare('SELECT count(*) FROM event WHERE type = ?').pluck().get(type) as number
  db.close()
  return count
}

/** What all processes of one folder have said, held against what the log says. */
class History {
  readonly shown = new Set<number>()
  readonly tried = new Set<number>()
  starts = 0

  /** @param committed wall times of the sign-ins that were in the log before this process. */
  read(lines: readonly Said[], committed: ReadonlySet<number>): void {
    for (const line of lines) {
      if (line.what === 'started') expect(line.screen).toMatch(/^(locked|first-run)$/)
      if (line.what === 'checked') {
        expect(line.screen).toBe('locked complete')
        this.starts++
      }
      if (line.what === 'trying') this.tried.add(line.atMs)
      if (line.what === 'answered') expect(line.answer).toBe('accepted')
      if (line.what === 'again') {
        // A code whose answer nobody saw is good exactly where nothing of it was committed.
        expect([line.atMs, line.answer]).toEqual([line.atMs, committed.has(line.atMs) ? 'already-used' : 'accepted'])
      }
      if ((line.what === 'answered' || line.what === 'again') && line.answer === 'accepted') this.shown.add(line.atMs)
    }
  }

  hold(accepted: readonly { atMs: number; session: string }[]): void {
    const times = accepted.map(({ atMs }) => atMs)
    expect(new Set(times).size, 'a step is accepted once').toBe(times.length)
    expect(new Set(accepted.map(({ session }) => session)).size).toBe(times.length)
    const known = new Set(times)
    const lost = [...this.shown].filter((atMs) => !known.has(atMs))
    expect(lost, 'what was shown as accepted is in the log').toEqual([])
    expect(
      times.filter((atMs) => !this.tried.has(atMs)),
      'nothing is accepted that nobody tried',
    ).toEqual([])
  }
}

describe(`SIGKILL at random moments (seed ${seed})`, () => {
  it(`${kills} times in a login loop: the log stays whole, no code works twice, nothing shown is lost`, async () => {
    const folder = newFolder()
    const service = `wardkey-kill-${randomUUID()}`
    const keychain = createKeytarKeychain(service)
    const history = new History()
    let setupKey: string | null = null
    let committed = new Set<number>()
    let again: number[] = []
    for (let kill = 0; kill <= kills; kill++) {
      const last = kill === kills
      const wallMs = Math.max(beganMs, ...history.tried)
      const plan: LoopPlan = { folder, service, wallMs, setupKey, againMs: again, logins: last ? 3 : null }
      // Now and then the start itself is killed; else the loop, as often within a few milliseconds as later.
      const early = kill > 0 && random() < 0.12
      const afterMs = early ? random() * 450 : random() < 0.5 ? random() * 25 : random() * 160
      const lines = await runUntilKilled(plan, last ? null : afterMs, early ? null : (line) => line.what === 'trying')
      for (const line of lines) if (line.what === 'set-up') setupKey = line.setupKey
      history.read(lines, committed)

      expect(await verifyFolder({ folder, keychain }, undefined)).toMatchObject({ found: false })
      const accepted = acceptedIn(folder)
      history.hold(accepted)
      committed = new Set(accepted.map(({ atMs }) => atMs))
      const shownMs = Math.max(...history.shown)
      const triedMs = Math.max(...history.tried)
      // Only after a fresh success: refusals add up to a delay otherwise.
      const fresh = lines.some((line) => line.what === 'answered')
      again = fresh ? [...new Set([shownMs, triedMs])] : []
    }
    const behind = countOf(folder, 'log-caught-up')
    console.log(`${kills} kills, ${history.starts} starts checked, ${history.shown.size} sign-ins shown as accepted,`)
    console.log(`${committed.size} in the log; at ${behind} starts the keychain was behind it`)
    expect(behind, 'the time between commit and keychain was hit').toBeGreaterThan(0)
    fs.rmSync(folder, { recursive: true })
  }, 1_200_000)

  const setUps = rounds(3, 30)
  it(`${setUps} times while a station is set up: it starts over or goes on, and never takes itself for damaged`, async () => {
    const ends: string[] = []
    for (let kill = 0; kill < setUps; kill++) {
      const folder = newFolder()
      const service = `wardkey-kill-${randomUUID()}`
      const plan: LoopPlan = { folder, service, wallMs: beganMs, setupKey: null, againMs: [], logins: null }
      const killed = await runUntilKilled(plan, random() * 1_200, (line) => line.what === 'started')
      const offered = killed.findLast((line) => line.what === 'set-up')
      const shown = killed.some((line) => line.what === 'answered')
      const next = { ...plan, setupKey: offered?.setupKey ?? null, wallMs: beganMs + 3_600_000, logins: 2 }
      const lines = await runUntilKilled(next, null, null)
      const [started] = lines
      ends.push(started?.what === 'started' ? started.screen : 'nothing')
      if (shown) expect(started).toEqual({ what: 'started', screen: 'locked' })
      new History().read(lines, new Set())
      const answer = await verifyFolder({ folder, keychain: createKeytarKeychain(service) }, undefined)
      expect(answer).toMatchObject({ found: false })
      fs.rmSync(folder, { recursive: true })
    }
    console.log(`after ${setUps} kills of a set-up: ${ends.join(', ')}`)
    expect(ends.every((end) => end === 'first-run' || end === 'locked')).toBe(true)
  }, 300_000)
})
