// An export that somebody made up to bring the verifier down: it always ends in words and an exit status.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyFile } from '../../src/cli/audit.ts'
import { importFile } from '../../src/cli/people.ts'
import { checkpointText, signedNote } from '../../src/core/checkpoint.ts'
import { appendLeaf, emptyFrontier, leafHash } from '../../src/core/tree.ts'
import { sha256 } from '../../src/station/primitives.ts'
import { checkpointOf, logOrigin, stationNumber } from '../../src/station/signing.ts'
import { closeAll, newWard } from '../support/attack-station.ts'
import { newFolder } from '../support/fakes.ts'

const folder = newFolder()
afterAll(async () => {
  await closeAll(true)
  fs.rmSync(folder, { recursive: true })
})
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const spki = publicKey.export({ type: 'spki', format: 'der' })
const station = stationNumber(spki)
const origin = logOrigin(station)

/** One event, hashed and signed by a key of the attacker's: whoever verifies gets to read it. */
function signed(event: object): string[] {
  const body = canonicalize(event) as string
  const frontier = appendLeaf(emptyFrontier, leafHash(Buffer.from(body), sha256), sha256)
  const text = checkpointText(checkpointOf(origin, frontier))
  const id = createHash('sha256').update(`${origin}\n\u0001`).update(spki.subarray(-32)).digest().subarray(0, 4)
  const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')
  return [
    JSON.stringify({ export: 'wardkey-audit/1', origin, signingKey: spki.toString('base64') }),
    body,
    JSON.stringify({ checkpoint: signedNote(text, origin, signature) }),
  ]
}
function fileOf(name: string, text: string): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, text)
  return file
}
const event = {
  id: '01a211a0-a0aa-77ce-a3a2-4e63bf82ed89',
  station,
  number: 1,
  atMs: 1,
  runningMs: 1,
  type: 'station-started',
  appVersion: '1',
  salt: 'x',
}

describe('an export', () => {
  it('of one sound event is read: the forger’s hand is steady', async () => {
    const answer = await verifyFile(fileOf('sound.jsonl', `${signed(event).join('\n')}\n`), undefined)
    expect(answer).toMatchObject({ found: false, json: { events: 1 } })
  })
  it.each([8.64e15 + 1, Number.MAX_SAFE_INTEGER])('whose time no calendar has is a wrong event: %i', async (atMs) => {
    const answer = await verifyFile(fileOf('time.jsonl', `${signed({ ...event, atMs }).join('\n')}\n`), undefined)
    expect(answer).toMatchObject({ found: true, json: { problem: 'event', event: 1 } })
  })
  it.each(['first', 'second'])('whose %s line never ends is refused before it fills the memory', async (which) => {
    const file = path.join(folder, 'endless.jsonl')
    fs.writeFileSync(file, which === 'second' ? `${signed(event)[0]}\n` : '')
    fs.truncateSync(file, 2 ** 30)
    const before = process.memoryUsage.rss()
    const answer = await verifyFile(file, undefined)
    expect(answer).toMatchObject({ found: true })
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024)
    fs.rmSync(file)
  })
})

describe('a file of people', () => {
  it('can’t steer the terminal that its problems are shown on', async () => {
    const ward = await newWard()
    const file = fileOf('people.csv', 'staff_id,name\n\u009b2J\u202eA1,\u001b[31mBola\n')
    const answer = await importFile({ folder: ward.folder, keychain: ward.keychain }, {}, file, true)
    expect(answer.found).toBe(true)
    expect(answer.lines.join(' ')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(answer.lines.join(' ')).toContain('A1')
  })
})
