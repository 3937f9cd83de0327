// While an emergency session is open every command but two is refused, each with an answer that its own contract has.
import { expect, it } from 'vitest'
import { type CommandName, commands, type Handlers } from '../../../src/contracts/ipc.ts'
import { heldBack } from '../../../src/station/emergency-gate.ts'

const names = Object.keys(commands) as CommandName[]
const reached: string[] = []
const handlers = Object.fromEntries(
  names.map((name) => [
    name,
    () => {
      reached.push(name)
      return 'reached'
    },
  ]),
) as unknown as Handlers

async function callAll(open: boolean): Promise<Map<string, unknown>> {
  reached.length = 0
  const held = heldBack(handlers, () => open)
  const answers = new Map<string, unknown>()
  for (const name of names) answers.set(name, await (held[name] as (input: unknown) => unknown)({}))
  return answers
}

it('passes on everything while none is open', async () => {
  await callAll(false)
  expect(reached).toEqual(names)
})

it('lets only the screen be read and locked while one is open', async () => {
  const answers = await callAll(true)
  expect(reached.toSorted()).toEqual(['lockNow', 'readScreen'])
  for (const [name, answer] of answers)
    if (answer !== 'reached') expect(commands[name as CommandName].output.safeParse(answer).success, name).toBe(true)
})
