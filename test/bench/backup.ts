// The backup of a big station, beside a plain copy of its store, and how long main stands still meanwhile.
import fs from 'node:fs'
import path from 'node:path'
import { setInterval as every } from 'node:timers/promises'
import { type BackupParts, makeBackup } from '../../src/station/backup.ts'
import { databaseFile, openDatabase } from '../../src/station/database.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { addPerson } from '../../src/station/people.ts'
import { random } from '../../src/station/primitives.ts'
import { setUp } from '../../src/station/set-up.ts'
import { FakeClock, FakeKeychain } from '../support/fakes.ts'
import { takeTurns } from './measure.ts'
import { alone, compare, type Result } from './result.ts'
import { binding } from './station.ts'

const people = 50_000
const events = 200_000
const passphrase = 'correct horse battery staple'

export async function benchBackup(folder: string): Promise<Result[]> {
  const root = random(32)
  const keychain = new FakeKeychain()
  await keychain.write('root-key', root.toString('base64'))
  const parts: BackupParts = {
    dataFolder: path.join(folder, 'backup'),
    keychain,
    clock: new FakeClock(),
    appVersion: '0.1.0',
    sqliteBinding: binding,
  }
  const station = fill(parts, new StationKeys(root))
  const file = path.join(folder, 'big.age')
  const stalls: number[] = []
  const samples = await takeTurns(
    3,
    {
      backup: async () => {
        const startMs = performance.now()
        stalls.push(
          await longestStall(async () => {
            const made = await makeBackup(parts, station, file, passphrase)
            if (!made.ok || made.events < events) throw new Error('the backup was not made')
          }),
        )
        return performance.now() - startMs
      },
      copy: () => copyStore(parts.dataFolder, path.join(folder, 'copy.db')),
    },
    0,
  )
  const name = `backup of ${people} people and ${events} events`
  const megabytes = [fs.statSync(file).size / 1e6]
  return [
    compare(name, samples.backup, 'a copy of the store, on the disk', samples.copy),
    alone('… main stands still for at most', stalls),
    alone('… its file', megabytes, { unit: 'MB' }),
  ]
}

function fill(parts: BackupParts, keys: StationKeys) {
  fs.mkdirSync(parts.dataFolder, { recursive: true })
  const db = openDatabase(parts.dataFolder, { binding })
  try {
    const ledger = new Ledger(db, keys, parts.clock, parts.appVersion)
    const place = { name: 'Ward 7', location: 'Level 2, east corridor' }
    const administrator = { displayName: 'Ada Kern', staffId: 'A1001' }
    const station = setUp({ db, keys, ledger }, { ...place, administrator })
    ledger.record((recorder) => {
      const ids = Array.from({ length: people }, (_, i) =>
        addPerson(recorder, { displayName: `Person ${i}`, staffId: `N${i}`, roles: ['staff'] }, undefined),
      )
      const attempt = { type: 'login-attempted', method: 'totp', outcome: 'accepted' } as const
      for (let number = people; number < events; number++)
        recorder.event({ ...attempt, subject: keys.subject('N1'), person: ids[number % people] ?? undefined })
    })
    return station
  } finally {
    db.close()
  }
}

function copyStore(folder: string, to: string): number {
  const startMs = performance.now()
  fs.copyFileSync(databaseFile(folder), to)
  const handle = fs.openSync(to, 'r+')
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  const ms = performance.now() - startMs
  fs.rmSync(to)
  return ms
}

/** Milliseconds beyond those between two beats that ought to be five apart. */
async function longestStall(work: () => Promise<void>): Promise<number> {
  const beatMs = 5
  let longest = 0
  let done = false
  const watching = (async () => {
    let last = performance.now()
    for await (const _ of every(beatMs)) {
      longest = Math.max(longest, performance.now() - last - beatMs)
      last = performance.now()
      if (done) return
    }
  })()
  try {
    await work()
  } finally {
    done = true
    await watching
  }
  return longest
}
