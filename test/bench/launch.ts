// Starts an Electron app as a person would, and ends it again. Nothing is put into the app to measure it.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { askPage } from './devtools.ts'

const limitMs = 20_000

export interface Launched {
  /** Wall time, ms, at which the process was asked for. */
  readonly startedAtMs: number
  readonly pid: number
  ask(expression: string): Promise<unknown>
  /** As a session's end would do it; throws where the app does not go. */
  quit(): Promise<void>
}

/** @param target the folder of the app. */
export async function launch(electron: string, target: string, env: NodeJS.ProcessEnv): Promise<Launched> {
  // English, since the page is asked for what it shows.
  const switches = ['--password-store=gnome-libsecret', '--remote-debugging-port=0', '--lang=en-US']
  if (process.getuid?.() === 0) switches.push('--no-sandbox')
  const startedAtMs = Date.now()
  const child = spawn(electron, [...switches, target], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const quit = async () => {
    child.kill('SIGTERM')
    const gone = await Promise.race([ended.then(() => true), delay(limitMs, false, { ref: false })])
    if (gone) return
    child.kill('SIGKILL')
    throw new Error(`${target} does not end`)
  }
  try {
    const address = await readAddress(child)
    return { startedAtMs, pid: child.pid ?? 0, ask: (expression) => askPage(address, expression), quit }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const fail = (why: string) => reject(new Error(`Electron ${why}:\n${text}`))
    const timer = setTimeout(() => fail('does not start'), limitMs)
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    })
    child.once('error', (error) => fail(error.message))
    child.once('exit', () => fail('ended'))
  })
}
