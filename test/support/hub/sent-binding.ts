// A phone that is bound by way of the hub, step by step, out of the test's own phone.
import { createHash } from 'node:crypto'
import type { BoundPhone } from '../bound-phone.ts'
import { type Answer, call, type Reached } from './running-hub.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** @param part other than the phone's own. */
export function sendPart(hub: Reached, phone: BoundPhone, part = phone.partBytes(), slug = 'acme'): Promise<Answer> {
  const claim = text(createHash('sha256').update(phone.claim).digest())
  return call(hub, 'POST', `/v1/${slug}/bindings`, { box: text(phone.box), part: text(part), claim })
}

/** @param claim another's. */
export const askWelcome = (hub: Reached, phone: BoundPhone, claim: Uint8Array = phone.claim): Promise<Answer> =>
  call(hub, 'POST', '/v1/acme/bindings/welcome', { box: text(phone.box), claim: text(claim) })

/** Waits for the station's word, as the page does. null where none came. */
export async function fetchWelcome(hub: Reached, phone: BoundPhone): Promise<Buffer | null> {
  for (let tries = 0; tries < 50; tries++) {
    const { body } = await askWelcome(hub, phone)
    if (body.welcome) return Buffer.from(body.welcome, 'base64url')
    await new Promise((done) => setTimeout(done, 100))
  }
  return null
}
