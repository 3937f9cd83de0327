// hub audit: one station's log as the hub keeps it, exported as lines and proved from the hub or from such lines.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import readline from 'node:readline'
import type { z } from 'zod'
import { readEvent } from '../contracts/event-form.ts'
import { type KeptEvent, keptEvent, keptLogHead, keptLogPage } from '../contracts/hub/kept-log.ts'
import { parseJson } from '../contracts/json.ts'
import { appendLeaf, emptyFrontier, leafHash, treeRoot } from '../core/tree.ts'
import { cosignedAtSeconds } from '../station/hub/cosigned.ts'
import { sha256 } from '../station/primitives.ts'
import { openNote } from '../station/signing.ts'
import { type Ask, atHub, type HubUser, type Told } from './hub-client.ts'
import { type Answer, problem, UsageError, write } from './output.ts'

type Head = z.output<typeof keptLogHead>
const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64')

/** Follows the events one by one. What is pruned is a leaf, which the tree needs and nobody can put another in place of. */
class KeptLogReader {
  frontier = emptyFrontier
  pruned = 0
  wrong: number | null = null
  #previous: string | null = ''

  accept({ number, body, leaf }: KeptEvent): void {
    if (this.wrong !== null) return
    const event = body === null ? null : readEvent(body)
    const isWhole =
      body === null ||
      (event?.number === number &&
        Buffer.from(leafHash(Buffer.from(body), sha256)).toString('base64') === leaf &&
        (this.#previous === null || (event.previous ?? '') === this.#previous))
    if (number !== this.frontier.size + 1 || !isWhole) {
      this.wrong = this.frontier.size + 1
      return
    }
    if (body === null) this.pruned++
    this.#previous = leaf
    this.frontier = appendLeaf(this.frontier, bytes(leaf), sha256)
  }

  /** Signed by the station for just these events, and countersigned by the hub. */
  end(head: Head): Answer {
    if (this.wrong !== null) return bad(`Event ${this.wrong} is missing or was changed.`, 'changed')
    const key = bytes(head.signingKey)
    if (createHash('sha256').update(key).digest('hex').slice(0, 16) !== head.station)
      return bad('The key is not that of this station.', 'foreign-key')
    const note = openNote(head.checkpoint ?? '', key)
    if (!note) return bad('There is no checkpoint that the station signed.', 'unsigned')
    const root = Buffer.from(treeRoot(this.frontier, sha256)).toString('base64')
    if (note.checkpoint.size !== this.frontier.size || note.checkpoint.root !== root)
      return bad(`The checkpoint of ${note.checkpoint.size} events is of another log.`, 'rewritten')
    const seenAtSeconds = cosignedAtSeconds(note, head.hubName, bytes(head.hubKey))
    if (seenAtSeconds === null) return bad('The hub did not countersign that checkpoint.', 'not-countersigned')
    const { size } = this.frontier
    const seenAtMs = seenAtSeconds * 1000
    const at = new Date(seenAtMs).toISOString()
    return {
      found: false,
      lines: [
        `Complete and unchanged: ${size} events, as the station signed them and the hub saw them at ${at}.`,
        ...(this.pruned > 0 ? [`What ${this.pruned} of them said was pruned; that they were there is proved.`] : []),
        // Anybody can sign a log with keys of their own: whose these are, the reader has to compare.
        `Signed by the key of station ${head.station}, and by that of ${head.hubName}: ${head.hubKey}.`,
      ],
      json: { ok: true, events: size, pruned: this.pruned, seenAtMs },
    }
  }
}

const bad = (line: string, kind: string): Answer => problem(line, { problem: kind })

/** Page after page, up to the checkpoint of the last: what came meanwhile is in it. @param each told of every page. */
async function readPages(
  asks: Ask,
  number: string,
  each: (events: readonly KeptEvent[]) => Promise<void> | void,
): Promise<Told<Head>> {
  let after = 0
  for (;;) {
    const page: Told<z.output<typeof keptLogPage>> = await asks(
      'GET',
      `/stations/${encodeURIComponent(number)}/log?after=${after}`,
      keptLogPage,
    )
    if (!page.ok) return page
    await each(page.value.events)
    const { ok: _, events: __, next, ...head } = page.value
    if (next === null) return { ok: true, value: head }
    after = next
  }
}

export const verifyKept = (user: HubUser, number: string): Promise<Answer> =>
  atHub(user, async (asks) => {
    const reader = new KeptLogReader()
    const read = await readPages(asks, number, (events) => {
      for (const event of events) reader.accept(event)
    })
    return read.ok ? reader.end(read.value) : read.answer
  })

/** A line for each event, and the head as the last one. */
export const exportKept = (user: HubUser, number: string): Promise<Answer> =>
  atHub(user, async (asks) => {
    const read = await readPages(asks, number, (events) =>
      write(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
    )
    if (!read.ok) return read.answer
    await write(`${JSON.stringify(read.value)}\n`)
    return { found: false, lines: [], json: null }
  })

export async function verifyKeptFile(file: string): Promise<Answer> {
  if (!fs.existsSync(file)) throw new UsageError(`there is no file ${file}`)
  const reader = new KeptLogReader()
  let head: Head | null = null
  for await (const line of readline.createInterface({ input: fs.createReadStream(file, 'utf8') })) {
    if (head) return bad('There is something after the end.', 'changed')
    const json = parseJson(line)
    const event = keptEvent.safeParse(json)
    if (event.success) reader.accept(event.data)
    else {
      const last = keptLogHead.safeParse(json)
      if (!last.success) return bad('That is no export of a log that a hub keeps.', 'not-an-export')
      head = last.data
    }
  }
  return head ? reader.end(head) : bad('It ends too early.', 'cut')
}
