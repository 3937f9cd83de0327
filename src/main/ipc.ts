// One way in: the command channel, with sender, name, input and output each checked.
import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import { z } from 'zod'
import { type CommandName, commandChannel, commands, type refusal, screenChannel } from '../contracts/ipc.ts'
import { screenState } from '../contracts/screen.ts'
import type { Desk } from '../station/desk.ts'
import { origin } from './app-protocol.ts'

const call = z.strictObject({ name: z.string().max(60), input: z.unknown() })
type Refused = z.infer<typeof refusal>['refused']

export function serveWindow(desk: Desk, window: BrowserWindow): void {
  const refuse = (reason: Refused, name: string) => {
    desk.recordRefusedCall(name, reason)
    return { refused: reason }
  }
  ipcMain.handle(commandChannel, async (event, message: unknown) => {
    const parsed = call.safeParse(message)
    const name = parsed.success ? parsed.data.name : ''
    if (!isOurs(event, window)) return refuse('bad-sender', name)
    if (!parsed.success || !isCommand(name)) return refuse('unknown-command', name)
    const input = commands[name].input.safeParse(parsed.data.input)
    if (!input.success) return refuse('bad-input', name)
    try {
      const handler = desk.handlers[name] as (input: unknown) => unknown
      return commands[name].output.parse(await handler(input.data))
    } catch {
      return refuse('failed', name)
    }
  })
  desk.onScreen((state) => {
    if (!window.isDestroyed()) window.webContents.send(screenChannel, screenState.parse(state))
  })
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

/** Only the main frame of our own window, and only while it shows our own page. */
function isOurs(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame
  if (!frame || window.isDestroyed() || event.sender !== window.webContents) return false
  return frame === window.webContents.mainFrame && frame.url.startsWith(`${origin}/`)
}
