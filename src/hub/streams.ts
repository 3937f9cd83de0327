// The streams that stations listen to: one of each station, for a while, and nothing in it but how far changes have come, and that answers or parts are there.
import type { ServerResponse } from 'node:http'
import type { Metrics } from './metrics.ts'
import type { News } from './news.ts'

const beatMs = 15_000
/** Then it proves itself anew: whoever was closed out meanwhile hears nothing any more. Not all of them at once. */
const livesMs = 10 * 60_000
/** What nobody reads is not kept for them. */
const unreadBytes = 64 * 1024

export class Streams {
  readonly #metrics: Metrics
  readonly #open = new Map<string, ServerResponse>()

  constructor(metrics: Metrics) {
    this.#metrics = metrics
  }

  /** A second one of the same station ends the first: of it nobody is there any more, or they are the same. */
  open(organisation: string, station: string, raw: ServerResponse, news: News): void {
    const key = `${organisation}/${station}`
    this.#open.get(key)?.end()
    this.#open.set(key, raw)
    this.#metrics.streams.set(this.#open.size)
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const say = (text: string) => {
      if (raw.writableEnded) return
      if (raw.writableLength > unreadBytes) raw.destroy()
      else raw.write(text)
    }
    const beat = setInterval(() => say(': here\n\n'), beatMs)
    const end = setTimeout(() => raw.end(), livesMs * (0.8 + Math.random() * 0.4))
    const stop = news.hear(organisation, {
      changed: (cursor) => say(`data: ${cursor}\n\n`),
      answers: (stations) => stations.has(station) && say('data: answers\n\n'),
      parts: (stations) => stations.has(station) && say('data: bindings\n\n'),
    })
    raw.on('close', () => {
      clearInterval(beat)
      clearTimeout(end)
      stop()
      if (this.#open.get(key) === raw) this.#open.delete(key)
      this.#metrics.streams.set(this.#open.size)
    })
  }
}
