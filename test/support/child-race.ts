// One of several processes on one folder: it holds the station open without owning it, and submits codes on the mark.
import fs from 'node:fs'
import readline from 'node:readline'
import { z } from 'zod'
import type { LoginParts } from '../../src/station/attempt.ts'
import { ClockFloor } from '../../src/station/clock-floor.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { type CodeOutcome, loginByCode, loginByRecovery, typedRecovery } from '../../src/station/login.ts'
import { openStation } from '../../src/station/open-station.ts'

const heat = z.strictObject({
  staffId: z.string(),
  code: z.string(),
  way: z.enum(['totp', 'recovery']),
  wallMs: z.number(),
})
export type Heat = z.infer<typeof heat>

async function race(folder: string, service: string): Promise<void> {
  let wallMs = 0
  const clock = { nowMs: () => wallMs, runningMs: () => performance.now() }
  const keychain = createKeytarKeychain(service)
  const result = await openStation({
    dataFolder: folder,
    keychain,
    clock,
    appVersion: '0.0.0',
    sqliteBinding: undefined,
  })
  if (result.kind !== 'opened') throw new Error(result.kind)
  const { db, ledger, keys } = result.opened
  const parts: LoginParts = { db, ledger, keys, clock, floor: new ClockFloor(clock) }
  const say = (text: string) => fs.writeSync(1, `${text}\n`)
  say('open')
  let submit: () => CodeOutcome = () => ({ ok: false, reason: 'not-now' })
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line.startsWith('{')) {
      const { staffId, code, way, wallMs: now } = heat.parse(JSON.parse(line))
      wallMs = now
      // The slow hash is made before the race, as the desk makes it before its transaction.
      const tag = way === 'recovery' ? await typedRecovery(parts, staffId, code) : ''
      submit = () => (way === 'totp' ? loginByCode(parts, staffId, code) : loginByRecovery(parts, staffId, tag))
      say('ready')
    } else {
      // A moment on the machine's running clock, the same for all: whoever sleeps would come late.
      const mark = BigInt(line)
      while (process.hrtime.bigint() < mark);
      const outcome = submit()
      say(outcome.ok ? `accepted ${outcome.sessionId}` : outcome.reason)
    }
  }
  db.close()
}

const [folder, service] = process.argv.slice(2)
if (folder === undefined || service === undefined) throw new Error('usage: child-race.ts FOLDER SERVICE')
await race(folder, service)
