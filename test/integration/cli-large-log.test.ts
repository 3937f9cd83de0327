// The command line as a real process over a log larger than its memory: events stream out, and through.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/station/database.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { readStation, stationNumber } from '../../src/station/signing.ts'
import { type CliStation, makeCliStation } from '../support/cli.ts'

const events = 20_000
let station: CliStation
let size = 0

/** One transaction for all of them: some 4 KB each. */
beforeAll(async () => {
  station = await makeCliStation()
  const { folder, clock } = station.bench
  const db = openDatabase(folder)
  const keys = new StationKeys(Buffer.from((await station.keychain.read('root-key')) ?? '', 'base64'))
  const ledger = new Ledger(db, keys, clock, '0.0.0')
  const row = readStation(ledger)
  ledger.identify({ stationNumber: stationNumber(row?.signing_public ?? Buffer.alloc(0)), location: 'Level 2' })
  const texts = Array.from({ length: 8 }, (_, i) => [`text${i}`, 'x'.repeat(480)] as const)
  ledger.record((recorder) => {
    for (let i = 0; i < events; i++) recorder.event({ type: 'challenges-shown', details: Object.fromEntries(texts) })
  })
  size = ledger.frontier().size
  db.close()
}, 60_000)
afterAll(() => fs.rmSync(station.root, { recursive: true }))

describe('a log of 20,000 large events', () => {
  it('goes out, and is verified, in less memory than its text alone would take', async () => {
    // What lives after a collection is some 11 MB; the rest is room for a collector that shares two cores with other work.
    const nodeArgs = ['--max-old-space-size=56']
    const name = path.join(station.root, 'large.jsonl')
    const file = fs.openSync(name, 'w')
    let bytes = 0
    const onOutput = (chunk: Buffer) => {
      bytes += fs.writeSync(file, chunk)
      return true
    }
    const exported = await station.cliWith({ nodeArgs, onOutput }, 'audit', 'export')
    fs.closeSync(file)
    expect([exported.status, exported.stderr]).toEqual([0, ''])
    expect(bytes).toBeGreaterThan(80 * 1024 * 1024)
    for (const which of [['--file', name], []]) {
      const { status, stdout, stderr } = await station.cliWith({ nodeArgs }, 'audit', 'verify', ...which)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`, ${size} events\n`)
    }
  }, 120_000)

  it('may be read only in part, as by `head`', async () => {
    const { status, stderr } = await station.cliWith({ onOutput: () => false }, 'audit', 'export')
    expect(stderr).toBe('')
    expect(status).toBeOneOf([0, 1, 2])
  }, 60_000)
})
