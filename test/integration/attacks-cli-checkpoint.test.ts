// The command line beside a running station: both bring the log's head to one keychain, and neither may set it back.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { withApproval } from '../../src/cli/approved.ts'
import { addPerson } from '../../src/station/people.ts'
import { type KeychainAccount, KeychainError } from '../../src/station/ports.ts'
import { anchoredSize } from '../support/attack-log.ts'
import {
  closeAll,
  copyOf,
  newWard,
  read,
  restart,
  type Stopped,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { codeOf, FakeKeychain } from '../support/fakes.ts'

let station: Stopped
beforeAll(async () => {
  station = await newWard()
  await closeAll()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** The same entries, reached by the other process; `late` runs before a value that is on its way arrives. */
class OtherHand extends FakeKeychain {
  constructor(shared: FakeKeychain, late: () => Promise<void>) {
    super()
    this.read = shared.read
    this.write = async (account: KeychainAccount, value: string) => {
      await late()
      await shared.write(account, value)
    }
  }
}

const events = (ward: Stopped): number => read<number>(ward, 'SELECT count(*) FROM event')[0] ?? 0
const wrongCode = (ward: Ward) => ward.desk.handlers.submitCode({ staffId: 'N9999', code: '000000' })

/** The command line lives in the present, the station in its own time. */
const addByCommand = (ward: Ward, keychain: FakeKeychain) =>
  withApproval(
    { folder: ward.folder, keychain },
    { as: staffId, code: codeOf(ward.setupKey, Date.now()) },
    'change-people',
    'people add N2044',
    (recorder, actor) => {
      addPerson(recorder, { staffId: 'N2044', displayName: 'Bola', roles: ['staff'] }, actor)
      return { found: false, lines: ['Bola was added.'], json: { ok: true } }
    },
  )

describe('a checkpoint of the command line', () => {
  it('that arrives after a newer one of the station leaves the newest there', async () => {
    const ward = await restart(copyOf(station))
    let once = true
    const keychain = new OtherHand(ward.keychain, async () => {
      if (!once) return
      once = false
      const before = events(ward)
      await wrongCode(ward)
      await expect.poll(() => anchoredSize(ward), { timeout: 5000 }).toBeGreaterThan(before)
    })
    expect(await addByCommand(ward, keychain)).toMatchObject({ found: false })
    expect(once).toBe(false)
    expect(anchoredSize(ward)).toBe(events(ward))
  })

  it('that can’t be brought is said, with what was done, and nothing is thrown', async () => {
    const ward = await restart(copyOf(station))
    const keychain = new OtherHand(ward.keychain, async () => {
      throw new KeychainError('keychain-locked')
    })
    const answer = await addByCommand(ward, keychain)
    expect(answer).toMatchObject({ found: true, json: { ok: false, problem: 'keychain-locked' } })
    expect(answer.lines[0]).toBe('Bola was added.')
    expect(read(ward, "SELECT count(*) FROM person WHERE staff_id = 'N2044'")).toEqual([1])
  })
})

describe('a checkpoint of the station', () => {
  it('that arrives after a newer one of the command line leaves the newest there', async () => {
    const ward = await restart(copyOf(station))
    await expect.poll(() => anchoredSize(ward), { timeout: 5000 }).toBe(events(ward))
    let once = true
    const write = ward.keychain.write
    ward.keychain.write = async (account, value) => {
      if (once) {
        once = false
        const shared = new FakeKeychain()
        shared.read = ward.keychain.read
        shared.write = write
        await addByCommand(ward, shared)
      }
      await write(account, value)
    }
    await wrongCode(ward)
    await expect.poll(() => once, { timeout: 5000 }).toBe(false)
    await expect.poll(() => anchoredSize(ward), { timeout: 3000 }).toBe(events(ward))
  })
})

describe('a change on a folder that was set back', () => {
  it('is refused in plain words', async () => {
    const ward = await restart(copyOf(station))
    await closeAll()
    const old = copyOf(ward)
    const again = await restart(ward)
    await wrongCode(again)
    await closeAll()
    for (const [account, value] of again.keychain.entries) old.keychain.entries.set(account, value)
    const answer = await addByCommand({ ...again, ...old }, old.keychain)
    expect(answer.json).toEqual({ ok: false, problem: 'log-cut' })
    expect(answer.lines[0]).toMatch(/shorter/)
  })
})

describe('an approval', () => {
  it('and its change are one: where the change fails, the code is not spent on nothing', async () => {
    const ward = await restart(copyOf(station))
    const code = codeOf(ward.setupKey, Date.now())
    const parts = { folder: ward.folder, keychain: ward.keychain }
    const failing = withApproval(
      parts,
      { as: staffId, code },
      'change-people',
      'people add N2044',
      (recorder, actor) => {
        addPerson(recorder, { staffId: 'N2044', displayName: 'Bola', roles: ['staff'] }, actor)
        throw new Error('a fault of ours')
      },
    )
    await expect(failing).rejects.toThrow('a fault of ours')
    expect(read(ward, "SELECT count(*) FROM event WHERE type = 'approval-attempted'")).toEqual([0])
    expect(await addByCommand(ward, ward.keychain)).toMatchObject({ found: false })
  })
})
