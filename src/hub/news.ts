// Tells the streams of an organisation's stations how far its changes have come: by notification, and by a look each second.
import type { HubDatabase } from './database.ts'

const lookEveryMs = 1000

/** @returns false once nobody is there any more. */
export type Ear = (cursor: number) => void

export class News {
  readonly #db: HubDatabase
  readonly #onFailure: (error: unknown) => void
  readonly #ears = new Map<string, Set<Ear>>()
  readonly #told = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null
  #again = false
  #stopListening: () => Promise<void> = async () => {}

  constructor(db: HubDatabase, onFailure: (error: unknown) => void) {
    this.#db = db
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
    this.#told.delete(organisation)
    this.#look()
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
      for (const ear of this.#ears.get(id) ?? []) ear(now)
    }
  }
}
