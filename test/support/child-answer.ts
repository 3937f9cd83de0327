// Another process on a station's folder: on the mark it hands in a phone's answer to its own board of codes.
import fs from 'node:fs'
import readline from 'node:readline'
import { z } from 'zod'
import { ChallengeBoard } from '../../src/station/challenge-board.ts'
import { ClockFloor } from '../../src/station/clock-floor.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { type AnswerParts, loginByDigits } from '../../src/station/login-answer.ts'
import { loginByShown, readShownAnswer } from '../../src/station/login-shown.ts'
import { openStation } from '../../src/station/open-station.ts'
import { readStation, stationNumber } from '../../src/station/signing.ts'
import { phoneHost } from './bound-phone.ts'

const heat = z.strictObject({
  staffId: z.string(),
  /** Typed digits, or the text of a signed answer. */
  answer: z.string(),
  tries: z.number().int(),
  /** On the machine's running clock, ns. */
  mark: z.string(),
})
export type AnswerHeat = z.infer<typeof heat>

async function answer(dataFolder: string, service: string): Promise<void> {
  const clock = { nowMs: () => Date.now(), runningMs: () => performance.now() }
  const keychain = createKeytarKeychain(service)
  const result = await openStation({ dataFolder, keychain, clock, appVersion: '0.0.0', sqliteBinding: undefined })
  if (result.kind !== 'opened') throw new Error(result.kind)
  const { db, ledger, keys } = result.opened
  const station = readStation(ledger)
  if (!station) throw new Error('the station is not set up')
  const number = Buffer.from(stationNumber(station.signing_public), 'hex')
  const board = new ChallengeBoard(clock, phoneHost)
  board.wake(number)
  const parts: AnswerParts = { db, ledger, keys, clock, floor: new ClockFloor(clock), board, stationNumber: number }
  const say = (value: unknown) => fs.writeSync(1, `${JSON.stringify(value)}\n`)
  say('open')
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { staffId, answer: given, tries, mark } = heat.parse(JSON.parse(line))
    const signed = readShownAnswer(given)
    while (process.hrtime.bigint() < BigInt(mark));
    const outcomes = Array.from({ length: tries }, () =>
      signed ? loginByShown(parts, signed, null) : loginByDigits(parts, staffId, given),
    )
    say(outcomes.map((outcome) => (outcome.ok ? 'accepted' : outcome.reason)))
  }
  db.close()
}

const [folder, service] = process.argv.slice(2)
if (folder === undefined || service === undefined) throw new Error('usage: child-answer.ts FOLDER SERVICE')
await answer(folder, service)
