// While an emergency session is open the window may read the screen and lock it; whatever else it asks for is refused.
import type { CommandName, Handlers } from '../contracts/ipc.ts'
import { refusalOf } from './command-guard.ts'

const passing: readonly CommandName[] = ['readScreen', 'lockNow']

/** @param isOpen asked anew at each call, so that a session that is over by now does not count. */
export function heldBack(handlers: Handlers, isOpen: () => boolean): Handlers {
  const names = Object.keys(handlers) as CommandName[]
  const held = names.map((name) => {
    if (passing.includes(name)) return [name, handlers[name]]
    const answer = refusalOf(name)
    const handler = handlers[name] as (input: unknown) => unknown
    return [name, (input: unknown) => (isOpen() ? answer : handler(input))]
  })
  return Object.fromEntries(held) as Handlers
}
