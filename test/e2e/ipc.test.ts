// The one way into main, from the running window: what does not fit the contract, comes from elsewhere or too early is refused.
import path from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { commandChannel, type commands } from '../../src/contracts/ipc.ts'
import { runCli } from '../support/cli-run.ts'
import { home, withPreload } from '../support/forbidden.ts'
import { prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

let folder = ''
let station: StationApp
let app: ElectronApplication
let page: Page
/** What main has refused of this station's window, in order: each has to be in the log. */
const refused: { command: string; reason: string }[] = []

test.beforeAll(async () => {
  folder = (await prepareStation()).folder
  station = await launchStation({ folder })
  app = station.app
  page = station.page
})

/**
 * Through the bridge, as the page calls it: the answer, or the words of the error.
 * @param times how often the page says the name in one: so long a one is made there, not carried there.
 */
const call = (name: string, input: unknown, times = 1): Promise<unknown> =>
  page.evaluate(
    ([name, input, times]) => {
      const { wardkey } = window as unknown as { wardkey: { call(name: unknown, input: unknown): Promise<unknown> } }
      return wardkey.call(name.repeat(times), input).catch((error: Error) => error.message)
    },
    [name, input, times] as const,
  )

async function refusedCall(name: string, input: unknown, reason: string, command = name, times = 1): Promise<void> {
  expect({ name, answer: await call(name, input, times) }).toEqual({ name, answer: reason })
  refused.push({ command, reason })
}

/** Straight into the channel, past the bridge: the messages are JavaScript, made in the world of the preload. */
function raw(messages: readonly string[]): Promise<unknown[]> {
  const source = `
    const nested = (depth) => { let value = {}; while (depth--) value = { value }; return value }
    const messages = [${messages.map((message) => `() => (${message})`).join()}]
    const send = async (place) => ipcRenderer.invoke('${commandChannel}', messages[place]())
    contextBridge.exposeInMainWorld('raw', (place) => send(place).catch(({ message }) => message))`
  return withPreload({ app, page }, source, async () => {
    const answers: unknown[] = []
    for (const place of messages.keys()) answers.push(await page.evaluate(`raw(${place})`))
    return answers
  })
}

async function refusedMessages(messages: readonly string[], reason: string, command: string): Promise<void> {
  const answers = await raw(messages)
  const got = messages.map((message, place) => ({ message, answer: answers[place] }))
  expect(got).toEqual(messages.map((message) => ({ message, answer: { refused: reason } })))
  refused.push(...messages.map(() => ({ command, reason })))
}

interface Ipc {
  _invokeHandlers: Map<string, (event: object, message: unknown) => Promise<unknown>>
}

test('an unknown command is an error in the window', async () => {
  for (const name of ['eraseEverything', 'readscreen']) await refusedCall(name, {}, 'unknown-command')
  for (const name of ['', '__proto__', 'read Screen', 'x'.repeat(61)])
    await refusedCall(name, {}, 'unknown-command', 'unknown')
  await refusedCall('x', {}, 'unknown-command', 'unknown', 10_000_000)
  for (const name of ['constructor', 'toString', 'hasOwnProperty']) await refusedCall(name, {}, 'unknown-command')
})

test('input that does not fit its schema is an error in the window', async () => {
  const code = '123456'
  const wrong: [keyof typeof commands, unknown][] = [
    ['readScreen', { extra: 1 }],
    ['readScreen', null],
    ['lockNow', []],
    ['submitCode', { staffId: 'A1001' }],
    ['submitCode', { staffId: 'A1001', code: 123456 }],
    ['submitCode', { staffId: ['A1001'], code }],
    ['submitCode', { staffId: 'A1001', code, role: 'administrator' }],
    ['submitCode', { staffId: 'x'.repeat(1_000_000), code }],
    ['submitCode', { staffId: 'A1001', code: '1'.repeat(10_000_000) }],
    ['submitCode', { staffId: 'A1001', code: '１２３４５６' }],
    ['submitCode', { staffId: 'A1001\0', code }],
    ['submitRecoveryCode', { staffId: "A1001' OR 1=1 --", code: 'AAAA-AAAA-AAAA-AAAA' }],
    ['listPeople', { search: '', page: -1 }],
    ['listPeople', { search: '', page: 0.5 }],
    ['listPeople', { search: 'x'.repeat(101), page: 0 }],
    ['addPerson', { displayName: 'a\u202eb', staffId: 'X1', roles: ['staff'] }],
    ['addPerson', { displayName: 'A', staffId: 'X1', roles: ['root'] }],
    ['importPeople', { text: 'x'.repeat(9_000_000) }],
    ['makeOffer', { personId: '../../etc' }],
  ]
  for (const [name, input] of wrong) await refusedCall(name, input, 'bad-input')
})

test('a message that is no call at all is refused', async () => {
  const nothing = ['null', 'undefined', '1', "'readScreen'", '[]', "['readScreen', {}]", '{}', "{ name: 'readScreen' }"]
  const almost = [
    '{ name: 1, input: {} }',
    "{ name: ['readScreen'], input: {} }",
    "{ name: 'readScreen', input: {}, as: 1 }",
  ]
  await refusedMessages([...nothing, ...almost], 'unknown-command', 'unknown')
  const inputs = ['null', '1n', "'{}'", '[]', '{ a: undefined }', 'nested(400)', 'nested(1000)']
  await refusedMessages(
    inputs.map((input) => `{ name: 'readScreen', input: ${input} }`),
    'bad-input',
    'readScreen',
  )
})

test('keys that would change a prototype change none', async () => {
  const keys = ['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}']
  const login = '{"staffId":"A1001","code":"123456","__proto__":{"polluted":true}}'
  await refusedMessages(
    keys.map((json) => `{ name: 'readScreen', input: JSON.parse('${json}') }`),
    'bad-input',
    'readScreen',
  )
  await refusedMessages([`{ name: 'submitCode', input: JSON.parse('${login}') }`], 'bad-input', 'submitCode')
  expect(await app.evaluate(() => 'polluted' in {})).toBe(false)
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
})

test('another window with the same bridge and the same page is refused', async () => {
  const preload = path.resolve(import.meta.dirname, '../../out/preload/index.cjs')
  const answers = await app.evaluate(
    async ({ BrowserWindow }, { preload, home }) => {
      const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await other.loadURL(home)
      const ask = (name: string) => `wardkey.call('${name}', {}).then(() => 'answered', (error) => error.message)`
      const answers: unknown[] = []
      for (const name of ['readScreen', 'lockNow']) answers.push(await other.webContents.executeJavaScript(ask(name)))
      other.destroy()
      return answers
    },
    { preload, home },
  )
  expect(answers).toEqual(['bad-sender', 'bad-sender'])
  // Its page asks for the screen by itself, too.
  refused.push(...['readScreen', 'readScreen', 'lockNow'].map((command) => ({ command, reason: 'bad-sender' })))
})

test('another frame, a frame that is gone, and our own with another page in it are refused', async () => {
  await page.evaluate(() => document.body.append(document.createElement('iframe')))
  const answers = await app.evaluate(async ({ BrowserWindow, ipcMain }, channel) => {
    const [window] = BrowserWindow.getAllWindows()
    const sender = window?.webContents
    const main = sender?.mainFrame
    if (!sender || !main) throw new Error('no window')
    const handle = (ipcMain as unknown as Ipc)._invokeHandlers.get(channel)
    const ask = (senderFrame: unknown) => handle?.({ sender, senderFrame }, { name: 'lockNow', input: {} })
    const [inner] = main.frames
    // As if the empty frame held our own page.
    if (inner) Object.defineProperty(inner, 'url', { value: main.url })
    const answers = [await ask(main), await ask(inner), await ask(null)]
    Object.defineProperty(main, 'url', { value: 'https://example.org/', configurable: true })
    answers.push(await ask(main))
    Reflect.deleteProperty(main, 'url')
    return [...answers, main.frames.length]
  }, commandChannel)
  const bad = { refused: 'bad-sender' }
  expect(answers).toEqual([{ ok: true }, bad, bad, bad, 1])
  refused.push(...[1, 2, 3].map(() => ({ command: 'lockNow', reason: 'bad-sender' })))
  await page.reload()
})

test('each refused call is in the log: twenty an hour one by one, the rest counted', async () => {
  await station.close()
  const { text } = await runCli(folder, 'audit', 'export')
  const events = text.split('\n').map((line) => JSON.parse(line))
  const recorded = events.filter(({ type }) => type === 'call-refused')
  expect(recorded.map(({ reason, details }) => ({ command: details.command, reason }))).toEqual(refused.slice(0, 20))
  const counted = events.filter(({ type }) => type === 'calls-refused').map(({ details }) => details.further)
  expect(counted).toEqual([refused.length - 20])
})
