// The hub over HTTP: by TLS, or in the clear on this very computer; answers are parsed before anybody looks at them.

import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { answersForStation } from '../../contracts/hub/answers.ts'
import { boxAnswer, partsForStation } from '../../contracts/hub/bindings.ts'
import { changesAnswer } from '../../contracts/hub/down.ts'
import { joinAnswer } from '../../contracts/hub/join.ts'
import { hubRefusal, secretText } from '../../contracts/hub/names.ts'
import { phonesAnswer } from '../../contracts/hub/phones.ts'
import { challengeHeader, type ProofClaims, proofHeader, tokenHeader } from '../../contracts/hub/proof.ts'
import { eventsAnswer } from '../../contracts/hub/up.ts'
import { parseJson } from '../../contracts/json.ts'
import { random } from '../primitives.ts'
import type { HubAddress, HubFailure, HubNews, HubPort, Prover } from './port.ts'

const limitMs = 10_000
/** A page of changes is far below it. */
const answerBytes = 16 * 1024 * 1024
/** The hub says that it is there every 15 s. */
const silenceMs = 45_000
const longestLine = 1000
const named = ['data: answers', 'data: bindings']
const unreachable: HubFailure = { ok: false, reason: 'unreachable' }

/** null: no address of a hub. In the clear only to this computer itself. */
export function parseHubUrl(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) return null
  if (url.username !== '' || url.password !== '') return null
  return url.origin
}

export function createHttpHub(): HubPort {
  return {
    join: (url, organisation, request) =>
      post(`${url}/v1/${organisation}/join`, JSON.stringify(request), {}, joinAnswer).then(({ answer }) => answer),
    changes: async (at, prover, body) => {
      const { answer, nonce } = await proven(at, '/station/changes', prover, body, changesAnswer)
      return answer.ok ? { answer, nonce } : answer
    },
    events: async (at, prover, body) => (await proven(at, '/station/events', prover, body, eventsAnswer)).answer,
    phones: async (at, prover, body) => (await proven(at, '/station/phones', prover, body, phonesAnswer)).answer,
    answers: async (at, prover) => (await proven(at, '/station/answers', prover, {}, answersForStation)).answer,
    openBox: async (at, prover, body) => (await proven(at, '/station/boxes', prover, body, boxAnswer)).answer,
    parts: async (at, prover) => (await proven(at, '/station/parts', prover, {}, partsForStation)).answer,
    sendWelcome: async (at, prover, body) => (await proven(at, '/station/welcomes', prover, body, boxAnswer)).answer,
    listen,
  }
}

async function proven<S extends z.ZodType>(
  { url, organisation }: HubAddress,
  path: string,
  prover: Prover,
  content: unknown,
  schema: S,
): Promise<{ answer: z.output<S> | HubFailure; nonce: string }> {
  const full = `/v1/${organisation}${path}`
  const body = JSON.stringify(content)
  const send = async (challenge?: string) => {
    const { proof, nonce } = await prove('POST', full, prover, body, challenge)
    return { ...(await post(`${url}${full}`, body, { [proofHeader]: proof }, schema)), nonce }
  }
  const first = await send()
  // To say that it is there now, and no request of before that came late.
  const { answer, nonce, token } = first.challenge === null ? first : await send(first.challenge)
  const next = secretText.safeParse(token)
  if (next.success) prover.keep(next.data)
  return { answer, nonce }
}

async function prove(method: ProofClaims['method'], path: string, prover: Prover, body: string, challenge?: string) {
  const nonce = random(32).toString('base64url')
  const digest = createHash('sha256').update(body).digest('base64url')
  const { station, nowMs: atMs, token } = prover
  const answered = challenge === undefined ? {} : { challenge }
  const claims: ProofClaims = { station, method, path, digest, atMs, nonce, token, ...answered }
  return { proof: await prover.sign(JSON.stringify(claims)), nonce }
}

interface Posted<S extends z.ZodType> {
  readonly answer: z.output<S> | HubFailure
  /** Both as the headers say; the challenge only where the hub refused for it. */
  readonly token: string | null
  readonly challenge: string | null
}

async function post<S extends z.ZodType>(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  schema: S,
): Promise<Posted<S>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(limitMs),
    })
    const json = parseJson(await textOf(response))
    const token = response.headers.get(tokenHeader)
    const good = schema.safeParse(json)
    if (response.ok && good.success) return { answer: good.data, token, challenge: null }
    const refusal = hubRefusal.loose().safeParse(json)
    if (!refusal.success) return { answer: unreachable, token, challenge: null }
    const { reason, acknowledged } = refusal.data
    const challenge = secretText.safeParse(response.headers.get(challengeHeader))
    const isAsked = reason === 'token-old' && challenge.success
    const known = typeof acknowledged === 'number' ? { acknowledged } : {}
    const answer = { ok: false, reason: reason.slice(0, 60), ...known } as const
    return { answer, token, challenge: isAsked ? challenge.data : null }
  } catch {
    // Whatever fetch throws: no route, no name, no certificate that holds, no answer in time, or one without an end.
    return { answer: unreachable, token: null, challenge: null }
  }
}

/** Throws where it is longer than any hub's answer. */
async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > answerBytes) throw new RangeError('an answer longer than any of a hub')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function listen(
  { url, organisation }: HubAddress,
  prover: Prover,
  news: (what: HubNews) => void,
  ended: () => void,
): () => void {
  const stopping = new AbortController()
  void (async () => {
    let timer: NodeJS.Timeout | undefined
    const heard = () => {
      clearTimeout(timer)
      timer = setTimeout(() => stopping.abort(), silenceMs)
    }
    try {
      const path = `/v1/${organisation}/station/stream`
      const { proof } = await prove('GET', path, prover, '')
      heard()
      const response = await fetch(`${url}${path}`, {
        headers: { [proofHeader]: proof },
        redirect: 'error',
        signal: stopping.signal,
      })
      let text = ''
      if (response.ok && response.body)
        for await (const chunk of response.body) {
          heard()
          text += Buffer.from(chunk as Uint8Array).toString('latin1')
          const lines = text.split('\n')
          // What is not a whole line yet; a hub that never ends one is no hub.
          text = (lines.pop() ?? '').slice(-longestLine)
          if (lines.includes('data: answers')) news('answers')
          if (lines.includes('data: bindings')) news('bindings')
          if (lines.some((line) => line.startsWith('data:') && !named.includes(line))) news('changes')
        }
    } catch {
      // Cut off, or never there: whoever listens tries again.
    } finally {
      clearTimeout(timer)
      ended()
    }
  })()
  return () => stopping.abort()
}
