// The hub's HTTP interface from the command line: signed in for one command, or by a token from the environment.
import { z } from 'zod'
import { oneTimeCode, staffId } from '../contracts/fields.ts'
import { signedIn } from '../contracts/hub/desk.ts'
import { hubRefusal } from '../contracts/hub/names.ts'
import { parseJson } from '../contracts/json.ts'
import { parseHubUrl } from '../station/hub/http.ts'
import { ask } from './ask.ts'
import { type Answer, problem, UsageError } from './output.ts'

export interface HubUser {
  /** `https://HUB/v1/ORGANISATION`. */
  readonly hub?: string | undefined
  readonly as?: string | undefined
  readonly code?: string | undefined
}
export interface HubPlace {
  readonly url: string
  readonly path: string
}
export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer }
export type Ask = <S extends z.ZodType>(
  method: Method,
  path: string,
  schema: S,
  body?: unknown,
) => Promise<Told<z.output<S>>>
type Method = 'GET' | 'POST' | 'DELETE'

const limitMs = 15_000

export function placeOf(text: string | undefined): HubPlace {
  const match = /^(\S+?)(\/v1\/[a-z0-9-]+)\/?$/.exec(text ?? process.env.WARDKEY_HUB ?? '')
  const url = parseHubUrl(match?.[1] ?? '')
  if (!match || !url)
    throw new UsageError(
      'say which hub: --hub https://HUB/v1/ORGANISATION (or WARDKEY_HUB); http only to this computer',
    )
  return { url, path: match[2] ?? '' }
}

/** Signs in, unless WARDKEY_HUB_TOKEN is set, runs `work`, and ends the access that it made. */
export async function atHub(user: HubUser, work: (ask: Ask) => Promise<Answer>): Promise<Answer> {
  const place = placeOf(user.hub)
  const given = process.env.WARDKEY_HUB_TOKEN
  if (given) return work(asker(place, given))
  const signed = await signInAt(place, user)
  if (!signed.ok) return signed.answer
  const as = asker(place, signed.value.token)
  try {
    return await work(as)
  } finally {
    await as('DELETE', '/sessions', z.unknown())
  }
}

export async function signInAt(place: HubPlace, user: HubUser): Promise<Told<z.output<typeof signedIn>>> {
  const who = staffId.safeParse(user.as ?? '')
  if (!who.success) throw new UsageError('say who you are at the hub: --as STAFF_ID')
  const code = oneTimeCode.safeParse(user.code ?? (await ask(`One-time code of ${who.data}: `)))
  if (!code.success) throw new UsageError('the code has six to eight digits')
  return asker(place, null)('POST', '/sessions', signedIn, { staffId: who.data, code: code.data })
}

export const asker =
  ({ url, path: base }: HubPlace, token: string | null): Ask =>
  async (method, path, schema, body) => {
    try {
      const response = await fetch(`${url}${base}${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(limitMs),
      })
      const json = parseJson(await response.text())
      const parsed = schema.safeParse(json)
      if (response.ok && parsed.success) return { ok: true, value: parsed.data }
      const refusal = hubRefusal.safeParse(json)
      const reason = refusal.success ? refusal.data.reason : 'bad-answer'
      return { ok: false, answer: problem(words[reason] ?? `The hub refused: ${reason}.`, { problem: reason }) }
    } catch {
      return { ok: false, answer: problem("The hub can't be reached.", { problem: 'unreachable' }) }
    }
  }

const words: Readonly<Record<string, string>> = {
  'wrong-code': 'The hub does not know you by that. Wait for the next code, then try again.',
  throttled: 'Too many tries. Wait, then try again.',
  'too-many-requests': 'Too many requests. Wait a minute.',
  'not-signed-in': 'The hub does not know you, or your access is over. Sign in again.',
  'not-allowed': 'Your roles do not allow that.',
  'staff-id-taken': 'Somebody has that staff ID. Nothing was changed.',
  'no-such-person': 'There is nobody of that staff ID or id.',
  'no-such-credential': 'There is no such credential, or it is not as it would have to be.',
  'no-such-phone': 'No phone of that id waits to be let in.',
  'no-such-station': 'There is no station of that number.',
  'last-administrator': 'That is the last administrator who can come in. Nothing was changed.',
  'has-left': 'They have left. Nothing was changed.',
  'station-removed': 'That station was removed: it sets itself up anew and joins.',
  'station-held': 'There are two copies of that station: remove it, set the real one up anew, and have it join.',
  'no-such-offer': 'There is no open offer of that id.',
  'no-such-join-code': 'There is no open code of that id.',
  'no-such-hold': 'There is no such hold, or it was lifted.',
  'ends-before-it-begins': 'It ends before it begins. Nothing was changed.',
  'link-over': 'That link was used, or a newer one was made.',
  'slug-taken': 'An organisation of that short name is there already.',
  'clock-wrong': "The hub's clock and the phone's are far apart.",
  'offer-ended': 'The time for the first code is over. Begin again.',
  'bad-answer': 'What answered there is not a hub that this Wardkey understands.',
}
