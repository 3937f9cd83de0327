// Hostile messages through the one way in, by the code that main runs: always a typed answer or refusal.
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type CommandName, commandChannel, commands, refusal } from '../../src/contracts/ipc.ts'
import { screenState } from '../../src/contracts/screen.ts'
import { serveWindow } from '../../src/main/ipc.ts'
import { administrator, type Bench, codeOf, setUp, startDesk } from '../support/fakes.ts'
import { commandNames, messages, standIns } from './ipc-input.ts'
import { type FuzzTest, runsOf, seed, timeLimitMs } from './runs.ts'

type Listener = (event: IpcMainInvokeEvent, message: unknown) => Promise<unknown>
const channels = vi.hoisted(() => new Map<string, Listener>())
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => channels.set(channel, listener) },
  protocol: {},
}))

const open: Bench[] = []
afterEach(async () => {
  mainFrame.url = ownPage
  for (const { desk } of open.splice(0)) await desk.close()
})

/** The window as main's own code sees it; what goes in here is all that Electron would hand over. */
const ownPage = 'app://station/index.html'
const mainFrame = { url: ownPage }
const webContents = { mainFrame, send: (_channel: string, state: unknown) => void screenState.parse(state) }
const window = { webContents, isDestroyed: () => false } as unknown as BrowserWindow
const eventFrom = (senderFrame: unknown, sender: unknown = webContents) =>
  ({ senderFrame, sender }) as unknown as IpcMainInvokeEvent

async function begin() {
  const bench = await startDesk()
  open.push(bench)
  serveWindow(bench.desk, window)
  const listener = channels.get(commandChannel)
  if (!listener) throw new Error('main listens to nothing')
  const kind = () => bench.desk.screen().kind
  return { ...bench, kind, send: (message: unknown, event = eventFrom(mainFrame)) => listener(event, message) }
}

/** Sends what a window would send, and holds the answer against the contract. */
async function expectTyped(send: (message: unknown) => Promise<unknown>, message: unknown): Promise<void> {
  const answer = await send(structuredClone(message))
  const refused = refusal.safeParse(answer)
  if (refused.success) {
    count(refused.data.refused)
    expect(refused.data.refused).toMatch(/^(unknown-command|bad-input)$/)
    return
  }
  const { name } = message as { name: CommandName }
  expect(commands[name].output.safeParse(answer).error).toBeUndefined()
  count('handled')
}

const outcomes = new Map<string, number>()
const count = (outcome: string) => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
function reportOutcomes(test: FuzzTest): void {
  console.log(`${test}: ${[...outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ')}`)
  // Neither side may have gone untried.
  expect(outcomes.get('handled')).toBeGreaterThan(0)
  expect(outcomes.get('bad-input')).toBeGreaterThan(0)
  outcomes.clear()
}

/** The message, with what only this station knows in the place of the stand-ins. */
function filled(message: unknown, standsFor: Partial<Record<keyof typeof standIns, string>>): unknown {
  const input = (message as { input?: object } | null)?.input
  if (typeof message !== 'object' || input?.constructor !== Object) return message
  const real = new Map<unknown, string>()
  for (const [name, value] of Object.entries(standsFor)) real.set(standIns[name as keyof typeof standIns], value)
  const entries = Object.entries(input).map(([key, value]) => [key, real.get(value) ?? value])
  return { ...message, input: Object.fromEntries(entries) }
}

function submits(message: unknown, code: string): boolean {
  const typed = (message as { input?: { code?: unknown } } | null)?.input?.code
  return typeof typed === 'string' && typed.replace(/\D/g, '') === code
}

