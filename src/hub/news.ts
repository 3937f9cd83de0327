// Tells the streams of an organisation's stations how far its changes have come, and of answers and phones' parts that are there for them: by notification, and by a look each second.
import { stationsWithParts } from './bindings.ts'
import type { HubDatabase } from './database.ts'
import { stationsWithAnswers } from './sent-answers.ts'

const lookEveryMs = 1000

/** What an organisation's streams are told: how far its changes are, and for which stations an answer, or a phone's part, is there. */
export interface Ear {
  changed(cursor: number): void
  answers(stations: ReadonlySet<string>): void
  parts(stations: ReadonlySet<string>): void
}

export class News {
  readonly #db: HubDatabase
  readonly #nowMs: () => number
  readonly #onFailure: (error: unknown) => void
  readonly #ears = new Map<string, Set<Ear>>()
  readonly #told = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null
  #again = false
  #stopListening: () => Promise<void> = async () => {}

  constructor(db: HubDatabase, nowMs: () => number, onFailure: (error: unknown) => void) {
    this.#db = db
    this.#nowMs = nowMs
    this.#onFailure = onFailure
  }

  async start(): Promise<void> {
    this.#stopListening = await this.#db.listen((organisation) => {
      if (this.#ears.has(organisation)) this.#look()
    })
    this.#timer = setInterval(() => this.#look(), lookEveryMs)
  }

  /** Told of each change from now on, and at once how far it is. @returns how to stop. */
  hear(organisation: string, ear: Ear): () => void {
    const ears = this.#ears.get(organisation) ?? new Set()
    this.#ears.set(organisation, ears.add(ear))
    // Only this one: were all told again, each station that comes would have every other one ask.
    const told = this.#told.get(organisation)
    if (told === undefined) this.#look()
    else ear.changed(told)
    return () => {
      ears.delete(ear)
      if (ears.size > 0) return
      this.#ears.delete(organisation)
      this.#told.delete(organisation)
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
    await this.#stopListening()
  }

  /** One look at a time: what happens meanwhile is looked for right after it. */
  #look(): void {
    if (this.#ears.size === 0) return
    if (this.#looking) {
      this.#again = true
      return
    }
    this.#again = false
    this.#looking = this.#tell()
      .catch(this.#onFailure)
      .finally(() => {
        this.#looking = null
        if (this.#again) this.#look()
      })
  }

  async #tell(): Promise<void> {
    const ids = [...this.#ears.keys()]
    const rows = await this.#db.outside((all) =>
      all.selectFrom('organisation').select(['id', 'cursor']).where('id', 'in', ids).execute(),
    )
    for (const { id, cursor } of rows) {
      const now = Number(cursor)
      if (this.#told.get(id) === now) continue
      this.#told.set(id, now)
      for (const ear of this.#ears.get(id) ?? []) ear.changed(now)
    }
    for (const id of ids) {
      // Said again each second until it is fetched: that polling alone is enough holds here, too.
      const { answers, parts } = await this.#db.within(id, async (scope) => ({
        answers: await stationsWithAnswers(scope, this.#nowMs()),
        parts: await stationsWithParts(scope, this.#nowMs()),
      }))
      for (const ear of this.#ears.get(id) ?? []) {
        if (answers.size > 0) ear.answers(answers)
        if (parts.size > 0) ear.parts(parts)
      }
    }
  }
}
