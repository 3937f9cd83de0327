// A change from the command line that meets a rotation of the keys: it goes on under the new ones, or says so; never "changed from outside".
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { withApproval, withApprover } from '../../src/cli/approved.ts'
import { rotate } from '../../src/cli/keys.ts'
import type { Answer } from '../../src/cli/output.ts'
import type { Recorder } from '../../src/station/ledger.ts'
import {
  closeAll,
  copyOf,
  newWard,
  reachInto,
  read,
  restart,
  type Stopped,
  staffId,
} from '../support/attack-station.ts'
import { codeOf } from '../support/fakes.ts'

/** What happens while the command waits for somebody to type the code; what they type. */
let whileAsked = async (): Promise<string> => ''
let asked = 0
vi.mock('../../src/cli/ask.ts', () => ({
  ask: () => {
    asked++
    return whileAsked()
  },
  askHidden: async () => '',
  isAtTerminal: () => false,
}))

let original: Stopped | undefined
let station: Stopped
beforeEach(async () => {
  if (!original) {
    original = await newWard()
    await closeAll()
  }
  station = copyOf(original)
  asked = 0
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const partsOf = ({ folder, keychain }: Stopped) => ({ folder, keychain })
const code = (stepsAgo = 0) => codeOf(station.setupKey, Date.now() - stepsAgo * 30_000)
const done: Answer = { found: false, lines: ['done'], json: { ok: true } }
async function rotateBy(itsCode: string): Promise<void> {
  const before = station.keychain.entries.get('root-key')
  expect(await rotate(partsOf(station), { as: staffId, code: itsCode })).toMatchObject({ found: false })
  expect(station.keychain.entries.get('root-key')).not.toBe(before)
}
const work = (recorder: Recorder) => {
  recorder.event({ type: 'people-confirmed' })
  return done
}
const worked = () => read(station, "SELECT count(*) FROM event WHERE type = 'people-confirmed'")[0]
const change = () => withApproval(partsOf(station), { as: staffId }, 'change-people', 'people add N1', work)

it('goes on under the new keys, with the code that was typed once', async () => {
  whileAsked = async () => {
    await rotateBy(code(1))
    return code()
  }
  expect(await change()).toEqual(done)
  expect([asked, worked()]).toEqual([1, 1])
  expect((await restart(station)).desk.screen().kind).toBe('locked')
})

it('says so where it had written something before the rotation came, and what takes longer is not done', async () => {
  whileAsked = async () => code(1)
  const answer = await withApprover(partsOf(station), { as: staffId }, 'backup create', async ({ ledger }) => {
    await rotateBy(code())
    return ledger.record(work)
  })
  expect(answer).toMatchObject({ found: true, json: { ok: false, problem: 'keys-renewed' } })
  expect(answer.lines).toEqual(["The station's keys were being renewed just then. Nothing was changed; try again."])
  expect(worked()).toBe(0)
})

it('stands where the rotation came right after it', async () => {
  whileAsked = async () => code(1)
  const answer = await withApprover(partsOf(station), { as: staffId }, 'backup create', async ({ ledger }) => {
    const answer = ledger.record(work)
    await rotateBy(code())
    return answer
  })
  expect(answer).toEqual(done)
  expect(worked()).toBe(1)
  expect((await restart(station)).desk.screen().kind).toBe('locked')
})

it('still says what is wrong where the check of the keys was edited by hand', async () => {
  whileAsked = async () => {
    reachInto(station, (db) => db.prepare("UPDATE station SET key_check = zeroblob(32) WHERE id = 'this'").run())
    return code()
  }
  expect(await change()).toMatchObject({ found: true, json: { problem: 'key-changed' } })
  expect(worked()).toBe(0)
})
