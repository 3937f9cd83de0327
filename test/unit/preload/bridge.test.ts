// The bridge: two functions, on the contract's own channels, and nothing of Electron's.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bridge, commandChannel, screenChannel } from '../../../src/contracts/ipc.ts'

type Listener = (event: unknown, state: unknown) => void
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as { channel: string; message: unknown }[],
  answer: undefined as unknown,
  listeners: [] as { channel: string; listener: (event: unknown, state: unknown) => void }[],
}))
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api) },
  ipcRenderer: {
    invoke: async (channel: string, message: unknown) => {
      electron.invoked.push({ channel, message })
      return electron.answer
    },
    on: (channel: string, listener: Listener) => electron.listeners.push({ channel, listener }),
    removeListener: (channel: string, listener: Listener) => {
      electron.listeners = electron.listeners.filter((each) => each.channel !== channel || each.listener !== listener)
    },
  },
}))

let bridge: Bridge
beforeEach(async () => {
  electron.exposed.clear()
  electron.invoked.length = 0
  electron.listeners.length = 0
  vi.resetModules()
  await import('../../../src/preload/index.ts')
  bridge = electron.exposed.get('wardkey') as Bridge
})

it('puts one name on the window, with two functions and nothing else', () => {
  expect([...electron.exposed.keys()]).toEqual(['wardkey'])
  expect(Object.keys(bridge).sort()).toEqual(['call', 'onScreen'])
  expect(Object.values(bridge).every((part) => typeof part === 'function')).toBe(true)
})

describe('a call', () => {
  it('goes out on the contract’s channel with name and input', async () => {
    electron.answer = { ok: true }
    expect(await bridge.call('lockNow', {})).toEqual({ ok: true })
    expect(electron.invoked).toEqual([{ channel: commandChannel, message: { name: 'lockNow', input: {} } }])
  })

  it('throws the one word of a refusal', async () => {
    electron.answer = { refused: 'bad-input' }
    await expect(bridge.call('lockNow', {})).rejects.toThrow(/^bad-input$/)
  })
})

describe('the screen', () => {
  it('comes in on the contract’s channel, without the event that would lead back to main', () => {
    const seen: unknown[][] = []
    bridge.onScreen((...given) => seen.push(given))
    expect(electron.listeners.map(({ channel }) => channel)).toEqual([screenChannel])
    electron.listeners[0]?.listener({ sender: 'ipcRenderer' }, { kind: 'starting' })
    expect(seen).toEqual([[{ kind: 'starting' }]])
  })

  it('can be listened to no longer', () => {
    const stop = bridge.onScreen(() => {})
    const stay = bridge.onScreen(() => {})
    stop()
    expect(electron.listeners).toHaveLength(1)
    stay()
    expect(electron.listeners).toHaveLength(0)
  })
})
