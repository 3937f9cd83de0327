// The hub that this page comes from, where one serves it: it carries signed answers, and hands out the directory; and how it is asked.
import { directoryMessage } from '../core/directory.ts'
import { uuidOf } from '../core/phone-answer.ts'
import { urlOf } from './base64url.ts'
import { readKeptDirectory, takeDirectory } from './directory.ts'
import { sign } from './keys/agreement.ts'
import type { Binding } from './keys/store.ts'

/** Nobody waits longer at a lock: the digits are there all the time. */
const limitMs = 5_000
let isHere: Promise<boolean> | null = null

/** Asked once a visit, as long as the answer is yes: any other host of the page is told nothing but that somebody opened it. */
export function hubIsHere(): Promise<boolean> {
  isHere ??= ask('./healthz')
    .then((said) => said?.ok === true)
    .then((yes) => {
      if (!yes) isHere = null
      return yes
    })
  return isHere
}

/** While the person reads what is asked: the tap then waits for one request, and no more. */
export function prepareToSend({ organisation }: Binding): void {
  if (organisation) void hubIsHere()
}

/** Whether the hub took it. What the workstation makes of it, its screen shows. @param signed as a camera would see it. */
export async function sendAnswer({ organisation }: Binding, signed: Uint8Array): Promise<boolean> {
  if (!organisation || !(await hubIsHere())) return false
  const version = (await readKeptDirectory(organisation))?.version ?? null
  const said = await ask(`./v1/${organisation.slug}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answer: urlOf(signed), version }),
  })
  if (said?.ok !== true) return false
  if (typeof said.directory === 'string') await takeDirectory(organisation, said.directory)
  return true
}

/** Where the phone's key can sign without asking its owner; else the directory comes with the next answer that is sent. */
export async function refreshDirectory({ organisation, credential, keys }: Binding): Promise<void> {
  if (!organisation || !credential || keys.sealed || !keys.signing || !(await hubIsHere())) return
  const id = uuidOf(credential)
  const atSeconds = Math.floor(Date.now() / 1000)
  const signature = await sign(keys.signing, directoryMessage(organisation.slug, id, atSeconds))
  const proof = `${id}.${atSeconds}.${urlOf(signature)}`
  const said = await ask(`./v1/${organisation.slug}/directory`, { headers: { 'wardkey-phone': proof } })
  if (said?.ok === true && typeof said.directory === 'string') await takeDirectory(organisation, said.directory)
}

/** null where nobody answered, or not with JSON. */
export async function ask(path: string, request: RequestInit = {}): Promise<Record<string, unknown> | null> {
  try {
    const answer = await fetch(path, { ...request, redirect: 'error', signal: AbortSignal.timeout(limitMs) })
    return (await answer.json()) as Record<string, unknown>
  } catch {
    // No network, no such host, a page instead of an answer: to whoever waits, all of that is one thing.
    return null
  }
}
