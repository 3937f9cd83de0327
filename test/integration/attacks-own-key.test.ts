// Whoever owns the account owns the key: what a checkpoint kept elsewhere, and the station's number, still tell of them.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyFile, verifyFolder } from '../../src/cli/audit.ts'
import { checkpointText, signedNote } from '../../src/core/checkpoint.ts'
import { appendLeaf, emptyFrontier, leafHash } from '../../src/core/tree.ts'
import { sha256 } from '../../src/station/primitives.ts'
import { checkpointOf, logOrigin, stationNumber } from '../../src/station/signing.ts'
import { anchorNow, changed, exportNow, noteNow, rewrite } from '../support/attack-log.ts'
import { closeAll, copyOf, keysOf, newWard, reachInto, type Stopped, signIn } from '../support/attack-station.ts'
import { newFolder } from '../support/fakes.ts'
import { at } from './audit-folder.ts'
import { rewritten, wrong } from './audit-words.ts'

let station: Stopped
let outside = ''
let size = 0
const files = newFolder()
function fileOf(name: string, text: string): string {
  const file = path.join(files, name)
  fs.writeFileSync(file, text)
  return file
}
const exportFile = (name: string, lines: readonly string[]) => fileOf(name, `${lines.join('\n')}\n`)
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  await closeAll()
  station = ward
  size = exportNow(station).length - 2
  outside = fileOf('outside.txt', noteNow(station))
})
afterEach(() => closeAll())
afterAll(async () => {
  await closeAll(true)
  fs.rmSync(files, { recursive: true })
})

describe('a log that its own station’s key wrote anew and signed', () => {
  /** As long as it was: the keychain's checkpoint and the one from outside are of one size. */
  function rewrittenStation(): Stopped {
    const stopped = copyOf(station)
    reachInto(stopped, (db) =>
      rewrite(db, keysOf(stopped), (events) => events.with(0, changed(at(events, 1), { atMs: 1 }))),
    )
    anchorNow(stopped)
    return stopped
  }
  it('is not the one that a checkpoint of the same size from outside was signed for', async () => {
    expect((await verifyFolder(rewrittenStation(), outside)).lines).toEqual(rewritten(size))
    expect(await verifyFolder(copyOf(station), outside)).toMatchObject({ found: false })
  })
  it('is not that in an export, either', async () => {
    const forged = exportFile('forged.jsonl', exportNow(rewrittenStation()))
    expect((await verifyFile(forged, outside)).lines).toEqual(rewritten(size))
    expect(await verifyFile(exportFile('true.jsonl', exportNow(station)), outside)).toMatchObject({ found: false })
  })
})

describe('a station’s export that somebody edited and signed with a key of their own', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const number = stationNumber(spki)
  const origin = logOrigin(number)

  /** Chained, hashed and signed as an export of the other key's would be. */
  function forged(change: object): string[] {
    const [head = '', ...rest] = exportNow(station)
    let frontier = emptyFrontier
    let previous: string | undefined
    const bodies = rest.slice(0, -1).map((line) => {
      const body = canonicalize({ ...JSON.parse(line), ...change, ...(previous ? { previous } : {}) }) as string
      const leaf = leafHash(Buffer.from(body), sha256)
      previous = Buffer.from(leaf).toString('base64')
      frontier = appendLeaf(frontier, leaf, sha256)
      return body
    })
    const text = checkpointText(checkpointOf(origin, frontier))
    const id = createHash('sha256').update(`${origin}\n\u0001`).update(spki.subarray(-32)).digest().subarray(0, 4)
    const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')
    const ownHead = { ...JSON.parse(head), origin, signingKey: spki.toString('base64') }
    return [JSON.stringify(ownHead), ...bodies, JSON.stringify({ checkpoint: signedNote(text, origin, signature) })]
  }

  it('is found by its first event: it is of another station', async () => {
    const file = exportFile('own-key.jsonl', forged({ location: 'forged' }))
    expect((await verifyFile(file, undefined)).lines).toEqual(wrong(1, 'of another station'))
  })
  it('is found by its origin, where the head still claims the true one', async () => {
    const [, ...lines] = forged({ location: 'forged' })
    const [head = ''] = exportNow(station)
    const claimed = JSON.stringify({ ...JSON.parse(head), signingKey: spki.toString('base64') })
    expect(await verifyFile(exportFile('claims.jsonl', [claimed, ...lines]), undefined)).toMatchObject({ found: true })
  })
  it('is found by its number, where the events were made to fit', async () => {
    const file = exportFile('whole-new.jsonl', forged({ location: 'forged', station: number }))
    const answer = await verifyFile(file, undefined)
    expect(answer.lines.at(-1)).toBe(`signed by the key of station ${number}, which the export brings along`)
    expect(answer.json).toMatchObject({ station: number })
    expect(await verifyFile(file, outside)).toMatchObject({ found: true, json: { problem: 'foreign-checkpoint' } })
  })
})
