// How many recovery codes people have left. Counting opens a sealed set, so what was counted is kept until the set changes.
import type { OpenStation } from './open-station.ts'
import { codesLeft } from './recovery-codes.ts'

/** A set as the lists know it: `event_number` tells whether it has changed. */
export interface CountedSet {
  readonly id: string
  readonly person_id: string
  readonly event_number: number
}

export class CodeCounts {
  readonly #kept = new Map<string, CountedSet & { readonly left: number }>()

  of({ ledger, keys }: OpenStation, set: CountedSet): number {
    const kept = this.#kept.get(set.person_id)
    if (kept?.id === set.id && kept.event_number === set.event_number) return kept.left
    const credential = ledger.get('credential', set.id)
    const left = credential ? codesLeft(keys, credential) : 0
    this.#kept.set(set.person_id, { ...set, left })
    return left
  }
}
