// Exports of unknown origin: told from a whole one, line by line, without a crash.
import { createHash, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkpointText, signedNote } from '../../src/core/checkpoint.ts'
import { openDatabase } from '../../src/station/database.ts'
import { type ExportReport, exportLines, verifyExport } from '../../src/station/export.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { logOrigin, openNote, readStation, signCheckpoint, stationNumber } from '../../src/station/signing.ts'
import { setUp, startDesk } from '../support/fakes.ts'
import { runsOf, seed, timeLimitMs } from './runs.ts'
import { anyText, edited } from './text-edits.ts'

/** Lines of a real export, and another that the same station made earlier. */
let whole: string[] = []
let earlier: string[] = []
beforeAll(async () => {
  const bench = await startDesk()
  await setUp(bench)
  await bench.desk.close()
  const db = openDatabase(bench.folder, { readonly: true })
  const keys = new StationKeys(Buffer.from(bench.keychain.entries.get('root-key') ?? '', 'base64'))
  const ledger = new Ledger(db, keys, bench.clock, '')
  const station = readStation(ledger)
  if (!station) throw new Error('no station')
  const origin = logOrigin(stationNumber(station.signing_public))
  const frontier = ledger.frontier()
  const note = signCheckpoint(station, keys, frontier)
  whole = [...exportLines(db, frontier.size, origin, station.signing_public, note)]
  earlier = [...exportLines(db, 3, origin, station.signing_public, note)]
  db.close()
})

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}
const verify = (lines: readonly string[]): Promise<ExportReport> => verifyExport(each(lines), () => [])
const isGood = (report: ExportReport): boolean => report.finding === null && report.broken === null

const place = fc.nat()
const change = fc.oneof(
  fc.record({ how: fc.constantFrom('remove', 'repeat', 'swap', 'end', 'earlier'), at: place }),
  fc.record({ how: fc.constantFrom('insert', 'replace'), at: place, line: anyText }),
)
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never

function changed(lines: readonly string[], each: Change): string[] {
  const i = each.at % Math.max(lines.length, 1)
  switch (each.how) {
    case 'remove':
      return lines.toSpliced(i, 1)
    case 'repeat':
      return lines.toSpliced(i, 0, lines[i] ?? '')
    case 'swap':
      return lines.toSpliced(i, 2, ...lines.slice(i, i + 2).reverse())
    case 'end':
      return lines.slice(0, i)
    case 'earlier':
      return [...earlier]
    case 'insert':
      return lines.toSpliced(i, 0, each.line)
    case 'replace':
      return lines.toSpliced(i, 1, each.line)
  }
}
/** A few changes of whole lines, then an edit inside one. */
const hostileExport = fc
  .tuple(fc.array(change, { maxLength: 3 }), place, fc.boolean())
  .chain(([changes, at, inside]) => {
    const lines = changes.reduce(changed, whole)
    const i = at % Math.max(lines.length, 1)
    return inside ? edited(fc.constant(lines[i] ?? '')).map((line) => lines.toSpliced(i, 1, line)) : fc.constant(lines)
  })

const noteIn = (line: string | undefined): unknown => {
  try {
    return (JSON.parse(line ?? '') as { checkpoint?: unknown }).checkpoint
  } catch (error) {
    return error
  }
}

/** signed-note: what tells by which key a line is signed. A forger can compute it for any key. */
const keyId = (name: string, key: Buffer): Buffer =>
  createHash('sha256').update(`${name}\n\x01`).update(key.subarray(-32)).digest().subarray(0, 4)

describe(`exports from anywhere (seed ${seed})`, () => {
  it(
    'are told from the whole one, whatever their lines are',
    async () => {
      expect(isGood(await verify(whole))).toBe(true)
      await fc.assert(
        fc.asyncProperty(hostileExport, async (lines) => {
          const report = await verify(lines)
          if (!isGood(report)) return
          // Blank lines are no events. All others have to be there, in their order, byte for byte.
          const kept = lines.filter((line) => line !== '')
          expect(kept.slice(1, -1)).toEqual(whole.slice(1, -1))
          expect(noteIn(kept.at(-1))).toBe(noteIn(whole.at(-1)))
        }),
        runsOf('exported'),
      )
    },
    timeLimitMs,
  )

  it.each([
    ['an empty file', []],
    ['blank lines', ['', '', '']],
    ['no JSON', ['not JSON']],
    ['another format', ['{"export":"wardkey-audit/2"}']],
    ['deep nesting', ['['.repeat(200_000)]],
  ])('that are none are said to be none: %s', async (_what, lines) => {
    expect(await verify(lines)).toMatchObject({ broken: 'not-an-export' })
  })

  it('with half of a surrogate pair in an event name that event', async () => {
    const lines = whole.with(2, (whole[2] ?? '').replace(/"salt":"[^"]*"/, '"salt":"\\ud800"'))
    expect(await verify(lines)).toMatchObject({ finding: { kind: 'event', number: 2 } })
  })

  const spki = { type: 'spki', format: 'der' } as const
  const pkcs8 = { type: 'pkcs8', format: 'der' } as const
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: spki, privateKeyEncoding: pkcs8 })
  it.each([
    ['no key', Buffer.alloc(0)],
    ['no key that can be read', Buffer.alloc(44, 1)],
    ['a key of another kind', ec.publicKey],
  ])('with %s in their head hold no checkpoint', async (_what, key) => {
    const origin = logOrigin(stationNumber(key))
    const text = checkpointText({ origin, size: 1, root: Buffer.alloc(32).toString('base64') })
    const note = signedNote(text, origin, Buffer.concat([keyId(origin, key), Buffer.alloc(64, 1)]).toString('base64'))
    expect(openNote(note, key)).toBeNull()
    const head = { export: 'wardkey-audit/1', origin, signingKey: key.toString('base64') }
    expect(await verify([JSON.stringify(head), whole[1] ?? '', JSON.stringify({ checkpoint: note })])).toMatchObject({
      broken: 'foreign-checkpoint',
    })
  })

  it('whose head names another station are not that station’s', async () => {
    const lines = whole.with(0, (whole[0] ?? '').replace(/[0-9a-f]{16}/, '0'.repeat(16)))
    expect(isGood(await verify(lines))).toBe(false)
  })
})
