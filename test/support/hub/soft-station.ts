// A station as the hub sees one: keys, proofs and a log, all in the test's hand, so that it can lie.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import canonicalize from 'canonicalize'
import { CompactSign } from 'jose'
import { joinText } from '../../../src/contracts/hub/join.ts'
import { challengeHeader, proofHeader, tokenHeader } from '../../../src/contracts/hub/proof.ts'
import { checkpointText, signedNote } from '../../../src/core/checkpoint.ts'
import { noteKeyId } from '../../../src/core/signed-note.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, treeRoot } from '../../../src/core/tree.ts'
import { newId, random, sha256 } from '../../../src/station/primitives.ts'
import type { Answer, Reached } from './running-hub.ts'

interface Prepared {
  readonly path: string
  readonly body: unknown
  readonly proof: string
}

/** @param body a text is sent as it is. */
const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))

export class SoftStation {
  readonly number: string
  /** Which of several processes it asks next. */
  hub: Reached
  readonly #slug: string
  readonly #signing: KeyObject
  readonly #spki: readonly Buffer[]
  token = ''
  challenge: string | null = null

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

  /** As the program does: what the hub asks for is signed at once. @param change of the claims that are signed. */
  async ask(path: string, body: unknown, change: Record<string, unknown> = {}): Promise<Answer> {
    const prepared = await this.prepare(path, body, change)
    const answer = await this.deliver(prepared)
    if (answer.body.reason !== 'token-old' || !this.challenge) return answer
    return this.deliver(await this.prepare(path, body, { challenge: this.challenge, ...change }))
  }

  /** A request with its proof, to be sent when and as often as the test likes. */
  async prepare(path: string, body: unknown, change: Record<string, unknown> = {}): Promise<Prepared> {
    const digest = createHash('sha256').update(textOf(body)).digest('base64url')
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
    const proof = await new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA' }).sign(this.#signing)
    return { path, body, proof }
  }

  /** @param listens whether the next token that it brings reaches the station. */
  deliver({ path, body, proof }: Prepared, listens = true): Promise<Answer> {
    return this.#post(path, body, { [proofHeader]: proof }, listens)
  }

  /** Opens a stream of news, and leaves it. */
  async listen(change: Record<string, unknown> = {}): Promise<{ status: number; body: ReadableStream | null }> {
    const digest = createHash('sha256').update('').digest('base64url')
    const { proof } = await this.prepare('/station/stream', {}, { method: 'GET', digest, ...change })
    const url = `${this.hub.url}/v1/${this.#slug}/station/stream`
    const { status, body } = await fetch(url, { headers: { [proofHeader]: proof } })
    return { status, body }
  }

  /** What asks for the changes, for `prepare`. */
  asking(log: SoftLog, after = 0) {
    return { after, epoch: 0, checkpoint: this.note(log), appVersion: 'test' }
  }

  async #post(path: string, body: unknown, headers: Record<string, string>, listens = true): Promise<Answer> {
    const response = await fetch(`${this.hub.url}/v1/${this.#slug}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: textOf(body),
    })
    const token = response.headers.get(tokenHeader)
    if (token && listens) this.token = token
    this.challenge = response.headers.get(challengeHeader)
    return { status: response.status, body: await response.json() }
  }

  changes(log: SoftLog, after = 0): Promise<Answer> {
    return this.ask('/station/changes', this.asking(log, after))
  }

  send(log: SoftLog, from: number, to: number, checkpoint = this.note(log, to)): Promise<Answer> {
    return this.ask('/station/events', { events: log.bodies.slice(from - 1, to), checkpoint })
  }

  note(log: SoftLog, size = log.bodies.length): string {
    return this.noteOf(log.frontierAt(size))
  }

  noteOf(frontier: Frontier): string {
    const origin = `wardkey/standalone/${this.number}`
    const root = Buffer.from(treeRoot(frontier, sha256)).toString('base64')
    const text = checkpointText({ origin, size: frontier.size, root })
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
