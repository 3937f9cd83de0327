// A station as the hub sees one: keys, proofs and a log, all in the test's hand, so that it can lie.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import canonicalize from 'canonicalize'
import { CompactSign } from 'jose'
import { joinText } from '../../../src/contracts/hub/join.ts'
import { proofHeader, tokenHeader } from '../../../src/contracts/hub/proof.ts'
import { checkpointText, signedNote } from '../../../src/core/checkpoint.ts'
import { noteKeyId } from '../../../src/core/signed-note.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, treeRoot } from '../../../src/core/tree.ts'
import { newId, random, sha256 } from '../../../src/station/primitives.ts'
import type { Answer, Reached } from './running-hub.ts'

export class SoftStation {
  readonly number: string
  /** Which of several processes it asks next. */
  hub: Reached
  readonly #slug: string
  readonly #signing: KeyObject
  readonly #spki: readonly Buffer[]
  token = ''

  constructor(hub: Reached, slug: string) {
    this.hub = hub
    this.#slug = slug
    const spki = { type: 'spki', format: 'der' } as const
    const signing = generateKeyPairSync('ed25519')
    const curves = [1, 2].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export(spki))
    this.#signing = signing.privateKey
    this.#spki = [signing.publicKey.export(spki), ...curves]
    this.number = createHash('sha256')
      .update(this.#spki[0] as Buffer)
      .digest('hex')
      .slice(0, 16)
  }

  /** @param signer another's key, for whoever pretends. */
  async join(link: string, signer: SoftStation = this): Promise<Answer> {
    const code = link.split('#')[1] ?? ''
    const keys = this.#spki.map((key) => key.toString('base64'))
    const [signingKey, agreementKey, sealingKey] = keys
    const signature = sign(null, Buffer.from(joinText(code, keys)), signer.#signing).toString('base64')
    const facts = { name: 'Soft', location: 'Here', appVersion: 'test' }
    const answer = await this.#post('/join', { code, ...facts, signingKey, agreementKey, sealingKey, signature }, {})
    if (answer.status === 200) this.token = answer.body.token
    return answer
  }

  /** @param change of the claims that are signed. */
  async ask(path: string, body: unknown, change: Record<string, unknown> = {}): Promise<Answer> {
    const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64url')
    const proof = await this.#prove(path, digest, change)
    return this.#post(path, body, { [proofHeader]: proof })
  }

  #prove(path: string, digest: string, change: Record<string, unknown>): Promise<string> {
    const claims = {
      station: this.number,
      method: 'POST',
      path: `/v1/${this.#slug}${path}`,
      digest,
      atMs: this.hub.time.ms,
      nonce: random(32).toString('base64url'),
      token: this.token,
      ...change,
    }
    const payload = Buffer.from(JSON.stringify(claims))
    return new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA' }).sign(this.#signing)
  }

  async #post(path: string, body: unknown, headers: Record<string, string>, keeps = true): Promise<Answer> {
    const response = await fetch(`${this.hub.url}/v1/${this.#slug}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const token = response.headers.get(tokenHeader)
    if (token && keeps) this.token = token
    return { status: response.status, body: await response.json() }
  }

  changes(log: SoftLog, after = 0): Promise<Answer> {
    return this.ask('/station/changes', { after, epoch: 0, checkpoint: this.note(log), appVersion: 'test' })
  }

  send(log: SoftLog, from: number, to: number, checkpoint = this.note(log, to)): Promise<Answer> {
    return this.ask('/station/events', { events: log.bodies.slice(from - 1, to), checkpoint })
  }

  note(log: SoftLog, size = log.bodies.length): string {
    const origin = `wardkey/standalone/${this.number}`
    const root = Buffer.from(treeRoot(log.frontierAt(size), sha256)).toString('base64')
    const text = checkpointText({ origin, size, root })
    const id = noteKeyId(origin, 'ed25519', (this.#spki[0] as Buffer).subarray(-32), sha256)
    const signature = Buffer.concat([id, sign(null, Buffer.from(text), this.#signing)])
    return signedNote(text, origin, signature.toString('base64'))
  }
}

export class SoftLog {
  readonly bodies: string[]
  readonly #station: string

  constructor(station: SoftStation | string, bodies: readonly string[] = []) {
    this.#station = typeof station === 'string' ? station : station.number
    this.bodies = [...bodies]
  }

  /** As far as `size`, and its own from there. */
  fork(size: number): SoftLog {
    return new SoftLog(this.#station, this.bodies.slice(0, size))
  }

  /** @param what of each event, beside what makes it one. */
  grow(count: number, what: Record<string, unknown> = {}): this {
    for (let i = 0; i < count; i++) {
      const last = this.bodies.at(-1)
      const previous = last ? Buffer.from(leafHash(Buffer.from(last), sha256)).toString('base64') : undefined
      const event = {
        id: newId(),
        station: this.#station,
        number: this.bodies.length + 1,
        atMs: 1,
        runningMs: 1,
        type: 'session-ended',
        appVersion: 'test',
        salt: random(8).toString('hex'),
        ...(previous ? { previous } : {}),
        ...what,
      }
      this.bodies.push(canonicalize(event) as string)
    }
    return this
  }

  frontierAt(size: number): Frontier {
    return this.bodies
      .slice(0, size)
      .reduce<Frontier>((at, body) => appendLeaf(at, leafHash(Buffer.from(body), sha256), sha256), emptyFrontier)
  }
}
