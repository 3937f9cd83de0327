// Reads an event's canonical text. What a station writes day by day is read by one expression, anything else the long way.
import canonicalize from 'canonicalize'
import { type AuditEvent, auditEvent } from './event.ts'
import { parseJson } from './json.ts'

/** What verifying needs of an event. */
export type EventFacts = Pick<
  AuditEvent,
  'number' | 'station' | 'previous' | 'atMs' | 'type' | 'outcome' | 'person' | 'actor' | 'offer'
> & { readonly rows: readonly (readonly [row: string, digest: string | null])[] }

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
/** Text that is the same with and without JSON: nothing to escape, no surrogates. */
const plain = '[^"\\\\\\u0000-\\u001f\\ud800-\\udfff]'
const integer = '0|[1-9][0-9]{0,14}'
const row = '"[a-z_]+/[A-Za-z0-9._-]+":(null|"[A-Za-z0-9+/=]{0,88}")'
const { method, outcome } = auditEvent.shape
/** In the order of RFC 8785, each with the form of its value; `?` where it may be absent. A group for what is needed. */
const members: readonly string[] = [
  `("actor":"(?<actor>${uuid})",)?`,
  `"appVersion":"${plain}{0,200}",`,
  `"atMs":(?<atMs>${integer}),`,
  `("credential":"${uuid}",)?`,
  `("details":(?<details>\\{[^{}]*\\}),)?`,
  `"id":"${uuid}",`,
  `("location":"${plain}{0,200}",)?`,
  `("method":"(${method.unwrap().options.join('|')})",)?`,
  `"number":(?<number>[1-9][0-9]{0,14}),`,
  `("offer":"(?<offer>${uuid})",)?`,
  `("outcome":"(?<outcome>${outcome.unwrap().options.join('|')})",)?`,
  `("person":"(?<person>${uuid})",)?`,
  `("previous":"(?<previous>[A-Za-z0-9+/=]{0,44})",)?`,
  `("reason":"${plain}{0,200}",)?`,
  `("rows":\\{(?<rows>${row}(,${row})*)\\},)?`,
  `"runningMs":(${integer}),`,
  `"salt":"[A-Za-z0-9_-]{0,64}",`,
  `("session":"${uuid}",)?`,
  `"station":"(?<station>[0-9a-f]{16})",`,
  `("subject":"[0-9a-f]{0,64}",)?`,
  `"type":"(?<type>[a-z-]{1,60})"`,
]
const usual = new RegExp(`^\\{${members.join('')}\\}$`)

/** null where it is no event, or not in the one form that RFC 8785 gives it. */
export const readEvent = (body: string): EventFacts | null => readUsual(body) ?? readAny(body)

/** null where the long way has to decide. Whatever is read here, the long way reads the same. */
export function readUsual(body: string): EventFacts | null {
  const found = usual.exec(body)?.groups
  if (!found) return null
  const { details, rows } = found
  if (details !== undefined && !isUsualRecord(details)) return null
  const changes = rows ? readRows(rows) : []
  if (!changes) return null
  return {
    number: Number(found.number),
    station: found.station ?? '',
    atMs: Number(found.atMs),
    type: found.type ?? '',
    previous: found.previous,
    person: found.person,
    actor: found.actor,
    offer: found.offer,
    outcome: found.outcome as EventFacts['outcome'],
    rows: changes,
  }
}

/** By the schema and by RFC 8785 themselves. */
export function readAny(body: string): EventFacts | null {
  const parsed = auditEvent.safeParse(parseJson(body))
  if (!parsed.success || !isCanonical(parsed.data, body)) return null
  return { ...parsed.data, rows: Object.entries(parsed.data.rows ?? {}) }
}

function isCanonical(event: AuditEvent, body: string): boolean {
  try {
    return canonicalize(event) === body
  } catch {
    // RFC 8785 has no form for half of a surrogate pair.
    return false
  }
}

/** `"table/id":"digest","table/id":null`: neither keys nor values hold a comma or a quotation mark. null where out of order. */
function readRows(text: string): [string, string | null][] | null {
  const rows: [string, string | null][] = []
  let last = ''
  for (const part of text.split(',')) {
    const end = part.indexOf('":')
    const row = part.slice(1, end)
    if (row <= last) return null
    last = row
    rows.push([row, part.endsWith('null') ? null : part.slice(end + 3, -1)])
  }
  return rows
}

/** A flat object whose text is its own canonical form, by what JSON of ECMAScript and RFC 8785 have in common. */
function isUsualRecord(text: string): boolean {
  if (text.includes('\\u')) return false
  const record = parseJson(text) as Record<string, unknown> | undefined
  if (record === undefined || JSON.stringify(record) !== text) return false
  let last = ''
  for (const [key, value] of Object.entries(record)) {
    if (key <= last || key === '__proto__' || hasSurrogates(key)) return false
    last = key
    if (typeof value === 'string' ? value.length > 500 || hasSurrogates(value) : !isPlainValue(value)) return false
  }
  return true
}
const isPlainValue = (value: unknown) => typeof value === 'number' || typeof value === 'boolean'
const hasSurrogates = (text: string) => /[\ud800-\udfff]/.test(text)