describe(`hostile messages from the window (seed ${seed})`, () => {
  it(
    'a locked station answers each as the contract says, and stays locked',
    async () => {
      const station = await begin()
      const { setupKey } = await setUp(station)
      await fc.assert(
        fc.asyncProperty(messages(), async (message) => {
          // Past every delay that the failures before this one have earned the whole station.
          station.clock.pass(45_000)
          const nowMs = station.clock.nowMs()
          fc.pre(![nowMs, nowMs - 30_000].some((atMs) => submits(message, codeOf(setupKey, atMs))))
          const earlyCode = codeOf(setupKey, nowMs + 60_000)
          const lateCode = codeOf(setupKey, nowMs - 60_000)
          await expectTyped(station.send, filled(message, { earlyCode, lateCode }))
          expect(station.kind()).toBe('locked')
        }),
        runsOf('ipcLocked'),
      )
      reportOutcomes('ipcLocked')
      await station.desk.close()
      const again = await startDesk(station)
      open.push(again)
      await expect.poll(() => again.desk.screen(), { timeout: 60_000 }).toMatchObject({ log: { state: 'complete' } })
    },
    timeLimitMs,
  )

  it(
    'a station with an administrator signed in never fails for what it is sent',
    async () => {
      const station = await begin()
      const { setupKey } = await setUp(station)
      const { staffId } = administrator
      const signIn = async () => {
        station.clock.pass(60_000)
        const code = codeOf(setupKey, station.clock.nowMs())
        const answer = await station.desk.handlers.submitCode({ staffId, code })
        expect(answer).toMatchObject({ ok: true })
      }
      await signIn()
      const listed = await station.desk.handlers.listPeople({ search: '', page: 0 })
      const personId = (listed.ok && listed.people[0]?.id) || ''
      const chosen = [...commandNames, 'addPerson', 'listPeople', 'makeOffer', 'makeOffer'] as const
      await fc.assert(
        // Now and then several at once, as a window can send them: what is slow meets what came meanwhile.
        fc.asyncProperty(fc.array(messages(chosen), { minLength: 1, maxLength: 3 }), async (sent) => {
          station.clock.pass(1_000)
          if (station.kind() === 'locked') await signIn()
          await Promise.all(sent.map((message) => expectTyped(station.send, filled(message, { personId }))))
          expect(station.kind()).toMatch(/^(session|locked)$/)
        }),
        runsOf('ipcSession'),
      )
      reportOutcomes('ipcSession')
    },
    timeLimitMs,
  )

  it(
    'a station that is not set up lets nobody in and never fails',
    async () => {
      const station = await begin()
      const chosen = [...commandNames, 'setUpStation', 'setUpStation', 'abandonOffer', 'confirmOffer'] as const
      await fc.assert(
        fc.asyncProperty(fc.array(messages(chosen), { minLength: 1, maxLength: 3 }), async (sent) => {
          station.clock.pass(45_000)
          await Promise.all(sent.map((message) => expectTyped(station.send, message)))
          expect(station.kind()).toMatch(/^(first-run|offer)$/)
        }),
        runsOf('ipcFirstRun'),
      )
      reportOutcomes('ipcFirstRun')
    },
    timeLimitMs,
  )

  it.each([
    ['displayName', { name: 'addPerson', input: { displayName: 'Bola \ud800', staffId: 'N1', roles: ['staff'] } }],
    ['a search', { name: 'listPeople', input: { search: '\ud800', page: 0 } }],
  ])('half of a surrogate pair in %s does not close the station', async (_where, message) => {
    const station = await begin()
    const { setupKey } = await setUp(station)
    station.clock.pass(30_000)
    const code = codeOf(setupKey, station.clock.nowMs())
    await station.desk.handlers.submitCode({ staffId: administrator.staffId, code })
    await expectTyped(station.send, message)
    expect(station.kind()).toBe('session')
  })

  it('half of a surrogate pair in the workstation’s name does not close the station', async () => {
    const station = await begin()
    const input = { name: '\udfff', location: 'L2', administratorName: 'Ada', administratorStaffId: 'A1' }
    await expectTyped(station.send, { name: 'setUpStation', input })
    expect(station.kind()).toBe('first-run')
  })
})

describe('calls from anywhere but the main frame of the station’s own page', () => {
  const wrong = [{ name: 'lockNow', input: {} }, { name: 'no such', input: {} }, null]

  it.each([
    ['no frame', null, webContents],
    ['another frame of the page', { url: ownPage }, webContents],
    ['another window', mainFrame, { mainFrame }],
  ])('are refused from %s', async (_what, frame, sender) => {
    const station = await begin()
    for (const message of wrong)
      expect(await station.send(message, eventFrom(frame, sender))).toEqual({ refused: 'bad-sender' })
  })

  it.each(['', 'about:blank', 'app://station', 'app://station.example/', 'https://app//station/', 'file:///'])(
    'are refused from the main frame at %j',
    async (url) => {
      const station = await begin()
      mainFrame.url = url
      for (const message of wrong) expect(await station.send(message)).toEqual({ refused: 'bad-sender' })
    },
  )
})
