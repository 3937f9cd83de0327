// A second person's approval, where policy wants two: good for the one call that asked for it, once, in its session.

import type { Action } from '../contracts/roles.ts'
import type { AdministrationHandlers } from './administration.ts'

interface Asked {
  /** The command with its input: another one needs another approval. */
  readonly call: string
  readonly actor: string
  readonly action: Action
}

export class SecondPerson {
  #call = ''
  #asked: Asked | null = null
  #approved: { readonly asked: Asked; readonly second: string } | null = null

  /** What waits for a second person now; null for nothing. */
  get asked(): Asked | null {
    return this.#asked
  }

  /** The same handlers, each remembering what it was called with. */
  watching(handlers: AdministrationHandlers): AdministrationHandlers {
    const watched = Object.entries(handlers).map(([name, handle]) => [
      name,
      (input: never) => {
        this.#call = JSON.stringify([name, input])
        return (handle as (input: never) => unknown)(input)
      },
    ])
    return Object.fromEntries(watched) as AdministrationHandlers
  }

  /** A call that is none of the handlers' has begun. */
  calls(name: string): void {
    this.#call = name
  }

  /** Who approved the call under way; null asks for somebody. */
  take(actor: string, action: Action): string | null {
    const call = this.#call
    const approved = this.#approved
    this.#approved = null
    this.#asked = { call, actor, action }
    if (approved?.asked.call !== call || approved.asked.actor !== actor || approved.asked.action !== action) return null
    this.#asked = null
    return approved.second
  }

  /** The call came to nothing: what was approved for it stays good for it. */
  giveBack(actor: string, action: Action, second: string): void {
    const asked = { call: this.#call, actor, action }
    this.#asked = asked
    this.#approved = { asked, second }
  }

  approve(asked: Asked, second: string): void {
    if (this.#asked === asked) this.#approved = { asked, second }
  }

  forget(): void {
    this.#asked = null
    this.#approved = null
  }
}
